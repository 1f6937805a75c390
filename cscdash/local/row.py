"""A row of local figures: as it was typed, and as it is once it has been checked."""

from dataclasses import dataclass

from cscdash.catalogue.models import Indicator
from cscdash.local.named_periods import When

COLUMNS = (
    "indicator",
    "area",
    "period",
    "breakdown",
    "category",
    "value",
    "numerator",
    "denominator",
    "status",
    "note",
    "source",
    "owner",
)
LONGEST = {"note": 200, "source": 120, "owner": 80}  # characters of its texts
EXAMPLE = "an example: put your own number here"  # what a template says; no figure may


@dataclass(frozen=True)
class Problem:
    """A finding: where it stands, and what it is."""

    at: str
    what: str


@dataclass(frozen=True)
class Typed:
    """One row as text, by column; `at` says where it stands, such as ``figures.csv, row 3``."""

    at: str
    cells: dict[str, str]

    def cell(self, column: str) -> str:
        """A cell; empty if the file has no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Figure:
    """One local observation, checked.

    Attributes
    ----------
    indicator, area : str
        Codes: an id of the catalogue or of an own measure, and the code of an area.
    when : When
        Its period.
    breakdown, category : str
        ``total`` unless it is of a group.
    value, numerator, denominator : float or None
        `value` is None exactly when `status` is not ``ok``.
    status : str
        ``ok``, or why there is no value.
    note, source, owner : str
        What was said about it, where it comes from, and who answers for it.
    at : str
        Where it stood.
    """

    indicator: str
    area: str
    when: When
    breakdown: str
    category: str
    value: float | None
    numerator: float | None
    denominator: float | None
    status: str
    note: str = ""
    source: str = ""
    owner: str = ""
    at: str = ""

    @property
    def cell(self) -> tuple[str, str, str, str, str, str]:
        """What it is a figure of, its period by first and last day; no two are of the same."""
        start, end = self.when.start.isoformat(), self.when.end.isoformat()
        return self.indicator, self.area, start, end, self.breakdown, self.category


def is_mean(measure: Indicator) -> bool:
    """Whether each figure is a mean over children or cases, so that few of them are told by it."""
    means = ("score", "months")
    return measure.unit in means or (measure.unit == "pounds" and bool(measure.denominator))
