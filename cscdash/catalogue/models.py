"""What may stand in the catalogue's TOML files, and what must: chapters and their indicators.

The catalogue declares; nothing in it is an expression. `docs/add-an-indicator.md` shows
how an indicator is added.
"""

from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from cscdash.catalogue.declared import Declared, Slug
from cscdash.catalogue.publications import Dataset, Publication
from cscdash.catalogue.sources import AddsUpTo, Shares, Source
from cscdash.catalogue.unloaded import Unloaded
from cscdash.periods import PeriodMeans, TimeIdentifier, spans_two_years

Unit = Literal["percent", "rate per 10,000", "count", "score", "pounds", "months", "ratio"]
Chance = Literal[
    "percent", "rate per 10,000", "count", "score", "pounds", "months", "ratio", "quotient"
]
Kind = Literal["process", "output", "outcome"]
Measures = Literal["stock", "flow", "cohort", "snapshot"]
Standing = Literal["published", "derived here", "stand-in", "gap"]
Listing = Literal["consultation Annex B", "consultation Annex C", "response", "companion"]

Characteristic = Literal[
    "age",
    "disability",
    "gender reassignment",
    "marriage and civil partnership",
    "pregnancy and maternity",
    "ethnicity",
    "religion or belief",
    "sex",
    "sexual orientation",
]
PROTECTED = get_args(Characteristic)
Published = Literal["published", "published, not loaded", "not at authority level", "not collected"]
Disturbed = Literal["schooling", "health", "courts", "contacts"]


class Pandemic(Declared):
    """Years that the pandemic changed: those that end from `first` to `last`.

    They are marked where they are drawn, and said of a trend that starts in one of them.

    Attributes
    ----------
    kinds : dict of str to str
        Kind of return -> what was different in such a year.
    """

    first: date
    last: date
    kinds: dict[Disturbed, str]

    def covers(self, end: date) -> bool:
        """Whether the pandemic changed the year that ends on this day."""
        return self.first <= end <= self.last


class Break(Declared):
    """A point from which a series no longer means what it meant: drawn as a rule, with words."""

    period: str  # the first period of the new meaning
    why: str
    breakdown: str = ""  # where it concerns the categories of this breakdown alone, not the total


class Check(Declared):
    """A published figure that a build must reproduce, with the publication it stands in.

    `release` is the release that it is true of, as extracts name it (``children_in_need 2025``):
    a newer one may have revised the figure. `population`, of a rate that is worked out here, is
    the last year of the population estimates that it is true of: those of each year revise the
    years before.
    """

    period: str
    value: float
    cite: str
    release: Annotated[str, Field(pattern=r"^([a-z][a-z0-9_]* \d{4})?$")] = ""
    population: int = 0
    area: str = "E92000001"
    breakdown: str = "total"
    category: str = "total"
    measure: Literal["value", "numerator", "denominator"] = "value"


class Sum(Declared):
    """A number that others add up to; with one part, the same number under another name.

    Attributes
    ----------
    of : str
        Which number of the indicator it is.
    category : str
        ``breakdown / category``; empty for the total.
    parts : list of str
        Numerators (the values of counts): ``indicator`` for its total, or ``indicator / breakdown
        / category``.
    """

    of: Literal["numerator", "denominator"] = "numerator"
    category: str = ""
    parts: Annotated[list[str], Field(min_length=1)]


def number_of(text: str) -> tuple[str, str, str]:
    """The indicator, breakdown and category that a part of a sum names."""
    id, _, rest = text.partition(" / ")
    breakdown, _, category = rest.partition(" / ")
    return id, breakdown or "total", category or "total"


class Indicator(Declared):
    """One measure: one id, one Parquet file, one card (or a place on a card it shares)."""

    id: Slug
    title: str
    short: Annotated[str, Field(max_length=44)]
    chapter: str = ""  # filled from the file it stands in
    annex_b: str | None = None
    listed_in: Listing
    unit: Unit
    decimals: Annotated[int, Field(ge=0, le=2)]
    time_identifier: TimeIdentifier
    period_means: PeriodMeans
    kind: Kind
    measures: Measures
    standing: Standing
    numerator: str = ""
    denominator: str = ""
    noun: str = ""  # one of those counted (“one … more or fewer”); empty: no statement of chance
    why: str
    recorded_in: str = ""
    reading: str
    limits: str
    read_alongside: list[Slug] = []
    questions: list[str] = []
    expectations: list[str] = []
    synonyms: list[str] = []
    quotient: bool = False  # a percentage of two counts, neither of which is part of the other
    usually_hoped_for: Literal["higher", "lower"] | None = None
    hoped_for_caveat: str = ""
    headline: str | None = None
    breaks: list[Break] = []
    pandemic: Disturbed | None = None
    disturbed: Pandemic | None = None  # filled from ``pandemic.toml``
    sums: list[Sum] = []  # which of its numbers others add up to, or repeat
    check: list[Check] = []
    characteristics: dict[Characteristic, Published] = {}
    source: list[Source] = []
    # gap cards
    would_show: str = ""
    held_by: str = ""
    local_figures: str = ""

    def disturbance(self, end: date) -> str:
        """What the pandemic changed in the year that ends on this day; empty if nothing."""
        return self.pandemic_words if self.disturbed and self.disturbed.covers(end) else ""

    @property
    def pandemic_words(self) -> str:
        """What was different in years of the pandemic; empty where nothing is declared."""
        return self.disturbed.kinds[self.pandemic] if self.pandemic and self.disturbed else ""

    @property
    def double_year(self) -> bool:
        """Whether its years are called ``2024/25``."""
        return spans_two_years(self.time_identifier)

    @property
    def chance(self) -> Chance:
        """By which rule chance is reckoned: that of its unit, or of a quotient of two counts."""
        return "quotient" if self.quotient else self.unit

    @property
    def adds_up(self) -> bool:
        """Whether values add up over areas: a number, or a total of spend.

        Then England's is the sum of its authorities', and neither it nor a region has a place
        among them.
        """
        return self.unit == "count" or (self.unit == "pounds" and not self.denominator)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.standing == "gap":
            if self.source:
                raise ValueError(f"{self.id}: a gap has no source")
            if not (self.would_show and self.held_by and self.local_figures):
                raise ValueError(f"{self.id}: a gap says would_show, held_by and local_figures")
            return self
        if not self.source:
            raise ValueError(f"{self.id}: no source")
        if not self.check:
            raise ValueError(f"{self.id}: no check figure")
        if self.listed_in == "consultation Annex B" and not self.annex_b:
            raise ValueError(f"{self.id}: which id of Annex B?")
        if self.pandemic and self.disturbed and self.pandemic not in self.disturbed.kinds:
            raise ValueError(f"{self.id}: pandemic.toml has no words for ‘{self.pandemic}’")
        if self.usually_hoped_for and not self.hoped_for_caveat:
            raise ValueError(f"{self.id}: usually_hoped_for needs its caveat")
        for source in self.source:
            for breakdown in source.breakdown:
                if self._add_up(breakdown.name) is None:
                    raise ValueError(
                        f"{self.id}: what do the categories of ‘{breakdown.name}’ add up to?"
                        " (`adds_up_to`, the same wherever it is declared)"
                    )
        return self

    def adds_up_to(self, breakdown: str) -> AddsUpTo:
        """What the numerators of a breakdown's categories add up to."""
        return self._add_up(breakdown) or "both"

    def _add_up(self, breakdown: str) -> AddsUpTo | None:
        said = {b.adds_up_to for s in self.source for b in s.breakdown if b.name == breakdown}
        said -= {None}
        if not said and self.unit in ("count", "rate per 10,000"):
            return "numerator"
        if not said and self.unit in ("score", "months", "pounds"):
            return "both"  # means of groups: their bases add up
        return said.pop() if len(said) == 1 else None


class Chapter(Declared):
    """An outcome or an enabler of the framework, with the indicators that stand in it."""

    id: Slug
    number: str  # "Outcome 1"
    title: str  # as printed in the framework
    short: Annotated[str, Field(max_length=40)]  # fits the navigation
    aim: str
    hangs_together: str  # how its indicators hang together
    flow: list[list[str]] = []  # steps of its flow, each a list of indicator ids
    order: int
    indicators: list[Indicator] = []


class Catalogue(Declared):
    """Everything declared, checked as a whole."""

    chapters: list[Chapter]
    publications: list[Publication]
    shares: dict[str, Shares] = {}
    unloaded: list[Unloaded] = []

    @property
    def indicators(self) -> list[Indicator]:
        """All indicators, in chapter order."""
        return [indicator for chapter in self.chapters for indicator in chapter.indicators]

    @property
    def datasets(self) -> dict[str, Dataset]:
        """All data sets by id."""
        return {data.id: data for pub in self.publications for data in pub.dataset}

    def indicator(self, id: str) -> Indicator:
        """The indicator with this id; KeyError if there is none."""
        return self.by_id[id]

    def chapter(self, id: str) -> Chapter:
        """The chapter with this id; KeyError if there is none."""
        return {chapter.id: chapter for chapter in self.chapters}[id]

    def notes_of(self, indicator: Indicator) -> list[str]:
        """What to know of the files of an indicator, whatever is made of them."""
        known = self.datasets
        notes = [note for source in indicator.source for note in known[source.dataset].notes]
        return list(dict.fromkeys(notes))

    def unloaded_of(self, indicator: Indicator) -> list[Unloaded]:
        """What is published that bears on an indicator, and is not loaded here."""
        return [file for file in self.unloaded if indicator.id in file.indicators]

    def publication_of(self, dataset: str) -> Publication:
        """The publication that a data set belongs to."""
        return next(p for p in self.publications if any(d.id == dataset for d in p.dataset))

    @cached_property
    def by_id(self) -> dict[str, Indicator]:
        """The indicators by their id."""
        return {indicator.id: indicator for indicator in self.indicators}

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        ids = [indicator.id for indicator in self.indicators]
        doubled = {id for id in ids if ids.count(id) > 1}
        if doubled:
            raise ValueError(f"declared twice: {', '.join(sorted(doubled))}")
        datasets = self.datasets
        for indicator in self.indicators:
            for other in indicator.read_alongside:
                if other not in ids:
                    raise ValueError(f"{indicator.id}: reads alongside unknown ‘{other}’")
            for source in indicator.source:
                further = [one.dataset for d in datasets.values() for one in d.also]
                for dataset in (source.dataset, source.population, *further):
                    if dataset and dataset not in datasets:
                        raise ValueError(f"{indicator.id}: unknown data set ‘{dataset}’")
                for part in source.breakdown if self.shares else []:
                    if isinstance(part.shares, str) and part.shares not in ("", *self.shares):
                        raise ValueError(f"{indicator.id}: unknown shares ‘{part.shares}’")
        breakdowns = {
            one.id: {"total", *(b.name for s in one.source for b in s.breakdown)}
            for one in self.indicators
        }
        for indicator in self.indicators:
            for one in indicator.sums:
                own = f"{indicator.id} / {one.category}" if one.category else indicator.id
                for name in (own, *one.parts):
                    id, breakdown, category = number_of(name)
                    if breakdown not in breakdowns.get(id, ()) or (
                        (breakdown == "total") != (category == "total")
                    ):
                        raise ValueError(f"{indicator.id}: a sum names ‘{name}’, which is none")
        for chapter in self.chapters:
            for step in chapter.flow:
                for id in step:
                    if id not in ids:
                        raise ValueError(f"{chapter.id}: unknown ‘{id}’ in its flow")
        return self

    @model_validator(mode="after")
    def _what_is_not_loaded_is_known(self) -> Self:
        for file in self.unloaded:
            if file.publication not in {publication.id for publication in self.publications}:
                raise ValueError(f"{file.title}: unknown publication ‘{file.publication}’")
            for id in (*file.indicators, *file.instead):
                if id not in self.by_id:
                    raise ValueError(f"{file.title}: unknown indicator ‘{id}’")
        for indicator in self.indicators:
            divided = {name for file in self.unloaded_of(indicator) for name in file.divides}
            for name, said in indicator.characteristics.items():
                if said == "published, not loaded" and name not in divided:
                    raise ValueError(f"{indicator.id}: no file in unloaded.toml divides by {name}")
        return self
