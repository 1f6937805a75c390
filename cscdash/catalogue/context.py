"""What may stand in ``context.toml``: measures of the places themselves, and what is missing."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from cscdash.catalogue.declared import Declared, Slug
from cscdash.catalogue.models import Unit

AnnexC = Annotated[str, Field(pattern=r"^C-\d\d$")]


class ContextMeasure(Declared):
    """One measure of the circumstances of a place: a column of ``data/reference/context.csv``.

    Attributes
    ----------
    words : str
        The measure in a sentence: "places with similar …".
    theme : str
        What it stands under.
    period : str
        As people say it.
    publisher, source, page, licence : str
        Who publishes it, in what, where, and under which licence.
    note : str
        What it counts, and what to mind.
    comparable : str
        What of it may be compared between years or editions, and what may not.
    annex_c : list of str
        The rows of the consultation's long list that it answers.
    """

    id: Slug
    title: str
    short: Annotated[str, Field(max_length=48)]
    words: str
    theme: str
    unit: Unit
    decimals: Annotated[int, Field(ge=0, le=2)]
    period: str
    publisher: str
    source: str
    page: Annotated[str, Field(pattern=r"^https://")]
    licence: str = "Open Government Licence v3.0"
    note: str
    comparable: str
    annex_c: list[AnnexC] = Field(default_factory=list)


class Missing(Declared):
    """A row of the long list that nothing here answers, with who publishes it and where."""

    annex_c: AnnexC
    title: str
    publisher: str
    where: str
    page: Annotated[str, Field(pattern=r"^https://")]


class Context(Declared):
    """All measures of places, in the order in which they are shown.

    Attributes
    ----------
    residents : dict
        Breakdown -> its categories -> the measure that is their share of all residents, or
        ``rest`` for what the others leave of 100: for setting children beside residents.
    """

    measures: list[ContextMeasure]
    residents: dict[str, dict[str, str]] = Field(default_factory=dict)
    missing: list[Missing] = Field(default_factory=list)

    @property
    def themes(self) -> dict[str, list[ContextMeasure]]:
        """The measures by theme, in order."""
        found: dict[str, list[ContextMeasure]] = {}
        for measure in self.measures:
            found.setdefault(measure.theme, []).append(measure)
        return found

    @property
    def ids(self) -> list[str]:
        """The ids of all measures."""
        return [measure.id for measure in self.measures]

    def measure(self, id: str) -> ContextMeasure:
        """The measure with this id; KeyError if there is none."""
        return {measure.id: measure for measure in self.measures}[id]

    @model_validator(mode="after")
    def _once(self) -> Self:
        doubled = {id for id in self.ids if self.ids.count(id) > 1}
        if doubled:
            raise ValueError(f"declared twice: {', '.join(sorted(doubled))}")
        for breakdown, parts in self.residents.items():
            if unknown := sorted(set(parts.values()) - {*self.ids, "rest"}):
                raise ValueError(f"residents by {breakdown}: unknown measure ‘{unknown[0]}’")
        return self
