"""The one error that cscdash raises on purpose."""


class CscdashError(Exception):
    """Something a person can mend: its message says what, where and how, in a sentence or two."""
