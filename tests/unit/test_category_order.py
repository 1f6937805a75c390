"""Groups stand in the order of their ages and lengths, and otherwise by name."""

import random

import pytest

from cscdash.analysis.category_order import in_order

SCALES = [
    ["Under 1 year", "1 to 4 years", "5 to 9 years", "10 to 15 years", "16 years and over"],
    ["Aged under 1", "Aged 1", "Aged 2", "Aged 7 and over", "Aged 10"],
    ["Under 3 months", "3 to 6 months", "6 months to 1 year", "1 to 2 years", "2 years or more"],
    ["3 months or less", "Over 3 to 6 months", "Over 6 months, under 1 year",
     "1 year, under 2 years", "2 years or more"],
    ["6 to 11 months", "1 year", "13 months or more"],  # a year is twelve months
    ["20 miles or less", "More than 20 miles", "Not known or not recorded"],
    ["Normal, 0 to 13", "Borderline, 14 to 16", "Cause for concern, 17 or more"],
]  # fmt: skip
NAMES = [
    ["Female", "Male", "Not known"],
    ["Adopted", "Age assessed as 18 or over", "Died"],
    ["Inside the authority, 20 miles or less", "Inside the authority, more than 20 miles",
     "Outside the authority, 20 miles or less", "Outside the authority, more than 20 miles"],
]  # fmt: skip


@pytest.mark.parametrize("right", [*SCALES, *NAMES])
def test_the_order(right: list[str]) -> None:
    for seed in range(5):
        mixed = random.Random(seed).sample(right, len(right))
        assert in_order(mixed) == right
