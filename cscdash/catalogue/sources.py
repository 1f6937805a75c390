"""Where an indicator's values come from: its sources, how they divide it, how they are derived."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from cscdash.catalogue.declared import Declared

Status = Literal["c", "k", "u", "x", "z"]
Where = dict[str, str | list[str]]
Derivation = Literal["direct", "ratio", "rate", "sum", "share", "complement", "months", "wide"]
AddsUpTo = Literal["numerator", "denominator", "both", "nothing"]


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
    """One way in which a source divides an indicator: filter columns, or a set of wide columns.

    Attributes
    ----------
    name : str
        What divides: ``age``, ``ethnicity``, ``placement``, ``school phase`` …
    column : str, optional
        The filter column whose values are the categories.
    across : list of str
        Further filter columns: the categories are then the pairs of values that the file has rows
        for (``Foster care, 10 to 15``), and in each column a total has to be dropped.
    columns : dict, optional
        For wide files: category -> the column that holds its number.
    where, denominator_where : dict
        Filters that replace those of the source with the same key (or add to them).
    drop : list of str
        Published values of these columns that are no category (the total, mostly).
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
    across: list[str] = []
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

    @property
    def by(self) -> tuple[str, ...]:
        """The filter columns whose values make its categories; none if it is wide."""
        return (*([self.column] if self.column else []), *self.across)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.column) == bool(self.columns):
            raise ValueError(f"breakdown ‘{self.name}’ needs either `column` or `columns`")
        if len({*self.by}) < len(self.by) or (self.across and not self.column):
            raise ValueError(f"breakdown ‘{self.name}’ needs a `column`, and others in `across`")
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
