"""What there is: the share of authorities with a value, by indicator and year, and why not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cscdash.analysis.extract import Extract
from cscdash.catalogue.models import PROTECTED, Indicator
from cscdash.extracts.observation import Status
from cscdash.periods import end_year

_GAPS = (
    Status.CONFIDENTIAL,
    Status.NOT_AVAILABLE,
    Status.ROUNDS_TO_ZERO,
    Status.UNRELIABLE,
    Status.NOT_APPLICABLE,
    Status.NOT_LOADED,
    Status.NOT_YET,
)


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
    missing : mapping of Status to int
        Status -> authorities that have no value for this reason.
    national : bool
        Whether there is a value for England.
    """

    indicator: Indicator
    year: int
    period: str
    have: int
    of: int
    missing: Mapping[Status, int]
    national: bool

    @property
    def share(self) -> float:
        """The share of authorities with a value; 0 if no authority has a row."""
        return self.have / self.of if self.of else 0.0


def coverage(held: Sequence[Extract], authorities: set[str], england: str) -> list[Covered]:
    """The coverage of indicators, year by year, by their main series.

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
        own, whole = extract.statuses(authorities), extract.statuses({england})
        for period in extract.periods:
            mine, national = own[period], bool(whole[period][Status.OK])
            if not mine and not national:
                continue
            found.append(
                Covered(
                    indicator=extract.indicator,
                    year=end_year(period),
                    period=period,
                    have=mine[Status.OK],
                    of=mine.total() - mine[Status.NOT_APPLICABLE],
                    missing={status: mine[status] for status in _GAPS if mine[status]},
                    national=national,
                )
            )
    return found


def characteristics(some: Iterable[Indicator]) -> list[tuple[Indicator, str, str]]:
    """What is published of each indicator by each protected characteristic.

    Returns
    -------
    list of (Indicator, str, str)
        Indicator, characteristic, and ``published``, ``published, not loaded``, ``not at
        authority level``, ``not collected`` or ``not said`` where the catalogue does not say.
    """
    return [
        (indicator, name, said.get(name, "not said"))
        for indicator, said in (
            (i, {str(k): v for k, v in i.characteristics.items()}) for i in some
        )
        for name in PROTECTED
    ]
