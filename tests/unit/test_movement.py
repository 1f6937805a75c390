"""Did we move, or did everyone?"""

from collections.abc import Sequence

import numpy as np

from cscdash.analysis.movement import Movement, movement
from cscdash.analysis.observations import ENGLAND, CannotSay
from cscdash.analysis.usual_movement import UsualMovement
from cscdash.extracts import Observation
from tests.unit.observed import broken, point, shares

NEIGHBOURS = [str(code) for code in range(801, 811)]
Lines = dict[str, Sequence[Observation]]


def moved(lines: Lines, area: str = "330", **more: object) -> Movement:
    return movement(lines, area, NEIGHBOURS, "E12000005", "2024", "2025", "percent", 1, **more)


def lines(own: tuple[float, float], england: tuple[float, float], size: int = 2000) -> Lines:
    whole = 1_000_000
    return {
        "330": shares(2024, *((size * share, size) for share in own)),
        ENGLAND: shares(2024, *((whole * share, whole) for share in england)),
    }


def test_with_england() -> None:
    assert moved(lines((0.20, 0.25), (0.22, 0.27))).verdict == "moved with England"


def test_neither_moved() -> None:
    assert moved(lines((0.20, 0.20), (0.22, 0.22))).verdict == "nothing moved"


def test_differently() -> None:
    assert moved(lines((0.20, 0.25), (0.22, 0.21))).verdict == "moved differently"
    assert moved(lines((0.20, 0.20), (0.22, 0.32))).verdict == "moved differently"


def test_chance_cannot_be_told_apart() -> None:
    found = moved(lines((0.20, 0.21), (0.22, 0.23)))
    assert found.verdict == "cannot say"
    assert "chance alone" in found.why


def test_cannot_say_and_why() -> None:
    whole = lines((0.20, 0.25), (0.22, 0.27))
    assert "too few" in moved(lines((0.2, 0.3), (0.2, 0.2), size=10)).why
    assert "no value for 2025" in moved({**whole, "330": whole["330"][:1]}).why
    assert "for England" in moved({"330": whole["330"]}).why
    assert "England itself" in moved(whole, area=ENGLAND).why
    assert "from 2025 on" in moved(whole, breaks=broken("2025")).why
    uncounted = [point(2024, 20.0), point(2025, 25.0)]
    assert "without the counts" in moved({**whole, "330": uncounted}).why


def test_the_neighbours_own_changes_have_a_median_from_five_on() -> None:
    whole = lines((0.20, 0.25), (0.22, 0.27))
    for i, code in enumerate(NEIGHBOURS[:5]):
        whole[code] = [point(2024, 10.0), point(2025, 10.0 + i)]
    found = moved(whole)
    assert (found.neighbours, found.counted, found.asked) == (2.0, 5, 10)
    whole[NEIGHBOURS[0]] = [point(2024, 10.0), point(2025, None)]
    assert (moved(whole).neighbours, moved(whole).counted) == (None, 4)


def test_a_joint_return_counts_once() -> None:
    whole = lines((0.20, 0.25), (0.22, 0.27))
    codes = ["314", "318", "801", "802", "803", "804"]
    for flagged in (("314", "318"), ("314",), ("318",)):  # whichever has the flag
        for code in codes:
            flags = "j" if code in flagged else ""
            whole[code] = [point(2024, 10.0, flags=flags), point(2025, 11.0, flags=flags)]
        found = movement(whole, "330", codes, None, "2024", "2025", "percent", 0)
        assert (found.counted, found.asked) == (5, 6)
        assert isinstance(found.region, CannotSay)
        own = movement(whole, "314", codes[1:], None, "2024", "2025", "percent", 0)
        assert own.counted == 4
    # joint in the year before says nothing about this one
    for code in ("314", "318"):
        whole[code] = [point(2024, 10.0, flags="j"), point(2025, 11.0)]
    found = movement(whole, "330", codes, None, "2024", "2025", "percent", 0)
    assert (found.counted, found.asked) == (6, 6)


def test_no_further_from_england_than_places_of_this_size_usually_are() -> None:
    # 40 authorities of 2,000 that moved 6 points more than England; ours 6 points: usual
    values = np.column_stack([np.full(40, 20.0), np.full(40, 25.0)])
    sizes = np.full((40, 2), 2000.0)
    codes = [str(code) for code in range(800, 840)]
    years = np.array([2024.0, 2025.0])
    once, england = np.ones(40, dtype=bool), np.array([22.0, 21.0])
    none = np.full((40, 2), np.nan)
    usual = UsualMovement(codes, values, none, sizes, once, england, years, "percent")
    found = moved(lines((0.20, 0.25), (0.22, 0.21)), usual=usual)
    assert (found.verdict, "often differ" in found.why) == ("cannot say", True)
    further = moved(lines((0.20, 0.28), (0.22, 0.21)), usual=usual)
    assert further.verdict == "moved differently"
