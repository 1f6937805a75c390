"""A CSV file as people have it, made one as publishers issue it: UTF-8, commas, header first.

Spreadsheet programs save with semicolons, in the encoding of the machine or in UTF-16, with a
title above the header, blank columns behind it, spaces round cells and no last line break. None of
that changes a number, so none of it is a reason to refuse a file.
"""

import csv
import io
from collections.abc import Collection
from dataclasses import dataclass

from cscdash.ingest.left_out import UnusableError

_TITLES = 30  # lines that may stand above the header
_DELIMITERS = ",;\t|"


@dataclass(frozen=True)
class TidyCsv:
    """A CSV file in UTF-8 with commas.

    Attributes
    ----------
    content : bytes
        The file from its header on.
    header : list of str
        Its column names, without spaces round them.
    published : list of str
        The same as they stand in `content`.
    above : int
        How many lines stood above the header, for messages.
    """

    content: bytes
    header: list[str]
    published: list[str]
    above: int


def tidy(content: bytes, marks: Collection[str], label: str) -> TidyCsv:
    """Make a CSV file tidy; one that is so already is left as it is.

    Parameters
    ----------
    content : bytes
        The file.
    marks : collection of str
        Columns by which its header is known.
    label : str
        The file, for messages.

    Raises
    ------
    UnusableError
        If it is empty, a web page, no text, or cut off in the middle of a line.
    """
    if not content.strip():
        raise UnusableError(f"{label} is empty. Download it again.", [label])
    plain = _as_utf8(content, label)
    start = plain[:400].lstrip().lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")):
        raise UnusableError(
            f"{label} is a web page, not a table. Download the file itself again.", [label]
        )
    lines = plain[:200_000].split(b"\n", _TITLES + 1)[: _TITLES + 1]
    above, delimiter, published = _find_header(lines, marks)
    for line in lines[:above]:
        plain = plain[len(line) + 1 :]
    header = [name.strip() for name in published]
    ragged = published[-1:] == [""] or header != published
    if delimiter != "," or ragged or not _even(plain, delimiter, len(published)):
        plain, published = _rewritten(plain, delimiter, len(published), label)
        header = published
    return TidyCsv(plain if plain.endswith(b"\n") else plain + b"\n", header, published, above)


def _as_utf8(content: bytes, label: str) -> bytes:
    """The text in UTF-8 without a mark at its start, its lines ended by line feeds."""
    try:
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            content = content.decode("utf-16").encode()
        elif b"\0" in content[:4000]:
            odd = content[1:4000:2].count(0) > content[0:4000:2].count(0)
            content = content.decode("utf-16-le" if odd else "utf-16-be").encode()
        else:
            content = content.removeprefix(b"\xef\xbb\xbf")
            content.decode()
    except UnicodeDecodeError as error:
        if b"\0" in content:
            raise UnusableError(
                f"{label} is no text. Download the file itself again.", [label]
            ) from error
        content = content.decode("cp1252", errors="replace").encode()
    return content.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in content else content


def _find_header(lines: list[bytes], marks: Collection[str]) -> tuple[int, str, list[str]]:
    """Where the header stands, what divides it, and its cells; the first line if none is known."""
    wanted = {mark.casefold() for mark in marks}
    for at, line in enumerate(lines):
        text = line.decode(errors="replace")
        for delimiter in _DELIMITERS:
            cells = _cells(text, delimiter)
            if wanted and wanted <= {cell.strip().casefold() for cell in cells}:
                return at, delimiter, cells
    text = lines[0].decode(errors="replace")
    delimiter = max(_DELIMITERS, key=text.count)
    return 0, delimiter, _cells(text, delimiter)


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _even(content: bytes, delimiter: str, width: int) -> bool:
    """Whether the lines seem to have as many cells as the header; Arrow looks at every one."""
    head = content[:20_000].split(b"\n")[1:-1]
    tail = content[-20_000:].rstrip(b"\n").split(b"\n")[1:]
    mark = delimiter.encode()
    return all(line.count(mark) == width - 1 or b'"' in line for line in (*head, *tail))


def _rewritten(content: bytes, delimiter: str, width: int, label: str) -> tuple[bytes, list[str]]:
    """The same table with commas, without spaces round cells and blank columns behind."""
    try:
        rows = list(csv.reader(io.StringIO(content.decode(), newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise UnusableError(f"{label} is damaged: {error}. Download it again.", [label]) from error
    rows = [row for row in ([cell.strip() for cell in row] for row in rows) if any(row)]
    if not rows:
        raise UnusableError(f"{label} is no table. Download it again.", [label])
    header = rows[0]
    while header and not header[-1]:
        header.pop()
    short = [at for at, row in enumerate(rows) if len(row) < len(header)]
    if short and short[-1] == len(rows) - 1 and not content.endswith(b"\n"):
        raise UnusableError(
            f"{label} ends in the middle of a line, so it was cut off. Download it again.", [label]
        )
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in rows:  # what is too long or too short otherwise is refused when it is read
        spare = row[len(header) :]
        writer.writerow(row if any(spare) else row[: len(header)])
    return text.getvalue().encode(), header
