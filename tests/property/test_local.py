"""Whatever a local file holds: no failure, nothing published changes, nothing hidden is told."""

import io
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cscdash.catalogue import catalogue
from cscdash.local import Local, load
from cscdash.local.kept_figures import look
from cscdash.local.published_figures import Published
from cscdash.local.row import COLUMNS, Figure
from cscdash.local.suppression import hide
from tests.unit.local_files import TODAY, figure, known, measure

AREAS = ["E13000001", "E13000002", "E12000007"]  # London is all of Inner and Outer London
QUARTERS = [figure(1, period=f"2025/26 Q{q}").when.text for q in (1, 2, 3, 4)]
AGES = ["0 to 4", "5 to 9", "10 to 17"]

small = st.integers(0, 14)


@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx", "a.parquet", "a.xls", "a"]))
@example(b"PK\x03\x04", "a.xlsx")
@example(b"PAR1" + b"\0" * 40 + b"PAR1", "a.parquet")
@settings(max_examples=150)
def test_any_bytes_end_in_a_clear_message(content: bytes, name: str) -> None:
    found = look({name: content}, known(), TODAY, Local())
    assert found.problems and not found.figures
    assert all(name in problem.at or name in problem.what for problem in found.problems)


cells = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["section_47_number", "repeat_referrals", "383", "Jan-Mar 2025", "total", "7", "c"]
    ),
    st.floats().map(str),
)


@given(st.lists(st.lists(cells, min_size=12, max_size=12), min_size=1, max_size=6))
@settings(max_examples=150)
def test_any_cells_are_figures_or_problems(rows: list[list[str]]) -> None:
    import csv

    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([COLUMNS, *rows])
    content = text.getvalue().encode("utf-8", "replace")
    found = look({"a.csv": content}, known(), TODAY, Local())
    for one in found.figures:
        assert (one.value is not None) == (one.status == "ok")
        assert one.when.end <= TODAY
        assert one.value is None or np.isfinite(one.value)
    shown = hide(found.figures, known().measures)
    assert not any(one.value and one.indicator == "section_47_number" and one.value <= 5
                   for one in shown)  # fmt: skip


@given(st.binary(max_size=300), st.text(max_size=300))
@settings(max_examples=60)
def test_a_folder_may_hold_anything(content: bytes, words: str) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.parquet").write_bytes(content)
        (folder / "b.toml").write_text(words, encoding="utf-8", errors="replace")
        (folder / "c.parquet").mkdir()
        found = load(folder, catalogue(), Published())
        assert found.figures == () and any("a.parquet" in why for why in found.unread)


def equations(figures: tuple[Figure, ...]) -> list[tuple[list[int], int | None]]:
    """All sums of the grid, declared here without the code under test."""
    at = {(f.area, f.when.text, f.category): i for i, f in enumerate(figures)}
    found: list[tuple[list[int], int | None]] = []
    categories = ["total", *AGES]
    periods = [*QUARTERS, "2026"]
    for period, category in product(periods, categories):
        parts = [at[a, period, category] for a in AREAS[:-1]]
        found.append((parts, at[AREAS[-1], period, category]))
    for area, period in product(AREAS, periods):
        found.append(([at[area, period, c] for c in AGES], at[area, period, "total"]))
    for area, category in product(AREAS, categories):
        found.append(([at[area, q, category] for q in QUARTERS], at[area, "2026", category]))
    return found


@given(st.lists(small, min_size=24, max_size=24))
@settings(max_examples=8, deadline=None)  # `python -m tests.trials disclosure` tries thousands
def test_no_hidden_count_follows_from_all_sums_together(numbers: list[int]) -> None:
    """Two areas, three ages, four quarters and all their totals: a cube with margins."""
    cube = np.array(numbers, dtype=float).reshape(2, 3, 4)
    cube = np.concatenate([cube, cube.sum(axis=0, keepdims=True)], axis=0)
    cube = np.concatenate([cube.sum(axis=1, keepdims=True), cube], axis=1)
    cube = np.concatenate([cube, cube.sum(axis=2, keepdims=True)], axis=2)
    frame = [
        figure(
            cube[a, c, p],
            area=area,
            period=period,
            breakdown="age" if c else "total",
            category=category,
        )
        for (a, area), (c, category), (p, period) in product(
            enumerate(AREAS), enumerate(["total", *AGES]), enumerate([*QUARTERS, "2026"])
        )
    ]
    shown = hide(frame, {"made": measure()})
    assert all(f.value is None or not 0 < f.value <= 5 for f in shown)
    assert [f.value for f, true in zip(shown, frame, strict=True) if f.value is not None] == [
        true.value for f, true in zip(shown, frame, strict=True) if f.value is not None
    ]
    hidden = [i for i, f in enumerate(shown) if f.value is None]
    if not hidden:
        return
    place = {i: n for n, i in enumerate(hidden)}
    rows = []
    for parts, whole in equations(shown):
        row = np.zeros(len(hidden))
        for i in parts:
            if i in place:
                row[place[i]] = 1
        if whole in place:
            row[place[whole]] = -1
        rows.append(row)
    matrix = np.array(rows)
    rank = np.linalg.matrix_rank(matrix)
    for n in range(len(hidden)):
        unit = np.zeros(len(hidden))
        unit[n] = 1
        assert np.linalg.matrix_rank(np.vstack([matrix, unit])) > rank, shown[hidden[n]].cell
