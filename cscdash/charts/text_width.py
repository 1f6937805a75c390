"""How wide a text is, in the sans serif that pictures are drawn with (Arial's metrics)."""

from collections.abc import Iterator

# Advance widths in thousandths of the type size, from Adobe's published metrics of Helvetica.
_WIDTHS = {
    278: " !,./:;[]\\|ftI·'`",
    222: "ijl‘’",
    191: "'",
    333: "()-r“”",
    355: '"',
    500: "cksvxyzJ",
    556: "0123456789abdeghnopqu?£$L–_#",
    584: "+<=>~×",
    611: "FTZ",
    667: "ABEKPSVXY&",
    722: "CDHNRUw",
    778: "GOQ",
    833: "mM",
    889: "%",
    944: "W",
    1000: "—…",
}
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_OTHER, _BOLD = 600, 1.07


def width(text: str, size: float, bold: bool = False) -> float:
    """The width of one line of text in pixels."""
    thousandths = sum(_WIDTH.get(letter, _OTHER) for letter in text)
    return thousandths * size / 1000 * (_BOLD if bold else 1)


def wrapped(text: str, size: float, room: float, bold: bool = False) -> list[str]:
    """The text in lines that are no wider than `room`, broken between words."""
    return list(_lines(text.split(), size, room, bold))


def _lines(words: list[str], size: float, room: float, bold: bool) -> Iterator[str]:
    line = ""
    for word in words:
        longer = f"{line} {word}".strip()
        if line and width(longer, size, bold) > room:
            yield line
            longer = word
        line = longer
    if line:
        yield line
