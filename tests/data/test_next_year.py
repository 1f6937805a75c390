"""The invented release of next year of every data set in CSV: what is renamed, revised and new."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from cscdash.catalogue import catalogue
from cscdash.ingest import NothingBuiltError, Report, Why, build
from cscdash.ingest.published_table import Table
from cscdash.ingest.read_folder import read_folder
from cscdash.ingest.required_columns import needs
from tests.data.next_year import Renamed, last_years, next_release


@dataclass
class Year:
    """What came of a next release of every file."""

    report: Report
    renamed: dict[str, Renamed]
    folder: Path
    newest: dict[str, Table]

    @property
    def told(self) -> list[str]:
        return [one.words for one in self.report.left_out if one.matters]


@pytest.fixture(scope="module")
def next_year(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Year]:
    """Builds this year's CSV files, then those with next year's, in which something is renamed."""
    some, here = catalogue(), tmp_path_factory.mktemp("years")
    now = here / "now"
    for file in published.rglob("*.csv"):
        copy = now / file.relative_to(published)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(last_years(file))
    tables = read_folder(now, some).tables
    newest = {id: max(held, key=lambda table: table.latest) for id, held in tables.items()}
    wanted = needs(some)
    made: dict[str, Year] = {}

    def of(rename: str) -> Year:
        if rename in made:
            return made[rename]
        both, renamed = here / rename, {}
        (both / "next").mkdir(parents=True)
        for id, table in newest.items():
            file = now / table.label
            when = "time_period" if some.datasets[id].format == "ees" else "Time period"
            content, renamed[id] = next_release(file, table, wanted[id], some, rename, when)
            (both / "next" / file.name).write_bytes(content)
        for file in now.rglob("*.csv"):
            copy = both / "this" / file.relative_to(now)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.symlink_to(file.resolve())
        build(both / "this", here / f"{rename} store", some)
        made[rename] = Year(build(both, here / f"{rename} store", some), renamed, both, newest)
        return made[rename]

    return of


@pytest.mark.parametrize("rename", ["column", "category"])
def test_what_is_renamed_is_named_with_the_nearest(
    next_year: Callable[[str], Year], rename: str
) -> None:
    year = next_year(rename)
    pairs = {
        id: (one.column, one.new_column) if rename == "column" else (one.word, one.new_word)
        for id, one in year.renamed.items()
        if one.column or one.word
    }
    assert len(pairs) >= (22 if rename == "column" else 8)
    for id, (old, new) in pairs.items():
        assert any(f"‘{old}’" in words and f"‘{new}’" in words for words in year.told), id
    matters = [one for one in year.report.left_out if one.matters]
    assert {one.why for one in matters} == {Why.RENAMED}
    assert all("next/" in one.label for one in matters)  # no file of this year suffers


@pytest.mark.parametrize("rename", ["column", "category"])
def test_everything_else_is_new_and_nothing_renamed_is(
    next_year: Callable[[str], Year], rename: str
) -> None:
    year, some = next_year(rename), catalogue()
    (change, *_) = year.report.store.package["changes"]
    without = {id for one in year.report.left_out for id in one.indicators}
    whole = {one.label for one in year.report.left_out if one.matters and not one.indicators}
    gone = {id for id, table in year.newest.items() if f"next/{Path(table.label).name}" in whole}
    for indicator in some.indicators:
        first = next((s for s in indicator.source if s.dataset in year.newest), None)
        if first is None or first.last or indicator.id not in year.report.store.indicators:
            continue
        renamed = year.renamed[first.dataset]
        # the categories of a breakdown do not come without it, but the total does
        of_total = {first.value, first.numerator, first.denominator} & {renamed.column, None}
        refused = indicator.id in without and (renamed.column in of_total or not first.total)
        if len({source.dataset for source in indicator.source}) > 1 and indicator.id in without:
            continue  # another of its sources may have the year
        if first.dataset in gone or refused:
            assert indicator.id not in change["periods"], indicator.id
        elif first.total and first.derive != "sum":
            assert len(change["periods"].get(indicator.id, [])) == 1, indicator.id


def test_revisions_are_counted(next_year: Callable[[str], Year]) -> None:
    """By pandas, in the column of turnover; a joint return is two authorities."""
    year = next_year("category")
    (change, *_) = year.report.store.package["changes"]
    (told,) = (one for one in change["revised"] if one["indicator"] == "social_worker_turnover")
    name = Path(year.newest["workforce_indicators"].label)
    key = ["time_period", "geographic_level", "region_code", "old_la_code"]
    was, now = (
        pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig").set_index(key)
        for file in (year.folder / "this" / name, year.folder / "next" / name.name)
    )
    column = "turnover_rate_fte"
    both = was[[column]].join(now[[column]].set_axis(["now"], axis=1))
    moved = both[both[column] != both["now"]].reset_index()
    cells = sum(1 + ("/" in code) for code in moved["old_la_code"])
    assert (told["cells"], told["shown"], told["hidden"]) == (cells, 0, 0)
    assert cells > 5


def test_a_file_of_children_who_left_is_not_one_of_children_who_came(
    published: Path, tmp_path: Path
) -> None:
    """They have the same columns, and one of them is renamed; the name of the file says nothing."""
    (file,) = published.rglob("ees/children-looked-after_2025/data/la_children_who_ceased*.csv")
    head, *lines = file.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    renamed = head.replace("children_percent", "children_percent_new")
    (tmp_path / "data (1).csv").write_text("".join([renamed, *lines]), encoding="utf-8")
    with pytest.raises(NothingBuiltError) as refused:
        build(tmp_path, tmp_path / "store", catalogue())
    (left,) = refused.value.left_out
    assert "Children who ceased to be looked after" in left.words
    assert "‘children_percent’" in left.words
