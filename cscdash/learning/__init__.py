"""A learning session: its agenda, guesses, notes and record.

Nothing here draws a page, keeps state or writes a file: texts and pictures go in, bytes come out.
"""
