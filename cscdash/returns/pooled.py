"""The returns of several years as tables of one DuckDB in memory, cut at an as-at date."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType

import duckdb
import pyarrow as pa

from cscdash.errors import CscdashError
from cscdash.returns.days import at_least, months_before, working_days, year_end
from cscdash.returns.files import Part, Read, Row
from cscdash.returns.layouts import CARE

_DAY, _TEXT, _NUMBER, _YES = pa.date32(), pa.string(), pa.int64(), pa.bool_()
_KINDS = {"CHILD": _NUMBER, "PL_POST": _NUMBER, "URN": _NUMBER} | dict.fromkeys(
    ("DECOM", "DEC", "DOB", "DUC", "MIS_START", "MIS_END"), _DAY
)
_KEY = [("made", _DAY), ("child", _NUMBER), ("referred", _DAY), ("nfa", _YES), ("nth", _NUMBER)]
_CENSUS = {
    "referrals": [*_KEY, ("born", _DAY), ("closed", _DAY), ("reason", _TEXT), ("met", _DAY)],
    "assessments": [*_KEY, ("started", _DAY), ("authorised", _DAY), ("factor", _TEXT)],
    "enquiries": [*_KEY, ("started", _DAY), ("met", _DAY)],
    "plans": [*_KEY, ("started", _DAY), ("ended", _DAY), ("before", _NUMBER)],
    "reviews": [*_KEY[:2], ("started", _DAY), ("reviewed", _DAY)],
}

_EPISODE = next(layout for layout in CARE if layout.name == "episodes")
_SQL = "".join(
    Path(__file__).with_name(name).read_text(encoding="utf-8")
    for name in ("care.sql", "census.sql")
)
_AGE = """create macro years_old(born, day) as
    year(day) - year(born)
    - case when month(day) * 100 + day(day) < month(born) * 100 + day(born) then 1 else 0 end"""
_BETWEEN = """create macro working(first, last) as
    (select n from workdays w where w.day = last)
    - (select n from workdays w where w.day = first)"""


class Pooled:
    """What was read, in one DuckDB in memory; nothing of it reaches a disk.

    Parameters
    ----------
    read : Read
        The files.

    Attributes
    ----------
    care, census : list of date
        The 31 March of each return that was read.
    newest_day : date
        The last day on which an episode begins or ends, or a census was made.

    Raises
    ------
    CscdashError
        If two files are of the same table and year and differ, or no year can be told.
    """

    def __init__(self, read: Read) -> None:
        care = _years(read.care)
        self.care = sorted({made for made, part in care if part.table == "episodes"})
        census = _once([(date.fromisoformat(part.group), part) for part in read.census])
        self.census = sorted({year_end(made) for made, _ in census})
        if not self.care and not self.census:
            raise CscdashError("No episodes and no census were found, so nothing can be counted.")
        self.tables = {(part.table, made) for made, part in care}
        self._db = duckdb.connect(":memory:")
        for setting in ("temp_directory = ''", "enable_external_access = false", "threads = 2"):
            self._db.execute(f"set {setting}")
        for layout in CARE:
            rows = [(m, *row) for m, part in care if part.table == layout.name for row in part.rows]
            columns = [("made", _DAY)]
            columns += [(name.lower(), _KINDS.get(name, _TEXT)) for name in layout.fields]
            self._add(f"raw_{layout.name}", rows, columns)
        for name, columns in _CENSUS.items():
            rows = [row for _, part in census if part.table == name for row in part.rows]
            self._add(f"raw_{name}", rows, columns)
        fields = _EPISODE.fields
        days = [
            day
            for _, part in care
            if part.table == "episodes"
            for row in part.rows
            for day in (row[fields.index("DECOM")], row[fields.index("DEC")])
            if isinstance(day, date)
        ]
        self.newest_day = max([*days, *(made for made, _ in census)])
        self._add("workdays", working_days(1990, 2036), [("day", _DAY), ("n", _NUMBER)])
        self._db.execute(_AGE)
        self._db.execute(_BETWEEN)
        self._at: dict[str, date] = {}

    def _add(
        self, name: str, rows: Sequence[Row], columns: Sequence[tuple[str, pa.DataType]]
    ) -> None:
        cells = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
        table = pa.table(
            [pa.array(one, type) for one, (_, type) in zip(cells, columns, strict=True)],
            names=[name for name, _ in columns],
        )
        self._db.register("given", table)
        self._db.execute(f"create table {name} as select * from given")
        self._db.unregister("given")

    def cut(self, day: date) -> None:
        """Have all that follows counted as at a day: what is dated after it is not there."""
        self._at = {
            "a": day,
            "first": months_before(day, 12) + timedelta(days=1),
            "first_of_two": months_before(day, 24) + timedelta(days=1),
            "three": at_least(day, 3),
            "year": at_least(day, 12),
            "two": at_least(day, 24),
            "half": at_least(day, 30),
            "m12": months_before(day, 12),
            "m24": months_before(day, 24),
            "m36": months_before(day, 36),
        }
        for statement in _SQL.split(";\n"):
            if statement.strip():
                self._run(statement)

    def rows(self, sql: str) -> list[Row]:
        """What a query gives.

        Raises
        ------
        CscdashError
            If the database cannot count; without its words, which may hold a value.
        """
        return self._run(sql).fetchall()

    def _run(self, sql: str) -> duckdb.DuckDBPyConnection:
        for name, day in sorted(self._at.items(), key=lambda one: -len(one[0])):
            sql = sql.replace(f"${name}", f"date '{day.isoformat()}'")
        try:
            return self._db.execute(sql)
        except duckdb.Error as error:
            kind = type(error).__name__
        raise CscdashError(f"The returns could not be counted ({kind}).")

    def __enter__(self) -> "Pooled":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._db.close()


def _years(parts: Sequence[Part]) -> list[tuple[date, Part]]:
    """Each table of the SSDA903 with the 31 March of its return: on or after its newest episode.

    Tables without a date are of the year of the episodes beside them.
    """
    made: dict[str, date] = {}
    for part in parts:
        starts = [row[1] for row in part.rows if isinstance(row[1], date)]
        if part.table == "episodes" and starts:
            made[part.group] = max(made.get(part.group, date.min), year_end(max(starts)))
    found = []
    for part in parts:
        if part.group in made:
            found.append((made[part.group], part))
        elif part.rows and len(set(made.values())) != 1:
            raise CscdashError(
                f"{part.label}: of which year it is cannot be told, as no episodes lie beside it."
                " Put the files of each return into a folder of their own."
            )
        elif part.rows:
            found.append((next(iter(made.values())), part))
    return _once(found)


def _once(found: list[tuple[date, Part]]) -> list[tuple[date, Part]]:
    """The same without copies of a table.

    Raises
    ------
    CscdashError
        If two tables of one kind and year differ.
    """
    kept: dict[tuple[date, str], Part] = {}
    for made, part in found:
        before = kept.setdefault((made, part.table), part)
        if before is not part and sorted(map(repr, before.rows)) != sorted(map(repr, part.rows)):
            raise CscdashError(
                f"{before.label} and {part.label} are both the {part.table} of the year to"
                f" {made.day} {made:%B %Y} and differ. Leave one of them out."
            )
    return [(made, part) for (made, _), part in kept.items()]
