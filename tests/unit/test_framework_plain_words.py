"""Plain sentences: the number as printed, or why there is none."""

from datetime import date

import pytest

from cscdash.catalogue.framework import framework
from cscdash.extracts import Observation, Status
from cscdash.framework.plain_words import WHY_NOT, moved, number, says

PAGES = {page.chapter: page for page in framework().plain}


def point(value, period="2025", status="ok"):
    end = date(int(period[:4]), 3, 31)
    return Observation("383", period, end, value, status=Status.of(status))


def test_a_percentage_is_so_many_of_a_hundred():
    said = says(PAGES["outcome_4"], "Leeds", point(66.5))
    assert said == "2025: 67 out of every 100 children in care in Leeds lived with foster carers."


def test_money_has_its_sign():
    page = PAGES["enabler_2"]
    assert number(page, 52.8) == "£53"
    assert "£53 went on children in care" in says(page, "Leeds", point(52.8))


@pytest.mark.parametrize("status", ["c", "k", "u", "x", "z", "n", "y"])
def test_a_missing_number_has_a_reason_and_is_never_zero(status):
    said = says(PAGES["outcome_4"], "Leeds", point(None, status=status))
    assert WHY_NOT[status] in said
    assert "0" not in said.replace("2025", "")


def test_no_row_at_all_is_said():
    assert says(PAGES["outcome_4"], "Leeds", None) == "There is no number for Leeds."


def test_a_move_is_that_of_the_numbers_as_printed():
    page = PAGES["outcome_4"]
    assert moved(page, point(66.6), point(67.4, "2020")) == "That is the same as in 2020."
    assert moved(page, point(70), point(67.4, "2020")) == (
        "That is higher than in 2020, when it was 67."
    )
    assert moved(page, point(None, status="c"), point(67.4, "2020")) == ""
