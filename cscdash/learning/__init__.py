"""A learning session: its agenda, what was guessed and noted, and the record that goes home.

Nothing here draws a page, keeps state or writes a file: texts and pictures go in, bytes come out.
"""
