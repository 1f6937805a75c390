"""Earlier releases: what is built of each alone, and of all of them with the newest."""

from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from cscdash.catalogue import catalogue
from cscdash.commands.command_line import app
from cscdash.extracts import Store
from cscdash.ingest import Report, Verdict, Why, build, judge_figures
from cscdash.places import places

EARLIER = Path(__file__).resolve().parents[3] / "shared" / "published_earlier"
ENGLAND = "E92000001"

# What is left out of each folder, by the end of its name: nothing else may be.
LEFT_OUT = {
    "ees/children-in-need_2024": [],
    "ees/children-looked-after_2024": ["la_children_who_ceased_during_the_year.csv"],
    "ees/outcomes-for-children-in-need_2022": [],
    "ees/outcomes-for-children-in-need_2024": [],
    "ees/social-work-workforce_2024": [],
    "finance": [],
    "fingertips": [],
    "ofsted": [],
    "lait": ["bds_long_0.parquet"],  # four series that this issue does not have
}


def built(folder: Path, to: Path) -> Report:
    if not folder.is_dir():
        pytest.skip("the earlier published files are not here: ../shared/published_earlier")
    return build(folder, to, catalogue())


@pytest.mark.parametrize("folder", LEFT_OUT)
def test_each_folder_alone(tmp_path: Path, folder: str) -> None:
    report = built(EARLIER / folder, tmp_path / "store")
    named = sorted({one.label.rsplit("/", 1)[-1] for one in report.left_out if one.matters})
    assert named == LEFT_OUT[folder], [one.words for one in report.left_out if one.matters]
    assert all(one.indicators for one in report.left_out if one.matters)  # never a whole file
    assert report.store.check() == []
    failed = [
        (one.indicator, one.words)
        for one in judge_figures(report.store, catalogue())
        if one.verdict is Verdict.NOT_REPRODUCED
    ]
    assert failed == []


def test_all_together_the_newest_wins_and_revisions_are_told(
    published: Path, tmp_path: Path
) -> None:
    both = tmp_path / "both"
    for folder in (published, EARLIER):
        if not folder.is_dir():
            pytest.skip("the earlier published files are not here: ../shared/published_earlier")
        for file in folder.rglob("*"):
            if file.is_file():
                copy = both / folder.name / file.relative_to(folder)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.symlink_to(file)
    report = build(both, tmp_path / "store", catalogue())
    issues = [one for one in report.left_out if one.why is Why.CONTRADICTED]
    assert sorted(one.label.rsplit("/", 1)[-1] for one in issues) == [
        "RO3_LA_Data_2024-25_data_by_LA.ods", "RSX_LA_Data_2024-25_data_by_LA.ods",
        "bds_long_0.parquet",
    ]  # fmt: skip
    # the total of spend was in thousands in the issue of November 2024, and is in pounds now
    thousands = next(one for one in issues if "bds_long_0" in one.label)
    assert thousands.indicators == ("children_services_spend",)
    assert "about 1,000 times smaller" in thousands.words
    assert all("published_earlier" in one.label for one in issues)  # the issue of September 2025
    verdicts = list(judge_figures(report.store, catalogue()))
    assert {one.verdict for one in verdicts} <= {Verdict.REPRODUCED, Verdict.REVISED}
    revised = [(one.indicator, one.check.period, one.found) for one in verdicts
               if one.verdict is Verdict.REVISED]  # fmt: skip
    assert ("new_entrants_number", "2020", 31_010) in revised  # 31,020 until the release of 2024
    history = report.store.history("absence_cin").to_pandas()
    moved = history[history["breakdown"] == "total"]
    assert len(moved) == 235  # rows of both files whose share differs, as pandas counts them
    assert set(moved["release"]) == {"outcomes_cin 2024"}
    assert report.store.check() == []


CELLS = [  # file, its column of numbers, its filter, indicator, measure
    ("children-in-need_2024", "c1_*", "Re_referrals_percent", {}, "repeat_referrals", "value"),
    ("children-in-need_2024", "c1_*", "Re_referrals", {}, "repeat_referrals", "numerator"),
    ("children-in-need_2024", "d3_*", "CPP_subsequent_percent", {}, "repeat_plans", "value"),
    ("children-in-need_2024", "b1_*", "At31_episodes", {}, "cin_rate", "numerator"),
    ("children-in-need_2024", "c3_*", "Episodes_with_assessment_factor", {}, "assessments_rate",
     "numerator"),
    ("children-in-need_2024", "d5_*", "2_years_or_more_percent", {}, "plans_two_years", "value"),
    ("children-looked-after_2024", "la_care_leavers_accommodation_suitability.csv", "percentage",
     {"age": "19 to 21 years",
      "accommodation_suitability": "Accommodation considered not suitable"},
     "unsuitable_accommodation_19_21", "value"),
    ("children-looked-after_2024", "la_children_who_ceased_during_the_year.csv", "percentage",
     {"cla_group": "Reason episode ceased", "characteristic": "Special guardianship orders"},
     "ceased_sgo", "value"),
    ("children-looked-after_2024", "la_cla_during_year_new_placements.csv", "number",
     {"cla_group": "Location of new placements during the year",
      "characteristic": "Placed inside LA boundary less than 20 miles from home"},
     "new_placements_near", "numerator"),
    ("children-looked-after_2024", "la_conviction_health_outcome_cla.csv", "percentage",
     {"cla_group": "Convictions: Children looked after Ages 10 to 17 years",
      "characteristic": "Convicted or subject to youth cautions, or youth conditional cautions"
      " during the year"}, "convictions", "value"),
    ("outcomes-for-children-in-need_2022", "la_conviction_health_outcome_cla.csv", "number",
     {"cla_group": "Health assessments: Children looked after all ages",
      "characteristic": "Had their annual health assessment"}, "health_checks", "numerator"),
    ("outcomes-for-children-in-need_2024", "ks2_*", "pt_rwm_met_expected_standard",
     {"social_care_group": "CINO at 31 March"}, "ks2_cin", "value"),
    ("outcomes-for-children-in-need_2024", "ks4_*", "avg_att8",
     {"social_care_group": "CINO at 31 March"}, "ks4_cin", "value"),
    ("children-looked-after_2024", "cla_number*", "number",
     {"population_count": "Children looked after at 31 March each year"},
     "looked_after_number", "value"),
    ("children-looked-after_2024", "la_care_leavers_activity.csv", "percentage",
     {"age": "Aged 19 to 21", "activity": "Total in education, employment or training"},
     "eet_19_21", "value"),
    ("children-looked-after_2024", "la_cla_placement_stability.csv", "percentage",
     {"cla_group": "CLA on 31 March",
      "placement_stability": "With 3 or more placements during the year"},
     "placements_three_or_more", "value"),
    ("outcomes-for-children-in-need_2024", "absence_*", "pt_overall",
     {"social_care_group": "CINO at 31 March", "phase_type_grouping": "Total"},
     "absence_cin", "value"),
    ("social-work-workforce_2024", "csww_*", "turnover_rate_fte", {},
     "social_worker_turnover", "value"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("release", "name", "column", "where", "indicator", "measure"),
    CELLS, ids=[f"{release} {indicator} {measure}" for release, *_, indicator, measure in CELLS],
)  # fmt: skip
def test_random_cells_of_an_old_layout(
    tmp_path: Path, release: str, name: str, column: str, where: dict[str, str], indicator: str,
    measure: str,
) -> None:  # fmt: skip
    """At least 200 cells of a file, read by pandas, are in the extract: number or symbol."""
    store = built(EARLIER / "ees" / release, tmp_path / "store").store
    (file,) = (EARLIER / "ees" / release / "data").glob(name)
    cells = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    for key, word in where.items():
        cells = cells[cells[key] == word]
    code = cells["old_la_code"].where(cells["old_la_code"] != "", cells["region_code"])
    cells = cells.assign(area=code.where(cells["geographic_level"] != "National", ENGLAND))
    cells = cells[~cells["area"].str.contains("/")]
    period = cells["time_period"]
    cells = cells.assign(period=period.where(period.str.len() == 4,
                                             period.str[:4] + "/" + period.str[4:]))  # fmt: skip
    extract = extract_cells(store, indicator)
    compared = 0
    for row in cells.sample(min(len(cells), 260), random_state=7).to_dict("records"):
        key = (row["area"], row["period"])
        if key not in extract:  # the authority was not there in that year
            assert row[column] in ("z", "x"), key
            continue
        value, status = extract[key][measure], extract[key]["status"]
        text = row[column]
        if text.replace(".", "", 1).lstrip("-").isdigit():
            assert value == float(text), key
        elif measure == "value":
            assert status == {"low": "k"}.get(text, text), key
        compared += 1
    assert compared >= 200


def test_every_authority_of_the_first_issues_of_the_outturn(tmp_path: Path) -> None:
    """By calamine and the machine codes: the sums of children's services in three workbooks."""
    folder = EARLIER / "finance"
    compared = 0
    for kind, indicator, top in (
        ("RSX", "share_of_spend_on_social_care", "RSX-csc-tot-exp"),
        ("RO3", "share_of_spend_on_care", "RO3-csclkd-tot-exp"),
    ):
        store = built(folder, tmp_path / kind).store
        extract = extract_cells(store, indicator)
        for file in sorted(folder.glob(f"{kind}*.ods")):
            book = CalamineWorkbook.from_path(file)
            (sheet,) = (n for n in book.sheet_names if n.upper().startswith(f"{kind}_LA_DATA"))
            rows = book.get_sheet_by_name(sheet).to_python()
            (at,) = (n for n, row in enumerate(rows) if top in row)
            (code,) = {row.index("ONS Code") for row in rows if "ONS Code" in row}
            period = f"{sheet[12:16]}/{sheet[16:].lstrip('-_')}"
            for row in rows:
                area = places().by_gss(str(row[code]))
                if area is None or area.level != "authority" or period[:4] == "2023":
                    continue
                found = extract[area.code, period]
                if found["status"] == "ok":
                    assert found["numerator"] == pytest.approx(row[rows[at].index(top)])
                    compared += 1
    assert compared >= 2 * 2 * 145


def test_every_authority_of_fingertips_of_2023(tmp_path: Path) -> None:
    store = built(EARLIER / "fingertips", tmp_path / "store").store
    extract = extract_cells(store, "injury_admissions")
    (file,) = (EARLIER / "fingertips").glob("la_*.csv")
    cells = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    cells = cells[(cells["Sex"] == "Persons") & (cells["Category"] == "")]
    compared = 0
    for row in cells.to_dict("records"):
        area = places().by_gss(row["Area Code"])
        if area is None or (area.code, "2022/23") not in extract:
            continue
        found = extract[area.code, "2022/23"]
        if row["Value"]:
            assert found["value"] == pytest.approx(float(row["Value"]))
            assert found["numerator"] == float(row["Count"].replace(",", ""))
        else:
            assert found["status"] != "ok"
        compared += 1
    assert compared >= 145


def extract_cells(store: Store, indicator: str) -> dict[tuple[str, str], dict[str, object]]:
    frame = store.read(indicator)
    frame = frame[frame["breakdown"] == "total"].astype({"area": object, "period": object})
    return {(row["area"], row["period"]): row for row in frame.to_dict("records")}


def test_next_year_of_a_data_set_with_a_category_and_a_column_renamed(
    published: Path, tmp_path: Path
) -> None:
    """The invented release of 2026: what is renamed is named, what is not is new."""
    data = published / "ees" / "children-looked-after_2025" / "data"
    referrals = published / "ees" / "children-in-need_2025" / "data"
    (tmp_path / "both" / "next").mkdir(parents=True)
    ceased = data / "la_children_who_ceased_during_the_year.csv"
    (c1,) = referrals.glob("c1_*.csv")
    for file, old, new in (
        (ceased, "Special guardianship order", "Special guardianship orders granted"),
        (c1, "rereferral_percent", "rereferral_percentage"),
    ):
        (tmp_path / "both" / file.name).write_bytes(file.read_bytes())
        frame = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        frame["time_period"] = (frame["time_period"].astype(int) + 1).astype(str)
        frame = frame.rename(columns={old: new}).replace({old: new})
        frame.to_csv(tmp_path / "both" / "next" / file.name, index=False)
    report = build(tmp_path / "both", tmp_path / "store", catalogue())
    told = {one.words: one for one in report.left_out if one.matters}
    assert all(one.why is Why.RENAMED and one.indicators for one in told.values()), told
    assert any("‘rereferral_percent’; the nearest is ‘rereferral_percentage’" in w for w in told)
    assert any("‘Special guardianship orders granted’" in words for words in told)
    latest = {}
    for id in report.store.indicators:
        frame = report.store.read(id)
        latest[id] = max(frame.loc[frame["breakdown"] == "total", "period"].astype(str), default="")
    assert latest["repeat_referrals"] == "2025"  # as it was before
    assert latest["no_further_action"] == "2026"
    assert latest["ceased_sgo"] == "2025"
    assert latest["ceased_cao"] == "2026"


def test_without_the_population_file_counts_stay_and_the_gap_is_ours(
    published: Path, tmp_path: Path
) -> None:
    """The gaps of the publishers (the Dorsets before 2019) stay theirs."""
    source = tmp_path / "files"
    source.mkdir()
    for name in ("b1_*", "c4_*"):
        (file,) = (published / "ees" / "children-in-need_2025" / "data").glob(name)
        (source / file.name).symlink_to(file)
    rates = {"cin_rate", "section_47_rate"}
    bare = build(source, tmp_path / "bare", catalogue())
    told = {line.indicator: [one.words for one in line.lacking] for line in bare.lines}
    assert all(len(told[id]) == 1 and "mid-2012 to mid-2024" in told[id][0] for id in rates)
    without = bare.store.read("cin_rate")
    assert not (without["status"] == "ok").any()
    assert (without["numerator"] > 0).any()
    workbook = EARLIER / "population" / "mye23tablesew.xlsx"
    if not workbook.is_file():
        pytest.skip("the earlier published files are not here: ../shared/published_earlier")
    (source / workbook.name).symlink_to(workbook)
    some = build(source, tmp_path / "some", catalogue())
    frame = some.store.read("cin_rate").astype({"area": object, "period": object})
    frame = frame[frame["breakdown"] == "total"].set_index(["area", "period"])
    england = frame.loc[ENGLAND]
    assert england.loc["2024", "value"] == pytest.approx(399_460 / 11_998_646 * 10_000)
    assert (england.loc["2025", "status"], england.loc["2023", "status"]) == ("y", "n")
    (people,) = (published / "population").glob("ons_mid*")
    (source / people.name).symlink_to(people)
    whole = build(source, tmp_path / "whole", catalogue()).store.read("cin_rate")
    status = whole["status"].astype(object)
    assert not status.isin(["n", "y"]).any()
    gaps = whole[whole["area"].isin(["835", "836", "837"]) & (status == "x")]
    assert len(gaps)


def test_build_says_which_rates_have_counts_alone_and_heeds_the_reader(
    published: Path, tmp_path: Path
) -> None:
    """The command itself: its table of gaps, and `--prefer` against the date in the workbooks."""
    source = tmp_path / "files"
    for folder in (published, EARLIER):
        files = [*folder.rglob("RSX_LA_Data_2024-25*")]
        files += [*folder.rglob("b1_*2025.csv")]
        for file in files:
            (source / folder.name).mkdir(parents=True, exist_ok=True)
            (source / folder.name / file.name).symlink_to(file)
    if not (source / EARLIER.name).is_dir():
        pytest.skip("the earlier published files are not here: ../shared/published_earlier")
    asked = ["build", "--from", str(source), "--to", str(tmp_path / "store")]
    said = CliRunner().invoke(app, asked)
    assert said.exit_code == 1  # one of the two workbooks is left out
    plain = " ".join(said.output.split())
    assert "No rate for 2013 to 2025: population of mid-2012 to mid-2024 is not loaded." in plain
    assert "Left out is published_earlier/RSX" in plain
    said = CliRunner().invoke(app, [*asked, "--prefer", "published_earlier"])
    assert "Left out is published/RSX" in " ".join(said.output.split())
