"""How figures settle, on a table worked out by hand: two releases of three areas and two years."""

from pathlib import Path
from typing import Any

from cscdash.analysis.extract import Extract
from cscdash.analysis.settling import (
    in_order,
    revision_in_words,
    revisions,
    settled,
    settled_in_words,
)
from cscdash.extracts import Columns
from cscdash.ingest import build

# first release: 2023 and 2024; second: 2024 and 2025, where 2024 is said anew
FIRST = {("330", "2023"): "5", ("330", "2024"): "7", ("331", "2024"): "4", ("332", "2024"): "6",
         ("333", "2024"): "9"}  # fmt: skip
SECOND = {("330", "2024"): "7.5", ("331", "2024"): "4", ("332", "2024"): "9", ("333", "2024"): "c",
          ("330", "2025"): "8"}  # fmt: skip


def made(make: Any, folder: Path) -> tuple[Extract, Columns, list[str]]:
    (folder / "from").mkdir()
    for name, cells in (("made", FIRST), ("made_2", SECOND)):
        rows = [(area, year, {"pct": value}) for (area, year), value in cells.items()]
        (folder / "from" / f"{name}.csv").write_bytes(make.ees(*rows))
    known = make.catalogue(
        make.indicator(source=[{"dataset": "made", "value": "pct"}]),
        datasets=[
            {"id": "made", "title": "made", "format": "ees", "files": [{"name": "made*"}],
             "demonstration": {"first": "2018", "every": 1, "counts": "people", "size": 80_000}},
        ],
    )  # fmt: skip
    store = build(folder / "from", folder / "store", known).store
    history = store.history("measure")
    assert history is not None
    held = Extract(known.indicator("measure"), store.columns("measure"))
    return held, Columns(history), in_order(store.package["releases"])


def test_what_an_area_was_given_before_and_is_given_today(make: Any, tmp_path: Path) -> None:
    held, earlier, order = made(make, tmp_path)
    assert order == ["office 2024", "office 2025"]
    (one,) = settled(held, earlier, "330", order)
    said = "2024: 7.0% in the 2024 release; 7.5% today, up 0.5 points."
    assert settled_in_words(one, held.indicator) == said
    assert settled(held, earlier, "331", order) == []  # 4 then, 4 now
    # 9 then and hidden now: what was once published of it is not told again
    assert settled(held, earlier, "333", order) == []


def test_how_far_a_period_moved(make: Any, tmp_path: Path) -> None:
    """Of three authorities with a value of 2024 two moved: by 0.5 and by 3.0 (median 1.75)."""
    held, earlier, order = made(make, tmp_path)
    (one,) = revisions(held, earlier, {"330", "331", "332", "333"}, order)
    assert (one.of, one.changed, sorted(one.sizes)) == (3, 2, [0.5, 3.0])
    assert revision_in_words(one, held.indicator) == (
        "2024, figures of the 2024 release: 2 of 3 authorities have another figure today, half of"
        " them by 1.8 points or less, one by 3.0 points."
    )
    (alone,) = revisions(held, earlier, {"330"}, order)
    assert revision_in_words(alone, held.indicator) == (
        "2024, figures of the 2024 release: 1 of 1 authorities has another figure today, by 0.5"
        " points."
    )
    assert revisions(held, earlier, {"331"}, order) == []
