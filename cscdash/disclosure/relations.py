"""Every sum that an outsider can know: groups, areas, periods, and numbers that repeat others."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from cscdash.catalogue.models import Indicator, Sum, number_of
from cscdash.disclosure.numbers import Figure, Key, Number, Of, Table
from cscdash.periods import period_end
from cscdash.places import places

COUNTED = ("count", "percent", "rate per 10,000", "ratio")  # units whose numerators add up
_DAY = timedelta(days=1)

Categories = Mapping[str, frozenset[str]]  # breakdown -> its categories
Span = tuple[date, date]  # a first and a last day


@dataclass(frozen=True)
class Known:
    """What is known of the figures beside themselves.

    Attributes
    ----------
    measures : mapping of str to Indicator
        By id: what their numbers add up to is declared there.
    categories : callable
        The categories of an indicator's breakdowns; of one that it does not name, those given
        are taken for all.
    published : sequence of Figure
        Published figures of the same areas, which everybody knows; those of status ``c`` are
        what their publisher hides.
    settled : int
        How many of the figures, from the first, were audited together before.
    """

    measures: Mapping[str, Indicator]
    categories: Callable[[str], Categories] = field(default=lambda _: {})
    published: Sequence[Figure] = ()
    settled: int = 0


def table_of(figures: Sequence[Figure], known: Known) -> Table:
    """The numbers of figures, and all sums among them.

    Parameters
    ----------
    figures : sequence of Figure
        All that are or will be shown of these indicators, and what is hidden.
    known : Known
        What everybody knows besides.
    """
    table = Table()
    for at, figure in enumerate(figures):
        _enter(table, figure, known.measures[figure.indicator], at)
    given = set(table.places)
    for figure in known.published:
        _publish(table, figure, known.measures[figure.indicator])
    size = -1
    while size != len(table.places):  # a sum may name a number that stands in another
        size = len(table.places)
        _repeats(table, known)
        _groups(table, known, given)
        _areas(table, given)
        _times(table, known, given)
    return table


def _key(figure: Figure, measure: Indicator, of: Of) -> Key:
    stock = measure.measures in ("stock", "snapshot")
    start = figure.end if stock else figure.start
    return Key(
        figure.indicator, figure.area, start, figure.end, figure.breakdown, figure.category, of
    )


def _publish(table: Table, figure: Figure, measure: Indicator) -> None:
    """Add a published figure's numbers; one that was given locally too is known all the same."""
    if figure.status == "c" and measure.unit in COUNTED:
        key = _key(figure, measure, "numerator")
        if key not in table.places:
            table.add(key, Number(None, 1.0, withheld=True))
    numbers: tuple[tuple[Of, float | None], ...] = (
        ("numerator", figure.numerator),
        ("denominator", figure.denominator),
    )
    for of, number in numbers:
        key = _key(figure, measure, of)
        if number is None or figure.status != "ok":
            continue
        if key not in table.places:
            table.add(key, Number(_whole(number), 0.0, published=True))
        else:
            local = table.numbers[table.places[key]]
            local.published = True
            local.value = _whole(number) if local.value is None else local.value


def _enter(table: Table, figure: Figure, measure: Indicator, at: int) -> None:
    """Add a figure's numbers.

    What is hidden is taken to be at least 1, for noughts are shown. The numerator of a share of
    fewer than ten may be 0, as such a share is hidden whatever it is; but whoever knows that it
    rests on more, or that it was hidden for another's sake, knows better, and is guarded against.
    """
    hidden = figure.status in ("ok", "c")
    share = measure.unit == "percent"
    place = at if hidden else None
    above = below = None
    if measure.unit in COUNTED:
        least = 1.0 if hidden else 0.0
        above = table.add(
            _key(figure, measure, "numerator"),
            Number(_whole(figure.numerator), least, place, absent=not hidden),
        )
    if figure.denominator is not None or (share and hidden):
        below = table.add(
            _key(figure, measure, "denominator"),
            Number(_whole(figure.denominator), 1.0 if hidden else 0.0, place),
        )
    if share and above is not None and below is not None and hidden:
        left = None
        if figure.numerator is not None and figure.denominator is not None:
            left = max(_whole(figure.denominator) or 0.0, 0.0) - (_whole(figure.numerator) or 0.0)
        rest = table.add(_key(figure, measure, "remainder"), Number(left, 0.0, place))
        table.equate({above: 1.0, rest: 1.0, below: -1.0})


def _whole(number: float | None) -> float | None:
    return None if number is None else float(round(number))


def _repeats(table: Table, known: Known) -> None:
    """What the catalogue declares: numbers that others add up to, or that repeat another."""
    held: dict[tuple[str, str, str], set[tuple[str, date, date]]] = defaultdict(set)
    for key in table.places:
        held[key.indicator, key.breakdown, key.category].add((key.area, key.start, key.end))
    for id, declared in _declared(known.measures):
        own = number_of(f"{id} / {declared.category}" if declared.category else id)
        parts = [number_of(part) for part in declared.parts]
        for area, start, end in {spot for name in (own, *parts) for spot in held[name]}:
            keys = [Key(n[0], area, start, end, n[1], n[2], "numerator") for n in (own, *parts)]
            whole = table.get(keys[0].at(of=declared.of))
            table.add_up(whole, [table.get(key) for key in keys[1:]])


def _declared(measures: Mapping[str, Indicator]) -> Iterable[tuple[str, Sum]]:
    """The sums of indicators whose numbers are of the same periods."""
    for id, measure in measures.items():
        for declared in measure.sums:
            if all(number_of(part)[0] in measures for part in declared.parts):
                yield id, declared


def _groups(table: Table, known: Known, given: set[Key]) -> None:
    """The categories of a breakdown, and the total or its denominator."""
    cells: dict[tuple[str, str, date, date, str, Of], dict[str, int]] = defaultdict(dict)
    for key, at in table.places.items():
        if key.breakdown != "total":
            spot = (key.indicator, key.area, key.start, key.end, key.breakdown, key.of)
            cells[spot][key.category] = at
    for (id, area, start, end, breakdown, of), held in cells.items():
        measure = known.measures[id]
        adds = measure.adds_up_to(breakdown)
        total = Key(id, area, start, end, "total", "total", of)
        nested = _nested(measure, breakdown)
        named = known.categories(id).get(breakdown, frozenset())
        if not named and any(total.at(breakdown=breakdown, category=c) in given for c in held):
            named = frozenset(held)
        top = {category: at for category, at in held.items() if category not in nested}
        complete = bool(named) and set(top) >= named - nested
        if of == "numerator" and adds in ("numerator", "denominator", "both") and top:
            whole = table.get(total.at(of="denominator" if adds == "denominator" else of))
            table.add_up(whole, top.values(), complete)
        if of == "denominator" and adds == "both" and top:
            table.add_up(table.get(total), top.values(), complete)
        if of == "denominator" and adds in ("numerator", "denominator", "nothing"):
            for at in held.values():
                table.equate({table.get(total): 1.0, at: -1.0})


def _nested(measure: Indicator, breakdown: str) -> set[str]:
    """Categories that are inside another of their breakdown."""
    return {
        number_of(part)[2]
        for one in measure.sums
        if number_of(f"x / {one.category}")[1] == breakdown and len(one.parts) > 1
        for part in one.parts
        if number_of(part)[:2] == (measure.id, breakdown)
    }


@cache
def _inside(code: str, day: date) -> tuple[str, ...]:
    """The areas that make up a region, half of London, London or England on a day."""
    known = places()
    if code == known.england.code:
        return tuple(region.code for region in known.regions)
    halves = [half.code for half in known.subregions if half.region == code]
    if halves:
        return tuple(halves)
    return tuple(
        area.code
        for area in (*known.authorities, *known.abolished)
        if code in (area.region, area.subregion) and known.existed(area.code, day)
    )


@cache
def _above(code: str) -> tuple[str, ...]:
    """The larger areas in which an area lies, the smallest first."""
    known = places()
    area = known.areas[code]
    found = [area.subregion, area.region] if code != known.england.code else []
    inside = [one for one in dict.fromkeys(found) if one and one != code]
    return (*inside, known.england.code) if code != known.england.code else ()


def _areas(table: Table, given: set[Key]) -> None:
    """Areas and the larger ones they make up: where those are given, or are made up completely."""
    held: dict[Key, dict[str, int]] = defaultdict(dict)
    for key, at in table.places.items():
        if key.of != "remainder":
            held[key.at(area="")][key.area] = at
    wanted = {(key.indicator, key.area) for key in given}
    for key, cells in held.items():
        larger = {code: None for area in cells for code in _above(area)}
        for code in sorted(larger, key=lambda one: len(_above(one)), reverse=True):
            members = _inside(code, key.end)
            inside = [cells[area] for area in members if area in cells]
            complete = len(inside) == len(members) > 1
            asked = {code, *_above(code)}
            if inside and (complete or any((key.indicator, one) in wanted for one in asked)):
                cells[code] = table.get(key.at(area=code))
                table.add_up(cells[code], inside, complete)


def _times(table: Table, known: Known, given: set[Key]) -> None:
    """Periods of a flow that lie in or across each other, cut into the pieces they share."""
    series: dict[Key, dict[Span, int]] = defaultdict(dict)
    for key, at in list(table.places.items()):
        measure = known.measures[key.indicator]
        adds = key.of == "numerator" or (key.of == "denominator" and measure.unit == "percent")
        if measure.measures == "flow" and adds:
            series[key.at(start=date.min, end=date.min)][key.start, key.end] = at
    for name, held in series.items():
        cuts = sorted({day for start, end in held for day in (start, end + _DAY)})
        for (start, end), at in list(held.items()):
            pieces = [
                (first, after - _DAY)
                for first, after in pairwise(cuts)
                if start <= first and after - _DAY <= end
            ]
            if len(pieces) > 1:
                parts = [table.get(name.at(start=s, end=e)) for s, e in pieces]
                table.equate({at: -1.0} | dict.fromkeys(parts, 1.0))
        measure = known.measures[name.indicator]
        spans = {
            span
            for span, at in held.items()
            if name.at(start=span[0], end=span[1]) in given and not table.numbers[at].absent
        }
        for start, end in _calendar(spans, measure):
            for tiles in _tilings(start, end, spans):
                whole = table.get(name.at(start=start, end=end))
                table.add_up(whole, [held[tile] for tile in tiles])


def _calendar(spans: Iterable[Span], measure: Indicator) -> set[Span]:
    """The quarters and the measure's years that given periods lie in."""
    found = set()
    for _, end in spans:
        first = date(end.year, (end.month - 1) // 3 * 3 + 1, 1)
        found.add((first, _last_day(end.year, first.month + 2)))
        last = period_end(str(end.year), measure.period_means)
        last = last if end <= last else period_end(str(end.year + 1), measure.period_means)
        found.add((date(last.year - 1, last.month, last.day) + _DAY, last))
    return found


def _last_day(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - _DAY


def _tilings(start: date, end: date, spans: set[Span]) -> list[tuple[Span, ...]]:
    """Given periods that make up another: for each of them, a row in which it stands.

    A year that was given by its quarters and by its months is known from either, so whichever of
    them is shown bears on it.
    """
    inside = {span for span in spans if start <= span[0] and span[1] <= end}
    inside.discard((start, end))
    after: dict[date, list[Span]] = defaultdict(list)
    for span in sorted(inside, reverse=True):
        after[span[0]].append(span)

    @cache
    def row(first: date, until: date) -> tuple[Span, ...] | None:
        """Periods from one day to another, the longest first; None if they leave a gap."""
        if first == until:
            return ()
        for span in after[first]:
            if span[1] < until and (rest := row(span[1] + _DAY, until)) is not None:
                return (span, *rest)
        return None

    found: dict[tuple[Span, ...], None] = {}
    for span in sorted(inside):
        before, behind = row(start, span[0]), row(span[1] + _DAY, end + _DAY)
        if before is not None and behind is not None:
            found[(*before, span, *behind)] = None
    return list(found)
