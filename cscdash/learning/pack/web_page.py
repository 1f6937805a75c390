"""Blocks as one web page that asks nothing from elsewhere and prints well."""

import base64
from collections.abc import Sequence
from html import escape

from cscdash.learning.pack.blocks import Block, Bullets, Heading, Para, Picture, Table
from cscdash.learning.typed_text import clean

_STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 "Source Sans 3", "Segoe UI", Arial, sans-serif; color: #1b2430;
  background: #fff; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { color: #12436d; line-height: 1.2; margin: 1.6em 0 .5em; }
h2 { border-top: 1px solid #c9d0d8; padding-top: .8em; }
p { white-space: pre-line; overflow-wrap: anywhere; }
.quiet { color: #56606c; font-size: .85rem; }
img { width: 100%; height: auto; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .88rem; margin: 1em 0; }
caption { text-align: left; font-weight: 600; padding: .3em 0; }
th, td { border: 1px solid #c9d0d8; padding: .3em .5em; text-align: left; vertical-align: top;
  white-space: pre-line; overflow-wrap: anywhere; }
th { background: #f3f5f8; }
@media print {
  body { margin: 0; max-width: none; font-size: 11pt; }
  img, tr { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
  thead { display: table-header-group; }
}
"""
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def as_html(blocks: Sequence[Block], title: str) -> bytes:
    """A self-contained page in UTF-8; every text in it is escaped, and no script can run."""
    body = "\n".join(_block(block) for block in blocks)
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"{body}\n</main>\n</body>\n</html>\n"
    ).encode()


def _text(text: str) -> str:
    return escape(clean(text))


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{_text(block.text)}</h{block.level}>"
        case Para():
            if not block.text:
                return ""
            lead = f"<strong>{_text(block.opening)}</strong> " if block.lead else ""
            kind = ' class="quiet"' if block.quiet else ""
            return f'<p dir="auto"{kind}>{lead}{_text(block.text)}</p>'
        case Bullets():
            items = "".join(f"<li>{_text(item)}</li>" for item in block.items)
            return f"<ul>{items}</ul>"
        case Table():
            head = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in block.head)
            rows = "".join(f"<tr>{_cells(row)}</tr>" for row in block.rows)
            return (
                f'<div class="wide"><table><caption>{_text(block.caption)}</caption>'
                f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
            )
        case Picture():
            data = base64.b64encode(block.png).decode()
            return f'<img alt="{_text(block.alt)}" src="data:image/png;base64,{data}">'


def _cells(row: Sequence[str]) -> str:
    return "".join(f'<td dir="auto">{_text(cell)}</td>' for cell in row)
