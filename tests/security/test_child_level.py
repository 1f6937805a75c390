"""Files with a row about a child are not taken; files of totals are never called that."""

from datetime import date, timedelta

import pytest

from tests.unit.local_files import looked

FLOW, STOCK = "section_47_number", "looked_after_number"
SHARE, SCORE = "repeat_referrals", "sdq_score"
HEAD = "indicator,area,period,value\n"
LINE = f"{FLOW},383,Jan-Mar 2025,140"


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
ONE_CHILD = (
    "14-year-old boy from Pudsey", "Baby B, 3 weeks old", "YP aged 15 missing since Friday",
    "Kayden W, Year 9 pupil", "female aged 14", "Sibling of K.B., moved to Otley aged 6",
    "A. Khan (15) - school exclusion", "Ref 2281 – Kayden Williams", "AB123456C",
    "mum.smith@gmail.com", "mother's mobile 07700 900123", "twins aged 4 and their brother, 7",
    "Tyler's second referral, he is 12", "moved to 14 Oak Street, Pudsey", "girl, 13yrs, self harm",
    "Zara A. 11y", "case of Ava B (5 yrs)", "Unborn baby Jones due 03/06/2025", "Noah 6/12",
    "the boy is 9 and lives with gran", "15 y/o female", "Lily-Mae, aged 3", "Child A (8)",
    "brothers aged 4, 6 and 9", "mum is 17", "male, 16, from Eritrea", "foster child, 10, Bradford",
    "her son (4)", "Re: K Smith, age 12", "P. Jones 14", "seen on 12/05/2025 with Ellie Brown",
)  # fmt: skip
CHILD_LEVEL = {
    **{f"one child: {words}": noted(words) for words in ONE_CHILD},
    "shares of one each": "indicator,area,period,numerator,denominator\n"
    + "".join(f"{SHARE},383,2025-{month:02},{month % 2},1\n" for month in range(1, 11)),
    **{f"a column {name}": f"indicator,area,period,value,{name}\n{LINE},x\n" for name in HEADINGS},
    **{f"a note: {words}": noted(words) for words in WORDS},
    **{f"a source: {words}": noted(words, "source") for words in WORDS[:8]},
    **{f"an owner: {words}": noted(words, "owner") for words in WORDS[8:11]},
    "a score by date": days(SCORE, 12, "14"),
    "a mean by date without a base": days("adoption_entry_to_order", 9, "12"),
    "one of each day": days(FLOW, 12),
    "one of each day, of a stock": days(STOCK, 12),
    "the same quarter again and again": HEAD + f"{FLOW},383,Jan-Mar 2025,1\n" * 30,
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
MANY_CHILDREN = (
    "Includes 14 children placed by others", "Team A to D; reviewed 3 July 2025 by QA board",
    "Annex A 2025, tab 6, version 3 (final)", "performance.team@leeds.gov.uk",
    "Up 12% since 2023/24; 16 and 17 year olds only", "Girls 45, boys 52, not recorded 3",
    "CIN census 2024-25 return v2, run 14/05/2025", "Power BI extract 0012345",
    "Held within 15 working days in 88 cases", "Recount on 2 June 2025 after 9 late forms",
    "Per 10,000 aged 0-17, mid-2024 population 172,483", "Aged 10: 12, aged 11: 15",
    "Cohort of 37 (contextual safeguarding)", "Under 1: 14; 1 to 4: 30", "0113 222 4444",
    "Boys aged 10 to 14, all 6 clusters", "Female care leavers aged 17 to 21", "Male 16+",
    "Report CS-1042, page 3", "Year 6 to Year 9 pupils, 1,250 in all", "Children aged 5 to 10",
    "Unaccompanied: 12 boys aged 16 and 17", "Board paper 7.2, 12.05.25", "Babies under 1 year",
    "2 teams merged on 01/04/2025", "Wards: Armley 12, Beeston 15", "16 year olds and over",
    "1 child in 20", "Within 3 months of birth", "Children under 5 years old", "Male, 12",
    "Care leavers who are 17 or 18", "12 months to 31 March 2025", "Aged 0 to 4 (male), 62",
    "mean age of a child is 9 years", "child in need plan, 3 months or more", "Child poverty 23%",
    "A child is 4 times as likely", "Each child (n = 45)", "Median 14 days, Hull 12 days",
)  # fmt: skip
AGGREGATE = {
    **{f"many children: {words}": noted(words) for words in MANY_CHILDREN},
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
    "a wide sheet": f"indicator,area,Jan-Mar 2025,Apr-Jun 2025\n{FLOW},383,140,150\n",
    "small numbers": HEAD + "".join(f"{FLOW},383,2025/26 Q{q},{q}\n" for q in (1, 2, 3, 4)),
    "twelve authorities with one each": HEAD + "".join(
        f"{FLOW},{area},2025-03,{1 if area < 310 else 9}\n" for area in (301, 302, 303, 310, 311)
    ),
    "ages": "indicator,area,period,breakdown,category,value\n" + "".join(
        f"{STOCK},383,2025,age,{age},40\n" for age in ("Under 1 year", "1 to 4 years")
    ),
    "shares": f"indicator,area,period,numerator,denominator\n{SHARE},383,Jan-Mar 2025,30,140\n",
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
