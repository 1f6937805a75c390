"""In the child: how large the sheets of a workbook are, before a reader is let near.

Readers of workbooks allocate for every cell up to the furthest that is filled. Searching the bytes
for cell references misses what XML allows (single quotes, spaces, lower case, no reference at
all), so the mark-up is parsed as a stream. Document types, which can define entities that multiply,
are refused: no spreadsheet program writes one.
"""

import re
import zipfile
from collections.abc import Mapping
from typing import IO
from xml.parsers import expat

from cscdash.errors import CscdashError
from cscdash.reading.limits import Limits
from cscdash.reading.zips import DAMAGE, as_stream

_REFERENCE = re.compile(r"\s*\$?([A-Za-z]{1,3})\$?(\d{1,7})\s*")
_PIECE = 65_536
_STRINGS = "sharedstrings.xml"


def check_sheets(content: bytes, label: str, limits: Limits) -> None:
    """Refuse a workbook with a sheet that is too large, macros, or a document type.

    Raises
    ------
    CscdashError
        Saying what is too large, where the cell is.
    """
    strings: list[int] = []
    try:
        with zipfile.ZipFile(as_stream(content)) as archive:
            names = [one.filename for one in archive.infolist() if not one.is_dir()]
            # how long each shared text is has to be known before the cells that repeat it
            for name in sorted(names, key=lambda name: not name.lower().endswith(_STRINGS)):
                if "vbaproject" in name.lower():
                    raise CscdashError(f"{label} holds macros. Save it as a plain .xlsx or as CSV.")
                with archive.open(name) as part:
                    _Part(label, limits, strings).read(part, name)
    except DAMAGE as error:
        raise limits.damaged(label, "workbook, or has a password") from error


class _Part:
    """One part of a workbook, measured while its mark-up passes."""

    def __init__(self, label: str, limits: Limits, strings: list[int]) -> None:
        self.label, self.limits, self.strings = label, limits, strings
        self.begun = False
        self.row = self.column = self.row_times = self.cell_times = 0
        self.lowest = self.furthest = self.cells = self.characters = 0
        self.shared = self.in_string = False
        self.text: list[str] | None = None

    def read(self, part: IO[bytes], name: str) -> None:
        """Measure a part; what is no mark-up is left."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters_of
        parser.StartDoctypeDeclHandler = self.doctype
        first = piece = part.read(_PIECE)
        try:
            while piece:
                parser.Parse(piece)
                piece = part.read(_PIECE)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            marked_up = self.begun or name.lower().endswith((".xml", ".rels"))
            picture = first.startswith(b"\x89PNG")  # LibreOffice's thumbnail; no reader takes it
            if marked_up or (b"<" in first[:1_000] and not picture):
                raise self.limits.damaged(self.label, "workbook, or has a password") from error

    def doctype(self, *_: object) -> None:
        """Refuse a document type."""
        raise CscdashError(
            f"{self.label} holds a document type, which no spreadsheet program writes, so it was"
            " not read. Save it again as .xlsx, or as CSV."
        )

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Follow where the cells are."""
        self.begun = True
        match tag.rpartition(" ")[2]:
            case "row":
                given = attributes.get("r", "").strip()
                self.row = _whole(given, self.row + 1)
                self.column, self.row_times = 0, 1
            case "c":
                self._place(attributes.get("r"))
                self.shared = attributes.get("t", "").strip() == "s"
            case "v":
                self._filled()
                self.text = []
            case "is":
                self._filled()
            case "si":
                self.in_string = True
                self.strings.append(0)
            case "table":
                self.row = 0
            case "table-row":
                self.row_times = _repeated(attributes, "number-rows-repeated")
                self.row, self.column = self.row + self.row_times, 0
            case "table-cell" | "covered-table-cell":
                self.cell_times = _repeated(attributes, "number-columns-repeated")
                self.column += self.cell_times
                if any(name.endswith((" value-type", " value")) for name in attributes):
                    self._filled()
            case "p" if self.cell_times:
                self._filled()

    def end(self, tag: str) -> None:
        """Count the text of a cell that points to a shared one."""
        name = tag.rpartition(" ")[2]
        if name == "v" and self.text is not None:
            at = "".join(self.text).strip() if self.shared else ""
            if at.isascii() and at.isdigit() and len(at) < 9 and int(at) < len(self.strings):
                self._said(self.strings[int(at)])
            self.text = None
        elif name == "si":
            self.in_string = False

    def characters_of(self, text: str) -> None:
        """Count text as often as it will be repeated."""
        if self.in_string:
            self.strings[-1] += len(text)
        elif self.text is not None:
            self.text.append(text[:20])
        self._said(len(text) * max(self.row_times, 1) * max(self.cell_times, 1))

    def _said(self, characters: int) -> None:
        self.characters += characters
        if self.characters > self.limits.characters:
            raise CscdashError(f"{self.label} holds too much text. {self.limits.advice}")

    def _place(self, reference: str | None) -> None:
        """Where a cell of an Excel sheet stands: by its reference, or after the one before."""
        self.cell_times = 1
        if reference is None:
            self.column += 1
            return
        found = _REFERENCE.fullmatch(reference)
        if not found:
            raise self.limits.damaged(self.label, "workbook, or has a password")
        self.column = 0
        for letter in found.group(1).upper():
            self.column = self.column * 26 + ord(letter) - 64
        self.row = int(found.group(2))

    def _filled(self) -> None:
        self.lowest = max(self.lowest, self.row)
        self.furthest = max(self.furthest, self.column)
        self.cells += max(self.row_times, 1) * max(self.cell_times, 1)
        if max(self.lowest * self.furthest, self.cells) > self.limits.cells:
            raise CscdashError(
                f"{self.label} has a filled cell very far from the others (row {self.lowest:,},"
                f" column {self.furthest:,}). Copy the table alone into a new sheet."
            )


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else otherwise


def _repeated(attributes: Mapping[str, str], name: str) -> int:
    given = next((text for key, text in attributes.items() if key.endswith(f" {name}")), "1")
    return max(_whole(given.strip(), 10**12), 1)
