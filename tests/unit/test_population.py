"""Populations from several files, and what is said where none has the year that a rate needs."""

from typing import Any

import numpy as np
import pytest

from cscdash.analysis.extract import Extract
from cscdash.analysis.not_loaded import lacking
from cscdash.catalogue import catalogue
from cscdash.extracts import Columns
from cscdash.ingest.build import each_extract
from cscdash.ingest.formats import FORMATS
from cscdash.ingest.mid_year import _children
from cscdash.ingest.population import read_populations
from cscdash.ingest.published_table import area_codes
from cscdash.ingest.read_folder import Read
from cscdash.ingest.required_columns import needs

ENGLAND = "E92000001"


def table(make: Any, dataset: str, content: bytes) -> Any:
    some = catalogue()
    wanted = make.needs(["population_estimate"])
    return FORMATS["ees"].read(content, some.datasets[dataset], wanted, dataset)


def numbers(population: Any, year: int) -> dict[str, tuple[float, int]]:
    area = np.array([area_codes().index(code) for code in (ENGLAND, "330", "839")])
    value, status = population.of(area, np.full(3, year))
    return dict(zip((ENGLAND, "330", "839"), zip(value.tolist(), status.tolist(), strict=True),
                    strict=True))  # fmt: skip


def test_further_files_give_whole_years_that_the_first_lacks(make: Any) -> None:
    ons = table(make, "population", make.ees(
        (ENGLAND, "2023", {"population_estimate": "12000000"}),
        ("330", "2023", {"population_estimate": "290000"}),
    ))  # fmt: skip
    looked_after = table(make, "cla_rates", make.ees(
        (ENGLAND, "2025", {"population_estimate": "12100000"}),  # of the middle of 2024
        ("330", "2025", {"population_estimate": "291000"}),
        (ENGLAND, "2024", {"population_estimate": "11900000"}),
        ("839", "2024", {"population_estimate": "70000"}),
    ))  # fmt: skip
    tables = {"population": [ons], "cla_rates": [looked_after]}
    found = read_populations(tables, catalogue())["population"]
    first, second = numbers(found, 2023), numbers(found, 2024)
    assert (first[ENGLAND], first["330"]) == ((12_000_000, 0), (290_000, 0))
    assert first["839"][1] == 4  # the publisher's gap is not filled from elsewhere
    assert (second[ENGLAND], second["330"]) == ((12_100_000, 0), (291_000, 0))
    assert {one[1] for one in numbers(found, 2025).values()} == {7}  # not yet
    assert {one[1] for one in numbers(found, 2022).values()} == {6}  # not loaded
    alone = read_populations({"cla_rates": [looked_after]}, catalogue())["population"]
    assert numbers(alone, 2023)["839"] == (70_000, 0)
    none = read_populations({}, catalogue())["population"]
    assert {one[1] for one in numbers(none, 2024).values()} == {6}


@pytest.mark.parametrize(
    ("population", "said"),
    [
        (None, "No rate for 2024 to 2025: population of mid-2023 to mid-2024 is not loaded."),
        ("2023", "Rate not yet for 2025: population of mid-2024 is not loaded."),
        ("2024", "No rate for 2024: population of mid-2023 is not loaded."),
    ],
)
def test_what_is_said_of_a_rate_without_population(
    make: Any, population: str | None, said: str
) -> None:
    source = {"dataset": "made", "derive": "rate", "numerator": "n", "population": "population"}
    some = make.catalogue(make.indicator(source=[source], unit="rate per 10,000", noun="child"))
    read = Read()
    content = make.ees((ENGLAND, "2024", {"n": "50"}), (ENGLAND, "2025", {"n": "60"}))
    read.tables["made"] = [
        FORMATS["ees"].read(content, some.datasets["made"], needs(some)["made"], "file")
    ]
    if population:
        people = make.ees((ENGLAND, population, {"population_estimate": "1000"}))
        wanted = needs(some)["population"]
        read.tables["population"] = [
            FORMATS["ees"].read(people, some.datasets["population"], wanted, "people")
        ]
    ((_, extract, _),) = each_extract(read, some)
    held = Extract(some.indicator("measure"), Columns(extract))
    assert [one.words for one in lacking(held)] == [said]
    assert [one.numerator for one in held.line(ENGLAND)] == [50, 60]  # the counts stay


def test_an_age_without_a_number_is_no_sum() -> None:
    assert _children([1.0, 2.0, 3], [0, 1, 2], "here") == 6
    with pytest.raises(Exception, match=r"^here: an age has no number"):
        _children([1.0, "", 3], [0, 1, 2], "here")
