"""A chapter page and its parts."""
