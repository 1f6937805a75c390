"""Random local figures of any breakdown of any indicator of the catalogue, true to all its sums."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from random import Random
from typing import Any

from cscdash.catalogue import Indicator, catalogue
from cscdash.catalogue.models import number_of
from cscdash.local.row import Figure
from cscdash.local.row_periods import read_when
from cscdash.places import places

UNITS = ("count", "percent", "rate per 10,000")
YEAR = {"Reporting year": "2025", "Calendar year": "2025"}
REGIONS = ("E12000001", "E12000003", "E12000007")


@dataclass(frozen=True)
class Drawn:
    """Figures in the additions in which they are handed in, and what is true.

    Attributes
    ----------
    additions : list of list of Figure
        A figure without a number has none because it was handed in so.
    groups : dict
        The categories of the breakdown.
    numbers : dict
        The true numerator of every figure, handed in with its number or not, by `Figure.cell`.
    published : list of Figure
        Yearly totals as they are published: those from 1 to 5 as ``c``.
    """

    additions: list[list[Figure]]
    groups: dict[tuple[str, str], frozenset[str]]
    numbers: dict[tuple[str, str, str, str, str, str], int]
    published: list[Figure]


@cache
def subjects() -> list[tuple[str, str]]:
    """Every indicator that counts people, with each of its breakdowns and without one."""
    found = []
    for one in catalogue().indicators:
        if one.unit in UNITS and one.time_identifier != "Financial year" and one.source:
            names = {b.name for source in one.source for b in source.breakdown}
            found += [(one.id, name) for name in sorted(names) or [""]]
    return found


@cache
def categories(id: str, breakdown: str) -> tuple[str, ...]:
    """Those that the declarations name, or else some of an own making."""
    found: dict[str, None] = {}
    for one in catalogue().indicators:
        for said in one.sums:
            names = [f"{one.id} / {said.category}", *said.parts]
            for name in map(number_of, names):
                if name[:2] == (id, breakdown):
                    found[name[2]] = None
    for source in catalogue().indicator(id).source:
        for b in source.breakdown:
            if b.name == breakdown:
                found |= dict.fromkeys(b.columns)
                found |= dict.fromkeys(b.labels.values())
    return tuple(found) if len(found) > 1 else ("first", "second", "third")


def draw(seed: int) -> Drawn:
    """One set of local figures."""
    dice = Random(seed)
    id, breakdown = subjects()[seed % len(subjects())]
    measure = catalogue().indicator(id)
    names = list(categories(id, breakdown)) if breakdown else []
    if len(names) > 7:
        heads = [number_of(p) for s in measure.sums if not s.category for p in s.parts]
        own = [one[2] for one in heads if one[:2] == (id, breakdown)]
        names = list(dict.fromkeys([*own, *dice.sample(names, 7)]))
    groups = {(id, breakdown): frozenset(names)} if breakdown else {}
    areas, whole = _areas(dice)
    leaves, spans = _periods(dice, measure)
    if len(leaves) > 1:  # hundreds of figures are tried as one period of many areas
        areas = areas[:3]
    numbers = _numbers(dice, measure, breakdown, names, areas, leaves)
    if whole and len(areas) > 1:
        for span, group in product(leaves, _groups(breakdown, names)):
            numbers[whole, span, group] = _added(numbers[a, span, group] for a in areas)
    for (name, parts), area, group in product(
        spans.items(), [*areas, whole] if whole else areas, _groups(breakdown, names)
    ):
        if all((area, part, group) in numbers for part in parts):
            numbers[area, name, group] = _added(numbers[area, part, group] for part in parts)
    figures = [
        _figure(measure, area, span, group, above, below)
        for (area, span, group), (above, below) in numbers.items()
    ]
    figures += _repeats(dice, figures, measure)
    true = {one.cell: _number(one) for one in figures}
    published = _published(dice, figures, measure, whole)
    return Drawn(_handed_in(dice, figures), groups, true, published)


def _number(figure: Figure) -> int:
    counts = catalogue().indicator(figure.indicator).unit == "count"
    return round((figure.value if counts else figure.numerator) or 0)


def _published(dice: Random, figures: list[Figure], measure: Indicator, whole: str) -> list[Figure]:
    """Totals of years; of a region only where none of its authorities' is hidden."""
    if dice.random() < 0.6:
        return []
    totals = [one for one in figures
              if one.indicator == measure.id and one.breakdown == "total"
              and (measure.measures != "flow" or one.when.kind == "year")]  # fmt: skip
    small = [one for one in totals if 1 <= _number(one) <= 5]
    empty = {"value": None, "numerator": None, "denominator": None, "status": "c"}
    return [Figure(**{**one.__dict__, **empty}) if one in small else one
            for one in totals if one.area != whole or not small]  # fmt: skip


def _areas(dice: Random) -> tuple[list[str], str]:
    known = places()
    if dice.random() < 0.7:
        return ["383"], ""
    region = dice.choice(REGIONS)
    inside = [a.code for a in known.authorities if a.region == region]
    if region == "E12000007" and dice.random() < 0.5:
        return ["E13000001", "E13000002"], region
    few = dice.random() < 0.5
    return (dice.sample(inside, 3) if few else inside[:12]), region


def _periods(dice: Random, measure: Indicator) -> tuple[list[str], dict[str, list[str]]]:
    """The shortest periods, and longer ones by those that they are made of."""
    split = measure.time_identifier in ("Academic year", "Financial year")
    year = "2024/25" if split else "2025"
    if measure.measures != "flow" or measure.period_means != "year to 31 March":
        return [year], {}
    kind = dice.random()
    quarters = [f"2024/25 Q{q}" for q in (1, 2, 3, 4)]
    if kind < 0.35:
        return quarters, {year: quarters}
    if kind < 0.6:  # the year by its quarters, and by some months and some quarters
        months = ["April 2024", "May 2024", "June 2024"]
        return [*months, *quarters[1:]], {quarters[0]: months, year: [*months, *quarters[1:]]}
    if kind < 0.7:  # two years that share three of four quarters, as windows of a year do
        more = [*quarters, "2025/26 Q1"]
        return more, {year: quarters}
    return [year], {}


def _numbers(
    dice: Random, measure: Indicator, breakdown: str, names: list[str], areas: list[str],
    leaves: list[str],
) -> dict[tuple[str, str, tuple[str, str]], tuple[int, int]]:  # fmt: skip
    """Numerator and denominator of each group, so that every declared sum holds."""
    found = {}
    total = ("total", "total")
    adds = measure.adds_up_to(breakdown) if breakdown else "nothing"
    own = [s for s in measure.sums if all(number_of(p)[:2] == (measure.id, breakdown)
                                          for p in s.parts)]  # fmt: skip
    for area, span in product(areas, leaves):
        each = {name: _count(dice) for name in names}
        for said in own:
            inside = [number_of(part)[2] for part in said.parts]
            name = number_of(f"x / {said.category}")[2]
            if said.category and len(inside) > 1 and name in each:
                each[name] = sum(each.get(one, 0) for one in inside)
        nested = {number_of(p)[2] for s in own if s.category and len(s.parts) > 1 for p in s.parts}
        top = sum(number for name, number in each.items() if name not in nested)
        heads = [s for s in own if not s.category and s.of == "numerator"]
        same = [
            number_of(f"x / {s.category}")[2]
            for s in measure.sums
            for total_of in measure.sums
            if s.category and not total_of.category and total_of.of == "numerator"
            if s.parts == total_of.parts and number_of(f"x / {s.category}")[1] == breakdown
        ]
        if adds in ("numerator", "both"):
            above = top
        elif same and not heads and adds != "nothing":
            above = each.get(same[0], _count(dice))
        elif heads:
            above = sum(each.get(number_of(p)[2], 0) for p in heads[0].parts)
        else:
            above = _count(dice) + 6
        below = top if adds == "denominator" else above + dice.randint(0, 60)
        own_below = {name: number + dice.randint(0, 20) for name, number in each.items()}
        if adds == "both":
            below = sum(own_below.values())
        found[area, span, total] = (above, max(below, above))
        for name, number in each.items():
            base = own_below[name] if adds == "both" else max(below, above, number)
            found[area, span, (breakdown, name)] = (number, base)
    return found


def _count(dice: Random) -> int:
    return dice.choice((0, 0, 1, 2, 3, 4, 5, dice.randint(0, 14), dice.randint(6, 60)))


def _added(pairs: Iterator[tuple[int, int]]) -> tuple[int, int]:
    above, below = zip(*pairs, strict=True)
    return sum(above), sum(below)


def _groups(breakdown: str, names: list[str]) -> list[tuple[str, str]]:
    return [("total", "total"), *((breakdown, name) for name in names)]


def _figure(
    measure: Indicator, area: str, period: str, group: tuple[str, str], above: int, below: int
) -> Figure:
    when = read_when(period, measure.time_identifier, measure.period_means)
    numbers: dict[str, Any] = {"numerator": float(above), "denominator": float(max(below, 1))}
    value = 100 * above / max(below, 1)
    if measure.unit == "count":
        numbers, value = {"numerator": None, "denominator": None}, float(above)
    if measure.unit == "rate per 10,000":
        numbers["denominator"] = 50_000.0
        value = above / 5
    return Figure(measure.id, area, when, *group, value, **numbers, status="ok")


def _repeats(dice: Random, figures: list[Figure], measure: Indicator) -> list[Figure]:
    """The same numbers under the names of other indicators."""
    found = []
    for other in catalogue().indicators:
        for said in other.sums:
            if len(said.parts) > 1 or said.of == "denominator" or other.id == measure.id:
                continue
            if other.unit not in UNITS or dice.random() < 0.5:
                continue
            source, target = number_of(said.parts[0]), number_of(f"x / {said.category}")[1:]
            target = target if said.category else ("total", "total")
            for one in figures:
                if (one.indicator, one.breakdown, one.category) == source:
                    above = one.value if measure.unit == "count" else one.numerator
                    base = (one.denominator or above or 0) + (measure.unit == "count") * 30
                    found.append(_figure(other, one.area, one.when.text, target,
                                         int(above or 0), int(base)))  # fmt: skip
    return found


def _handed_in(dice: Random, figures: list[Figure]) -> list[list[Figure]]:
    """Some left out, some as a symbol, the rest in up to four additions.

    In any order, in their own, or the longest periods first or last.
    """
    left_out = dice.choice((0.0, 0.1, 0.25))
    no_total = dice.random() < 0.15
    kept = []
    for one in figures:
        if no_total and one.breakdown == "total":
            continue
        if dice.random() >= left_out:
            kept.append(one)
        elif dice.random() < 0.5:
            empty = {"value": None, "numerator": None, "denominator": None}
            symbol = dice.choice("xkcc" if _number(one) else "xk")  # noughts are shown
            kept.append(Figure(**{**one.__dict__, **empty, "status": symbol}))
    dice.shuffle(kept)
    if (order := dice.choice((0, 0, 1, -1))) != 0:
        kept.sort(key=lambda one: order * (one.when.end - one.when.start).days)
    number = dice.choice((1, 1, 2, 3, 4))
    if order:
        size = max(-(-len(kept) // number), 1)
        return [kept[at : at + size] for at in range(0, len(kept), size)]
    return [part for at in range(number) if (part := kept[at::number])]


def draw_whole(seed: int) -> Drawn:
    """A table of up to 30 cells with all its sums, handed in at once: many small counts or few."""
    dice = Random(seed)
    id, breakdown = "section_47_number", "age"
    names = [f"group {at}" for at in range(dice.randint(2, 5))]
    halves = ["E13000001", "E13000002"] if dice.random() < 0.5 else []
    areas = halves or ["383"]
    leaves = [YEAR["Reporting year"]] if halves else [f"2024/25 Q{q}" for q in (1, 2, 3, 4)]
    often, top = dice.choice((0.1, 0.3, 0.6)), dice.choice((14, 40, 100))
    numbers = {}
    for area, span in product(areas, leaves):
        each = [dice.randint(0, 5 if dice.random() < often else top) for _ in names]
        for group, one in zip(_groups(breakdown, names), [sum(each), *each], strict=True):
            numbers[area, span, group] = one
    for group in _groups(breakdown, names):
        if halves:
            numbers["E12000007", leaves[0], group] = sum(
                numbers[a, leaves[0], group] for a in areas
            )
        else:
            year = sum(numbers[areas[0], span, group] for span in leaves)
            numbers[areas[0], YEAR["Reporting year"], group] = year
    measure = catalogue().indicator(id)
    figures = [
        _figure(measure, area, span, group, one, 0) for (area, span, group), one in numbers.items()
    ]
    true = {one.cell: _number(one) for one in figures}
    return Drawn([figures], {(id, breakdown): frozenset(names)}, true, [])
