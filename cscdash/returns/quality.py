"""The quality of the record: what was read, dropped, unknown or at odds, as numbers alone."""

from dataclasses import dataclass
from datetime import date

from cscdash.returns.files import Read
from cscdash.returns.layouts import CARE, CODES
from cscdash.returns.pooled import Pooled

_FEW = 5  # a number of records up to it is not told


@dataclass(frozen=True)
class Noted:
    """Something to note about the record, and in how many rows or children it is so."""

    what: str
    number: int

    @property
    def words(self) -> str:
        """The number as it is shown: small ones as "1 to 5"."""
        return f"1 to {_FEW}" if 0 < self.number <= _FEW else f"{self.number:,}"


_AT_ODDS = {
    "Episodes that begin before the one before has ended": """
        select count(*) from (select decom, lag(dec) over (partition by child order by decom) as
        before from seen) where decom < before""",
    "Episodes without an end that another follows": """
        select count(*) from (select dec, lead(decom) over (partition by child order by decom) as
        next from seen) where dec is null and next is not null""",
    "Episodes open in one return and absent from the next": """
        select count(*) from seen where rec = 'LAPSED'""",
    "Children looked after on the day without a date of birth": """
        select count(*) from here where age is null""",
    "Periods of care that begin with an episode which continues another": """
        select count(*) from spells where first_seen and rne <> 'S'""",
}
_OF_BOTH = {
    "Children looked after in three years whom the census has, with the same date of birth": """
        select count(*) from in_both where same""",
    "Children looked after in three years whom the census does not have, or has otherwise": """
        select count(*) from in_both where not same""",
}


def quality(read: Read, pooled: Pooled) -> list[Noted]:
    """What there is to note about the returns, as at the day that they were cut at last.

    Parameters
    ----------
    read : Read
        The files.
    pooled : Pooled
        The same, pooled and cut.
    """
    found = [Noted(f"{name}: records read", rows) for name, rows in _read(read).items()]
    found += [Noted(f"Dropped: {why}", rows) for why, rows in sorted(read.dropped.items())]
    for layout in CARE:
        for field in layout.fields:
            if any(code.field == field for code in CODES):
                name = f"{layout.name}: {field} is no code of its year"
                found.append(Noted(name, _unknown(pooled, layout.name, field)))
    checks = {**(_AT_ODDS if pooled.care else {})}
    checks |= _OF_BOTH if pooled.care and pooled.census else {}
    found += [Noted(what, _one(pooled, sql)) for what, sql in checks.items()]
    return [one for one in found if one.number or not one.what.endswith("of its year")]


def missing_years(pooled: Pooled) -> list[str]:
    """A sentence for each year that lies between two returns of a kind and was not read."""
    said = []
    for name, held in (("SSDA903", pooled.care), ("children in need census", pooled.census)):
        years = [day.year for day in held]
        for year in range(min(years, default=0), max(years, default=0)):
            if date(year, 3, 31) not in held:
                said.append(f"The {year - 1}/{year % 100:02} return of the {name} is missing.")
    return said


def _read(read: Read) -> dict[str, int]:
    rows: dict[str, int] = {}
    for part in (*read.care, *read.census):
        rows[part.table] = rows.get(part.table, 0) + len(part.rows)
    return rows


def _unknown(pooled: Pooled, table: str, field: str) -> int:
    """How many rows of a table have something in a field that is no code of their return's year."""
    allowed = " or ".join(
        f"({field} in ({', '.join(repr(c) for c in code.codes)})"
        f" and year(made) between {code.first} and {code.last})"
        for code in CODES
        if code.field == field
    )
    return _one(pooled, f"select count(*) from raw_{table} where {field} <> '' and not ({allowed})")


def _one(pooled: Pooled, sql: str) -> int:
    return int(str(pooled.rows(sql)[0][0] or 0))
