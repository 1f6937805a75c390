"""Numbers in place of whatever could say who a child is or where they live."""


class Numbered:
    """Gives each text a number of its own; the same text always gets the same."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __call__(self, text: str) -> int | None:
        """The number of a text; None if it is empty."""
        plain = " ".join(text.upper().split())
        return self._numbers.setdefault(plain, len(self._numbers) + 1) if plain else None
