"""Keeping: templates load, files are whole, hosted apps refuse, bundles say who gave what."""

import csv
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from cscdash.catalogue import Indicator, catalogue
from cscdash.commands.command_line import app
from cscdash.errors import CscdashError
from cscdash.local import load
from cscdash.local.folder_files import remove
from cscdash.local.published_figures import Published
from cscdash.local.row import EXAMPLE
from cscdash.local.statements import Statement, parse, written
from cscdash.local.template import last_quarters, template
from tests.unit.local_files import TODAY, keep, known, looked

COUNT = "section_47_number"
OWN = """[[indicator]]
id = "listened_to"
title = "Children who say that they were listened to"
short = "Listened to, %"
chapter = "outcome_1"
unit = "percent"
decimals = 0
time_identifier = "Calendar year"
period_means = "calendar year"
measures = "cohort"
why = "They know."
reading = "As a share of those who answered."
limits = "Those who did not answer may think otherwise."
wording = "Did your worker listen to you?"
base = "All children seen in the quarter."
"""
RUN = CliRunner()


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("CSCDASH_LOCAL", str(tmp_path / "local"))
    monkeypatch.delenv("CSCDASH_HOSTED", raising=False)
    monkeypatch.delenv("CSCDASH_LOCAL_ON", raising=False)
    return tmp_path


def run(*words: str) -> str:
    said_yes = ["--yes"] if words[0] == "add" else []
    result = RUN.invoke(app, ["local", *words, *said_yes])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


@pytest.mark.parametrize("indicator", catalogue().indicators, ids=lambda i: i.id)
def test_every_template_loads_once_its_words_are_changed(indicator: Indicator) -> None:
    for wide in (False, True):
        text = template(indicator, "383", TODAY, known().categories(indicator.id), wide)
        assert "still the example" in looked(text).problems[0].what
        found = looked(text.replace(EXAMPLE, ""))
        assert not found.problems, found.problems
        assert {f.when.text for f in found.figures} == set(last_quarters(indicator, TODAY, 4))


def test_the_last_quarters_have_ended() -> None:
    assert last_quarters(catalogue().indicator(COUNT), TODAY, 4) == [
        "Q3 2025/26: October to December 2025",
        "Q4 2025/26: January to March 2026",
        "Q1 2026/27: April to June 2026",
        "Q2 2026/27: July to September 2026",
    ]


def test_add_list_remove(here: Path) -> None:
    file = here / "a.csv"
    file.write_text(
        f"indicator,area,period,value\n{COUNT},383,Jan-Mar 2025,40\n{COUNT},383,Apr-Jun 2025,3\n"
    )
    said = run("add", str(file))
    assert "Leeds: 2 figures, Q4 2024/25: January to March 2025" in said
    assert "to Q1 2025/26: April to June 2025; shown on outcome 3, Over time" in said
    assert "1 of them hidden" in said
    (kept,) = (here / "local").glob("*.parquet")
    assert pq.read_table(kept)["value"].to_pylist() == [40, None], "a small count is not kept"
    assert kept.stem in run("list")
    with pytest.raises(CscdashError, match="Nothing was kept"):
        run("add", str(file))
    assert f"Removed {kept.stem}" in run("remove", kept.stem)
    assert list((here / "local").glob("*.parquet")) == []
    with pytest.raises(CscdashError, match="is not kept"):
        run("remove", "../../etc/passwd")


def test_a_hosted_app_refuses_and_says_why(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSCDASH_HOSTED", "1")
    with pytest.raises(CscdashError, match="CSCDASH_LOCAL_ON=1"):
        run("list")
    monkeypatch.setenv("CSCDASH_LOCAL_ON", "1")
    run("list")


def test_a_full_disk_leaves_what_was_there(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = f"indicator,area,period,value\n{COUNT},383,Jan-Mar 2025,40\n"
    before = keep(here / "local", row)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(CscdashError, match="No space left"):
        keep(here / "local", row.replace("Jan-Mar", "Apr-Jun"))
    assert load(here / "local", catalogue(), Published()) == before
    assert len(list((here / "local").glob("*.parquet"))) == 1


def test_a_later_addition_hides_more_of_what_is_kept(here: Path) -> None:
    """The whole year is there only with the second file: 8 goes with 4, on the disk too."""
    head = "indicator,area,period,value\n"
    rows = [f"{COUNT},383,2025/26 Q{q},{v}\n" for q, v in ((1, 40), (2, 8), (3, 60))]
    first = keep(here / "local", head + "".join(rows), "a.csv")
    assert [f.value for f in first.figures] == [40, 8, 60]
    both = keep(here / "local", f"{head}{COUNT},383,2025/26 Q4,4\n", "b.csv")
    assert [f.value for f in both.of(COUNT, "383")] == [40, None, 60, None]
    remove(here / "local", next(one.id for one in both.kept if one.files == "b.csv"))
    left = load(here / "local", catalogue(), Published())
    assert [f.value for f in left.of(COUNT, "383")] == [40, None, 60], "what was hidden is not kept"


def test_an_own_measure_has_the_fields_of_the_catalogue(here: Path) -> None:
    folder = here / "local"
    folder.mkdir()
    (folder / "own.toml").write_text(OWN)
    row = "indicator,area,period,value,denominator\nlistened_to,383,Jan-Mar 2026,50,80\n"
    held = keep(folder, row)
    assert held.unread == () and held.own[0].wording.startswith("Did your worker")
    assert [f.value for f in held.of("listened_to", "383")] == [50]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('id = "listened_to"', f'id = "{COUNT}"', "is an indicator of the catalogue"),
        ('chapter = "outcome_1"', 'chapter = "outcome_9"', "needs a `chapter`"),
        ("why =", "wyh =", "listened_to: why"),
        ('wording = "', 'fills = "repeat_referrals"\nwording = "', "is no gap"),
        ("[[indicator]]", "[indicator]", "nothing else"),
        ("decimals = 0", "decimals = ", "cannot be read"),
        ('why = "They know."', 'why = "They know."\nstanding = "published"', "leave out"),
    ],
)
def test_a_wrong_own_measure_is_named_and_left_out(
    here: Path, old: str, new: str, says: str
) -> None:
    (here / "own.toml").write_text(OWN.replace(old, new))
    held = load(here, catalogue(), Published())
    assert held.own == () and says in held.unread[0] and "own.toml" in held.unread[0]


def test_a_bundle_says_who_gave_what(here: Path) -> None:
    for area, value in (("383", 40), ("380", 4), ("382", 60)):
        text = f"indicator,area,period,value,owner\n{COUNT},{area},2025,{value},=Team {area}\n"
        (here / f"{area}.csv").write_text(text)
    files = [str(here / f"{area}.csv") for area in ("383", "380", "382")]
    assert "3 figures" in run("bundle", *files, "--to", str(here / "region"))
    with (here / "region" / "given.csv").open(encoding="utf-8-sig") as stream:
        given = list(csv.DictReader(stream))
    assert [row["areas"] for row in given] == ["Leeds", "Bradford", "Kirklees"]
    assert given[0]["owners"] == "'=Team 383", "no cell is taken for a formula"
    held = load(here / "region", catalogue(), Published())
    shown = {f.area: f.value for f in held.figures}
    assert shown == {"383": 40, "380": None, "382": 60}, "three of 153 add up to nothing"
    with pytest.raises(CscdashError, match="holds other files"):
        run("bundle", *files, "--to", str(here))


STATEMENT = """---
area: 383
indicator: section_47_number
period: 2025
role: Director
date: 2026-03-01
---

We opened a new team.
"""


def test_a_statement_is_read_as_it_was_written() -> None:
    found = parse(STATEMENT, catalogue())
    assert found.text == "We opened a new team." and found.about == "section_47_number"
    assert parse(written(found, catalogue()), catalogue()) == found
    crossed = Statement(found.area, found.about, "2025\narea: 999", "A\n---\nB", found.date, "x")
    again = parse(written(crossed, catalogue()), catalogue())
    assert (again.area, again.text) == ("383", "x"), "a field cannot become another"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("---\n", "", "front matter"),
        ("area: 383", "area: Leeds", "`area`"),
        ("indicator: section_47_number", "indicator: unknown", "`indicator` or `chapter`"),
        ("2026-03-01", "1 March", "`date`"),
        ("role: Director\n", "", "`role`"),
        ("We opened a new team.", "", "no words"),
        ("We opened a new team.", "word " * 700, "longer than"),
    ],
)
def test_a_wrong_statement_says_what_is_wrong(old: str, new: str, says: str) -> None:
    with pytest.raises(CscdashError, match=says):
        parse(STATEMENT.replace(old, new), catalogue())


def test_a_file_that_was_put_there_by_hand_is_not_shown_before_it_is_audited(here: Path) -> None:
    head = "indicator,area,period,value\n"
    rows = [f"{COUNT},383,2025/26 Q{q},{v}\n" for q, v in ((1, 40), (2, 8), (3, 60))]
    keep(here / "local", head + "".join(rows))
    keep(here / "other", f"{head}{COUNT},383,2025/26 Q4,4\n")
    (other,) = (here / "other").glob("*.parquet")
    shutil.copy(other, here / "local" / "copied.parquet")
    held = load(here / "local", catalogue(), Published())
    assert [f.value for f in held.figures] == [40, 8, 60]
    assert "local audit" in held.unread[0] and "copied.parquet" in held.unread[0]
    assert "1 more figures are hidden" in run("audit")
    held = load(here / "local", catalogue(), Published())
    assert not held.unread and [f.value for f in held.figures].count(None) == 2


def test_two_additions_of_one_day_have_two_ids(here: Path) -> None:
    head = "indicator,area,period,value\n"
    both = [f"{head}{COUNT},{area},Jan-Mar 2025,40\n" for area in ("383", "380")]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda text: keep(here / "local", text), both))
    held = load(here / "local", catalogue(), Published())
    assert len({one.id for one in held.kept}) == 2 and len(held.figures) == 2


def test_what_is_shown_holds_no_more_than_the_table(here: Path) -> None:
    """22 of 61 is 36.07 %: kept for the audit with both numbers, shown as 36.1."""
    row = "indicator,area,period,numerator,denominator\nrepeat_referrals,383,Jan-Mar 2025,22,61\n"
    (found,) = keep(here / "local", row).figures
    assert (found.value, found.numerator, found.denominator) == (36.1, None, None)
    (kept,) = (here / "local").glob("*.parquet")
    assert pq.read_table(kept).select(["numerator", "denominator"]).to_pylist() == [
        {"numerator": 22, "denominator": 61}
    ]


@pytest.mark.parametrize(("base", "says"), [("", "needs its denominator"), ("4", "fewer than 5")])
def test_a_mean_needs_a_base_of_five(base: str, says: str) -> None:
    row = f"indicator,area,period,value,denominator\nsdq_score,383,2025,14.2,{base}\n"
    assert says in looked(row).problems[0].what


def test_a_mean_of_five_to_nine_is_hidden(here: Path) -> None:
    head = "indicator,area,period,value,denominator\n"
    for base, value in ((9, None), (10, 14.2)):
        held = keep(here / str(base), f"{head}sdq_score,383,2025,14.2,{base}\n")
        assert [f.value for f in held.figures] == [value]
