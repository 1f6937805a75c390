"""Two issues of one release that contradict each other: which is the older."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from cscdash.errors import CscdashError
from cscdash.ingest.published_files import Found
from cscdash.ingest.published_table import Table
from cscdash.reading import read_member, zip_dates

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ISO = re.compile(r"(?<!\d)(20\d\d)[-_. ]?(0[1-9]|1[0-2])(?:[-_. ]?([0-3]\d))?(?!\d)")
_WORDS = re.compile(
    rf"(?:(?<!\d)([0-3]?\d)(?:st|nd|rd|th)?[-_ ]?)?({'|'.join(_MONTHS)})[a-z]*[-_ ]?(20\d\d)(?!\d)",
    re.IGNORECASE,
)
_VERSION = re.compile(r"[-_ ]v(\d{1,2})(?!\d)", re.IGNORECASE)
_CHANGED = re.compile(rb"<(?:dcterms:modified|dc:date|meta:creation-date)[^>]*>([^<]{10,40})<")
_PROPERTIES = ("docProps/core.xml", "meta.xml")

Sign = Callable[[str], str | None]  # a text that sorts from old to new; None for no sign


def older_of(
    labels: Sequence[str],
    tables: Mapping[str, Table],
    files: Mapping[str, Found],
    prefer: Iterable[str] = (),
) -> tuple[str, str]:
    """Of files that contradict each other the one to leave out, and how that is known, in words.

    Asked in order: the reader; the date that the file itself gives; its name or its folder's; the
    properties of the workbook; its date in the zip; when it was written on this disk. A sign
    decides only where every file has it and they differ.

    Parameters
    ----------
    labels : sequence of str
        The files.
    tables, files : mapping
        Label -> the file as read, and as found.
    prefer : iterable of str
        Parts of paths of files that the reader prefers.
    """
    wanted = [label for label in labels if any(part in label for part in prefer)]
    if wanted and len(wanted) < len(labels):
        return next(label for label in labels if label not in wanted), "as another is preferred"
    signs: tuple[tuple[Sign, str], ...] = (
        (lambda label: _iso(tables[label].issued), "by the date in it"),
        (lambda label: _iso(name_date(label)), "by the date in its name"),
        (_version, "by its name"),
        (lambda label: _changed(files[label]), "by the workbook's own properties"),
        (lambda label: _zipped(files[label]), "by its date in the zip"),
    )
    if all(label in tables and label in files for label in labels):
        for sign, how in signs:
            found = {said: label for label in labels if (said := sign(label)) is not None}
            if len(found) == len(labels):
                return found[min(found)], f"the older {how}"
    written = {label: files[label].modified if label in files else 0.0 for label in labels}
    how = "the older by when it was written on this disk; --prefer says otherwise"
    return min(labels, key=lambda label: written[label]), how


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def name_date(label: str) -> date | None:
    """The date in the name of a file, or in that of the nearest folder that has one.

    >>> name_date("lait/2024-11/bds_long_0.parquet")
    datetime.date(2024, 11, 1)
    >>> name_date("RO3_2023-24_data_by_LA.ods") is None
    True
    """
    for part in reversed(re.split(r"/| › ", label)):
        if (said := _WORDS.search(part)) and (
            day := _day(said[3], 1 + _MONTHS.index(said[2].lower()[:3]), said[1])
        ):
            return day
        for said in _ISO.finditer(part):
            if said[3] or int(said[2]) != (int(said[1]) + 1) % 100:  # 2011-12 is a financial year
                return _day(said[1], int(said[2]), said[3])
    return None


def _day(year: str, month: int, day: str | None) -> date | None:
    try:
        return date(int(year), month, int(day or 1))
    except ValueError:
        return None


def _version(label: str) -> str:
    found = _VERSION.search(label)
    return f"{int(found[1]) if found else 1:02d}"


def _changed(one: Found) -> str | None:
    """When a workbook says that it was last changed (as ISO text, which sorts)."""
    if one.member is not None or one.ending not in (".xlsx", ".ods"):
        return None
    for place in _PROPERTIES:
        try:
            content = read_member(one.path, place, one.label)
        except CscdashError:
            continue
        if said := _CHANGED.search(content):
            return said[1].decode("ascii", "replace").strip()[:19]
    return None


def _zipped(one: Found) -> str | None:
    """The date that a zip gives a member."""
    if one.member is None:
        return None
    try:
        changed = zip_dates(one.path, one.label).get(one.member)
        return "-".join(f"{part:04d}" for part in changed) if changed else None
    except CscdashError:
        return None
