"""Taking the few rows that a question needs out of a frame of observations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from cscdash.catalogue.models import Break
from cscdash.periods import end_year

ENGLAND = "E92000001"
JOINT_RETURNS = (("314", "318"), ("940", "941"))  # two authorities, one workforce return


@dataclass(frozen=True)
class CannotSay:
    """An honest refusal: `why` completes a sentence, without capital and full stop."""

    why: str


@dataclass(frozen=True)
class Point:
    """One observation of one area: `value` is None exactly when `status` is not ``ok``."""

    period: str
    end: date
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    status: str = "ok"
    flags: str = ""


def line(
    frame: pd.DataFrame, area: str, breakdown: str = "total", category: str = "total"
) -> tuple[Point, ...]:
    """One area's observations of one category, oldest first, those without a value included."""
    rows = frame[
        (frame["area"] == area)
        & (frame["breakdown"] == breakdown)
        & (frame["category"] == category)
    ]
    return tuple(sorted((point_of(row) for row in rows.to_dict("records")), key=lambda p: p.end))


def at(
    frame: pd.DataFrame, period: str, breakdown: str = "total", category: str = "total"
) -> pd.DataFrame:
    """All areas in one period and category: indexed by area, sorted, those without a value too."""
    rows = frame[
        (frame["period"] == period)
        & (frame["breakdown"] == breakdown)
        & (frame["category"] == category)
    ]
    return rows.set_axis(rows["area"].astype(str), axis="index").sort_index()


def periods(frame: pd.DataFrame) -> tuple[str, ...]:
    """The periods in a frame, oldest first."""
    rows = frame[["period", "period_end"]].drop_duplicates().sort_values("period_end")
    return tuple(rows["period"].astype(str))


def with_value(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that have a value."""
    return rows[(rows["status"] == "ok") & rows["value"].notna()]


def without_counts(frame: pd.DataFrame) -> pd.DataFrame:
    """Set the counts aside where they are not of people or events, but of sessions or pounds.

    Intervals, trends and distances take each unit counted as one chance; of a million school
    sessions they would be far too sure. Without counts they decline to answer.
    """
    return frame.assign(numerator=np.nan, denominator=np.nan)


def is_authority(area: str) -> bool:
    """Whether a code is a local authority's three digits, not a region's or England's."""
    return len(area) == 3 and area.isdigit()


def authorities(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of local authorities (three digits), each joint return once."""
    return joint_once(rows[rows["area"].astype(str).str.fullmatch(r"\d{3}")])


def joint_once(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the first of two rows of one period that are one joint return of two authorities."""
    flagged = rows["flags"].astype("object").fillna("").astype(str).str.contains("j")
    if not flagged.any():
        return rows
    first = {pair: pair[0] for pair in JOINT_RETURNS}
    names = rows["area"].astype(str)
    owner = names.map({area: first[pair] for pair in JOINT_RETURNS for area in pair})
    key = pd.DataFrame(
        {
            "owner": owner.where(flagged & owner.notna(), names),
            "period": rows["period"].astype(str),
            "cell": rows["breakdown"].astype(str) + "|" + rows["category"].astype(str),
            "value": rows["value"].where(flagged & owner.notna()),
        },
        index=rows.index,
    )
    return rows[~key.duplicated().to_numpy()]


def joint_owner(area: str) -> str:
    """The authority under which a joint return is counted; any other area gives itself."""
    return next((pair[0] for pair in JOINT_RETURNS if area in pair), area)


def joint_partner(area: str) -> str | None:
    """The authority that files one return together with this one, if there is one."""
    for pair in JOINT_RETURNS:
        if area in pair:
            return pair[1 - pair.index(area)]
    return None


def since_break(
    points: Sequence[Point], breaks: Sequence[Break], breakdown: str = ""
) -> tuple[Point, ...]:
    """The points from the last declared break on (all of them if there is none).

    Breaks that concern one breakdown alone count only when its name is given.
    """
    if not points:
        return ()
    last = max(point.end.year for point in points)
    starts = [end_year(b.period) for b in _of(breaks, breakdown) if end_year(b.period) <= last]
    start = max(starts, default=0)
    return tuple(sorted((p for p in points if p.end.year >= start), key=lambda p: p.end))


def break_between(
    then: Point, now: Point, breaks: Sequence[Break], breakdown: str = ""
) -> Break | None:
    """The last declared break after `then`, up to and including `now`.

    Breaks that concern one breakdown alone count only when its name is given.
    """
    declared = _of(breaks, breakdown)
    found = [b for b in declared if then.end.year < end_year(b.period) <= now.end.year]
    return max(found, key=lambda b: end_year(b.period), default=None)


def _of(breaks: Sequence[Break], breakdown: str) -> list[Break]:
    return [b for b in breaks if b.breakdown in ("", breakdown)]


def point_of(row: dict[Any, Any]) -> Point:
    """One row of a frame as a point; a number in a cell without status ``ok`` is not its value."""
    status = str(row["status"])
    value = _number(row["value"]) if status == "ok" else None
    return Point(
        period=str(row["period"]),
        end=pd.Timestamp(row["period_end"]).date(),
        value=value,
        numerator=_number(row["numerator"]),
        denominator=_number(row["denominator"]),
        status="x" if status == "ok" and value is None else status,
        flags=row["flags"] if isinstance(row["flags"], str) else "",
    )


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) or not np.isfinite(value) else float(value)
