"""The files of returns below a folder: found, known by what they hold, and read.

Messages name a file, a column and a row, never a value. Identifiers become numbers here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path, PurePath
from re import search

from cscdash.errors import CscdashError
from cscdash.reading import RETURN, one_child, read_member, read_records, read_sheets, zip_members
from cscdash.returns.layouts import (
    CARE,
    CARE_XML,
    CENSUS_XML,
    IDENTIFIERS,
    OTHER_CARE,
    Layout,
)
from cscdash.returns.numbered import Numbered

Row = tuple[object, ...]
_MOST_FILES = 2_000
_DATES = ("DECOM", "DEC", "DOB", "DUC", "MIS_START", "MIS_END")
_EARLIEST, _LATEST = date(1985, 1, 1), date(2035, 12, 31)  # dates that can be, of living children


@dataclass
class Part:
    """The rows of one table in one file.

    Attributes
    ----------
    table : str
        Its name in `layouts`.
    label : str
        The file, as messages call it.
    group : str
        What the tables of one return have in common: the folder or zip they lie in, and the year
        in their names if there is one.
    rows : list of tuple
        In the order of the layout's fields; dates as dates, identifiers as numbers.
    """

    table: str
    label: str
    group: str
    rows: list[Row]


@dataclass
class Read:
    """What was read below a folder.

    Attributes
    ----------
    care : list of Part
        Tables of the SSDA903.
    census : list of Part
        Tables of the children in need census: ``referrals``, ``assessments``, ``enquiries``,
        ``plans``, each row with the day of its census first.
    authorities : set of str
        The three-digit codes that the census files name.
    left_out : list of str
        A sentence for each file that is none of these, or could not be read.
    dropped : dict of str to int
        What was dropped and why -> how many rows.
    same : dict of int to int
        Number of a child in the census -> its number in the SSDA903, where a file says so.
    """

    care: list[Part] = field(default_factory=list)
    census: list[Part] = field(default_factory=list)
    authorities: set[str] = field(default_factory=set)
    left_out: list[str] = field(default_factory=list)
    dropped: dict[str, int] = field(default_factory=dict)
    same: dict[int, int] = field(default_factory=dict)
    _days: dict[object, date | None] = field(default_factory=dict, repr=False)

    def day(self, cell: object) -> date | None:
        """A date as the returns write it, or None; each text is read once."""
        if cell not in self._days:
            self._days[cell] = _day(cell)
        return self._days[cell]

    def forget_days(self) -> None:
        """Let go of the texts of dates."""
        self._days.clear()

    def drop(self, why: str) -> None:
        """Count a row that is dropped, or a cell that is emptied."""
        self.dropped[why] = self.dropped.get(why, 0) + 1


def read_folder(folder: Path) -> Read:
    """Read every return below a folder, or one file.

    Parameters
    ----------
    folder : Path
        CSV, Excel and XML files of any name, zips of them too.

    Returns
    -------
    Read
        What they hold.

    Raises
    ------
    CscdashError
        If the folder cannot be looked into, or no file in it is of a return.
    """
    read, numbered = Read(), Numbered()
    with one_child(RETURN):
        for label, group, content in _contents(folder, read):
            if not content.strip():
                continue  # systems write an empty file for a table without rows
            try:
                if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
                    _read_xml(content, label, group, read, numbered)
                else:
                    _read_table(content, label, group, read, numbered)
            except CscdashError as error:
                read.left_out.append(str(error))
    read.forget_days()
    for part in read.census if read.same else ():
        part.rows = [(row[0], read.same.get(_key(row[1]), row[1]), *row[2:]) for row in part.rows]
    if not read.care and not read.census:
        why = " ".join(read.left_out[:3])
        raise CscdashError(f"No file of an SSDA903 or a children in need census was found. {why}")
    return read


def _contents(folder: Path, read: Read) -> Iterator[tuple[str, str, bytes]]:
    """The label, the group and the content of each file."""
    if not folder.exists():
        raise CscdashError(f"{folder} is not there.")
    files = [folder] if folder.is_file() else sorted(p for p in folder.rglob("*") if p.is_file())
    if len(files) > _MOST_FILES:
        raise CscdashError(
            f"{folder} holds more than {_MOST_FILES:,} files: name a smaller folder."
        )
    top = folder.parent if folder.is_file() else folder
    for file in files:
        label = file.relative_to(top).as_posix()
        ending = file.suffix.lower()
        try:
            if ending == ".zip":
                for name in zip_members(file, label, RETURN):
                    if PurePath(name).suffix.lower() in (".csv", ".xml", ".xlsx"):
                        inside = f"{label}/{name}"
                        yield inside, _group(inside), read_member(file, name, inside, RETURN)
            elif ending in (".csv", ".xml", ".xlsx"):
                if file.stat().st_size > RETURN.content:
                    raise RETURN.too_large(label)
                yield label, _group(label), file.read_bytes()
        except CscdashError as error:
            read.left_out.append(str(error))
        except OSError as error:
            read.left_out.append(f"{label} cannot be read: {error.strerror or 'no reason given'}.")


def _group(label: str) -> str:
    path = PurePath(label)
    year = search(r"(?<!\d)(?:19|20)\d\d(?!\d)", path.stem)
    return f"{path.parent}|{year[0] if year else ''}"


def _read_table(content: bytes, label: str, group: str, read: Read, numbered: Numbered) -> None:
    sheets = read_sheets(content, label, RETURN)
    workbook = content.startswith(b"PK")
    for sheet in sheets:
        if not sheet.rows:
            continue
        names = [str(cell or "").strip().upper() for cell in sheet.rows[0]]
        if set(names) == IDENTIFIERS:
            _same(sheet.rows[1:], names, label, read, numbered)
            continue
        layout = next((one for one in CARE if one.known_by <= set(names)), None)
        if layout is None:
            if not any(other <= set(names) for other in OTHER_CARE):
                read.left_out.append(f"{label} is none of the tables of an SSDA903{_near(names)}.")
            continue
        if len(set(names)) < len([n for n in names if n]):
            raise CscdashError(f"{label} has two columns of one name.")
        where = [names.index(name) if name in names else -1 for name in layout.fields]
        longest = max(where)
        rows = []
        for at, cells in enumerate(sheet.rows[1:], 2):
            if not any(cell not in (None, "") for cell in cells):
                continue
            if len(cells) <= longest and not workbook:  # Excel leaves out empty cells at the end
                raise CscdashError(f"{label}, row {at}, has too few cells: was the file cut off?")
            found = [cells[w] if 0 <= w < len(cells) else "" for w in where]
            row = _row(layout, found, read, numbered)
            if row:
                rows.append(row)
        read.care.append(Part(layout.name, label, group, rows))


def _same(
    rows: Sequence[Sequence[object]],
    names: Sequence[str],
    label: str,
    read: Read,
    numbered: Numbered,
) -> None:
    """Note who is who in both returns.

    Raises
    ------
    CscdashError
        If a child of the census is said to be two of the SSDA903.
    """
    for at, cells in enumerate(rows, 2):
        given = dict(zip(names, cells, strict=False))
        here, there = (numbered(_text(given.get(name))) for name in ("CHILD", "LACHILDID"))
        if here is None or there is None:
            continue
        if read.same.setdefault(there, here) != here:
            raise CscdashError(f"{label}, row {at}: LACHILDID stands beside two values of CHILD.")


def _key(number: object) -> int:
    return number if isinstance(number, int) else 0


def _near(names: Iterable[str]) -> str:
    """Which column a file lacks to be a table of the return, where it lacks one alone."""
    for layout in CARE:
        lacks = layout.known_by - set(names)
        if len(lacks) == 1 and len(layout.known_by) > 3:
            return f": as {layout.name} it lacks the column {min(lacks)}"
    return ""


def _row(layout: Layout, cells: Sequence[object], read: Read, numbered: Numbered) -> Row | None:
    """A row of the SSDA903; None, and counted, if nothing can be told from it."""
    found: list[object] = []
    for name, cell in zip(layout.fields, cells, strict=True):
        if name in _DATES:
            day = read.day(cell)
            if day is None and cell not in (None, ""):
                read.drop(f"{layout.name}: {name} is no date that can be")
            found.append(day)
        elif name in ("CHILD", "PL_POST", "URN"):
            found.append(numbered(_text(cell) if name == "CHILD" else f"{_text(cell)}"))
        else:
            found.append(_text(cell).upper())
    row = dict(zip(layout.fields, found, strict=True))
    if row["CHILD"] is None:
        read.drop(f"{layout.name}: no child named")
        return None
    if layout.name == "episodes":
        start, end = row["DECOM"], row["DEC"]
        if not isinstance(start, date):
            read.drop("episodes: no start")
            return None
        if isinstance(end, date) and end < start:
            read.drop("episodes: the end lies before the start")
            return None
    return tuple(found)


def _text(cell: object) -> str:
    if type(cell) is str:  # nearly always, and there are a million of them
        return cell.strip()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)  # Excel holds every number with a fraction
    return "" if cell is None else str(cell).strip()


def _day(cell: object) -> date | None:
    """A date as the returns write it (31/03/2025, 2025-03-31), or None."""
    if isinstance(cell, datetime):
        return _possible(cell.date())
    if isinstance(cell, date):
        return _possible(cell)
    text = _text(cell).partition("T")[0].partition(" ")[0]
    try:
        if "/" in text:
            day, month, year = text.split("/")
            return _possible(date(int(year), int(month), int(day)))
        return _possible(date.fromisoformat(text)) if len(text) == 10 else None
    except ValueError:
        return None


def _possible(day: date) -> date | None:
    return day if _EARLIEST <= day <= _LATEST else None


def _read_xml(content: bytes, label: str, group: str, read: Read, numbered: Numbered) -> None:
    root, found = read_records(content, {**CARE_XML, **CENSUS_XML}, label, RETURN)
    if root == "EXPSSDA903":
        _care_xml(found, label, f"{group}|{label}", read, numbered)
    elif root == "Message":
        _census_xml(found, label, read, numbered)
    else:
        read.left_out.append(f"{label} is neither an SSDA903 nor a children in need census.")


def _care_xml(
    found: dict[str, list[list[object]]], label: str, group: str, read: Read, numbered: Numbered
) -> None:
    """The tables of an SSDA903 in XML: a header is followed by the episodes of its child."""
    tables: dict[str, list[dict[str, object]]] = {one.name: [] for one in CARE}
    child: object = ""
    records = [(what, row) for what in ("HEADER", "AMISSING", "EPISODE") for row in found[what]]
    for what, row in sorted(records, key=lambda one: int(str(one[1][0]))):
        fields: dict[str, object] = dict(zip(CARE_XML[what], row[2:], strict=True))
        if what == "HEADER":
            child = fields["CHILDID"]
            fields["CHILD"] = child
            tables["headers"].append(fields)
            if str(fields["UASC"]) in ("1", "Y", "true"):
                tables["uasc"].append(fields)
            if fields["IN_TOUCH"]:
                tables["leavers"].append(fields)
            if fields["CONVICTED"] or fields["HEALTH_ASSESSMENT"]:
                tables["health"].append(fields)
        elif what == "AMISSING":
            tables["missing"].append({**fields, "CHILD": child})
        else:
            tables["episodes"].append({**fields, "CHILD": child, "PLACE": fields["PL"]})
    for layout in CARE:
        rows = [
            _row(layout, [one.get(name, "") for name in layout.fields], read, numbered)
            for one in tables[layout.name]
        ]
        if rows:
            read.care.append(Part(layout.name, label, group, [row for row in rows if row]))


def _census_xml(
    found: dict[str, list[list[object]]], label: str, read: Read, numbered: Numbered
) -> None:
    """The tables of a census; its year is that of its reference date, whatever it is called."""
    header = found["Header"][0] if found["Header"] else [0, 0, "", "", ""]
    made = read.day(header[3])
    if made is None or str(header[2]).upper() not in ("CIN", ""):
        raise CscdashError(f"{label} names no reference date of a children in need census.")
    if search(r"^\d{3}$", str(header[4])):
        read.authorities.add(str(header[4]))
    children = {row[0]: (numbered(_text(row[2])), read.day(row[3])) for row in found["Child"]}
    referrals: dict[object, Row] = {}
    seen: dict[tuple[object, ...], int] = {}
    for number, child, referred, closed, reason, nfa, met in found["CINdetails"]:
        who, born = children.get(child, (None, None))
        start = read.day(referred)
        if who is None or start is None:
            read.drop("referrals: no child or no date of referral")
            continue
        none_taken = str(nfa).lower() in ("true", "1")
        nth = seen[who, start, none_taken] = seen.get((who, start, none_taken), -1) + 1
        key = (made, who, start, none_taken, nth)
        referrals[number] = (*key, born, read.day(closed), str(reason).upper(), read.day(met))
    read.census.append(Part("referrals", label, str(made), list(referrals.values())))
    parts: tuple[tuple[str, str, Callable[[list[object]], Row]], ...] = (
        (
            "Assessments",
            "assessments",
            lambda row: (read.day(row[0]), read.day(row[1]), _text(row[2]).upper()),
        ),
        ("Section47", "enquiries", lambda row: (read.day(row[0]), read.day(row[1]))),
        (
            "ChildProtectionPlans",
            "plans",
            lambda row: (read.day(row[0]), read.day(row[1]), _whole(row[2])),
        ),
    )
    for element, table, of in parts:
        rows: list[Row] = []
        for row in found[element]:
            referral, own = referrals.get(row[1]), of(row[2:])
            if referral is None or own[0] is None:
                read.drop(f"{table}: no referral or no start")
            else:
                rows.append((*referral[:5], *own))
        read.census.append(Part(table, label, str(made), rows))
    plans = {row[0]: row for row in found["ChildProtectionPlans"]}
    rows = []
    for _, above, said in found["CPPreviewDate"]:
        plan, reviewed = plans.get(above), read.day(said)
        referral = referrals.get(plan[1]) if plan else None
        started = read.day(plan[2]) if plan else None
        if referral is None or started is None or reviewed is None:
            read.drop("reviews: no plan or no date")
        else:
            rows.append((*referral[:2], started, reviewed))
    read.census.append(Part("reviews", label, str(made), rows))


def _whole(cell: object) -> int | None:
    text = _text(cell)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None
