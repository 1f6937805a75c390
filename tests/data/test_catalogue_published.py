"""The catalogue against the published files and the framework's outline beside the project."""

import csv
import re
from pathlib import Path

import pytest

from cscdash.catalogue import Indicator, catalogue
from cscdash.extracts import Store

FRAMEWORK = Path(__file__).resolve().parents[3] / "shared" / "framework"
ENGLAND = "E92000001"
YEARS = re.compile(r"\b(19|20)\d\d(/\d\d)?\b")
NUMBER = re.compile(r"(?<![\w.])£?(\d[\d,]*(?:\.\d+)?)(?!\w)(%?)")
SMALL = 31  # whole numbers up to here are days, ages and how many, not figures
TEXTS = ("why", "recorded_in", "reading", "limits", "hoped_for_caveat")
# names, limits of a scale, and figures of one authority or of years we do not hold
REVIEWED = {
    "absence_cin": {"100"},
    "assessments_45_days": {"45"},
    "away": {"0"},
    "inspection_leaders": {"132"},
    "section_47_to_conference": {"100"},
    "share_of_spend_on_care": {"100", "25.4", "52.3"},
    "three_social_workers": {"100"},
    "unsuitable_accommodation_17_18": {"100"},
}
NAMES = re.compile(r"\b[Ss]ection (47|251)\b")

needs_framework = pytest.mark.skipif(
    not FRAMEWORK.is_dir(), reason="the framework's tables are not here: ../shared/framework"
)


def column(file: str, name: str) -> set[str]:
    with (FRAMEWORK / file).open(encoding="utf-8", newline="") as lines:
        return {row[name] for row in csv.DictReader(lines)}


@needs_framework
def test_expectations_are_the_frameworks() -> None:
    known = column("framework_outline.csv", "id")
    for indicator in catalogue().indicators:
        assert set(indicator.expectations) <= known, indicator.id


@needs_framework
def test_annex_b_is_as_the_consultation_numbers_it() -> None:
    printed = column("indicators_annex_b.csv", "id")
    assert {i.annex_b for i in catalogue().indicators if i.annex_b} == printed


def figures(built: Store, id: str) -> list[float]:
    """England's values and counts, and how many authorities have a value or none."""
    if id not in built.indicators:
        return []
    frame = built.read(id)
    england = frame[frame["area"] == ENGLAND]
    found = [
        abs(float(x)) for c in ("value", "numerator", "denominator") for x in england[c].dropna()
    ]
    own = frame[frame["area"].astype(str).str.fullmatch(r"\d{3}") & (frame["breakdown"] == "total")]
    has = own["status"] == "ok"
    zero = own["value"] == 0
    for mask in (has, ~has, own["status"] == "c", zero):
        found += own[mask].groupby("period", observed=True).size().astype(float).tolist()
    return found


def strange(text: str, known: list[float], reviewed: set[str]) -> list[str]:
    """The numbers of a text that stand in no figure, at the precision in which it says them."""
    found = []
    for match in NUMBER.finditer(YEARS.sub(" ", NAMES.sub(" ", text))):
        said = match.group(1).replace(",", "")
        said = said.rstrip("0").rstrip(".") if "." in said else said
        decimals = len(said.partition(".")[2])
        if said in reviewed or (not match.group(2) and not decimals and float(said) <= SMALL):
            continue
        if not any(abs(x - float(said)) <= 0.5 * 10.0**-decimals + 1e-9 for x in known):
            found.append(match.group(0))
    return found


@pytest.mark.parametrize("indicator", catalogue().indicators, ids=lambda i: i.id)
def test_every_number_in_a_text_is_in_the_data(built: Store, indicator: Indicator) -> None:
    known = [x for id in (indicator.id, *indicator.read_alongside) for x in figures(built, id)]
    reviewed = REVIEWED.get(indicator.id, set())
    for field in TEXTS:
        assert strange(getattr(indicator, field), known, reviewed) == [], field
    for question in indicator.questions:
        assert strange(question, known, reviewed) == []


def test_a_number_that_is_not_in_the_data_is_found() -> None:
    assert strange("It was 12.5% in 2025, up from 1,200 children.", [12.4, 1190.0], set()) == [
        "12.5%",
        "1,200",
    ]


def test_a_noun_has_counts_behind_it_in_the_extracts(built: Store) -> None:
    for indicator in catalogue().indicators:
        if indicator.noun and indicator.source:
            frame = built.read(indicator.id)
            both = frame["numerator"].notna() & frame["denominator"].notna()
            assert both.any(), indicator.id


def test_every_indicator_with_a_source_is_built(built: Store) -> None:
    assert set(built.indicators) == {i.id for i in catalogue().indicators if i.source}


def test_releases_say_when_they_were_published(built: Store) -> None:
    releases = built.package["releases"]
    assert releases["ofsted 2025"]["published"] == "2025-09-25"
    assert releases["outturn 2025"]["published"] == "2025-12-04"
    assert releases["children_in_need 2025"]["published"] == "2025-10-30"
