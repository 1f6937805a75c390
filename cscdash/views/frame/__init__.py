"""The frame around every page: the address, the chosen area, sign-in, links."""
