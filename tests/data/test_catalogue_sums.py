"""What the catalogue says adds up does so in the published extracts, authority by authority."""

from functools import cache

import pandas as pd
import pytest

from cscdash.catalogue import catalogue
from cscdash.catalogue.models import Sum, number_of
from cscdash.extracts import Store

SUMS = [(one.id, declared) for one in catalogue().indicators for declared in one.sums]
PARTS = [
    (one.id, breakdown)
    for one in catalogue().indicators
    for breakdown in sorted({b.name for s in one.source for b in s.breakdown})
    if one.adds_up_to(breakdown) in ("numerator", "denominator", "both")
]
# The published numbers of boys and girls leave out those whose sex is not known; a few conferences
# have no date from which their days could be counted.
NEARLY = {("injury_admissions", "sex"), ("conference_days", "working days")}


@cache
def _frame(store: Store, id: str) -> pd.DataFrame:
    frame = store.read(id)
    frame = frame[frame["area"].astype(str).str.len() == 3]
    return frame.astype({"area": str, "period": str, "breakdown": str, "category": str})


def _number(store: Store, name: str, of: str = "numerator") -> pd.Series:
    id, breakdown, category = number_of(name)
    frame = _frame(store, id)
    frame = frame[(frame["breakdown"] == breakdown) & (frame["category"] == category)]
    counts = catalogue().indicator(id).unit == "count" and of == "numerator"
    return frame.set_index(["area", "period"])["value" if counts else of]


def _agree(whole: pd.Series, parts: pd.Series) -> tuple[int, float]:
    both = pd.concat([whole, parts], axis=1, keys=["whole", "parts"]).dropna()
    return len(both), float(((both["whole"] - both["parts"]).abs() < 0.5).mean())


@pytest.mark.parametrize(("id", "declared"), SUMS, ids=lambda one: str(one)[:60])
def test_a_declared_sum_holds(built: Store, id: str, declared: Sum) -> None:
    own = f"{id} / {declared.category}" if declared.category else id
    parts = [_number(built, part) for part in declared.parts]
    added = pd.concat(parts, axis=1).dropna().sum(axis=1)
    compared, same = _agree(_number(built, own, declared.of), added)
    if not compared:
        pytest.skip("no authority has all of these numbers in one period")
    assert same > 0.97


@pytest.mark.parametrize(("id", "breakdown"), PARTS)
def test_categories_add_up_as_declared(built: Store, id: str, breakdown: str) -> None:
    indicator = catalogue().indicator(id)
    frame = _frame(built, id)
    frame = frame[frame["breakdown"] == breakdown]
    inside = {
        number_of(part)[2]
        for one in indicator.sums
        if one.category.startswith(f"{breakdown} / ")
        for part in one.parts
        if number_of(part)[:2] == (id, breakdown)
    }
    frame = frame[~frame["category"].isin(inside)]
    column = "value" if indicator.unit == "count" else "numerator"
    wide = frame.pivot_table(index=["area", "period"], columns="category", values=column).dropna()
    adds = indicator.adds_up_to(breakdown)
    whole = _number(built, id, "numerator" if adds == "both" else adds)
    compared, same = _agree(whole, wide.sum(axis=1))
    if not compared:
        pytest.skip("no authority has all of these numbers in one period")
    assert same > (0.7 if (id, breakdown) in NEARLY else 0.97)
