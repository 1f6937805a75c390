"""Blocks as Markdown; what people typed cannot become markup."""

import re
from collections.abc import Sequence

from cscdash.learning.pack.blocks import Block, Bullets, Heading, Para, Picture, Table
from cscdash.learning.typed_text import clean, one_line

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$!&])")
_START = re.compile(r"(?m)^(\s*)([-+=:]|\d+[.)](?=\s|$))")


def as_markdown(blocks: Sequence[Block], pictures: str = "") -> bytes:
    """Markdown in UTF-8.

    Parameters
    ----------
    pictures : str
        The folder beside the file in which the pictures are; without it their words stand in
        their place.
    """
    return (
        "\n\n".join(filter(None, (_block(block, pictures) for block in blocks))) + "\n"
    ).encode()


def escaped(text: str) -> str:
    """A text that Markdown shows as it was typed, with its line breaks."""
    safe = _START.sub(_guard, _MARKUP.sub(r"\\\1", clean(text)))
    return safe.replace("\n", "  \n")


def _guard(match: re.Match[str]) -> str:
    space, mark = match.groups()
    return f"{space}{mark[:-1]}\\{mark[-1]}"


def _cell(text: str) -> str:
    return escaped(one_line(text))


def _block(block: Block, pictures: str) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {_cell(block.text)}"
        case Para():
            lead = f"**{_cell(block.opening)}** " if block.lead else ""
            return f"{lead}{escaped(block.text)}" if block.text else ""
        case Bullets():
            return "\n".join(f"- {_cell(item)}" for item in block.items)
        case Table():
            rows = [[_cell(cell) for cell in line] for line in (block.head, *block.rows)]
            rows.insert(1, ["---"] * len(block.head))
            lines = [f"| {' | '.join(row)} |" for row in rows]
            return f"**{_cell(block.caption)}**\n\n" + "\n".join(lines)
        case Picture():
            if pictures:
                return f"![{_cell(block.alt)}]({pictures}/{block.name})"
            return f"(Picture: {_cell(block.alt)})"
