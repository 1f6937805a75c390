"""Numbers by group as shares: of the published total, and never of one that is hidden."""

from datetime import date

import pytest

from cscdash.extracts import Observation
from cscdash.extracts.observation import Status
from cscdash.views.indicator.who import share_of


def seen(value: float | None, status: Status = Status.OK) -> Observation:
    return Observation("926", "2025", date(2025, 3, 31), value, status=status)


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [
        (seen(30), seen(120), 25.0),
        (seen(0), seen(120), 0.0),
        (seen(None, Status.CONFIDENTIAL), seen(120), None),
        (seen(30), seen(None, Status.CONFIDENTIAL), None),
        (seen(0), seen(None, Status.CONFIDENTIAL), None),
        (seen(0), seen(0), None),
        (seen(30), None, None),
        (None, seen(120), None),
    ],
)
def test_share_of(part: Observation | None, whole: Observation | None, share: float | None) -> None:
    assert share_of(part, whole) == share
