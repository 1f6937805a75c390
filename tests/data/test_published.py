"""The store against the published files: every cell of the spine, read here by other means."""

from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from cscdash.catalogue import catalogue
from cscdash.extracts import Store
from cscdash.ingest import check_figures
from tests.data.published_cells import (
    ACTIVITIES,
    CIN,
    CLA,
    ENGLAND,
    FIRST,
    OLD_CLA,
    SUMS,
    Cell,
    Cells,
    Row,
    areas,
    assert_same,
    built_cells,
    file_of,
    lived,
    lived_in_autumn,
    number,
    published_cells,
    rates,
    rows,
    status,
)

ENGLAND_AS_PUBLISHED = [
    ("repeat_referrals", "2025", "value", 22.6, 1),
    ("looked_after_rate", "2025", "value", 67, 0),
    ("looked_after_number", "2025", "value", 81_770, 0),
    ("section_47_rate", "2025", "value", 189.3, 1),
    ("section_47_number", "2025", "value", 230_590, 0),
    ("foster_care", "2025", "value", 67, 0),
    ("eet_19_21", "2025", "value", 54, 0),
    ("eet_17_18", "2025", "value", 64, 0),
    ("social_worker_turnover", "2025", "value", 11.8, 1),
    ("absence_cin", "2024/25", "value", 17.4, 1),
    ("share_of_spend_on_care", "2024/25", "value", 52.8, 1),
    ("section_47_rate", "2024", "value", 186.2, 1),
    ("section_47_rate", "2013", "value", 111.5, 1),
    ("section_47_to_conference", "2025", "value", 31.3, 1),
    ("new_plans_rate", "2025", "value", 50.8, 1),
    ("repeat_plans", "2025", "value", 24.5, 1),
    ("repeat_plans", "2025", "numerator", 15_130, 0),
    ("plans_two_years", "2025", "value", 2.3, 1),
    ("cin_rate", "2025", "numerator", 402_400, 0),
    ("new_entrants_rate", "2025", "value", 26, 0),
    ("new_entrants_number", "2025", "value", 32_270, 0),
    ("placements_three_or_more", "2025", "value", 10, 0),
    ("placements_two_years", "2025", "value", 23, 0),
    ("same_carer_two_years", "2025", "value", 69, 0),
    ("sdq_score", "2025", "value", 14.9, 1),
    ("sdq_score", "2021", "value", 13.7, 1),
    ("adoption_decision_to_match", "2025", "value", 10, 0),
    ("agency_rate", "2025", "value", 13.0, 1),
    ("vacancy_rate", "2025", "value", 14.2, 1),
    ("caseload", "2025", "value", 15.2, 1),
    ("three_social_workers", "2024", "value", 27, 0),
    ("school_moves", "2024", "value", 8, 0),
    ("persistent_absence_cin", "2024/25", "value", 46.0, 1),
    ("severe_absence_cla", "2024/25", "value", 6.4, 1),
    ("ks2_cla", "2024/25", "value", 35, 0),
    ("ks4_cin", "2024/25", "value", 17.3, 1),
    ("injury_admissions", "2023/24", "value", 72.7, 1),
]


@pytest.mark.parametrize(
    ("id", "period", "measure", "value", "decimals"),
    ENGLAND_AS_PUBLISHED,
    ids=[f"{id} {period} {measure}" for id, period, measure, *_ in ENGLAND_AS_PUBLISHED],
)
def test_england_as_published(
    built: Store, id: str, period: str, measure: str, value: float, decimals: int
) -> None:
    frame = built.read(id)
    rows_ = frame[(frame["area"] == ENGLAND) & (frame["period"] == period)]
    (row,) = rows_[rows_["breakdown"] == "total"].to_dict("records")
    assert round(row[measure], decimals) == value


def test_the_store_is_whole_and_reproduces_every_figure_of_the_catalogue(built: Store) -> None:
    assert built.check() == []
    found = check_figures(built, catalogue())
    assert {id: findings for id, findings in found.items() if findings} == {}
    assert set(found) == {i.id for i in catalogue().indicators if i.source}


def test_repeat_referrals(built: Store, published: Path) -> None:
    file = file_of(published, CIN, "c1_*.csv")
    expected = published_cells(rows(file), "rereferral_percent", "rereferral_count",
                               "referral_count")  # fmt: skip
    assert Counter(cell[0] for cell in expected.values())["c"] == 12
    assert_same(built_cells(built, "repeat_referrals", {"total"}), expected)


def test_section_47_enquiries(built: Store, published: Path) -> None:
    counts = published_cells(rows(file_of(published, CIN, "c4_*.csv")), "Section47")
    assert_same(built_cells(built, "section_47_number", {"total"}), counts)
    expected = rates(counts, published)
    assert expected["201", "2025", "total", "total"][:3] == ("c", None, None)  # City of London
    assert_same(built_cells(built, "section_47_rate", {"total"}), expected)
    assert set(built.read("section_47_rate")["flags"]) == {"e"}
    assert set(built.read("section_47_number")["flags"]) == {""}


def looked_after(published: Path) -> tuple[Cells, Cells]:
    """Numbers and rates: the 2025 release; stability totals for 2018 to 2020; LAIT before."""
    wanted = "Children looked after on 31 March each year"
    newest = [r for r in rows(file_of(published, CLA, "cla_number_and_rate*.csv"))
              if r["population_type"] == wanted]  # fmt: skip
    totals = [
        r
        for r in rows(file_of(published, OLD_CLA, "la_cla_at_31_march_placement*.csv"))
        if r["characteristic"] == "Total children" and r["time_period"] <= "2020"
        and r["cla_group"] == "Children looked after at 31 March"
    ]  # fmt: skip
    before = published_cells(totals, "number") | lait(published, "LACnum", ["2016", "2017"])
    counts = published_cells(newest, "children_count") | before
    rate = published_cells(newest, "rate_per_10000", "children_count", "population_estimate")
    return counts, rate | rates(before, published)


AGGREGATES = [ENGLAND, *(f"E1200000{at}" for at in range(1, 8)), "E13000001", "E13000002",
              "E12000008", "E12000009"]  # fmt: skip
NUMBERED = [970, 980, 981, 982, 983, 984, 985, 986, 987, 988, 989, 990]


@cache
def whole_lait(folder: Path) -> pd.DataFrame:
    return pd.read_parquet(folder / "lait" / "bds_long_0.parquet")


def lait(published: Path, series: str, years: list[str]) -> Cells:
    frame = whole_lait(published)
    frame = frame[(frame["Short Desc"] == series) & frame["Years"].isin(years)]
    code = dict(zip(NUMBERED, AGGREGATES, strict=True))
    return {
        (area, year, "total", "total"): (status(value), number(value), None, None)
        for at, year, value in frame[["LA Number", "Years", "Values"]].itertuples(index=False)
        if lived(area := code.get(int(at), str(int(at))), int(year))
    }


def test_looked_after_from_three_sources(built: Store, published: Path) -> None:
    counts, rate = looked_after(published)
    assert {key[1] for key in counts} == {str(year) for year in range(2016, 2026)}
    assert_same(built_cells(built, "looked_after_number", {"total"}), counts)
    assert_same(built_cells(built, "looked_after_rate", {"total"}), rate)
    for year, children in (("2016", 70_410), ("2020", 80_000)):
        assert counts[ENGLAND, year, "total", "total"][1] == children
    frame = built.read("looked_after_rate")
    frame = frame[frame["breakdown"] == "total"]
    assert set(frame[frame["period"].astype(str) >= "2021"]["flags"]) == {""}
    assert set(frame[frame["period"].astype(str) <= "2020"]["flags"]) == {"e"}


PLACEMENTS = {
    "Foster placements": "Foster placements",
    "Secure homes and children's homes": "Secure homes and children's homes",
    "Independent and semi-independent living arrangements/supported accommodation":
        "Supported accommodation and semi-independent living",
    "Placed with parents or other person with parental responsibility":
        "With parents or another person with parental responsibility",
}  # fmt: skip


def test_foster_care_and_the_other_placements(built: Store, published: Path) -> None:
    some = [r for r in rows(file_of(published, CLA, "la_cla_on_31_march_by*.csv"))
            if r["characteristic"] == "Placement"]  # fmt: skip
    total = {(areas(r)[0], r["time_period"]): number(r["children_count"])
             for r in some if r["breakdown"] == "Total"}  # fmt: skip
    expected = published_cells(
        (r for r in some if r["breakdown"] != "Total"), "children_percent", "children_count",
        category=lambda r: ("placement", PLACEMENTS.get(r["breakdown"], r["breakdown"])),
    )  # fmt: skip
    expected = {k: (*cell[:3], total[k[0], k[1]]) for k, cell in expected.items()}
    expected |= {(*k[:2], "total", "total"): cell for k, cell in expected.items()
                 if k[3] == "Foster placements"}  # fmt: skip
    built_since_2021 = {key: cell for key, cell in built_cells(built, "foster_care").items()
                        if key[1] >= "2021" and key[2] in ("total", "placement")}  # fmt: skip
    assert_same(built_since_2021, expected)


@pytest.mark.parametrize(
    ("id", "new_age", "old_age"),
    [("eet_17_18", "17 to 18 years", "Aged 17 to 18"),
     ("eet_19_21", "19 to 21 years", "Aged 19 to 21")],
)  # fmt: skip
def test_care_leavers_in_education_or_work(
    built: Store, published: Path, id: str, new_age: str, old_age: str
) -> None:
    old = [
        r | {"breakdown": r["activity"], "care_leaver_count": r["number"],
             "care_leaver_percent": r["percentage"]}
        for r in rows(file_of(published, OLD_CLA, "la_care_leavers_activity.csv"))
        if r["age"] == old_age
    ]  # fmt: skip
    new = [r for r in rows(file_of(published, CLA, "la_care_leavers_activity.csv"))
           if r["care_leaver_age"] == new_age]  # fmt: skip
    expected: Cells = {}
    for some in (old, new):  # the newer release last: it wins, statuses too
        total = {(areas(r)[0], r["time_period"]): number(r["care_leaver_count"])
                 for r in some if r["breakdown"] == "Total"}  # fmt: skip
        parts = published_cells(
            (r for r in some if r["breakdown"] not in SUMS),
            "care_leaver_percent", "care_leaver_count",
            category=lambda r: ("activity", ACTIVITIES.get(r["breakdown"], r["breakdown"])),
        )  # fmt: skip
        whole = published_cells(
            (r for r in some if r["breakdown"] == "Total in education, employment or training"),
            "care_leaver_percent", "care_leaver_count",
        )  # fmt: skip
        expected |= {k: (*cell[:3], total[k[0], k[1]]) for k, cell in (parts | whole).items()}
    assert {key[1] for key in expected} == {str(year) for year in range(2018, 2026)}
    assert_same(built_cells(built, id, {"total", "activity"}), expected)


PHASES = {
    "State-funded primary": "Primary", "State-funded secondary": "Secondary",
    "Special": "Special school", "State-funded alternative provision school":
        "Alternative provision",
}  # fmt: skip


def test_absence_of_children_in_need(built: Store, published: Path) -> None:
    some = [
        r for r in rows(file_of(published, "outcomes-for-children-in-need_2025", "absence_la.csv"))
        if r["social_care_group"] == "CINO at 31 March" and r["absence_terms"] == "six half terms"
    ]  # fmt: skip

    def category(row: Row) -> tuple[str, str]:
        phase = row["phase_type_grouping"]
        return ("total", "total") if phase == "Total" else ("school phase", PHASES[phase])

    expected = published_cells(
        some, "pt_overall", "t_sess_overall", "t_sess_possible",
        period=lambda text: f"{text[:4]}/{text[4:]}", category=category,
    )  # fmt: skip
    assert {cell[0] for key, cell in expected.items() if key[1] == "2019/20"} == {"x"}
    assert_same(built_cells(built, "absence_cin"), expected)
    ends = built.read("absence_cin")[["period", "period_end"]].drop_duplicates().astype(str)
    assert dict(ends.to_numpy().tolist())["2024/25"] == "2025-08-31"


def test_social_worker_turnover_with_its_joint_returns(built: Store, published: Path) -> None:
    file = file_of(published, "social-work-workforce_2025", "csww_indicators*.csv")
    expected = published_cells(rows(file), "turnover_rate_fte", "leavers_fte", "inpost_fte",
                               alive=lived_in_autumn)  # fmt: skip
    assert_same(built_cells(built, "social_worker_turnover"), expected)
    frame = built.read("social_worker_turnover").astype(
        {"area": object, "flags": object, "period": object}
    )
    joint = {"314", "318", "940", "941"}
    assert set(frame[frame["flags"] == "j"]["area"]) == joint
    for one, other in (("314", "318"), ("940", "941")):
        left, right = (frame[frame["area"] == area].set_index("period") for area in (one, other))
        assert len(left) >= 5
        assert left["value"].tolist() == right["value"].tolist()
    assert set(frame[frame["area"].isin({"314", "318"})]["flags"]) == {"j"}
    first = frame[frame["area"].isin(set(FIRST))].groupby("area")["period"].min()
    assert first.to_dict() == {code: str(year - 1) for code, year in FIRST.items()}


def test_low_is_a_number_that_rounds_to_nothing(built: Store, published: Path) -> None:
    file = file_of(published, "social-work-workforce_2025", "csww_indicators*.csv")
    low = {(area, r["time_period"]) for r in rows(file) for area in areas(r)
           if r["agency_rate_fte"] == "low"}  # fmt: skip
    assert len(low) == 3
    frame = built.read("agency_rate")
    rounded = frame[(frame["status"] == "k") & (frame["breakdown"] == "total")]
    assert set(zip(rounded["area"], rounded["period"], strict=True)) == low
    assert rounded["value"].isna().all()


@cache
def lookup(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Every ONS code that the population file has had -> number; number -> latest region."""
    (file,) = (folder / "population").glob("ons_mid-year_*.csv")
    number_of, region = {}, {}
    for row in sorted(rows(file), key=lambda row: row["time_period"]):
        if row["geographic_level"] == "Local authority":
            number_of[row["new_la_code"]] = row["old_la_code"]
            region[row["old_la_code"]] = row["region_code"]
    # The workbooks have the codes of the boundary changes of 2013 and 2025.
    number_of |= {"E08000037": "390", "E06000057": "929", "E08000038": "370", "E08000039": "373"}
    return number_of, region


def spending(published: Path, name: str, sheet: str, at: tuple[int, int]) -> dict[str, list[Any]]:
    """Number of an authority -> what it spent on care and on all, from two columns."""
    book = CalamineWorkbook.from_path(published / "finance" / name)
    found = {}
    number_of, _ = lookup(published)
    for row in book.get_sheet_by_name(sheet).to_python(skip_empty_area=False):
        area = ENGLAND if row[1] == ENGLAND else number_of.get(str(row[1]), "")
        if area:
            assert area not in found
            found[area] = [row[at[0]], row[at[1]]]
    return found


def test_share_of_spend_on_children_in_care(built: Store, published: Path) -> None:
    # The columns were looked up by eye: “Children Looked After” and “TOTAL CHILDREN SOCIAL CARE”,
    # each “Total Expenditure (C3 = C1 + C2)”, which the older file has as C3R13 and C3R30.
    years = {
        "2023/24": spending(published, "RO3_2023-24_data_by_LA.ods", "RO3_LA_Data_2023-24",
                            (16, 93)),
        "2024/25": spending(published, "RO3_LA_Data_2024-25_data_by_LA.ods", "RO3_LA_Data_202425",
                            (16, 93)),
    }  # fmt: skip
    doubted = {("310", "2023/24"), ("333", "2023/24"), ("333", "2024/25")}  # Harrow, Sandwell
    expected: Cells = {}
    _, region_of = lookup(published)
    for period, shown in years.items():
        assert len(shown) == 154
        tops: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for area, (care, everything) in shown.items():
            cell: Cell = ("x", None, None, None)
            if (area, period) in doubted:
                cell = ("u", None, None, None)
            elif not isinstance(care, str):
                cell = ("ok", 100 * care / everything, care, everything)
                region = region_of.get(area, "")
                both = [region, "E12000007"] if region.startswith("E13") else [region]
                for one in both if area != ENGLAND else []:
                    tops[one][0] += care
                    tops[one][1] += everything
            expected[area, period, "total", "total"] = cell
        assert len(tops) == 11
        for region, (care, everything) in tops.items():
            expected[region, period, "total", "total"] = (
                "ok", 100 * care / everything, care, everything,
            )  # fmt: skip
    assert expected["330", "2024/25", "total", "total"][0] == "x"  # Birmingham
    england = expected[ENGLAND, "2024/25", "total", "total"]
    assert england[2:] == (pytest.approx(8_917_040, abs=1), pytest.approx(16_878_876, abs=1))
    assert_same(built_cells(built, "share_of_spend_on_care", {"total"}), expected)
