"""Opening one indicator for one authority with its neighbours."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import milliseconds, say
from cscdash.analysis.extract import Extract
from cscdash.catalogue import Indicator, load
from cscdash.ingest import build
from cscdash.places import neighbours

AREA = "383"
INDICATORS = ("repeat_referrals", "looked_after_rate", "foster_care", "absence_cin")


def measure(published: Path) -> Iterator[tuple[str, str, str, str]]:
    """Cold from disk, and warm as the app keeps it."""
    catalogue = load()
    with tempfile.TemporaryDirectory() as folder:
        store = build(published, Path(folder), catalogue).store
        company = tuple(near.code for near in neighbours(AREA))
        for id in INDICATORS:
            indicator = catalogue.indicator(id)

            def cold(id: str = id, indicator: Indicator = indicator) -> None:
                ask(Extract(indicator, store.columns(id)), company)

            held = Extract(indicator, store.columns(id))
            ask(held, company)
            yield f"{id}, from disk", say(milliseconds(cold, 15)), "", "read, index, ask"
            warm = milliseconds(lambda held=held: ask(held, company), 200)
            yield f"{id}, warm", say(warm), "10 ms", "lines of eleven, medians of all years"


def ask(held: Extract, company: tuple[str, ...]) -> None:
    """What the view over time asks: eleven lines, and the median of each year."""
    for code in (AREA, *company):
        held.line(code)
    for period in held.periods:
        held.middle(period, AREA, company)
