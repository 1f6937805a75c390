"""Files with a row about a child are not taken; files of totals are never called that."""

from datetime import date, timedelta

import pytest

from tests.unit.local_files import looked

FLOW, STOCK = "section_47_number", "looked_after_number"
SHARE, SCORE = "repeat_referrals", "sdq_score"
HEAD = "indicator,area,period,value\n"
LINE = f"{FLOW},383,2025 Q1,140"


def noted(words: str, column: str = "note") -> str:
    return f'indicator,area,period,value,{column}\n{LINE},"{words}"\n'


def days(indicator: str, number: int, value: str = "1") -> str:
    first = date(2023, 1, 1)
    return HEAD + "".join(
        f"{indicator},383,{first + timedelta(days=at)},{value}\n" for at in range(number)
    )


HEADINGS = (
    "dob", "Date of Birth", "UPN", "NHS Number", "surname", "Forename", "First name", "Child ID",
    "Child's name", "person_id", "Mosaic ID", "LCS_ID", "Case number", "postcode", "Home address",
    "Social worker", "initials", "Young person",
)  # fmt: skip
WORDS = (
    "Amy, F, 9", "Amy (girl, 9)", "Mohammed male 14", "Ellie 7 F", "DOB 12/03/2015", "born 3.4.12",
    "Jo Smith, 12/03/2015", "lives at LS1 4AP", "NHS 9434765919", "943 476 5919", "9434765919",
    "H801200001001", "case no 12345", "Mosaic 1234567", "ref 7654321", "date of birth 2014-05-06",
    "birthday 1 May 2016", "Siân O’Neill 2013-04-05",
)  # fmt: skip
CHILD_LEVEL = {
    **{f"a column {name}": f"indicator,area,period,value,{name}\n{LINE},x\n" for name in HEADINGS},
    **{f"a note: {words}": noted(words) for words in WORDS},
    **{f"a source: {words}": noted(words, "source") for words in WORDS[:8]},
    **{f"an owner: {words}": noted(words, "owner") for words in WORDS[8:11]},
    "a score by date": days(SCORE, 12, "14"),
    "a mean by date without a base": days("adoption_entry_to_order", 9, "12"),
    "one of each day": days(FLOW, 12),
    "one of each day, of a stock": days(STOCK, 12),
    "the same quarter again and again": HEAD + f"{FLOW},383,2025 Q1,1\n" * 30,
    "a score of one": "indicator,area,period,value,denominator\nsdq_score,383,2025,14,1\n",
    "a score of four": "indicator,area,period,value,denominator\nsdq_score,383,2025,14,4\n",
}

SOURCES = (
    "Leeds City Council", "Leeds City Council, 31/03/2025", "Mosaic report, 12 May 2025", "Apr-25",
    "Liquidlogic, extracted 01/04/2025", "DfE return 2024/25", "SSDA903 2025", "Section 251 2024",
    "London Borough of Hackney, April 2025", "Quarter 1 2025/26", "Children’s own words, 2025",
    "Revised 12/05/2025 after the census", "Of 1,250 children, 140 enquiries", "Ages 10 to 15",
    "Boys 10 to 15 years: 40", "Female, 16 and over", "£1,250,000 was spent", "Annex A list 4",
    "Front Door Team 2", "Performance Information Team, 01/07/2025", "E08000035", "Version 2.1",
    "Ofsted letter of 3 March 2025", "Period 202425", "Table B1_2025",
)  # fmt: skip
AGGREGATE = {
    **{f"a source: {words}": noted(words, "source") for words in SOURCES},
    "a council by its name": HEAD + f"{FLOW},Leeds City Council,2025-03,140\n",
    "a month as Excel shows it": HEAD + f"{FLOW},383,Apr-25,140\n",
    "2,500 days": days(STOCK, 2_500, "1400"),
    "900 days of a flow": days(FLOW, 900, "14"),
    "36 months": HEAD + "".join(
        f"{FLOW},383,{2022 + at // 12}-{at % 12 + 1:02},140\n" for at in range(36)
    ),
    "title rows": f"Enquiries by quarter,,,\nSource: local system,,,\n,,,\n{HEAD}{LINE}\n",
    "an empty first column": f",{HEAD},{LINE}\n",
    "semicolons": (HEAD + LINE).replace(",", ";"),
    "thousands": HEAD + f'{STOCK},383,30/06/2025,"1,402"\n',
    "days of a stock": HEAD + f"{STOCK},383,30/06/2025,1402\n{STOCK},383,31/07/2025,1410\n",
    "a wide sheet": f"indicator,area,2025 Q1,2025 Q2\n{FLOW},383,140,150\n",
    "small numbers": HEAD + "".join(f"{FLOW},383,2025 Q{q},{q}\n" for q in (1, 2, 3, 4)),
    "twelve authorities with one each": HEAD + "".join(
        f"{FLOW},{area},2025 Q1,{1 if area < 310 else 9}\n" for area in (301, 302, 303, 310, 311)
    ),
    "ages": "indicator,area,period,breakdown,category,value\n" + "".join(
        f"{STOCK},383,2025,age,{age},40\n" for age in ("Under 1 year", "1 to 4 years")
    ),
    "shares": f"indicator,area,period,numerator,denominator\n{SHARE},383,2025 Q1,30,140\n",
    "scores with their base": "indicator,area,period,value,denominator\nsdq_score,383,2025,14,80\n",
    "the standard of the publishers": "time_period,time_identifier,geographic_level,country_code,"
    "country_name,region_code,region_name,new_la_code,old_la_code,la_name,indicator,value\n202526,"
    "Financial year,Local authority,E92000001,England,E12000003,Yorkshire and The Humber,E08000035,"
    f"383,Leeds,{FLOW},1650\n",
}  # fmt: skip


@pytest.mark.parametrize("name", CHILD_LEVEL)
def test_a_file_about_children_is_not_taken(name: str) -> None:
    found = looked(CHILD_LEVEL[name])
    assert found.problems
    for words in ("Amy", "Smith", "9434765919", "LS1"):
        assert words not in " ".join(one.what for one in found.problems), "its words stay in it"


@pytest.mark.parametrize("name", AGGREGATE)
def test_a_file_of_totals_is_not_called_that(name: str) -> None:
    found = looked(AGGREGATE[name])
    assert not any("records of children" in one.what for one in found.problems), found.problems


def test_there_are_forty_of_each() -> None:
    assert len(CHILD_LEVEL) >= 40 and len(AGGREGATE) >= 40


def test_a_single_day_is_no_period_of_a_flow() -> None:
    (found,) = looked(HEAD + f"{FLOW},383,2025-03-31,140\n").problems
    assert "single day" in found.what
    assert not looked(HEAD + f"{STOCK},383,2025-03-31,1400\n").problems
