"""How a breakdown divides an indicator, read from its declaration."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from cscdash.catalogue.models import Catalogue, Indicator, number_of
from cscdash.catalogue.sources import Breakdown, Shares, Source
from cscdash.periods import end_year

_LATEST = 3  # periods that have breakdowns


@dataclass(frozen=True)
class Division:
    """How a breakdown divides an indicator; or the total, as its one category.

    Attributes
    ----------
    shares : dict of str to float
        Category -> its size beside the others; 0 where nothing is declared.
    places : list of int
        Which of the indicator's periods have the breakdown.
    sources : list of Source
        The source of each of them.
    inside, outside : list of int
        Places of the categories that add up to the numerator, and of those that make up the rest
        of the denominator. Both empty: one of those counted may be in several categories.
    unshown : float
        The size of categories that are not shown, among those outside.
    headline : int, optional
        The category that the indicator's total is.
    groups : bool
        Whether each category has its own denominator.
    lean : dict of str to float
        In groups: the value of a category beside that of the whole.
    values, tops : dict of str to float
        Category -> England's published value, and numerator.
    derived, shows_top, shows_bottom : list of bool
        For each period: whether values are worked out here, and which numbers stand beside them.
    """

    name: str
    shares: dict[str, float]
    places: list[int]
    sources: list[Source]
    derived: list[bool]
    shows_top: list[bool]
    shows_bottom: list[bool]
    inside: list[int] = field(default_factory=list)
    outside: list[int] = field(default_factory=list)
    unshown: float = 0.0
    headline: int | None = None
    groups: bool = False
    lean: dict[str, float] = field(default_factory=dict)
    values: dict[str, float] = field(default_factory=dict)
    tops: dict[str, float] = field(default_factory=dict)


def the_whole(sources: list[Source]) -> Division:
    """The total, as it comes from these sources of the periods."""
    return Division(
        name="total",
        shares={"total": 1.0},
        places=list(range(len(sources))),
        sources=sources,
        derived=[s.derive not in ("direct", "months") for s in sources],
        shows_top=[bool(s.numerator) for s in sources],
        shows_bottom=[bool(s.denominator or s.denominator_where or s.population) for s in sources],
    )


def divisions(
    indicator: Indicator, catalogue: Catalogue, years: Sequence[int], latest: int
) -> list[Division]:
    """The breakdowns of the latest few periods; the first source that declares one has it.

    Raises
    ------
    ValueError
        If the categories of a breakdown are not declared.
    """
    found: dict[str, Division] = {}
    for source in indicator.source:
        if source.last and end_year(source.last) < latest:
            continue
        first = end_year(source.first) if source.first else 0
        places = [at for at, year in enumerate(years) if year >= first][-_LATEST:]
        for part in source.breakdown:
            if places and part.name not in found:
                found[part.name] = _division(indicator, source, part, places, catalogue)
    return [found[name] for name in sorted(found)]


def _division(
    indicator: Indicator, source: Source, part: Breakdown, places: list[int], catalogue: Catalogue
) -> Division:
    known = _shares(part, catalogue)
    picked = None if part.across else (source.where | part.where).get(part.column or "")
    listed = picked if isinstance(picked, list) else list(part.columns or known.shares)
    shown = {word: part.labels.get(word, word) for word in listed if word not in part.drop}
    names = list(dict.fromkeys(shown.values()))
    if len(names) < 2:
        raise ValueError(
            f"the categories of its breakdown ‘{part.name}’ are not declared, two or more in"
            " `columns`, `where` or `shares`"
        )
    adds_up_to = indicator.adds_up_to(part.name)
    everyone = list(range(len(names)))
    inside = _of_total(indicator, part.name, names)
    headline = inside[0] if len(inside) == 1 else None
    if headline is None and adds_up_to != "denominator":
        inside = [] if adds_up_to == "nothing" else everyone
    rest = [at for at in everyone if at not in inside]
    together = adds_up_to == "denominator" or headline is not None
    derive = part.derive or source.derive
    as_published = derive in ("wide", "direct") and bool(part.columns)
    number = part.numerator or source.numerator or part.columns
    below = part.denominator_where or source.denominator_where
    over = part.denominator or source.denominator or below or source.population
    england = [c for c in reversed(indicator.check)
               if c.breakdown == part.name and c.area == "E92000001"]  # fmt: skip
    return Division(
        name=part.name,
        shares={n: sum(known.shares.get(w, 0.0) for w in shown if shown[w] == n) for n in names},
        places=places,
        sources=[source] * len(places),
        derived=[derive not in ("direct", "wide", "months")] * len(places),
        shows_top=[bool(number) and not as_published] * len(places),
        shows_bottom=[bool(over) and not as_published] * len(places),
        inside=inside,
        outside=rest if together else [],
        unshown=sum(s for word, s in known.shares.items() if word not in listed and together),
        headline=headline,
        groups=adds_up_to == "both",
        lean={shown[word]: lean for word, lean in known.lean.items() if word in shown},
        values={c.category: c.value for c in england if c.measure == "value"},
        tops={c.category: c.value for c in england if c.measure == "numerator"},
    )


def _of_total(indicator: Indicator, breakdown: str, names: list[str]) -> list[int]:
    """The categories that the indicator's own numerator is declared to be the sum of."""
    for one in indicator.sums:
        parts = [number_of(text) for text in one.parts]
        if one.of == "numerator" and not one.category and all(
            (id, its) == (indicator.id, breakdown) for id, its, _ in parts
        ):  # fmt: skip
            return [names.index(category) for _, _, category in parts if category in names]
    return []


def _shares(part: Breakdown, catalogue: Catalogue) -> Shares:
    if isinstance(part.shares, dict):
        return Shares(shares=part.shares)
    if part.shares and part.shares not in catalogue.shares:
        raise ValueError(f"its breakdown ‘{part.name}’ asks for unknown shares ‘{part.shares}’")
    return catalogue.shares[part.shares] if part.shares else Shares(shares={})
