"""Hand-worked children looked after: each answer is worked out in the comment beside it.

Every return has one more child, who starts on its last 31 March and is looked after on it: one
start, one looked after, one foster placement.
"""

from pathlib import Path

import pytest

from cscdash.errors import CscdashError
from cscdash.returns.files import read_folder
from tests.unit.returns_written import counts, episode, pooled, write

pytest.importorskip("duckdb", reason="the extra `returns` is not installed")
AGE_10 = {"A": "10/06/2014"}  # 10 on 31 March 2025


def at_2025(
    tmp_path: Path, episodes: list[str], births: dict[str, str] = AGE_10
) -> dict[str, tuple[float, float]]:
    write(tmp_path, 2025, episodes, births)
    return counts(tmp_path, "2025-03-31")


def test_one_open_episode_is_a_child_looked_after_who_started(tmp_path: Path) -> None:
    found = at_2025(tmp_path, [episode("A", "05/05/2024")])
    assert found["looked_after_number"][0] == 2  # A and the child of the last day
    assert found["new_entrants_number"][0] == 2
    assert found["ceasing_number"][0] == 0


def test_a_period_that_ends_on_the_day_is_not_looked_after_and_left(tmp_path: Path) -> None:
    found = at_2025(tmp_path, [episode("A", "05/05/2024", end="31/03/2025", rec="E4A")])
    assert found["looked_after_number"][0] == 1
    assert found["ceasing_number"][0] == 1
    assert found["returned_home_planned"] == (1, 1)


def test_a_short_break_is_never_counted(tmp_path: Path) -> None:
    found = at_2025(tmp_path, [episode("A", "05/05/2024", ls="V4")])
    assert found["looked_after_number"][0] == 1
    assert found["new_entrants_number"][0] == 1


def test_an_order_after_a_short_break_is_a_start(tmp_path: Path) -> None:
    rows = [
        episode("A", "05/05/2024", ls="V4", end="01/06/2024", rec="X1"),
        episode("A", "01/06/2024", "L"),
    ]
    assert at_2025(tmp_path, rows)["new_entrants_number"][0] == 2


def test_a_first_episode_that_continues_an_unseen_one_is_no_start(tmp_path: Path) -> None:
    found = at_2025(tmp_path, [episode("A", "05/05/2024", "P")])
    assert found["new_entrants_number"][0] == 1
    assert found["looked_after_number"][0] == 2


def test_two_starts_of_one_child_count_once(tmp_path: Path) -> None:
    rows = [
        episode("A", "05/05/2024", end="06/06/2024", rec="E4B"),
        episode("A", "07/07/2024", end="08/08/2024", rec="E11"),
    ]
    found = at_2025(tmp_path, rows)
    assert found["new_entrants_number"][0] == 2
    assert found["ceasing_number"][0] == 1  # the latest end of the child
    assert found["adopted"] == (1, 1)
    assert found["returned_home_unplanned"] == (0, 1)


@pytest.mark.parametrize(("born", "looked_after"), [("31/03/2007", 1), ("01/04/2007", 2)])
def test_who_is_18_on_the_day_is_no_child_looked_after(
    tmp_path: Path, born: str, looked_after: int
) -> None:
    # Born on 31 March 2007: 18 that day. A day later: 17 still.
    found = at_2025(tmp_path, [episode("A", "05/05/2024")], {"A": born})
    assert found["looked_after_number"][0] == looked_after


def test_three_placements_in_the_year(tmp_path: Path) -> None:
    # Open on 1 April at AA1, then AA2, then AA3: three.
    rows = [
        episode("A", "01/02/2024", "S", "05/05/2024", "X1"),
        episode("A", "05/05/2024", "P", "06/06/2024", "X1", at="AA2 2AA"),
        episode("A", "06/06/2024", "P", at="AA3 3AA"),
    ]
    assert at_2025(tmp_path, rows)["placements_three_or_more"] == (1, 2)


def test_a_stay_in_hospital_and_a_change_of_order_are_no_moves(tmp_path: Path) -> None:
    # AA1, hospital, AA1 again, a new order there, then AA2: two placements.
    rows = [
        episode("A", "01/02/2024", "S", "05/05/2024", "X1"),
        episode("A", "05/05/2024", "P", "06/05/2024", "X1", place="T1", at="AA7 7AA"),
        episode("A", "06/05/2024", "P", "07/07/2024", "X1"),
        episode("A", "07/07/2024", "L", "08/08/2024", "X1", ls="E1"),
        episode("A", "08/08/2024", "P", at="AA2 2AA"),
    ]
    assert at_2025(tmp_path, rows)["placements_three_or_more"] == (0, 2)


def test_a_placement_of_no_night_does_not_count(tmp_path: Path) -> None:
    rows = [
        episode("A", "01/02/2024", "S", "05/05/2024", "X1"),
        episode("A", "05/05/2024", "P", "05/05/2024", "X1", at="AA2 2AA"),
        episode("A", "06/05/2024", "P", at="AA3 3AA"),
    ]
    assert at_2025(tmp_path, rows)["placements_three_or_more"] == (0, 2)


def test_a_placement_in_hospital_on_the_day_is_the_one_before(tmp_path: Path) -> None:
    rows = [
        episode("A", "05/05/2024", "S", "20/03/2025", "X1", place="K2"),
        episode("A", "20/03/2025", "P", place="T1"),
    ]
    assert at_2025(tmp_path, rows)["residential_care"] == (1, 2)


@pytest.mark.parametrize(
    ("start", "moved", "expected"),
    [
        ("01/10/2022", "01/04/2023", (1, 1)),  # 30 months in care, 24 in the placement
        ("01/10/2022", "02/04/2023", (0, 1)),  # a day less than 24 months in it
        ("02/10/2022", "01/04/2023", (0, 0)),  # a day less than 30 months in care
    ],
)
def test_two_years_with_the_same_carer(
    tmp_path: Path, start: str, moved: str, expected: tuple[int, int]
) -> None:
    rows = [episode("A", start, "S", moved, "X1"), episode("A", moved, "P", at="AA2 2AA")]
    write(tmp_path, 2023, rows[:1], AGE_10)
    write(tmp_path, 2024, rows, AGE_10)
    found = at_2025(tmp_path, rows)
    # The children of the last days of 2023 and 2024 are one, absent from 2025.
    assert found["same_carer_two_years"] == expected


def test_open_in_one_return_and_absent_from_the_next(tmp_path: Path) -> None:
    write(tmp_path, 2024, [episode("A", "05/05/2023")], AGE_10)
    write(tmp_path, 2025, [], {})
    before, after = counts(tmp_path, "2024-03-31"), counts(tmp_path, "2025-03-31")
    assert before["looked_after_number"][0] == 2  # A, and the child of the last day
    assert after["looked_after_number"][0] == 1
    assert after["ceasing_number"][0] == 0  # nobody is known to have left


def test_the_newest_return_wins(tmp_path: Path) -> None:
    write(tmp_path, 2024, [episode("A", "05/05/2023")], AGE_10)
    write(tmp_path, 2025, [episode("A", "05/05/2023", end="06/06/2024", rec="E41")], AGE_10)
    found = counts(tmp_path, "2025-03-31")
    assert found["ceased_cao"] == (1, 1)
    assert counts(tmp_path, "2024-03-31")["looked_after_number"][0] == 2


def test_going_home_that_holds(tmp_path: Path) -> None:
    # Both went home in the year to 31 March 2024; B is back within 12 months, on the last day.
    births = {"A": "10/06/2014", "B": "10/06/2014"}
    home = [
        episode("A", "05/05/2023", end="01/07/2023", rec="E4A"),
        episode("B", "05/05/2023", end="01/07/2023", rec="E4A"),
    ]
    write(tmp_path, 2024, home, births)
    write(tmp_path, 2025, [episode("B", "01/07/2024")], births)
    assert counts(tmp_path, "2025-03-31")["reunification_12"] == (1, 2)


def test_what_is_dated_after_the_day_is_not_there(tmp_path: Path) -> None:
    rows = [episode("A", "05/05/2024", end="10/01/2025", rec="E4A")]
    write(tmp_path, 2025, rows, AGE_10)
    found = counts(tmp_path, "2024-12-31")
    assert found["looked_after_number"][0] == 1  # A, still there; the other has not started
    assert found["ceasing_number"][0] == 0


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    rows = [
        episode("A", "01/02/2024", "S", "05/05/2024", "X1"),
        episode("A", "05/05/2024", "P", "06/06/2024", "X1", at="AA2 2AA"),
        episode("A", "06/06/2024", "P", at="AA3 3AA"),
    ]
    write(tmp_path / "one", 2025, rows, AGE_10)
    write(tmp_path / "other", 2025, rows[::-1], AGE_10)
    assert counts(tmp_path / "one", "2025-03-31") == counts(tmp_path / "other", "2025-03-31")


def test_a_table_that_only_another_year_has_gives_no_zero(tmp_path: Path) -> None:
    rows = [episode("A", "05/05/2023")]
    write(tmp_path, 2024, rows, AGE_10)
    write(tmp_path, 2025, rows, AGE_10)
    missing = "CHILD,DOB,MISSING,MIS_START,MIS_END\nA,10/06/2014,M,01/01/2024,02/01/2024\n"
    (tmp_path / "2024" / "missing.csv").write_text(missing)
    # A, and the child of the last day
    assert counts(tmp_path, "2024-03-31")["missing"] == (1, 2)
    assert "missing" not in counts(tmp_path, "2025-03-31")


def test_a_year_that_lies_in_two_returns_needs_both(tmp_path: Path) -> None:
    write(tmp_path, 2025, [episode("A", "05/05/2023")], AGE_10)
    assert "placements_three_or_more" not in counts(tmp_path, "2024-12-31")
    assert counts(tmp_path, "2024-12-31")["looked_after_number"][0] == 1  # A


def test_two_returns_of_one_year_that_differ_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "a", 2025, [episode("A", "05/05/2024")], AGE_10)
    write(tmp_path / "b", 2025, [episode("B", "05/05/2024")], AGE_10)
    with pytest.raises(CscdashError, match="differ"), pooled(tmp_path):
        pass


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text("CHILD,DECOM,RNE,LS,PLACE,REC\nA,05/05/2024,S,C2,U5,\n")
    with pytest.raises(CscdashError, match="lacks the column DEC"):
        read_folder(tmp_path)


def test_messages_hold_no_value(tmp_path: Path) -> None:
    rows = ["MARKER1,05/05/2024", episode("MARKER2", "99/99/2024")]
    write(tmp_path, 2025, rows, {"MARKER3": "MARKER4"})
    read = read_folder(tmp_path)
    said = [*read.left_out, *read.dropped]
    assert "row 2, has too few cells" in " ".join(said)
    assert not any("MARKER" in text for text in said)
    assert "MARKER" not in repr(read.care)  # identifiers are numbers from the reading on
