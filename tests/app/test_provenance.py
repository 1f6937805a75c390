"""Every number that is drawn is a row of its extract, and its chart names that row's release."""

import io
import random

import numpy as np
import pandas as pd
import pytest

from cscdash.analysis.numbers_csv import numbers_csv
from cscdash.catalogue import catalogue
from cscdash.extracts import Store
from cscdash.views.loaded import extract
from cscdash.views.parts.source_line import source_line
from tests.app.walk import drawings
from tests.trials.sampling import cases

AREAS = ("926", "204", "857", "201", "420", "942", "314", "E12000005", "E13000001", "E92000001")
KEY = ["area", "period", "breakdown", "category"]


def picked(store: Store, seed: int) -> tuple[str, str]:
    """An indicator and an area: seeds count through all pairs before one comes again."""
    ids = sorted(store.indicators)
    order = random.Random(20261127).sample(range(len(ids) * len(AREAS)), len(ids) * len(AREAS))
    at = order[seed % len(order)]
    return ids[at // len(AREAS)], AREAS[at % len(AREAS)]


def truth(store: Store, indicator: str) -> pd.DataFrame:
    """The extract as pandas reads it, by area, period and group."""
    frame = pd.read_parquet(store.path / f"{indicator}.parquet")
    words = [*KEY, "status", "flags", "release"]
    return frame.astype(dict.fromkeys(words, str)).set_index(KEY).sort_index()


def read(content: bytes) -> pd.DataFrame:
    text = ["old_la_code", "region_code", "country_code", "period", "flags", "status"]
    return pd.read_csv(io.BytesIO(content), dtype=dict.fromkeys(text, str))


@pytest.mark.parametrize("seed", cases(24))
def test_each_number_and_its_release(
    built: Store, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setenv("CSCDASH_DATA", str(built.folder))
    indicator, area = picked(built, seed)
    held, rows = extract(indicator), truth(built, indicator)
    assert held is not None
    known = built.package["releases"]
    for view, drawing in drawings(held, area):
        where = f"{indicator}, {area}, {view}"
        table = read(numbers_csv(drawing.cells, invented=False))
        used: set[str] = set()
        for line in table[table["indicator"] == indicator].to_dict("records"):
            if line["figure"] == "value" and isinstance(line["status"], str):
                code = _code(line)
                row = rows.loc[(code, line["period"], line["breakdown"], line["category"])]
                assert line["status"] == row["status"], where
                assert line["release"] == row["release"], where
                for number in ("value", "numerator", "denominator"):
                    assert np.array_equal(line[number], row[number], equal_nan=True), where
            if isinstance(line["release"], str):
                used |= set(line["release"].split("; "))
        said = source_line(drawing.releases)
        assert set(drawing.releases) == used, where
        for name, release in known.items():
            title, _, year = release["title"].rpartition(", ")
            part = next((p for p in said.split("; ") if f"{title}, " in p), "")
            assert (year in part) == (name in used), f"{where}: {name} and “{said}”"


def _code(line: dict[str, str]) -> str:
    level = line["geographic_level"]
    if level == "National":
        return line["country_code"]
    return line["old_la_code"] if level == "Local authority" else line["region_code"]


def test_a_chart_of_two_releases_names_two(built: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSCDASH_DATA", str(built.folder))
    held = extract("looked_after_rate")
    assert held is not None
    by_view = {view: drawing.releases for view, drawing in drawings(held, "383")}
    rows = truth(built, "looked_after_rate")
    line = rows.loc[(["383", "E92000001"], slice(None), "total", "total"), "release"]
    assert len(set(line)) > 1 and set(line) <= set(by_view["time"])
    assert by_view["neighbours"] == ("children_looked_after 2025",)


def test_the_whole_extract_comes_back_as_it_is(
    built: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cscdash.views.indicator.table import whole_csv

    monkeypatch.setenv("CSCDASH_DATA", str(built.folder))
    for indicator in random.Random(7).sample(sorted(built.indicators), 3):
        held = extract(indicator)
        assert held is not None
        rows = truth(built, indicator)
        found = read(whole_csv(held))
        found["area"] = [_code(line) for line in found.to_dict("records")]
        found["flags"] = found["flags"].fillna("")
        found = found.set_index(KEY).sort_index()
        assert len(found) == len(rows)
        for column in ("value", "numerator", "denominator"):
            assert np.array_equal(found[column], rows[column], equal_nan=True), (indicator, column)
        for column in ("status", "flags", "release"):
            assert found[column].tolist() == rows[column].tolist(), (indicator, column)
        assert set(found["unit"]) == {catalogue().indicator(indicator).unit}
