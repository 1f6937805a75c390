"""Small counts: what an outsider could work out, and what has to be hidden so that nobody can.

`relations` writes down every sum that an outsider can know, `audit` finds how far each hidden
number may lie from what it is, and `suppression` hides more until each is uncertain enough.
"""
