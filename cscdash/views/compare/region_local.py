"""Local figures of several authorities in one period, as observations of the shown form."""

from collections.abc import Sequence

from cscdash.analysis.number_format import round_half_up
from cscdash.catalogue import Indicator
from cscdash.extracts import Observation
from cscdash.extracts.observation import Flag, Status
from cscdash.local.row import Figure
from cscdash.views.loaded import local


def local_periods(indicators: Sequence[str], codes: Sequence[str]) -> list[str]:
    """The periods in which any of some authorities has a local total, newest first."""
    found = {f.when.text: f.when.end for id in indicators for f in _totals(id, codes)}
    return sorted(found, key=lambda text: (found[text], text), reverse=True)


def local_column(measure: Indicator, codes: Sequence[str], period: str) -> dict[str, Observation]:
    """The local figures of a measure in a period, by area; empty where nobody gave one.

    An authority that gave none among others that did is "not available".
    """
    figures = {f.area: f for f in _totals(measure.id, codes) if f.when.text == period}
    if not figures:
        return {}
    when = next(iter(figures.values())).when
    missing = Status.NOT_AVAILABLE
    return {
        code: _observed(figures[code], measure)
        if code in figures
        else Observation(code, period, when.end, None, status=missing, flags=Flag.LOCAL)
        for code in codes
    }


def _totals(indicator: str, codes: Sequence[str]) -> list[Figure]:
    here = local()
    return [f for code in codes for f in here.of(indicator, code) if f.breakdown == "total"]


def _observed(figure: Figure, measure: Indicator) -> Observation:
    value = None
    if figure.value is not None:
        value = float(round_half_up(figure.value, measure.decimals))
    return Observation(
        figure.area,
        figure.when.text,
        figure.when.end,
        value,
        status=Status.of(figure.status),
        flags=Flag.LOCAL,
    )
