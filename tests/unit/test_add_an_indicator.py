"""The page that says how to add an indicator, followed literally."""

import re
import shutil
from pathlib import Path

import pytest

from cscdash.catalogue import load
from cscdash.errors import CscdashError
from cscdash.ingest import build, check_figures

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "add-an-indicator.md").read_text(encoding="utf-8")
ADDED = "children_referred_rate"


def declared(folder: Path, change: tuple[str, str] = ("", "")) -> Path:
    """A copy of the catalogue with the page's table at the end of the chapter it names."""
    (table,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    (place,) = re.findall(r"at the end of `cscdash/catalogue/(chapters/\w+\.toml)`", PAGE)
    home = folder / "catalogue"
    shutil.copytree(ROOT / "cscdash" / "catalogue", home)
    with (home / place).open("a", encoding="utf-8") as chapter:
        chapter.write("\n" + table.replace(*change))
    return home


def test_one_table_declares_it(tmp_path: Path) -> None:
    some = load(declared(tmp_path))
    assert some.indicator(ADDED).chapter == "outcome_1"


def test_a_misspelt_field_is_named(tmp_path: Path) -> None:
    home = declared(tmp_path, ('population = "population"', 'populaton = "population"'))
    with pytest.raises(CscdashError, match=f"outcome_1 › {ADDED} › .*populaton"):
        load(home)


def test_it_builds_and_reproduces_its_figure(published: Path, tmp_path: Path) -> None:
    some = load(declared(tmp_path))
    store = build(published, tmp_path / "try", some).store
    assert check_figures(store, some)[ADDED] == []
    rows = store.read(ADDED)
    england = rows[(rows["area"] == "E92000001") & (rows["period"] == "2025")]
    assert england["value"].round(1).tolist() == [457.9]
    assert england["numerator"].tolist() == [557810]
