"""Hand-worked children looked after: each answer is worked out in the line beside it.

Every return has one more child, who starts on its last 31 March and is looked after on it: one
start, one looked after, one foster placement. What a case expects counts that child too.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from cscdash.errors import CscdashError
from cscdash.returns.files import read_folder
from tests.unit.returns_written import counts, episode, pooled, write

pytest.importorskip("duckdb", reason="the extra `returns` is not installed")
AGE_10 = {"A": "10/06/2014"}  # 10 on 31 March 2025
Counts = dict[str, int | tuple[int, int]]


@dataclass
class Case:
    """Children of the return of 2025: what it holds of them, and what follows.

    Attributes
    ----------
    why : str
        The rule.
    episodes : list of str
        Lines of the episodes.
    expected : dict of str to int or tuple of int
        Id of a measure -> what is counted; or that, and out of how many.
    births : dict of str to str
        Child -> date of birth.
    more : dict of str to list of str
        Other tables of the return -> their lines.
    """

    why: str
    episodes: list[str]
    expected: Counts
    births: dict[str, str] = field(default_factory=lambda: dict(AGE_10))
    more: dict[str, list[str]] = field(default_factory=dict)


def in_three_places(*between: str) -> list[str]:
    """Open on 1 April 2024 at AA1, from May at AA2, from June at AA3."""
    return [
        episode("A", "01/02/2024", "S", "05/05/2024", "X1"),
        *between,
        episode("A", "05/05/2024", "P", "06/06/2024", "X1", at="AA2 2AA"),
        episode("A", "06/06/2024", "P", at="AA3 3AA"),
    ]


def health(child: str = "A", score: str = "12", flags: str = "1,1,1,1,1,1") -> str:
    """A line of OC2: score, convicted, development, immunised, teeth, health, substances."""
    convicted, rest = flags.split(",", 1)
    return f"{child},{score},{convicted},{rest}"


def leaver(child: str, touch: str = "YES", activity: str = "F1", home: str = "U1") -> str:
    """A line of OC3."""
    return f"{child},{touch},{activity},{home},"


STAYED = [episode("A", "31/03/2024")]  # looked after for 12 months and a day on 31 March 2025
ADULT = {"A": "10/06/2005"}  # 19 on 31 March 2025
GONE = [episode("A", "01/02/2023", end="10/06/2023", rec="E5")]

CASES = [
    Case(
        "one open episode: looked after, and started",
        [episode("A", "05/05/2024")],
        {"looked_after_number": 2, "new_entrants_number": 2, "ceasing_number": 0},
    ),
    Case(
        "ends on the day: not looked after, and left",
        [episode("A", "05/05/2024", end="31/03/2025", rec="E4A")],
        {"looked_after_number": 1, "ceasing_number": 1, "returned_home_planned": (1, 1)},
    ),
    Case(
        "a short break is never counted",
        [episode("A", "05/05/2024", ls="V4")],
        {"looked_after_number": 1, "new_entrants_number": 1},
    ),
    Case(
        "an order after a short break is a start",
        [
            episode("A", "05/05/2024", ls="V4", end="01/06/2024", rec="X1"),
            episode("A", "01/06/2024", "L"),
        ],
        {"new_entrants_number": 2},
    ),
    Case(
        "a first episode that continues an unseen one is no start",
        [episode("A", "05/05/2024", "P")],
        {"new_entrants_number": 1, "looked_after_number": 2},
    ),
    Case(
        "two starts and two ends of one child count once; the latest end counts",
        [
            episode("A", "05/05/2024", end="06/06/2024", rec="E4B"),
            episode("A", "07/07/2024", end="08/08/2024", rec="E11"),
        ],
        {
            "new_entrants_number": 2,
            "ceasing_number": 1,
            "adopted": (1, 1),
            "returned_home_unplanned": (0, 1),
        },
    ),
    Case(
        "18 on the day: no child looked after",
        [episode("A", "05/05/2024")],
        {"looked_after_number": 1},
        {"A": "31/03/2007"},
    ),
    Case(
        "18 the day after: still one",
        [episode("A", "05/05/2024")],
        {"looked_after_number": 2},
        {"A": "01/04/2007"},
    ),
    Case(
        "started on the first day of the year; the day before was another year",
        [episode("A", "01/04/2024"), episode("B", "31/03/2024")],
        {"new_entrants_number": 2, "looked_after_number": 3},
    ),
    Case(
        "an episode that no end closes ends where the next begins, also where it is a new start",
        [episode("A", "05/05/2024"), episode("A", "01/07/2024", "S")],
        {"looked_after_number": 2, "new_entrants_number": 2},
    ),
    Case(
        "after a gap a new period begins, whatever the reason says",
        [
            episode("A", "01/02/2024", end="01/06/2024", rec="X1"),
            episode("A", "03/06/2024", "P"),
        ],
        {"new_entrants_number": 2, "ceasing_number": 0},
    ),
    Case(
        "three placements, the one open on 1 April counts",
        in_three_places(),
        {"placements_three_or_more": (1, 2)},
    ),
    Case(
        "hospital, a new order and the same place again are no moves",
        [
            episode("A", "01/02/2024", "S", "05/05/2024", "X1"),
            episode("A", "05/05/2024", "P", "06/05/2024", "X1", place="T1", at="AA7 7AA"),
            episode("A", "06/05/2024", "P", "07/07/2024", "X1"),
            episode("A", "07/07/2024", "L", "08/08/2024", "X1", ls="E1"),
            episode("A", "08/08/2024", "P", at="AA2 2AA"),
        ],
        {"placements_three_or_more": (0, 2)},
    ),
    Case(
        "a placement of no night does not count",
        [
            episode("A", "01/02/2024", "S", "05/05/2024", "X1"),
            episode("A", "05/05/2024", "P", "05/05/2024", "X1", at="AA2 2AA"),
            episode("A", "06/05/2024", "P", at="AA3 3AA"),
        ],
        {"placements_three_or_more": (0, 2)},
    ),
    Case(
        "another placement with the same carer is no move",
        [
            episode("A", "01/02/2024", "S", "05/05/2024", "X1"),
            episode("A", "05/05/2024", "T", "06/06/2024", "X1", at="AA2 2AA"),
            episode("A", "06/06/2024", "U", at="AA3 3AA"),
        ],
        {"placements_three_or_more": (0, 2)},
    ),
    Case(
        "placed for adoption with the present carer is no move",
        [
            episode("A", "01/02/2024", "S", "05/05/2024", "X1"),
            episode("A", "05/05/2024", "P", "06/06/2024", "X1", at="AA2 2AA"),
            episode("A", "06/06/2024", "B", place="A5", ls="E1", at="AA2 2AA"),
        ],
        {"placements_three_or_more": (0, 2)},
    ),
    Case(
        "in hospital on the day: in the placement before",
        [
            episode("A", "05/05/2024", "S", "20/03/2025", "X1", place="K2"),
            episode("A", "20/03/2025", "P", place="T1"),
        ],
        {"residential_care": (1, 2)},
    ),
    Case(
        "each end has its reason: guardianship to a former foster carer who is a relative",
        [
            episode("A", "05/05/2024", end="06/06/2024", rec="E45"),
            episode("B", "05/05/2024", end="06/06/2024", rec="E48"),
            episode("C", "05/05/2024", end="06/06/2024", rec="E13"),
        ],
        {"ceased_sgo": (2, 3), "sgo_fostered_by_relative": (1, 2), "left_to_relatives": (1, 3)},
    ),
    Case(
        "with parents, supported, and under a voluntary agreement; each out of all",
        [
            episode("A", "05/05/2024", place="P1"),
            episode("B", "05/05/2024", place="K3", ls="V2"),
        ],
        {
            "family_networks": (1, 3),
            "supported_accommodation": (1, 3),
            "voluntary_agreements": (1, 3),
        },
    ),
    Case(
        "unaccompanied until after the day; B ceased to be on it and counts no more",
        [episode("A", "05/05/2024"), episode("B", "05/05/2024"), episode("C", "05/05/2024")],
        {"uasc_share": (2, 4), "uasc_rate": 2, "uasc_starting_rate": 3},
        more={
            "uasc": ["A,1,10/06/2014,", "B,1,10/06/2014,31/03/2025", "C,1,10/06/2014,01/04/2025"]
        },
    ),
    Case(
        "missing within the year; B was back before it began, C only away",
        [episode("A", "01/02/2024"), episode("B", "01/02/2024"), episode("C", "01/02/2024")],
        {"missing": (1, 4), "away": (1, 4)},
        more={
            "missing": [
                "A,10/06/2014,M,30/03/2024,01/04/2024",
                "B,10/06/2014,M,30/03/2024,31/03/2024",
                "C,10/06/2014,A,10/10/2024,11/10/2024",
            ]
        },
    ),
    Case(
        "health: looked after since 1 April is long enough, a day less is not",
        [episode("A", "01/04/2024"), episode("B", "02/04/2024")],
        {"health_checks": (1, 1), "dental_checks": (1, 1), "immunisations": (1, 1)},
        more={"health": [health("A"), health("B")]},
    ),
    Case(
        "convictions are of 10 to 17, development checks of under 5",
        [*STAYED, episode("B", "31/03/2024"), episode("C", "31/03/2024")],
        {"convictions": (1, 1), "development_checks": (1, 1), "substance_misuse": (3, 3)},
        {"A": "31/03/2015", "B": "01/04/2015", "C": "01/04/2020"},  # 10, 9 and 4
        {"health": [health("A"), health("B"), health("C")]},
    ),
    Case(
        "a score is of ages 5 to 16: A is 16, B 17, C 4, D 5 without one",
        [episode(child, "31/03/2024") for child in "ABCD"],
        {"sdq_score": (12, 1), "sdq_response": (1, 2)},
        {"A": "01/04/2008", "B": "31/03/2008", "C": "01/04/2020", "D": "31/03/2020"},
        {"health": [health("A"), health("B"), health("C"), health("D", "")]},
    ),
    Case(
        "a score above 40 is none",
        STAYED,
        {"sdq_response": (0, 1), "sdq_score": (0, 0)},
        more={"health": [health("A", "41")]},
    ),
    Case(
        "care leavers of 19: at university, suitable home",
        GONE,
        {
            "care_leavers_number_19_21": 1,
            "eet_19_21": (1, 1),
            "higher_education_19_21": (1, 1),
            "neet_19_21": (0, 1),
            "suitable_accommodation_19_21": (1, 1),
        },
        ADULT,
        {"leavers": [leaver("A")]},
    ),
    Case(
        "who died or went home again is none; out of touch is one, with nothing known",
        [],
        {"care_leavers_number_19_21": 1, "leavers_not_in_touch": (1, 1), "eet_19_21": (0, 1)},
        {"A": "10/06/2005", "B": "10/06/2005", "C": "10/06/2005"},
        {"leavers": [leaver("A", "DIED"), leaver("B", "RHOM"), leaver("C", "NO", "0", "0")]},
    ),
    Case(
        "whose care went to another authority is none",
        [episode("A", "01/02/2023", end="10/06/2023", rec="E3")],
        {"care_leavers_number_19_21": 0},
        ADULT,
        {"leavers": [leaver("A")]},
    ),
    Case(
        "abroad, deported and not known are not in the homes; nothing recorded is",
        [],
        {"suitable_accommodation_19_21": (1, 3), "unsuitable_accommodation_19_21": (1, 3)},
        dict.fromkeys("ABCDE", "10/06/2005"),
        {
            "leavers": [
                leaver("A", home="G1"),
                leaver("B", home="R2"),
                leaver("C", home="X2"),
                leaver("D", home="0"),
                leaver("E", home="Z1"),
            ]
        },
    ),
    Case(
        "17 and 18 are apart from 19 to 21; 22 is neither",
        [],
        {"care_leavers_number_17_18": 1, "care_leavers_number_19_21": 1, "neet_17_18": (1, 1)},
        {"A": "01/04/2006", "B": "01/04/2003", "C": "31/03/2003"},  # 18, 21 and 22
        {"leavers": [leaver("A", activity="G5"), leaver("B", activity="P4"), leaver("C")]},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.why)
def test_children_of_one_return(tmp_path: Path, case: Case) -> None:
    write(tmp_path, 2025, case.episodes, case.births, case.more)
    found = counts(tmp_path, "2025-03-31")
    got = {
        id: found[id] if isinstance(e, tuple) else found[id][0] for id, e in case.expected.items()
    }
    assert got == case.expected


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
    for year, held in ((2023, rows[:1]), (2024, rows), (2025, rows)):
        write(tmp_path, year, held, AGE_10)
    found = counts(tmp_path, "2025-03-31")
    # The children of the last days of 2023 and 2024 are one, absent from 2025.
    assert found["same_carer_two_years"] == expected


def test_placements_of_two_years(tmp_path: Path) -> None:
    # Looked after since before 1 April 2023, and in AA1, AA2 and AA3 since.
    rows = [
        episode("A", "01/02/2023", "S", "05/05/2023", "X1"),
        episode("A", "05/05/2023", "P", "06/06/2023", "X1", at="AA2 2AA"),
        episode("A", "06/06/2023", "P", at="AA3 3AA"),
    ]
    write(tmp_path, 2024, rows, AGE_10)
    write(tmp_path, 2025, rows[2:], AGE_10)
    found = counts(tmp_path, "2025-03-31")
    assert found["placements_two_years"] == (1, 1)
    assert found["placements_three_or_more"] == (0, 2)


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
    home = [episode(child, "05/05/2023", end="01/07/2023", rec="E4A") for child in "AB"]
    write(tmp_path, 2024, home, births)
    write(tmp_path, 2025, [episode("B", "01/07/2024")], births)
    assert counts(tmp_path, "2025-03-31")["reunification_12"] == (1, 2)


def test_what_is_dated_after_the_day_is_not_there(tmp_path: Path) -> None:
    write(tmp_path, 2024, [], {})
    write(tmp_path, 2025, [episode("A", "05/05/2024", end="10/01/2025", rec="E4A")], AGE_10)
    found = counts(tmp_path, "2024-12-31")
    assert found["looked_after_number"][0] == 1  # A, still there; the other has not started
    assert found["ceasing_number"][0] == 0


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    rows = in_three_places()
    write(tmp_path / "one", 2025, rows, AGE_10)
    write(tmp_path / "other", 2025, rows[::-1], AGE_10)
    assert counts(tmp_path / "one", "2025-03-31") == counts(tmp_path / "other", "2025-03-31")


def test_a_table_that_only_another_year_has_gives_no_zero(tmp_path: Path) -> None:
    rows = [episode("A", "05/05/2023")]
    write(tmp_path, 2024, rows, AGE_10, {"missing": ["A,10/06/2014,M,01/01/2024,02/01/2024"]})
    write(tmp_path, 2025, rows, AGE_10)
    # A, and the child of the last day
    assert counts(tmp_path, "2024-03-31")["missing"] == (1, 2)
    assert "missing" not in counts(tmp_path, "2025-03-31")


def test_a_year_that_lies_in_two_returns_needs_both(tmp_path: Path) -> None:
    write(tmp_path, 2025, [episode("A", "05/05/2023")], AGE_10)
    found = counts(tmp_path, "2024-12-31")
    assert "placements_three_or_more" not in found
    assert "new_entrants_number" not in found  # of the year to 31 December
    assert found["looked_after_number"][0] == 1  # A


def test_groups_add_up_to_all(tmp_path: Path) -> None:
    write(tmp_path, 2025, [episode("A", "05/05/2024", ls="V2")], AGE_10)
    found = counts(tmp_path, "2025-03-31", groups=True)
    of = {key: above for key, (above, _) in found.items() if key.startswith("looked_after_number")}
    assert of["looked_after_number / age / 10 to 15 years"] == 1  # A; the other is 5
    assert of["looked_after_number / age / 5 to 9 years"] == 1
    assert of["looked_after_number / ethnicity / White"] == 2
    assert of["looked_after_number / legal status / Voluntary agreement (section 20)"] == 1
    assert of["looked_after_number / legal status / Full care order"] == 1


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
