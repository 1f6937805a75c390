"""A value of two authorities together is never said as one's own."""

from dataclasses import replace
from datetime import date

from cscdash.analysis.comparison import Position
from cscdash.analysis.observations import CannotSay, joint_words
from cscdash.analysis.phrases import stood
from cscdash.analysis.printed import printed, words
from cscdash.analysis.sentences import neighbours
from cscdash.catalogue import catalogue
from cscdash.charts.time_axis import brief
from cscdash.extracts import Observation

FTE = catalogue().indicator("social_workers_fte")
KINGSTON = Observation("314", "2025", date(2025, 9, 30), 137.4, flags="j")
WITH = "joint return with Richmond upon Thames"


def test_it_is_said_wherever_the_value_is_printed() -> None:
    assert joint_words(KINGSTON) == WITH
    assert joint_words(replace(KINGSTON, area="941")) == "joint return with North Northamptonshire"
    assert stood("Kingston", KINGSTON, FTE) == f"Kingston stood at 137.4 ({WITH}) in 2025"
    assert words(FTE, KINGSTON) == printed(FTE, "x", "2025", KINGSTON).text == f"137.4 ({WITH})"
    none = CannotSay("none")
    place = Position(1, 0, 2)
    assert WITH in neighbours("Kingston", FTE, KINGSTON, place, none)


def test_a_value_of_its_own_is_not_joint() -> None:
    for own in (replace(KINGSTON, flags="p"), replace(KINGSTON, area="383")):
        assert joint_words(own) == "" and words(FTE, own) == "137.4"


def test_a_label_in_a_chart_has_the_number_alone() -> None:
    assert brief(words(FTE, KINGSTON), 137.4) == "137.4"
