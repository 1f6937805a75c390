"""The returns of several years as tables of one DuckDB in memory, cut at an as-at date."""

from collections.abc import Sequence
from datetime import date, timedelta
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
    "assessments": [*_KEY, ("started", _DAY), ("authorised", _DAY)],
    "enquiries": [*_KEY, ("started", _DAY), ("met", _DAY)],
    "plans": [*_KEY, ("started", _DAY), ("ended", _DAY), ("before", _NUMBER)],
}

# The newest return wins for each child and start of an episode. One that is open in an older
# return and absent from the next is not open after that return's day, and nobody left by it.
_CARE_SQL = """
create or replace temp table seen as
with newest as (
    select * from raw_episodes t
    qualify row_number() over (partition by child, decom order by made desc, t) = 1
), settled as (
    select * replace (
        case when dec is null and made < (select max(made) from raw_episodes)
             then made + 1 else dec end as dec,
        case when dec is null and made < (select max(made) from raw_episodes)
             then 'LAPSED' when dec is null then '' else rec end as rec)
    from newest
)
select child, decom, rne, ls, place, place_provider as provider, pl_post as post, urn,
       case when dec <= $a then dec end as dec, case when dec <= $a then rec end as rec
from settled where decom <= $a;

create or replace temp table episodes as
with followed as (
    select *, row_number() over (partition by child order by decom) = 1 as first_seen,
           coalesce(dec, lead(decom) over (partition by child order by decom)) as fin
    from seen
), looked_after as (
    select * from followed where ls not in ('V3', 'V4')
), marked as (
    select *, lag(fin) over w as before, lag(rec) over w as before_rec, lag(child) over w as same
    from looked_after window w as (partition by child order by decom)
)
select *, sum(case when same is null or rne = 'S' or decom > before
                     or (before_rec is not null and before_rec not in ('', 'X1')) then 1 else 0 end)
          over (partition by child order by decom) as spell
from marked;

create or replace temp table spells as
select child, spell, min(decom) as start,
       case when max(case when fin is null then 1 else 0 end) = 0 then max(fin) end as fin,
       last(coalesce(rec, '') order by decom) as rec,
       last(ls order by decom) as ls,
       first(rne order by decom) as rne, first(first_seen order by decom) as first_seen
from episodes group by child, spell;

create or replace temp table placements as
with real as (
    select *, lag(place) over w as p0, lag(post) over w as c0, lag(urn) over w as u0,
           row_number() over w as nth
    from episodes where place not in ('T0', 'T1', 'T2', 'T3', 'T4')
    window w as (partition by child, spell order by decom)
), moved as (
    select *, sum(case when nth = 1 then 1
                       when rne in ('L', 'T', 'U') or place in ('A3', 'A5') then 0
                       when place = p0 and post is not distinct from c0
                            and urn is not distinct from u0
                            and (post is not null or urn is not null) then 0
                       else 1 end)
              over (partition by child, spell order by decom) as placement
    from real
)
select child, spell, placement, min(decom) as start,
       case when bool_or(fin is null) then null else max(fin) end as fin,
       last(place order by decom) as place, last(provider order by decom) as provider,
       lag(min(decom)) over (partition by child, spell order by placement) as start_before
from moved group by child, spell, placement;

create or replace temp table people as
select child, any_value(dob) as dob from (
    select * from raw_headers qualify row_number() over
        (partition by child order by made desc, dob) = 1) group by child;

create or replace temp table here as
select s.child, s.spell, s.start, s.ls, years_old(p.dob, $a) as age
from spells s left join people p using (child)
where s.fin is null and coalesce(years_old(p.dob, $a), 0) < 18
qualify row_number() over (partition by s.child order by s.spell desc) = 1;

create or replace temp table places as
select h.*, p.place, p.provider, p.start as placed, p.start_before
from here h left join (
    select * from placements
    qualify row_number() over (partition by child, spell order by placement desc) = 1
) p using (child, spell);

create or replace temp table starts as
select * from spells where start between $first and $a and not (first_seen and rne <> 'S')
qualify row_number() over (partition by child order by start) = 1;

create or replace temp table ceased as
select * from spells where fin between $first and $a and rec not in ('', 'X1', 'LAPSED')
qualify row_number() over (partition by child order by fin desc) = 1;

create or replace temp table lately as
select * from raw_uasc qualify row_number() over (partition by child order by made desc, duc) = 1;

create or replace temp table health as
select r.*, h.age from raw_health r join here h using (child)
where r.made = $a and h.start <= $year
qualify row_number() over (partition by child order by r) = 1;

create or replace temp table leavers as
select l.*, years_old(coalesce(l.dob, p.dob), $a) as age
from raw_leavers l left join people p using (child)
left join (select child, last(rec order by start) as rec from spells group by child) s using (child)
where l.made = $a and l.in_touch not in ('DIED', 'RHOM') and coalesce(s.rec, '') <> 'E3'
qualify row_number() over (partition by child order by l) = 1;
"""

_CENSUS_SQL = """
create or replace temp table all_referrals as
select child, referred, nfa, nth, born, made,
       case when closed <= $a then closed
            when closed is null and made < (select max(made) from raw_referrals)
                 and made + 1 <= $a then made + 1 end as closed,
       case when closed <= $a then reason else '' end as reason,
       case when met <= $a then met end as met
from (select * from raw_referrals t qualify row_number() over
        (partition by child, referred, nfa, nth order by made desc, t) = 1)
where referred <= $a;

create or replace temp table assessments as
select distinct child, referred, nth, started,
       case when authorised <= $a then authorised end as done
from (select * from raw_assessments t qualify row_number() over
        (partition by child, referred, nfa, nth, started order by made desc, t) = 1)
where started <= $a;

create or replace temp table enquiries as
select child, referred, nth, started, case when met <= $a then met end as met
from (select * from raw_enquiries t qualify row_number() over
        (partition by child, referred, nfa, nth, started order by made desc, t) = 1)
where started <= $a;

create or replace temp table plans as
select child, started, max(before) as before, bool_or(lapsed) as lapsed,
       max(closed_by) as closed_by,
       case when bool_or(ended is null) then null else max(ended) end as ended
from (
    select p.child, p.started, p.before,
           p.ended is null and p.made < (select max(made) from raw_referrals) as lapsed,
           case when r.reason in ('RC1', 'RC2', 'RC4', 'RC5') and r.closed <= p.ended + 7
                then 1 else 0 end as closed_by,
           case when p.ended <= $a then p.ended
                when p.ended is null and p.made < (select max(made) from raw_referrals)
                     and p.made + 1 <= $a then p.made + 1 end as ended
    from (select * from raw_plans t qualify row_number() over
            (partition by child, started order by made desc, t) = 1) p
    left join all_referrals r using (child, referred, nfa, nth)
    where p.started <= $a
) group by child, started;

create or replace temp table conferences as
select child, met, max(started) as enquired from (
    select child, met, case when started <= met then started end as started
    from enquiries where met between $first and $a
    union all
    select child, met, null from all_referrals where met between $first and $a
) group by child, met;
"""

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
        days = [
            day
            for _, part in care
            if part.table == "episodes"
            for row in part.rows
            for day in (row[1], row[6])
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
            "year": at_least(day, 12),
            "two": at_least(day, 24),
            "half": at_least(day, 30),
            "m12": months_before(day, 12),
            "m24": months_before(day, 24),
            "m36": months_before(day, 36),
        }
        for statement in (_CARE_SQL + _CENSUS_SQL).split(";\n"):
            if statement.strip():
                self._run(statement)

    def count(self, sql: str) -> tuple[float, float]:
        """The two numbers of a measure: what is counted, and out of how many.

        Raises
        ------
        CscdashError
            If the database cannot count; without its words, which may hold a value.
        """
        above, below = self._run(sql).fetchall()[0]
        return float(above or 0), float(below or 0)

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
