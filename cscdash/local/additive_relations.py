"""Which local figures add up to which: areas to a region, groups to a total, quarters to a year."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cscdash.catalogue.models import Indicator
from cscdash.local.row import Figure
from cscdash.local.row_periods import Kind
from cscdash.periods import period_end
from cscdash.places import places

_FINER: tuple[tuple[Kind, Kind], ...] = (
    ("month", "quarter"),
    ("month", "year"),
    ("quarter", "year"),
)


@dataclass(frozen=True)
class Sum:
    """Figures, by their place in a list, that add up to something.

    Attributes
    ----------
    parts : tuple of int
        What is added up.
    whole : int or None
        The sum, where it is among the figures. Where it is not, somebody may know it: the
        publisher prints totals, and an authority knows its own.
    """

    parts: tuple[int, ...]
    whole: int | None


def sums(figures: Sequence[Figure], measure: Indicator) -> list[Sum]:
    """All sums among the figures of one measure."""
    found = [*_areas(figures), *_groups(figures), *_times(figures, measure)]
    return [one for one in found if len(one.parts) > 1]  # one part alone is no sum


def _areas(figures: Sequence[Figure]) -> Iterable[Sum]:
    """Authorities and their region; for anything but a year only where the region is there."""
    known = places()
    cells: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    for at, figure in enumerate(figures):
        cells[(figure.when.text, figure.breakdown, figure.category)][figure.area] = at
    for held in cells.values():
        yearly = figures[next(iter(held.values()))].when.kind == "year"
        inside: Mapping[str, list[int]] = defaultdict(list)
        for code, at in held.items():
            area = known.areas[code]
            for parent in {area.region, area.subregion} - {"", code}:
                inside[parent].append(at)
            if area.level in ("region", "authority") and code != area.region:
                inside[f"{known.england.code} {area.level}"].append(at)
        for parent, parts in inside.items():
            whole = held.get(parent.split(" ")[0])
            if yearly or whole is not None:
                yield Sum(tuple(parts), whole)


def _groups(figures: Sequence[Figure]) -> Iterable[Sum]:
    """The categories of a breakdown, and the total."""
    totals: dict[tuple[str, str], int] = {}
    parts: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for at, figure in enumerate(figures):
        if figure.breakdown == "total":
            totals[(figure.area, figure.when.text)] = at
        else:
            parts[(figure.area, figure.when.text, figure.breakdown)].append(at)
    for (area, when, _), members in parts.items():
        yield Sum(tuple(members), totals.get((area, when)))


def _times(figures: Sequence[Figure], measure: Indicator) -> Iterable[Sum]:
    """Months and quarters, and the year they lie in; a photograph of a day adds up to nothing."""
    if measure.measures in ("stock", "snapshot"):
        return
    series: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for at, figure in enumerate(figures):
        series[(figure.area, figure.breakdown, figure.category)].append(at)
    for held in series.values():
        for finer, coarser in _FINER:
            wholes = {figures[at].when.end: at for at in held if figures[at].when.kind == coarser}
            spans: dict[date, list[int]] = defaultdict(list)
            for at in held:
                if figures[at].when.kind == finer:
                    spans[_span_end(figures[at].when.end, coarser, measure)].append(at)
            for end, parts in spans.items():
                yield Sum(tuple(parts), wholes.get(end))


def _span_end(day: date, kind: Kind, measure: Indicator) -> date:
    """The last day of the quarter or of the measure's year in which a day lies."""
    if kind == "quarter":
        last = (day.month + 2) // 3 * 3
        return date(day.year, last, 30 if last in (6, 9) else 31)
    this = period_end(str(day.year), measure.period_means)
    return this if day <= this else period_end(str(day.year + 1), measure.period_means)
