"""Disclosure control: small counts that could be worked out, and what is hidden to prevent it.

`relations` writes down every sum that an outsider can know, `audit` finds how far each hidden
number may lie from what it is, and `suppression` hides more until each is uncertain enough.
"""
