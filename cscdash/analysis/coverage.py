"""What there is: the share of authorities with a value, by indicator and year, and why not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from cscdash.analysis.extract import Extract
from cscdash.catalogue.models import PROTECTED, Indicator
from cscdash.periods import end_year

_CODES = "cxkuz"


@dataclass(frozen=True)
class Covered:
    """How much of an indicator there is in one year.

    Attributes
    ----------
    indicator : Indicator
        The indicator.
    year : int
        The year in which the period ends.
    period : str
        The period.
    have, of : int
        Authorities with a value, and those with a row. Zero for an indicator of England alone.
    missing : mapping of str to int
        Status -> authorities that have no value for this reason.
    national : bool
        Whether there is a value for England.
    """

    indicator: Indicator
    year: int
    period: str
    have: int
    of: int
    missing: Mapping[str, int]
    national: bool

    @property
    def share(self) -> float:
        """The share of authorities with a value; 0 if no authority has a row."""
        return self.have / self.of if self.of else 0.0


def coverage(held: Sequence[Extract], authorities: set[str], england: str) -> list[Covered]:
    """The coverage of indicators, year by year, by their total or their headline category.

    Parameters
    ----------
    held : sequence of Extract
        The indicators.
    authorities : set of str
        The codes of authorities, those of former years too.
    england : str
        The code of England.

    Returns
    -------
    list of Covered
        In the order of the indicators, oldest year first; a cell that is not applicable (an
        authority without such children, a year before it existed) counts neither way.
    """
    found = []
    for extract in held:
        frame = _headline(extract)
        own = frame[frame["area"].isin(authorities)]
        sized = own.groupby(["period", "status"], observed=True).size().reset_index(name="count")
        counts: dict[str, dict[str, int]] = {}
        for row in sized.to_dict("records"):
            counts.setdefault(str(row["period"]), {})[str(row["status"])] = int(row["count"])
        whole = frame[(frame["area"] == england) & (frame["status"] == "ok")]
        national = {str(period) for period in whole["period"].unique()}
        for period in sorted({*counts, *national}, key=end_year):
            mine = counts.get(period, {})
            found.append(
                Covered(
                    indicator=extract.indicator,
                    year=end_year(period),
                    period=period,
                    have=mine.get("ok", 0),
                    of=sum(mine.values()) - mine.get("z", 0),
                    missing={code: mine[code] for code in _CODES if code in mine},
                    national=period in national,
                )
            )
    return found


def _headline(extract: Extract) -> pd.DataFrame:
    """The rows of the total; without one, of the headline category; without that, of the first."""
    frame = extract.frame
    total = frame[frame["breakdown"] == "total"]
    if len(total):
        return total
    named = frame[frame["category"] == extract.indicator.headline]
    if len(named):
        return named
    first = frame.drop_duplicates(["breakdown", "category"])[["breakdown", "category"]].iloc[:1]
    return frame.merge(first.astype(object), on=["breakdown", "category"])


def characteristics(some: Iterable[Indicator]) -> list[tuple[Indicator, str, str]]:
    """What is published of each indicator by each protected characteristic.

    Returns
    -------
    list of (Indicator, str, str)
        Indicator, characteristic, and ``published``, ``not at authority level``,
        ``not collected`` or ``not said`` where the catalogue does not say.
    """
    return [
        (indicator, name, said.get(name, "not said"))
        for indicator, said in (
            (i, {str(k): v for k, v in i.characteristics.items()}) for i in some
        )
        for name in PROTECTED
    ]
