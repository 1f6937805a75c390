"""The catalogue: a new indicator is one TOML table, and a slip in one is named."""

import json
import shutil
import sys
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cscdash.__main__ import main
from cscdash.catalogue import HERE, Indicator, catalogue, load
from cscdash.catalogue.document import as_markdown
from cscdash.errors import CscdashError
from cscdash.extracts import Store
from cscdash.ingest import build, check_figures
from cscdash.ingest.required_columns import columns_needed

NEW = """
[[indicator]]
id = "referrals_of_this_test"
title = "Referrals, as this test counts them"
short = "Referrals of this test"
listed_in = "companion"
unit = "count"
decimals = 0
time_identifier = "Reporting year"
period_means = "year to 31 March"
kind = "process"
measures = "flow"
standing = "published"
numerator = "Referrals in the year"
why = "To see that one table is enough."
reading = "As it stands."
limits = "Made up."
check = [{ period = "2025", value = 632830, cite = "A table, made up" }]

[[indicator.source]]
dataset = "cin_referrals"
value = "referral_count"
"""
FILE = "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the project's catalogue."""
    folder = tmp_path / "catalogue"
    (folder / "chapters").mkdir(parents=True)
    for file in ("sources.toml", "pandemic.toml", "unloaded.toml"):
        shutil.copy(HERE / file, folder)
    for chapter in (HERE / "chapters").glob("*.toml"):
        shutil.copy(chapter, folder / "chapters")
    return folder


def add(folder: Path, text: str) -> None:
    with (folder / "chapters" / "outcome_1.toml").open("a", encoding="utf-8") as chapter:
        chapter.write(text)


@pytest.fixture
def referrals(tmp_path: Path, make: Any) -> Path:
    columns = columns_needed(catalogue())["cin_referrals"] | {"referral_count"}
    numbers = {"E92000001": "632830", "330": "c", "331": "4100"}
    content = make.ees(
        *((area, "2025", dict.fromkeys(sorted(columns), "1") | {"referral_count": number})
          for area, number in numbers.items())
    )  # fmt: skip
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / FILE).write_bytes(content)
    return tmp_path / "files"


def test_one_table_is_a_new_indicator(
    tmp_path: Path, copy: Path, referrals: Path, make: Any, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    add(copy, NEW)
    declared = load(copy)
    assert len(declared.indicators) == len(catalogue().indicators) + 1
    report = build(referrals, tmp_path / "store", declared)
    (line,) = [one for one in report.lines if one.indicator == "referrals_of_this_test"]
    assert (line.areas, line.values, line.missing) == (3, 2, {"c": 1})
    assert report.store.check() == []
    assert check_figures(report.store, declared)["referrals_of_this_test"] == []
    frame = make.frame(Store.open(tmp_path / "store").table("referrals_of_this_test"))
    assert dict(zip(frame["area"], frame["value"].fillna(-1), strict=True)) == {
        "330": -1, "331": 4100, "E92000001": 632830,
    }  # fmt: skip
    assert "### Referrals, as this test counts them" in as_markdown(declared)
    monkeypatch.setattr("cscdash.commands.catalogue.catalogue", lambda: declared)
    for option, words in (
        ([], "Referrals, as this test counts them"),
        (["--json"], '"id": "referrals_of_this_test"'),
        (["--markdown"], "`referrals_of_this_test`"),
    ):
        monkeypatch.setattr(sys, "argv", ["cscdash", "catalogue", *option])
        with pytest.raises(SystemExit):
            main()
        assert words in " ".join(capsys.readouterr().out.split())


def test_an_indicator_without_a_file_is_named(tmp_path: Path, copy: Path, referrals: Path) -> None:
    add(copy, NEW.replace("cin_referrals", "cin_episodes").replace("referral_count", "At31_x"))
    report = build(referrals, tmp_path / "store", load(copy))
    assert "referrals_of_this_test" in report.without
    assert "referrals_of_this_test" not in report.store.indicators


def replaced(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        (replaced("numerator =", "numeratr ="), ["referrals_of_this_test", "numeratr"]),
        (replaced("why =", "wy ="), ["referrals_of_this_test", "why"]),
        (replaced('why = "To see that one table is enough."', ""), ["referrals_of_this_test"]),
        (replaced('unit = "count"', 'unit = "counts"'), ["referrals_of_this_test", "unit"]),
        (replaced("decimals = 0", "decimals = 7"), ["referrals_of_this_test", "decimals"]),
        (replaced('id = "ref', 'id = "Ref'), ["eferrals_of_this_test", "id"]),
        (replaced("referrals_of_this_test", "repeat_referrals"), ["declared twice"]),
        (replaced('value = "referral_count"', ""), ["referrals_of_this_test", "needs `value`"]),
        (replaced('value = "ref', 'vaule = "ref'), ["referrals_of_this_test", "vaule"]),
        (replaced("cin_referrals", "cin_referals"), ["referrals_of_this_test", "cin_referals"]),
        (
            replaced("dataset =", 'derive = "average"\ndataset ='),
            ["referrals_of_this_test", "derive"],
        ),
        (
            replaced("check =", 'read_alongside = ["weather"]\ncheck ='),
            ["referrals_of_this_test", "weather"],
        ),
        (replaced('check = [{ period = "2025"', 'check = [{ perod = "2025"'),
         ["referrals_of_this_test", "check"]),
        (replaced("[[indicator]]", "[[indicater]]"), ["outcome_1.toml", "indicater"]),
        (replaced("decimals = 0", "decimals = "), ["outcome_1.toml", "line "]),
    ],
)  # fmt: skip
def test_a_slip_is_named(copy: Path, slip: Callable[[str], str], said: list[str]) -> None:
    text = slip(NEW)
    assert text != NEW
    add(copy, text)
    with pytest.raises(CscdashError) as caught:
        load(copy)
    message = str(caught.value)
    assert "\n" not in message
    for words in said:
        assert words in message
    if "outcome_1.toml" not in said and "declared twice" not in said:
        assert "outcome_1" in message or "referrals_of_this_test" in message


def test_without_its_sources(copy: Path) -> None:
    (copy / "sources.toml").unlink()
    with pytest.raises(CscdashError, match=r"^sources\.toml cannot be read"):
        load(copy)


def is_part_of(declared: Any, shown: Any) -> bool:
    """Whether everything declared is shown as it was declared."""
    if isinstance(declared, dict):
        return isinstance(shown, dict) and all(
            key in shown and is_part_of(value, shown[key]) for key, value in declared.items()
        )
    if isinstance(declared, list):
        return len(declared) == len(shown) and all(map(is_part_of, declared, shown))
    return bool(declared == shown)


def test_json_lists_every_declared_field(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["cscdash", "catalogue", "--json"])
    with pytest.raises(SystemExit):
        main()
    shown = {one["id"]: one for one in json.loads(capsys.readouterr().out)}
    count = 0
    for file in (HERE / "chapters").glob("*.toml"):
        with file.open("rb") as stream:
            declared = tomllib.load(stream)
        for indicator in declared["indicator"]:
            count += 1
            assert is_part_of(indicator, shown[indicator["id"]])
            assert shown[indicator["id"]]["chapter"] == declared["chapter"]["id"]
            assert set(shown[indicator["id"]]) == set(Indicator.model_fields)
    assert count == len(shown)


def test_every_data_set_in_use_is_declared_once_and_found_by_name() -> None:
    from cscdash.ingest.published_files import plain_name

    for dataset in catalogue().datasets.values():
        for file in dataset.files:
            assert plain_name(f"{file.name}_2019_to_2031.csv") == file.name


@pytest.mark.parametrize(
    ("sums", "says"),
    [
        ('[{ parts = ["referrals_rat"] }]', "names ‘referrals_rat’"),
        ('[{ parts = ["looked_after_number / ages / Under 1 year"] }]', "names ‘looked_after"),
        ('[{ parts = ["looked_after_number / age"] }]', "names ‘looked_after_number / age’"),
        ('[{ category = "age / x", parts = ["referrals_rate"] }]', "names ‘referrals_of_this"),
        ("[{ parts = [] }]", "parts"),
    ],
)
def test_a_sum_names_numbers_that_exist(copy: Path, sums: str, says: str) -> None:
    add(copy, NEW.replace("check =", f"sums = {sums}\ncheck ="))
    with pytest.raises(CscdashError, match=says):
        load(copy)


def test_a_breakdown_of_a_percentage_says_what_it_adds_up_to(copy: Path) -> None:
    chapter = copy / "chapters" / "outcome_4.toml"
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(text.replace('adds_up_to = "denominator"\n', ""), encoding="utf-8")
    with pytest.raises(CscdashError, match="what do the categories of"):
        load(copy)


@pytest.mark.parametrize(
    ("id", "end", "said"),
    [
        ("dental_checks", date(2020, 3, 31), ""),  # a week of it
        ("dental_checks", date(2021, 3, 31), "dentists and health services saw fewer people"),
        ("dental_checks", date(2022, 3, 31), "dentists and health services saw fewer people"),
        ("dental_checks", date(2023, 3, 31), ""),
        ("absence_cla", date(2020, 8, 31), "schools were closed to most pupils for a part of it"),
        ("absence_cla", date(2022, 8, 31), ""),
        ("caseload", date(2020, 9, 30), ""),  # nothing is declared of the workforce
    ],
)
def test_what_the_pandemic_changed(id: str, end: date, said: str) -> None:
    assert catalogue().indicator(id).disturbance(end) == said


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"cin_rate"', '"cin_rates"', "unknown indicator ‘cin_rates’"),
        ('publication = "workforce"', 'publication = "workforces"', "unknown publication"),
        ('divides = ["age", "sex", "ethnicity"]', 'divides = ["age"]', "divides by ethnicity"),
        ("[[file]]", "[[files]]", "unloaded.toml: unknown table ‘files’"),
    ],
)
def test_a_slip_in_what_is_not_loaded_is_told(copy, before, after, said):
    file = copy / "unloaded.toml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(CscdashError, match=said):
        load(copy)
