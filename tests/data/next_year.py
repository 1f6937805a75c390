"""Invents the release of next year of a published file, with what publishers do to releases.

All years stay and one more comes, 3 in 100 numbers are revised, a column or a category has a new
name.
"""

import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from cscdash.catalogue import Catalogue, Source
from cscdash.ingest.old_names import published_columns
from cscdash.ingest.published_table import Table
from cscdash.ingest.required_columns import POPULATION_COLUMN, Needs, wheres

REVISED = 0.03


@dataclass
class Renamed:
    """What a next release calls otherwise: the catalogue's names, and the invented ones."""

    column: str = ""
    new_column: str = ""
    by: str = ""  # the column of the category
    word: str = ""
    new_word: str = ""


def next_year(word: str) -> str:
    """A published period, a year later: ``202425`` becomes ``202526``, ``2024/25`` ``2025/26``."""
    if len(word) == 4:
        return str(int(word) + 1)
    first, between, second = word[:4], word[4:-2], word[-2:]
    return f"{int(first) + 1}{between}{(int(second) + 1) % 100:02d}"


def last_years(file: Path) -> bytes:
    """The lines of the last two years of a file, as they are; a file of another layout whole."""
    head, *lines = file.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    if not head.startswith("time_period,"):
        return file.read_bytes()
    years = sorted({line[:4] for line in lines})[-2:]
    return "".join([head, *(line for line in lines if line[:4] in years)]).encode()


def next_release(
    file: Path, table: Table, needs: Needs, catalogue: Catalogue, rename: str, when: str
) -> tuple[bytes, Renamed]:
    """The next release of a CSV file, and what is renamed in it.

    `rename` says whether a ``column`` or a ``category`` gets a new name; `when` is the column of
    the period.
    """
    frame = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    sources = [s for i in catalogue.indicators for s in i.source if s.dataset == table.dataset]
    real = published_columns(frame.columns, needs.columns, catalogue.datasets[table.dataset])
    dice = np.random.default_rng(2026)
    for name in sorted(set(real.values())):
        cells = frame[name]
        once = frame.get("Area Code", cells) != "E92000001"  # which Fingertips has in many rows
        number = once & cells.str.fullmatch(r"\d+(\.\d+)?") & (cells != "0")
        same = {POPULATION_COLUMN, *filters(sources)}  # a population stands in many rows
        if name in (real.get(n) for n in same) or not number.any():
            continue
        at = np.flatnonzero(number & (dice.random(len(cells)) < REVISED))
        frame.loc[at, name] = [_moved(text) for text in cells.iloc[at]]
    latest = max(frame[when], key=lambda word: word[:4])
    fresh = frame[frame[when] == latest].assign(**{when: next_year(latest)})
    renamed = Renamed()
    if rename == "column":
        renamed = _column(sources, real)
    elif rename == "category":
        renamed = _category(frame[frame[when] == latest], sources, real)
    whole = pd.concat([fresh, frame], ignore_index=True)
    if renamed.word:
        column = real[renamed.by]
        whole[column] = whole[column].replace(renamed.word, renamed.new_word)
    if renamed.column:
        whole = whole.rename(columns={real[renamed.column]: renamed.new_column})
    stream = io.StringIO()
    whole.to_csv(stream, index=False)
    return stream.getvalue().encode(), renamed


def filters(sources: list[Source]) -> set[str]:
    """The columns whose words find rows or name categories."""
    found = {column for source in sources for where in wheres(source) for column in where}
    return found | {b.column for source in sources for b in source.breakdown if b.column}


def _moved(text: str) -> str:
    """A number a little higher, written with as many decimals."""
    decimals = len(text.partition(".")[2])
    return f"{float(text) * 1.01 + 10.0**-decimals:.{decimals}f}"


def _column(sources: list[Source], real: dict[str, str]) -> Renamed:
    """One column of numbers, that few indicators use."""
    used = Counter(
        name
        for source in sources
        for name in {
            source.value,
            source.numerator,
            *(c for b in source.breakdown for c in b.columns.values()),
        }
        if name and name in real
    )
    found = Renamed()
    if used:
        found.column = min(used, key=lambda name: (used[name], name))
        found.new_column = f"{real[found.column]}_new"
    return found


def _category(latest: pd.DataFrame, sources: list[Source], real: dict[str, str]) -> Renamed:
    """One category of a breakdown, or a word by which rows are found."""
    found = Renamed()
    looked_for = {
        word
        for source in sources
        for where in wheres(source)
        for words in where.values()
        for word in ([words] if isinstance(words, str) else words)
    }
    for source in sources:
        for breakdown in source.breakdown:
            if not breakdown.column or breakdown.column not in real:
                continue
            rows = latest
            where = {k: v for k, v in source.where.items() if k != breakdown.column}
            for column, words in {**where, **breakdown.where}.items():
                if column in real:
                    rows = rows[
                        rows[real[column]].isin([words] if isinstance(words, str) else words)
                    ]
            words = set(rows[real[breakdown.column]]) - looked_for - set(breakdown.drop)
            for word in sorted(words):
                if len(word) >= 8 and not found.word:
                    found.by, found.word, found.new_word = breakdown.column, word, f"{word} group"
    return found
