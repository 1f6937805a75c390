"""Distance from the middle, worked by hand where all authorities are of one size."""

import numpy as np
import pytest

from cscdash.analysis.observations import CannotSay
from cscdash.analysis.unusual import LIMIT, Unusual, beyond_plain_limits, distances
from cscdash.analysis.unusual import unusual as unusual_of
from cscdash.catalogue.models import Unit
from cscdash.extracts import Observation
from tests.unit.observed import at

Found = dict[str, Observation]


def rates(counts: list[float], of: float = 10_000, **more: object) -> Found:
    rows = [
        {"area": str(800 + i), "value": n, "numerator": n, "denominator": of} | more
        for i, n in enumerate(counts)
    ]
    return at(rows)


def unusual(table: Found, area: str, unit: Unit) -> Unusual | CannotSay:
    return unusual_of(area, table.get(area), distances(table, unit), unit)


COUNTS = [40.0 + 2 * i for i in range(24)] + [400.0]


@pytest.mark.parametrize("unit", ["rate per 10,000", "percent"])
def test_authorities_of_one_size_by_hand(unit: str) -> None:
    found = distances(rates(COUNTS), unit)
    root = np.sqrt(np.array(COUNTS) / 10_000)
    y = root if unit != "percent" else np.arcsin(root)
    plain = (y - np.median(y)) * 2 * np.sqrt(10_000)
    phi = np.mean(np.clip(plain, *np.quantile(plain, [0.1, 0.9])) ** 2)
    # with equal weights the variance of a distance comes to s^2 phi k / (k - 1)
    expected = plain / np.sqrt(phi * 25 / 24)
    assert isinstance(found, dict)
    assert list(found.values()) == pytest.approx(expected)


def test_a_far_one_does_not_hide_itself() -> None:
    found = unusual(rates(COUNTS), "824", "rate per 10,000")
    assert isinstance(found, Unusual)
    assert found.z > LIMIT
    assert found.beyond
    assert (found.as_far, found.counted) == (1, 25)


def test_the_middle_is_as_far_as_everyone() -> None:
    found = unusual(rates(COUNTS), "812", "rate per 10,000")
    assert isinstance(found, Unusual)
    assert (found.z, found.as_far, found.beyond) == (0.0, 25, False)


def test_no_variation_beyond_chance_adds_nothing() -> None:
    found = distances(rates([100.0] * 10 + [101.0] * 10), "rate per 10,000")
    assert isinstance(found, dict)
    middle = (np.sqrt(0.0100) + np.sqrt(0.0101)) / 2
    assert found["800"] == pytest.approx((np.sqrt(0.01) - middle) * 200)


def test_plain_limits_are_around_the_overall_value() -> None:
    # overall 77.2 per 10,000: on the root scale 0.0879, plus or minus 3.09 / 200
    expected = sum(
        abs(np.sqrt(n / 1e4) - np.sqrt(sum(COUNTS) / 25e4)) > LIMIT / 200 for n in COUNTS
    )
    assert beyond_plain_limits(rates(COUNTS), "rate per 10,000") == expected
    assert isinstance(beyond_plain_limits(rates(COUNTS), "score"), CannotSay)


@pytest.mark.parametrize(
    ("table", "area", "unit", "why"),
    [
        (rates(COUNTS), "999", "rate per 10,000", "no value"),
        (rates(COUNTS), "E92000001", "rate per 10,000", "only single authorities"),
        (rates([5.0, *COUNTS]), "800", "rate per 10,000", "too few"),
        (rates(COUNTS[:10]), "800", "rate per 10,000", "fewer than 20 authorities"),
        (rates(COUNTS), "800", "months", "not a share"),
        (rates(COUNTS, numerator=None), "800", "percent", "fewer than 20"),
    ],
)
def test_cannot_say(table: Found, area: str, unit: str, why: str) -> None:
    found = unusual(table, area, unit)
    assert isinstance(found, CannotSay)
    assert why in found.why


def test_the_second_of_a_joint_return_has_the_distance_of_the_first() -> None:
    table = rates(COUNTS)
    joint = [
        {"area": a, "value": 50.0, "numerator": 50, "denominator": 1e4, "flags": "j"}
        for a in ("940", "941")
    ]
    both = table | at(joint)
    first, second = (unusual(both, a, "rate per 10,000") for a in ("940", "941"))
    assert first == second
    assert isinstance(first, Unusual)
    assert first.counted == 26


def test_an_authority_by_itself_has_not_the_distance_of_one_it_once_filed_with() -> None:
    pair = [
        {"area": "940", "value": 50.0, "numerator": 50, "denominator": 1e4},
        {"area": "941", "value": 50.0},  # no counts of its own, and no joint return
    ]
    found = unusual(rates(COUNTS) | at(pair), "941", "rate per 10,000")
    assert found == CannotSay("no counts of people or events are known behind its value")


def test_nothing_of_nothing_enters_no_distance() -> None:
    known = at([{"area": str(800 + i), "value": 10.0 + i % 5, "numerator": 10 + i % 5,
                 "denominator": 100} for i in range(25)])  # fmt: skip
    empty = at([{"area": "930", "value": 0.0, "numerator": 0, "denominator": 0}])
    plain, beside = distances(known, "percent"), distances(known | empty, "percent")
    assert isinstance(plain, dict) and plain == beside  # nothing else is moved by it
    assert "930" not in beside


def test_twenty_authorities_are_enough_nineteen_are_not() -> None:
    rows = [{"area": str(800 + i), "value": 10.0 + i, "numerator": 10 + i, "denominator": 100}
            for i in range(20)]  # fmt: skip
    found = distances(at(rows), "percent")
    assert isinstance(found, dict) and len(found) == 20
    assert isinstance(distances(at(rows[:19]), "percent"), CannotSay)
