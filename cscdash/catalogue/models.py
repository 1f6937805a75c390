"""What may stand in the catalogue's TOML files, and what must.

The catalogue declares; nothing in it is an expression. `docs/add-an-indicator.md` shows
how an indicator is added.
"""

from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from cscdash.periods import PeriodMeans, TimeIdentifier, spans_two_years

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Status = Literal["c", "k", "u", "x", "z"]
Where = dict[str, str | list[str]]

Unit = Literal["percent", "rate per 10,000", "count", "score", "pounds", "months", "ratio"]
Chance = Literal[
    "percent", "rate per 10,000", "count", "score", "pounds", "months", "ratio", "quotient"
]
Kind = Literal["process", "output", "outcome"]
Measures = Literal["stock", "flow", "cohort", "snapshot"]
Standing = Literal["published", "derived here", "stand-in", "gap"]
Listing = Literal["consultation Annex B", "consultation Annex C", "response", "companion"]
Derivation = Literal["direct", "ratio", "rate", "sum", "share", "complement", "months", "wide"]

PROTECTED = (
    "age",
    "disability",
    "gender reassignment",
    "marriage and civil partnership",
    "pregnancy and maternity",
    "ethnicity",
    "religion or belief",
    "sex",
    "sexual orientation",
)
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
Published = Literal["published", "not at authority level", "not collected"]
AddsUpTo = Literal["numerator", "denominator", "both", "nothing"]
Disturbed = Literal["schooling", "health", "courts", "contacts"]


class Declared(BaseModel):
    """A declaration: frozen, and a misspelt field is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Demonstration(Declared):
    """What the demonstration has to be told of a file, and nothing else needs.

    It stands with the data set and, where one of its indicators differs, with the source. Only
    the shape is declared here; England's level comes from the indicator's `check`.

    Attributes
    ----------
    first : str
        The first period that the file holds.
    every : int
        Years from one period to the next: 1, or 10 for a census.
    counts : str
        What is counted. Small numbers of ``people`` are hidden; ``staff`` are counted in tenths
        (full-time equivalents); ``pounds`` and ``things`` are neither. ``authorities`` have no
        row of their own.
    size : float or dict of str to float
        England's denominator, or period -> denominator, where no `check` tells it.
    counted, of : str
        A name for what the numerator or denominator counts. Sources with the same name share one
        drawing, so that their cards agree; without one, the columns and filters are the name.
    joint : list of [str, str]
        Pairs of authorities that hand in one return.
    national : bool
        Whether the file has rows for England alone.
    hidden_as : str
        The status of a hidden small number.
    """

    first: str | None = None
    every: Annotated[int, Field(ge=1)] | None = None
    counts: Literal["people", "staff", "pounds", "things", "authorities"] | None = None
    size: Annotated[float, Field(gt=0)] | dict[str, Annotated[float, Field(gt=0)]] | None = None
    counted: str = ""
    of: str = ""
    joint: list[tuple[str, str]] = []
    national: bool = False
    hidden_as: Status = "c"


class Shares(Declared):
    """How England divides into the categories of a breakdown, in round figures.

    Attributes
    ----------
    shares : dict of str to float
        Published category -> its size beside the others; they need not add up to 100.
    lean : dict of str to float
        Where each category has its own denominator: its value beside the whole's.
    """

    shares: dict[str, Annotated[float, Field(gt=0)]]
    lean: dict[str, Annotated[float, Field(gt=0)]] = {}


class Breakdown(Declared):
    """One way in which a source divides an indicator: a filter column, or a set of columns.

    Attributes
    ----------
    name : str
        What divides: ``age``, ``ethnicity``, ``placement``, ``school phase`` …
    column : str, optional
        The filter column whose values are the categories.
    columns : dict, optional
        For wide files: category -> the column that holds its number.
    where, denominator_where : dict
        Filters that replace those of the source with the same key (or add to them).
    drop : list of str
        Published values of `column` that are no category (the total, mostly).
    labels : dict
        Published value -> the category as we show it.
    derive, value, numerator, denominator : optional
        Where these differ from the source's.
    shares : str or dict of str to float, optional
        For the demonstration, where neither `columns` nor `where` lists the categories: an entry
        of ``shares.toml``, or published category -> its rough share of England.
    adds_up_to : str, optional
        What the categories' numerators add up to: the ``numerator`` of the total (the rule for
        counts and rates), its ``denominator``, ``both`` where each category has a denominator of
        its own too, or ``nothing`` where one child may be counted in several categories. An
        indicator of another unit has to say it.
    """

    name: str
    adds_up_to: AddsUpTo | None = None
    column: str | None = None
    columns: dict[str, str] = {}
    where: Where = {}
    denominator_where: Where | None = None
    drop: list[str] = []
    labels: dict[str, str] = {}
    derive: Derivation | None = None
    value: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    shares: str | dict[str, Annotated[float, Field(gt=0)]] = ""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.column) == bool(self.columns):
            raise ValueError(f"breakdown ‘{self.name}’ needs either `column` or `columns`")
        return self


class Doubt(Declared):
    """A published cell that cannot be used: it becomes a status, with the reason.

    Either the publisher's own notes call it unusable, or evidence that `why` cites does (the
    same authority's figures in the years around it, or in another return).
    """

    area: str
    period: str
    status: Status
    why: str


class Source(Declared):
    """Where an indicator's values come from, and by which derivation of the closed list.

    Attributes
    ----------
    dataset : str
        An id of a data set in ``sources.toml``.
    derive : str
        ``direct``: `value` as published (with `numerator` and `denominator` where the file has
        them). ``ratio``: `numerator` ÷ `denominator`, two columns. ``share``: the rows of
        `where` ÷ the row of `denominator_where`, column `numerator` (`denominator` if another
        column). ``sum``: the rows of `where` added up, ÷ `denominator_where` if given.
        ``rate``: `numerator` ÷ `population`. ``complement``: 100 − `value`. ``months``: `value`
        is ``years:months`` text. ``wide``: only breakdowns, from `columns`.
    where : dict
        Column -> the value (or values) that the rows must have.
    population, population_lag
        For ``rate``: the population data set, and how many years before the period's end.
    scale : float, optional
        Multiplies a quotient: 100 for percentages and 10,000 for rates unless said otherwise.
    regions : str
        ``published``, or ``summed`` over the authorities that have a value.
    first, last : str
        The periods this source is used for.
    doubts : list
        Cells that the publisher's notes, or evidence that we cite, call unusable.
    total : bool
        False if the source only adds breakdowns.
    demonstration : Demonstration
        Where the demonstration must be told something else than the data set says.
    """

    dataset: str
    derive: Derivation = "direct"
    where: Where = {}
    denominator_where: Where | None = None
    value: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    population: str | None = None
    population_lag: int = 1
    scale: float | None = None
    regions: Literal["published", "summed"] = "published"
    first: str | None = None
    last: str | None = None
    total: bool = True
    doubts: list[Doubt] = []
    breakdown: list[Breakdown] = []
    demonstration: Demonstration = Demonstration()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        needs = {
            "direct": ["value"],
            "complement": ["value"],
            "months": ["value"],
            "ratio": ["numerator", "denominator"],
            "share": ["numerator", "denominator_where"],
            "sum": ["numerator"],
            "rate": ["numerator", "population"],
            "wide": [],
        }[self.derive]
        for field in needs:
            if not getattr(self, field):
                raise ValueError(f"‘{self.derive}’ from {self.dataset} needs `{field}`")
        if self.derive == "wide" and (self.total or not self.breakdown):
            raise ValueError(f"‘wide’ from {self.dataset} needs `total = false` and a breakdown")
        return self


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


class File(Declared):
    """A published file of a data set: its name without years, and old names in it.

    `columns` and `values` translate what this vintage calls things into what we call them,
    in one step (in the 2022 files two names change places).
    """

    name: str  # file name, lower case, without years and ending
    columns: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}


class Further(Declared):
    """Another data set that holds a population, for the years that the first one lacks.

    Attributes
    ----------
    dataset : str
        Its id; its column is ``population_estimate``.
    lag : int
        How many years its periods are after the population in them.
    """

    dataset: Slug
    lag: int = 0


class Dataset(Declared):
    """A table that a publisher issues again and again, and how to read it."""

    id: Slug
    title: str
    format: Slug  # an entry of `ingest.formats`
    files: list[File]
    flags: dict[str, dict[str, str]] = {}  # column -> its value -> flag letter
    also: list[Further] = []  # of a population
    notes: list[str] = []  # what to know of its figures, on the card of every indicator made of it
    demonstration: Demonstration = Demonstration()


class Download(Declared):
    """One way to get a publication's files, beside Explore Education Statistics.

    Attributes
    ----------
    kind : str
        ``file``: one address. ``github``: files of a folder of a repository, known by name.
        ``manual``: a person fetches them; `manual` says how.
    url, filename : str
        For ``file``: where it is, and what it is called here. ``{year}`` and ``{yy}`` in either
        stand for the newest edition that there is.
    repository, folder, branch : str
        For ``github``.
    fallback : bool
        Only where the ways before it gave nothing, and nothing is here from before.
    """

    kind: Literal["file", "github", "manual"]
    url: str = ""
    filename: str = ""
    repository: str = ""
    folder: str = ""
    branch: str = "main"
    manual: str = ""
    fallback: bool = False

    @model_validator(mode="after")
    def _complete(self) -> Self:
        needs = {
            "file": ("url", "filename"),
            "github": ("repository", "folder"),
            "manual": ("manual",),
        }
        for field in needs[self.kind]:
            if not getattr(self, field):
                raise ValueError(f"a download of kind ‘{self.kind}’ needs `{field}`")
        return self


class Publication(Declared):
    """A publication of one publisher, with its licence and the data sets we use."""

    id: Slug
    title: str
    publisher: str
    page: str
    slug: str | None = None  # on Explore Education Statistics
    licence: str = "Open Government Licence v3.0"
    attribution: str
    cadence: str
    released: dict[str, str] = {}  # latest period in the release -> publication date
    download: list[Download] = []  # how to get it, where Explore Education Statistics has it not
    dataset: list[Dataset]


class Catalogue(Declared):
    """Everything declared, checked as a whole."""

    chapters: list[Chapter]
    publications: list[Publication]
    shares: dict[str, Shares] = {}

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
