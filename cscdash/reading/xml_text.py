"""In the child: XML, with nothing in it that could point elsewhere or grow."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.parsers import expat

from cscdash.errors import CscdashError
from cscdash.reading.answers import Answer
from cscdash.reading.limits import Limits

_DEEPEST = 40


class _Records:
    """What the parser tells, gathered into records."""

    def __init__(self, wanted: Mapping[str, Sequence[str]], label: str, limits: Limits) -> None:
        self.wanted, self.label, self.limits = wanted, label, limits
        self.found: dict[str, list[list[int | str]]] = {name: [] for name in wanted}
        self.root = ""
        self._around: list[tuple[int, dict[str, str]]] = []
        self._text: list[str] = []
        self._depth = self._count = 0

    def refuse(self, *_: object) -> None:
        raise CscdashError(f"{self.label} declares entities or a DOCTYPE, so it was not read.")

    def start(self, name: str, _: object) -> None:
        name = name.rpartition(":")[2]
        self.root = self.root or name
        self._depth += 1
        self._text = []
        if self._depth > _DEEPEST:
            raise self.limits.too_costly(self.label)
        if name in self.wanted:
            self._count += 1
            if self._count > self.limits.rows:
                raise self.limits.too_costly(self.label)
            self._around.append((self._count, {}))

    def text(self, said: str) -> None:
        self._text.append(said)

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        self._depth -= 1
        if name in self.wanted:
            number, fields = self._around.pop()
            fields[""] = "".join(self._text).strip()  # what a record without fields of its own says
            above = self._around[-1][0] if self._around else 0
            self.found[name].append(
                [number, above, *(fields.get(f, "") for f in self.wanted[name])]
            )
        elif self._around:
            self._around[-1][1].setdefault(name, "".join(self._text).strip())
        self._text = []


def records(
    content: bytes | Path, label: str, limits: Limits, wanted: Mapping[str, Sequence[str]]
) -> Answer:
    """The records of an XML file, each with its own fields and the record that it stands in.

    Parameters
    ----------
    wanted : mapping of str to sequence of str
        Name of the element of a record -> the names of the fields that are read. A field belongs
        to the nearest record around it; the field without a name is the record's own text.

    Returns
    -------
    tuple of dict and bytes
        The name of the root, and JSON: element -> rows of the record's number, the number of the
        record around it, and its fields as text.

    Raises
    ------
    CscdashError
        If it is cut off or no XML, declares entities, nests too deeply, or holds too many records.
    """
    raw = content.read_bytes() if isinstance(content, Path) else content
    told = _Records(wanted, label, limits)
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = told.refuse
    parser.StartElementHandler = told.start
    parser.EndElementHandler = told.end
    parser.CharacterDataHandler = told.text
    try:
        parser.Parse(raw, True)
    except (expat.ExpatError, UnicodeError, LookupError):
        raise CscdashError(f"{label} is no whole XML file: it may have been cut off.") from None
    return {"root": told.root}, json.dumps(told.found).encode()
