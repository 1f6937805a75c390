"""Who started similar and moved differently: authorities whose answer is worked out by hand.

Each has 50,000 children, so that 300 children are 60 per 10,000. By chance alone 300 may be
anything from about 250 to 360 (three times its square root of 17 either way).
"""

from typing import Any

from cscdash.analysis.change import Change
from cscdash.analysis.extract import Extract
from cscdash.analysis.observations import CannotSay
from cscdash.analysis.similar_starts import other_paths
from tests.unit.observed import extract

OWN = "330"


def held(**counts: list[float]) -> Extract:
    """By authority (``_801``) the children counted in each year up to 2025."""
    rows = []
    for code, line in counts.items():
        for year, count in enumerate(line, start=2026 - len(line)):
            rows.append(row(code[1:], year, count))
    return extract(rows)


def row(area: str, year: int, count: float) -> dict[str, Any]:
    counted = {"numerator": count, "denominator": 50_000.0}
    return {"area": area, "period": str(year), "value": count / 5, **counted}


def named(extract_: Extract, *others: str) -> list[str]:
    answer = other_paths(extract_, OWN, others)
    assert not isinstance(answer, CannotSay)
    return [path.area for path in answer[1]]


def test_only_a_similar_start_and_another_way() -> None:
    found = held(
        _330=[300, 300, 300, 300, 300],
        _801=[310, 380, 450, 520, 600],  # as we were, then twice as many
        _802=[310, 310, 310, 315, 320],  # as we were, and still so
        _803=[290, 240, 190, 140, 100],  # as we were, then a third
        _804=[600, 700, 800, 900, 1000],  # never as we were
        _805=[120, 170, 220, 270, 300],  # comes to where we are from far below
    )
    assert named(found, "801", "802", "803", "804", "805") == ["801", "803"]
    assert named(found, "805", "804", "803", "802", "801") == ["803", "801"]  # as they were asked


def test_the_changes_are_those_of_the_same_years() -> None:
    found = held(_330=[300, 300, 300, 300, 310], _801=[310, 380, 450, 520, 600])
    answer = other_paths(found, OWN, ["801"])
    assert not isinstance(answer, CannotSay)
    own, (other,) = answer
    assert isinstance(own, Change)
    # 300 and 310 of 50,000 are 60 and 62; 310 and 600 are 62 and 120
    assert (own.then.value, own.now.value) == (60, 62)
    assert (other.change.then.value, other.change.now.value) == (62, 120)
    assert (other.change.then.period, other.change.now.period) == ("2021", "2025")


def test_the_start_is_the_fifth_year_from_the_end() -> None:
    found = held(
        _330=[900, 900, 300, 300, 300, 300, 300],
        _801=[900, 900, 900, 1000, 1100, 1200, 1300],  # similar in 2019, not in 2021
        _802=[100, 100, 300, 400, 500, 600, 700],  # similar in 2021, not in 2019
    )
    assert named(found, "801", "802") == ["802"]


def test_cannot_say() -> None:
    assert isinstance(other_paths(held(_330=[300], _801=[300]), OWN, ["801"]), CannotSay)
    bare = [{"area": OWN, "period": str(year), "value": 60.0} for year in range(2021, 2026)]
    assert isinstance(other_paths(extract(bare), OWN, []), CannotSay)


def test_another_without_counts_is_left_out() -> None:
    own = [row(OWN, year, 300) for year in range(2021, 2026)]
    bare = [
        {"area": "801", "period": str(year), "value": 60.0 + 20 * (year - 2021)}
        for year in range(2021, 2026)
    ]
    assert named(extract([*own, *bare]), "801") == []
