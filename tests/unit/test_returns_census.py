"""Hand-worked children of the census; each answer is worked out in the comment beside it."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from cscdash.errors import CscdashError
from cscdash.returns.days import at_least, bank_holidays, months_before, working_days
from cscdash.returns.files import read_folder
from tests.unit.returns_written import census, child, counts, details, episode, write

pytest.importorskip("duckdb", reason="the extra `returns` is not installed")


def plan(start: str, end: str = "", before: int = 0) -> str:
    ended = f"<CPPendDate>{end}</CPPendDate>" if end else ""
    return (
        f"<ChildProtectionPlans><CPPstartDate>{start}</CPPstartDate>{ended}"
        f"<NumberOfPreviousCPP>{before}</NumberOfPreviousCPP></ChildProtectionPlans>"
    )


def assessed(start: str, end: str) -> str:
    return (
        f"<Assessments><AssessmentActualStartDate>{start}</AssessmentActualStartDate>"
        f"<AssessmentAuthorisationDate>{end}</AssessmentAuthorisationDate></Assessments>"
    )


def enquired(start: str, met: str) -> str:
    return (
        f"<Section47><S47ActualStartDate>{start}</S47ActualStartDate>"
        f"<DateOfInitialCPC>{met}</DateOfInitialCPC></Section47>"
    )


def at_2025(tmp_path: Path, *children: str) -> dict[str, tuple[float, float]]:
    (tmp_path / "now.xml").write_text(census("2025-03-31", "".join(children)))
    return counts(tmp_path, "2025-03-31")


def test_referrals_in_the_year_and_their_ends(tmp_path: Path) -> None:
    found = at_2025(
        tmp_path,
        child("A", details("2024-04-01", nfa="1")),  # the first day; no further action
        child("B", details("2025-03-31")),  # the last day; open
        child("C", details("2024-03-31")),  # the day before; open
    )
    assert found["referrals_rate"][0] == 2
    assert found["no_further_action"] == (1, 2)
    assert found["cin_rate"][0] == 2  # B and C


def test_a_repeat_referral_is_one_within_twelve_months(tmp_path: Path) -> None:
    (tmp_path / "before.xml").write_text(
        census(
            "2024-03-31",
            child("A", details("2023-05-05", closed="2023-06-06"))
            + child("B", details("2023-05-04", closed="2023-06-06")),
        )
    )
    found = at_2025(
        tmp_path,
        child("A", details("2024-05-05")),  # 12 months to the day: a repeat
        child("B", details("2024-05-05")),  # 12 months and a day: none
        child("C", details("2024-05-05", closed="2024-05-06") + details("2024-05-05")),  # same day
    )
    assert found["repeat_referrals"] == (1, 4)


def test_without_the_census_before_repeat_referrals_are_not_counted(tmp_path: Path) -> None:
    assert "repeat_referrals" not in at_2025(tmp_path, child("A", details("2024-05-05")))


def test_assessments_within_45_working_days(tmp_path: Path) -> None:
    # From Monday 3 June 2024, nine weeks without a holiday are 45 working days: 5 August.
    found = at_2025(
        tmp_path,
        child("A", details("2024-06-03", assessed("2024-06-03", "2024-08-05"))),
        child("B", details("2024-06-03", assessed("2024-06-03", "2024-08-06"))),
    )
    assert found["assessments_45_days"] == (1, 2)


def test_conferences_within_15_working_days(tmp_path: Path) -> None:
    # From Monday 3 June 2024, three weeks are 15 working days: 24 June.
    found = at_2025(
        tmp_path,
        child("A", details("2024-06-03", enquired("2024-06-03", "2024-06-24"))),
        child("B", details("2024-06-03", enquired("2024-06-03", "2024-06-25"))),
        child(
            "C", details("2024-06-03", "<DateOfInitialCPC>2024-06-05</DateOfInitialCPC>")
        ),  # without an enquiry here: a conference, not timed
    )
    assert found["section_47_number"][0] == 2
    assert found["conferences_15_days"] == (1, 3)


def test_plans(tmp_path: Path) -> None:
    found = at_2025(
        tmp_path,
        child("A", details("2022-01-01", plan("2023-04-01"))),  # 730 days at the end
        child("B", details("2022-01-01", plan("2023-04-02"))),  # 729 days
        child("C", details("2024-05-05", plan("2024-06-06", "2025-03-31", before=1))),
    )
    assert found["plans_number"][0] == 2
    assert found["plans_two_years"] == (1, 2)
    assert found["new_plans_number"][0] == 1
    assert found["repeat_plans"] == (1, 1)
    assert found["plans_ended_two_years"] == (0, 1)


def reviewed(name: str, start: str, *reviews: str) -> str:
    held = "".join(f"<CPPreviewDate>{day}</CPPreviewDate>" for day in reviews)
    inside = plan(start).replace("</Child", f"<Reviews>{held}</Reviews></Child")
    return child(name, details("2024-04-01", inside))


def test_plans_reviewed_in_time(tmp_path: Path) -> None:
    found = at_2025(
        tmp_path,
        reviewed("A", "2024-06-10", "2024-09-10", "2025-03-10"),  # three and six months to the day
        reviewed("B", "2024-06-10", "2024-09-11", "2025-03-10"),  # the first a day late
        reviewed("C", "2024-12-31"),  # three months on the day, and the first due on it
        reviewed("D", "2025-01-02"),  # not three months yet
        reviewed("E", "2024-04-10", "2024-07-10"),  # overdue since 10 January
    )
    assert found["plans_reviewed"] == (2, 4)


def test_reviews_need_the_census_in_which_the_plan_began(tmp_path: Path) -> None:
    held = reviewed("A", "2024-03-31", "2024-06-10", "2024-12-10")
    assert "plans_reviewed" not in at_2025(tmp_path, held)
    (tmp_path / "before.xml").write_text(census("2024-03-31", reviewed("A", "2024-03-31")))
    assert counts(tmp_path, "2025-03-31")["plans_reviewed"] == (1, 1)


def test_a_plan_that_the_next_census_does_not_hold_did_not_end(tmp_path: Path) -> None:
    (tmp_path / "before.xml").write_text(
        census("2024-03-31", child("A", details("2023-05-05", plan("2023-06-06"))))
    )
    found = at_2025(tmp_path, child("B", details("2024-05-05")))
    assert found["plans_number"][0] == 0
    assert found["plans_ended_two_years"] == (0, 0)
    assert counts(tmp_path, "2024-03-31")["plans_number"][0] == 1


def both_returns(tmp_path: Path, name: str = "A", born: str = "2014-06-10") -> None:
    """Three years of each return: A and B came off a plan in 2022; A went into care a year later.

    B never did. Both plans ended 24 to 36 months before 31 March 2025.
    """
    for year in (2023, 2024, 2025):
        since = episode("A", "10/06/2023")
        write(tmp_path, year, [since] if year > 2023 else [], {"A": "10/06/2014"})
        inside = child(name, details("2021-05-05", plan("2022-01-10", "2022-06-10")), born)
        inside += child("B", details("2021-05-05", plan("2022-01-10", "2022-06-10")))
        inside += child("LAST", details("2021-05-05"), f"{year - 5}-01-01")
        (tmp_path / f"{year}.xml").write_text(census(f"{year}-03-31", inside))


def test_plans_stepped_down_that_hold(tmp_path: Path) -> None:
    both_returns(tmp_path)
    # The children of the last day of each return are all called LAST, and born in another year.
    (tmp_path / "2024" / "header.csv").write_text((tmp_path / "2025" / "header.csv").read_text())
    assert counts(tmp_path, "2025-03-31")["deescalated_plans"] == (1, 2)


@pytest.mark.parametrize(("name", "born"), [("X", "2014-06-10"), ("A", "2013-06-10")])
def test_returns_that_call_a_child_otherwise_say_nothing_of_both(
    tmp_path: Path, name: str, born: str
) -> None:
    both_returns(tmp_path, name, born)
    assert "deescalated_plans" not in counts(tmp_path, "2025-03-31")


def test_a_file_can_say_who_is_who(tmp_path: Path) -> None:
    both_returns(tmp_path, "X")
    (tmp_path / "2024" / "header.csv").write_text((tmp_path / "2025" / "header.csv").read_text())
    (tmp_path / "who.csv").write_text("CHILD,LACHILDID\nA,X\n")
    assert counts(tmp_path, "2025-03-31")["deescalated_plans"] == (1, 2)
    (tmp_path / "who.csv").write_text("CHILD,LACHILDID\nA,X\nMARKER,X\n")
    read = read_folder(tmp_path)
    assert "who.csv, row 3: LACHILDID stands beside two values" in read.left_out[0]
    assert "MARKER" not in read.left_out[0]


def test_the_factors_of_an_assessment(tmp_path: Path) -> None:
    def found(*factors: str) -> str:
        inside = "".join(f"<AssessmentFactors>{one}</AssessmentFactors>" for one in factors)
        return (
            "<Assessments><AssessmentActualStartDate>2024-06-03</AssessmentActualStartDate>"
            "<AssessmentAuthorisationDate>2024-06-04</AssessmentAuthorisationDate>"
            f"<FactorsIdentifiedAtAssessment>{inside}</FactorsIdentifiedAtAssessment></Assessments>"
        )

    told = at_2025(
        tmp_path,
        child("A", details("2024-06-03", found("1A", "2B"))),
        child("B", details("2024-06-03", found("21"))),  # none found
        child("C", details("2024-06-03", found())),
    )
    assert told["assessments_rate"][0] == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]><Message>&b;</Message>', "entities or a DOCTYPE"),
        ("<Message><Header>", "no whole XML"),
        ("<School/>", "neither"),
        ("<Message><Header/></Message>", "no reference date"),
    ],
)
def test_xml_that_is_refused(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "file.xml").write_text(text)
    with pytest.raises(CscdashError, match=why):
        read_folder(tmp_path)


def test_months() -> None:
    assert months_before(date(2025, 3, 31), 1) == date(2025, 2, 28)
    assert months_before(date(2025, 2, 28), 12) == date(2024, 2, 29)  # last day to last day
    assert months_before(date(2025, 5, 30), 3) == date(2025, 2, 28)
    assert at_least(date(2025, 3, 31), 24) == date(2023, 4, 1)
    assert at_least(date(2025, 3, 31), 30) == date(2022, 10, 1)


def test_bank_holidays_as_published() -> None:
    # gov.uk/bank-holidays, England and Wales
    days = {
        "01-03",
        "04-15",
        "04-18",
        "05-02",
        "06-02",
        "06-03",
        "08-29",
        "09-19",
        "12-26",
        "12-27",
    }
    assert {f"{day:%m-%d}" for day in bank_holidays(2022)} == days
    days = {"01-01", "04-10", "04-13", "05-08", "05-25", "08-31", "12-25", "12-28"}
    assert {f"{day:%m-%d}" for day in bank_holidays(2020)} == days


def test_working_days_are_those_of_numpy() -> None:
    held = dict(working_days(2024, 2025))
    holidays = [np.datetime64(day) for year in (2024, 2025) for day in bank_holidays(year)]
    for start, end in (
        (date(2024, 12, 20), date(2025, 1, 6)),
        (date(2024, 4, 1), date(2024, 5, 7)),
    ):
        expected = np.busday_count(np.datetime64(start), np.datetime64(end), holidays=holidays)
        assert held[end] - held[start] == expected
