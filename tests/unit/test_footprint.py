"""The ground of an abolished authority since: added from published counts, or not at all."""

import pytest

from cscdash.analysis.footprint import same_ground, together
from cscdash.analysis.observations import CannotSay
from cscdash.catalogue import catalogue
from cscdash.extracts import Observation, Status
from tests.unit.observed import point

NUMBER = catalogue().indicator("looked_after_number")
RATE = catalogue().indicator("looked_after_rate")
SHARE = catalogue().indicator("repeat_referrals")
SCORE = next(one for one in catalogue().indicators if one.unit == "score")


def test_ground_is_the_same_only_where_nobody_elses_was_added() -> None:
    assert same_ground("909") == ("942", "943")
    assert same_ground("928") == ("940", "941")
    for code in ("835", "836", "837", "926"):  # Christchurch went from Dorset to Bournemouth
        assert isinstance(same_ground(code), CannotSay)


def test_counts_are_added_and_rates_from_both_parts() -> None:
    found = together([point(2024, 40.0), point(2024, 60.0, area="331")], NUMBER)
    assert isinstance(found, Observation) and (found.value, found.flags) == (100.0, "e")
    parts = [point(2024, 50.0, 100, 20_000), point(2024, 75.0, 60, 8_000, area="331")]
    found = together(parts, RATE)
    assert isinstance(found, Observation)
    assert found.value == pytest.approx(10_000 * 160 / 28_000)
    found = together([point(2024, 10.0, 5, 50), point(2024, 50.0, 75, 150, area="331")], SHARE)
    assert isinstance(found, Observation) and found.value == 40.0


def test_no_sum_is_made_where_a_part_is_hidden() -> None:
    parts = [point(2024, 40.0), point(2024, None, status="c", area="331")]
    for indicator in (NUMBER, RATE):
        found = together(parts, indicator)
        assert isinstance(found, Observation)
        assert (found.value, found.numerator, found.status) == (None, None, Status.CONFIDENTIAL)


def test_a_joint_return_is_counted_once() -> None:
    parts = [point(2024, 137.4, area=code, flags="j") for code in ("940", "941")]
    found = together(parts, catalogue().indicator("social_workers_fte"))
    assert isinstance(found, Observation) and found.value == 137.4


def test_what_has_no_counts_is_not_added() -> None:
    assert isinstance(together([point(2024, 1.0), point(2024, 2.0, area="331")], RATE), CannotSay)
    parts = [point(2024, 20.0, 100, 10), point(2024, 30.0, 100, 10, area="331")]
    assert isinstance(together(parts, SCORE), CannotSay)
