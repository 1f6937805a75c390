"""A look at returns: figures of several dates, beside published ones, and what is said of them."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pandas as pd
import pytest

from cscdash.catalogue import catalogue
from cscdash.errors import CscdashError
from cscdash.extracts import Store
from cscdash.local.published_figures import Published
from cscdash.local.shown_figures import known_of
from tests.unit.returns_written import census, child, details, episode, write

pytest.importorskip("duckdb", reason="the extra `returns` is not installed")
from cscdash.returns.look import Look, keep, kept_figures, look

TODAY = date(2026, 1, 1)


def published(number: float | None, indicator: str = "looked_after_number") -> Published:
    """One published figure of Birmingham's 2025, in place of a store."""
    row = {
        "area": "330",
        "period_end": pd.Timestamp("2025-03-31"),
        "breakdown": "total",
        "category": "total",
        "value": number,
        "numerator": None,
        "denominator": None,
        "status": "ok" if number is not None else "c",
    }
    store = SimpleNamespace(
        indicators=(indicator,), demonstration=False, read=lambda _: pd.DataFrame([row])
    )
    return Published(cast(Store, store))


def seen(folder: Path, beside: Published | None = None, **more: str) -> Look:
    known = known_of(catalogue(), (), beside or Published())
    return look(folder, known, beside or Published(), authority="330", today=TODAY, **more)


def children(number: int) -> tuple[list[str], dict[str, str]]:
    """So many children who started on 5 May 2024, and are 10."""
    names = [f"C{n}" for n in range(number)]
    return [episode(one, "05/05/2024") for one in names], dict.fromkeys(names, "10/06/2014")


@pytest.mark.parametrize(
    ("theirs", "difference", "agrees"),
    [(20, "none", True), (21, "-1 counted", True), (22, "-2 counted", False), (None, "", None)],
)
def test_within_a_child_agrees(
    tmp_path: Path, theirs: float | None, difference: str, agrees: bool | None
) -> None:
    write(tmp_path, 2025, *children(19))  # and the child of the last day: 20
    (found,) = seen(tmp_path, published(theirs)).reconciled
    assert (found.difference, found.agrees) == (difference, agrees)
    assert bool(found.why) == (agrees is False)
    assert found.own == ("hidden" if theirs is None else "20")


def test_what_is_published_already_is_not_kept(tmp_path: Path) -> None:
    write(tmp_path, 2025, *children(19))
    kept = {one.indicator for one in seen(tmp_path, published(20)).figures}
    assert "looked_after_number" not in kept
    assert "new_entrants_number" in kept


def test_every_quarter(tmp_path: Path) -> None:
    rows, births = children(19)
    write(tmp_path, 2024, [], {})
    write(tmp_path, 2025, rows, births)
    found = seen(tmp_path, as_at="2025-03-31", every="quarter")
    stocks = {f.when.text: f.value for f in found.shown if f.indicator == "looked_after_number"}
    # The child of the last day of 2024, then the 19; on the last day the other one of 2025.
    assert stocks["30 June 2024"] == 19
    assert stocks["2025"] == 20
    starts = {f.when.end: f for f in found.shown if f.indicator == "new_entrants_number"}
    assert starts[date(2024, 12, 31)].value == 20  # with the child of 31 March 2024
    assert starts[date(2024, 12, 31)].when.start == date(2024, 1, 1)
    assert starts[date(2024, 12, 31)].cell in {f.cell for f in found.figures}


def test_twelve_months_that_end_within_a_month_are_shown_and_not_kept(tmp_path: Path) -> None:
    write(tmp_path, 2024, [], {})
    write(tmp_path, 2025, *children(19))
    found = seen(tmp_path, as_at="2024-12-15")
    starts = [f for f in found.shown if f.indicator == "new_entrants_number"]
    assert [f.when.text for f in starts if f.when.end.day == 15] == ["year to 15 December 2024"]
    assert all(not f.when.text.startswith("year to") for f in found.figures)


def test_what_is_kept_can_be_read_again_and_replaced(tmp_path: Path) -> None:
    write(tmp_path / "given", 2024, [], {})
    write(tmp_path / "given", 2025, *children(19))
    known = known_of(catalogue(), (), Published())
    into = tmp_path / "local"
    into.mkdir()
    for _ in range(2):  # the second takes the place of the first
        found = seen(tmp_path / "given", as_at="2024-12-31")
        keep(into, found, known, Published(), TODAY)
        kept = kept_figures(into, known)
        assert {one.cell for one in kept} == {one.cell for one in found.figures}
    assert "January to December 2024" in {one.when.text for one in kept}


def test_a_small_number_is_in_nothing_that_is_shown(tmp_path: Path) -> None:
    write(tmp_path, 2025, *children(2))  # and the child of the last day: 3
    found = seen(tmp_path)
    of = {one.indicator: one for one in found.shown}
    assert of["looked_after_number"].value is None
    assert of["looked_after_number"].status == "c"
    assert all(one.numerator is None and one.denominator is None for one in found.shown)
    noted = {one.what: one.words for one in found.quality}
    assert noted["episodes: records read"] == "1 to 5"


def test_unknown_codes_are_counted_by_field(tmp_path: Path) -> None:
    rows, births = children(12)
    rows = [line.replace(",U5,", ",K3,") for line in rows[:6]] + [
        line.replace(",U5,", ",MARKER,") for line in rows[6:]
    ]
    write(tmp_path, 2024, [line.replace("/2024", "/2023") for line in rows], births)
    write(tmp_path / "more", 2025, rows, births)
    noted = {one.what: one.number for one in seen(tmp_path).quality}
    # K3 is a code of 2025 and none of 2024; the other one never is.
    assert noted["episodes: PLACE is no code of its year"] == 6 + 12
    assert "MARKER" not in repr(noted)


def test_a_missing_year_is_named(tmp_path: Path) -> None:
    for year in (2023, 2025):
        write(tmp_path, year, *children(0))
    assert "The 2023/24 return of the SSDA903 is missing." in seen(tmp_path).left_out


def test_whose_returns_they_are(tmp_path: Path) -> None:
    inside = child("A", details("2024-05-05"))
    (tmp_path / "one.xml").write_text(census("2025-03-31", inside, "331"))
    with pytest.raises(CscdashError, match="authority 331, not of 330"):
        seen(tmp_path)
    (tmp_path / "two.xml").write_text(census("2024-03-31", inside, "332"))
    with pytest.raises(CscdashError, match="several authorities"):
        seen(tmp_path)


def test_another_step_is_refused(tmp_path: Path) -> None:
    write(tmp_path, 2025, *children(1))
    with pytest.raises(CscdashError, match="month or quarter"):
        seen(tmp_path, every="week")
