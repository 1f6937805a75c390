"""Groups of children beside residents: shares, what is hidden, and words that describe."""

from math import nan

import pytest

from cscdash.analysis.disproportionality import described, group_shares, of_residents
from cscdash.analysis.observations import CannotSay
from tests.unit.observed import point

DECLARED = {"Asian": "asian", "Black": "black", "White": "rest"}
RESIDENTS = {"Asian": 10.0, "Black": 20.0, "White": 70.0}


def counts(**values: float | None):
    return {name.replace("_", " "): point(2025, value) for name, value in values.items()}


def test_shares_are_of_those_whose_group_is_known() -> None:
    # 30 + 50 + 20 = 100 children; the 40 whose group is not known are left out of the whole
    found = group_shares(counts(Asian=30.0, Black=50.0, Not_known=40.0, White=20.0), RESIDENTS)
    assert [one.name for one in found] == ["Asian", "Black", "White"]
    assert [one.share.estimate for one in found] == pytest.approx([30.0, 50.0, 20.0])
    # Wilson, 30 of 100: (0.3 + 1.9208/100 ± 1.96 √(0.21/100 + 0.9604/100²)) ÷ 1.038416
    assert found[0].share.low == pytest.approx(21.895, abs=0.01)
    assert found[0].share.high == pytest.approx(39.585, abs=0.01)
    assert [one.differs for one in found] == ["larger", "larger", "smaller"]


def test_a_hidden_group_hides_the_whole() -> None:
    found = group_shares(counts(Asian=None, Black=50.0, White=20.0), RESIDENTS)
    assert isinstance(found, CannotSay) and "hidden" in found.why
    absent = group_shares(counts(Black=50.0, White=20.0), RESIDENTS)
    assert isinstance(absent, CannotSay) and "not published" in absent.why


def test_nothing_is_said_of_fewer_than_twenty() -> None:
    assert isinstance(group_shares(counts(Asian=6.0, Black=7.0, White=6.0), RESIDENTS), CannotSay)
    assert not isinstance(
        group_shares(counts(Asian=6.0, Black=7.0, White=7.0), RESIDENTS), CannotSay
    )


def test_the_rest_of_the_residents() -> None:
    assert of_residents(DECLARED, {"asian": 10.0, "black": 20.5}) == {
        "Asian": 10.0, "Black": 20.5, "White": 69.5,
    }  # fmt: skip
    assert isinstance(of_residents(DECLARED, {"asian": nan, "black": 20.5}), CannotSay)


def test_the_words_describe() -> None:
    found = group_shares(counts(Asian=10.0, Black=50.0, White=40.0), RESIDENTS)
    assert described("Hackney", "children looked after", found) == (
        "In Hackney a larger share of children looked after than of all residents: Black (50.0%"
        " beside 20.0%); a smaller share of children looked after than of all residents: White"
        " (40.0% beside 70.0%)."
    )
    same = group_shares(counts(Asian=10.0, Black=20.0, White=70.0), RESIDENTS)
    assert described("Hackney", "children looked after", same) == (
        "In Hackney no group is a larger or smaller share of children looked after than of all"
        " residents, beyond what chance alone often gives."
    )
