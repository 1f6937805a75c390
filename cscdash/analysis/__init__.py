"""Pure functions on frames of observations: how sure, how changed, how far from others, in words.

Nothing here reads a file, draws or keeps state. Everything takes and returns plain numbers,
frames, or small frozen results; where an honest answer is not possible the answer is a
`CannotSay` with its reason.
"""
