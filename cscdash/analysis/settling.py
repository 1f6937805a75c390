"""How figures settle: what earlier releases said of a period, and how far it has moved since.

Publishers revise. What is kept of earlier releases is what they said otherwise; a cell that is
hidden today is not among it (`ingest.stack`).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from cscdash.analysis.extract import Extract
from cscdash.analysis.number_format import bare, say_move, say_size, step
from cscdash.catalogue.models import Indicator
from cscdash.extracts import Columns
from cscdash.extracts.observation import Flag, Observation


@dataclass(frozen=True)
class Settled:
    """A cell that an earlier release gave otherwise.

    Attributes
    ----------
    before : tuple of Observation
        What each earlier release said, the oldest first.
    now : Observation
        What is said today.
    """

    before: tuple[Observation, ...]
    now: Observation


@dataclass(frozen=True)
class Revision:
    """How far the values of one period moved since one release.

    Attributes
    ----------
    period, release : str
        Which period, as which release gave it.
    provisional : bool
        Whether that release called any of them provisional.
    of, changed : int
        How many areas have a value today, and how many of them had another.
    sizes : tuple of float
        By how much each of those moved, as printed, in the indicator's unit; always positive.
    """

    period: str
    release: str
    provisional: bool
    of: int
    changed: int
    sizes: tuple[float, ...]


def settled(held: Extract, earlier: Columns, area: str, releases: Sequence[str]) -> list[Settled]:
    """What earlier releases said otherwise of an area's main series, by period.

    Parameters
    ----------
    held : Extract
        As things are said today.
    earlier : Columns
        What newer releases replaced (`Store.history`).
    area : str
        Its code.
    releases : sequence of str
        All releases, the oldest first (`in_order`).
    """
    said: dict[str, list[Observation]] = {}
    for one in _main(held, earlier):
        if one.area == area:
            said.setdefault(one.period, []).append(one)
    found = []
    for period in held.periods:
        now = held.point(area, period)
        if now is not None and period in said:
            before = sorted(said[period], key=lambda one: _rank(one.release, releases))
            found.append(Settled(tuple(before), now))
    return found


def revisions(
    held: Extract, earlier: Columns, among: Collection[str], releases: Sequence[str]
) -> list[Revision]:
    """How far the values of some areas moved since each release, the latest period first.

    Parameters
    ----------
    held, earlier, releases
        As for `settled`.
    among : collection of str
        Codes of the areas, authorities as a rule.
    """
    said: dict[tuple[str, str], list[Observation]] = {}
    for one in _main(held, earlier):
        if one.area in among:
            said.setdefault((one.period, one.release), []).append(one)
    decimals = held.indicator.decimals
    found = []
    for (period, release), before in said.items():
        now = {
            code: p for code, p in held.at(period).items() if code in among and p.value is not None
        }
        sizes = [
            float(abs(step(_value(now[one.area]), one.value, decimals)))
            for one in before
            if one.area in now and one.value is not None
        ]
        moved = tuple(size for size in sizes if size)
        provisional = any(Flag.PROVISIONAL in one.flags for one in before)
        found.append(Revision(period, release, provisional, len(now), len(moved), moved))
    at = {period: place for place, period in enumerate(held.periods)}
    return sorted(
        (one for one in found if one.of and one.period in at),
        key=lambda one: (-at[one.period], _rank(one.release, releases)),
    )


def settled_in_words(one: Settled, indicator: Indicator) -> str:
    """What became of a figure: ``2024: 70 in the 2024 release; 69 today, down 1 per 10,000``."""
    unit, decimals = indicator.unit, indicator.decimals
    parts = [f"{_words(p, indicator)} in {_release(p.release)}" for p in one.before]
    now = f"{_words(one.now, indicator)} today"
    first = one.before[0]
    if first.value is not None and one.now.value is not None:
        moved = step(one.now.value, first.value, decimals)
        now += f", {say_move(moved, unit, decimals)}" if moved else ", the same as printed"
    return f"{one.now.period}: {'; '.join([*parts, now])}."


def revision_in_words(one: Revision, indicator: Indicator) -> str:
    """How far a period moved, in a sentence."""
    kind = "provisional figures" if one.provisional else "figures"
    start = f"{one.period}, {kind} of {_release(one.release)}"
    if not one.changed:
        return f"{start}: none of {one.of} authorities has another printed figure today."
    sizes = median(one.sizes), max(one.sizes)
    half, most = (say_size(size, indicator.unit, indicator.decimals) for size in sizes)
    by = f"by {most}" if one.changed == 1 else f"by {most} at most"
    if half != most:
        by = f"half of them by {half} or less, one by {most}"
    verb = "has" if one.changed == 1 else "have"
    return f"{start}: {one.changed} of {one.of} authorities {verb} another figure today, {by}."


def in_order(releases: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The releases of a build, the oldest first: by the year that ends their name, then by day."""
    return sorted(
        releases, key=lambda name: (name[-4:], str(releases[name].get("published") or ""), name)
    )


def _main(held: Extract, earlier: Columns) -> Iterator[Observation]:
    """The earlier observations of the series that an extract shows first."""
    for one in earlier.observations(range(len(earlier))):
        if (one.breakdown, one.category) == held.main:
            yield one


def _release(name: str) -> str:
    return f"the {name.rsplit(' ', 1)[-1]} release"


def _rank(release: str, releases: Sequence[str]) -> int:
    return releases.index(release) if release in releases else -1


def _value(point: Observation) -> float:
    assert point.value is not None
    return point.value


def _words(point: Observation, indicator: Indicator) -> str:
    if point.value is None:
        return point.status.spelled
    return bare(point.value, indicator.unit, indicator.decimals)
