"""The tutorial for a new developer, followed literally: its source, its figures, its messages."""

import re
import shutil
from pathlib import Path

import pytest

from cscdash.catalogue import Catalogue, catalogue, load
from cscdash.errors import CscdashError
from cscdash.ingest import build, check_figures

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
ID = "youth_club_visits"
(TABLE,) = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
SOURCE, INDICATOR, LAYOUTS = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


def followed(folder: Path, source: str = SOURCE) -> Catalogue:
    """The catalogue with the tutorial's tables where it says that they go."""
    home = folder / "catalogue"
    shutil.copytree(ROOT / "cscdash" / "catalogue", home)
    for place, table in (("sources.toml", source), ("chapters/outcome_1.toml", INDICATOR)):
        assert f"end of `cscdash/catalogue/{place}`" in PAGE
        with (home / place).open("a", encoding="utf-8") as file:
            file.write("\n" + table)
    return load(home)


def saved(folder: Path, table: str = TABLE) -> Path:
    files = folder / "mine"
    files.mkdir()
    (files / "youth_clubs.csv").write_text(table, encoding="utf-8")
    return files


def test_the_source_builds_and_reproduces_its_figure(tmp_path: Path) -> None:
    some = followed(tmp_path)
    store = build(saved(tmp_path), tmp_path / "try", some).store
    assert check_figures(store, some)[ID] == []
    rows = store.read(ID).set_index(["area", "period"])
    # 12,000 visits by 5,000 young people; 960,000 by 300,000; "c" is no zero
    assert rows.loc[("330", "2024"), "value"] == 2.4
    assert rows.loc[("E92000001", "2025"), "value"] == 3.2
    assert rows.loc[("330", "2025"), "status"] == "c"
    assert rows["value"].isna().sum() == 1


def test_a_renamed_column_is_named_until_its_layout_is_declared(tmp_path: Path) -> None:
    renamed = TABLE.replace("visits", "attendances")
    files = saved(tmp_path, renamed)
    with pytest.raises(CscdashError, match=r"youth_clubs\.csv has no column ‘visits’"):
        build(files, tmp_path / "try", followed(tmp_path))
    shutil.rmtree(tmp_path / "catalogue")
    (plain,) = re.findall(r"files = .*\n", SOURCE)
    after = followed(tmp_path, SOURCE.replace(plain, LAYOUTS))
    rows = build(files, tmp_path / "again", after).store.read(ID).set_index(["area", "period"])
    assert rows.loc[("330", "2024"), "value"] == 2.4


def test_every_file_it_names_is_there() -> None:
    named = set(re.findall(r"`((?:cscdash|tests|docs)/[\w/.-]+)`", PAGE))
    assert len(named) > 5
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_what_it_quotes_is_in_the_code() -> None:
    assert "care_applications" in PAGE
    assert catalogue().indicator("care_applications").chapter == "outcome_2"
    sentences = (ROOT / "tests" / "unit" / "test_sentences.py").read_text(encoding="utf-8")
    assert "Higher than 8 of 10 neighbours with data; " in sentences
    assert "median of all 10 neighbours: 18.6%." in sentences
