"""Words that a publisher seems to have renamed: what we look for is gone, something like it came.

Without this a renamed category would only look like a series that ends and another that begins.
"""

from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches

import numpy as np
import pyarrow as pa

from cscdash.catalogue.models import Indicator
from cscdash.catalogue.sources import Breakdown, Source, Where
from cscdash.ingest.left_out import UnusableError, Why
from cscdash.ingest.published_table import Table, missing_column
from cscdash.ingest.required_columns import as_set, columns_of
from cscdash.periods import end_year

_NEAR = 0.6  # of two categories
_NEAREST = 0.4  # of a word that is gone to the nearest that is there
SERIES = "series"  # the column of the series of the Local authority interactive tool


def parts(source: Source) -> Iterator[Source]:
    """The total of a source and each of its breakdowns, each as a source of its own."""
    if source.total:
        yield source.model_copy(update={"breakdown": []})
    for breakdown in source.breakdown:
        yield source.model_copy(update={"breakdown": [breakdown], "total": False})


def refuse_missing_words(part: Source, table: Table, older: Sequence[Table] = ()) -> None:
    """Refuse a table that lacks a column of a part of a source, or the words that find its rows.

    The nearest column is looked for among those that older releases do not have.

    Raises
    ------
    UnusableError
        Naming file, column and word, and the nearest word that is there, if any is like it. A
        source that adds rows up needs all of its words, others one of each list.
    """
    known = {name for one in older for name in one.header}
    for name in columns_of(part):
        if name not in table.columns:
            has = table.header or tuple(table.columns)
            raise missing_column(table.label, name, [n for n in has if n not in known] or has)
    for where in _filters(part):
        for column, words in where.items():
            wanted = as_set(words)
            there = set(table.column(column).words)
            gone = wanted - there
            if gone and (gone == wanted or part.derive == "sum"):
                _refuse(table, column, min(gone), there - wanted)


def refuse_renamed_categories(source: Source, table: Table, older: Sequence[Table]) -> None:
    """Refuse a table whose latest period has a new category much like one that is gone.

    Parameters
    ----------
    source : Source
        Its breakdowns by a column are looked at.
    table : Table
        The newest release.
    older : sequence of Table
        Older releases of the same data set.

    Raises
    ------
    UnusableError
        Naming the old and the new category.
    """
    for breakdown, by in ((one, by) for one in source.breakdown for by in one.by):
        spans = [_by_year(source, breakdown, by, one) for one in (*older, table)]
        mine = spans[-1]
        if not mine:
            continue
        latest = max(mine)
        declared = {*breakdown.labels, *breakdown.drop}
        before = {year: words for year, words in mine.items() if year < latest}
        whole: set[str] = set().union(*mine.values())
        earlier = [span for span in spans[:-1] if span]
        was: set[str] = set(before[max(before)]) if before else set()
        known = declared.union(*before.values())
        for span in earlier:
            was |= span[max(span)]
            known = known.union(*span.values())
        for word in sorted((was | ({*breakdown.labels} - whole)) - mine[latest]):
            _refuse_like(table, by, word, mine[latest] - known)
        if earlier:  # some publishers give a new name to all years at once
            before_it = set().union(*(span[max(span)] for span in earlier))
            known = declared.union(*(words for span in earlier for words in span.values()))
            for word in sorted(before_it - whole):
                _refuse_like(table, by, word, mine[latest] - known)


def _filters(part: Source) -> Iterator[Where]:
    """The filters of the rows of a part, and of its denominators."""
    for breakdown in part.breakdown:
        yield {k: v for k, v in part.where.items() if k not in breakdown.by} | breakdown.where
        yield breakdown.denominator_where or part.denominator_where or {}
    if part.total:
        yield part.where
        yield part.denominator_where or {}


def _by_year(source: Source, breakdown: Breakdown, by: str, table: Table) -> dict[int, set[str]]:
    """The words of a column of a breakdown in each year, in the rows that are its."""
    where = {k: v for k, v in source.where.items() if k not in breakdown.by} | breakdown.where
    needed = {*where, by}
    if not needed <= set(table.columns):
        return {}
    rows = table.rows(where)
    column = table.column(by)
    found: dict[int, set[str]] = {}
    pairs = np.unique(np.stack([table.time.codes[rows], column.codes[rows]]), axis=1)
    for time, word in pairs.T.tolist():
        year = _year(table.time.words[time])
        found.setdefault(year, set()).add(column.words[word])
    return found


def _year(word: str) -> int:
    digits = "".join(letter for letter in word if letter.isdigit())
    return int(digits[:4] or 0)


def _refuse(table: Table, column: str, word: str, there: Collection[str]) -> None:
    _refuse_like(table, column, word, there, _NEAREST)
    # LAIT drops a series and takes it up again; a word of a filter does not go without a new one
    why = Why.LACKING if column == SERIES else Why.RENAMED
    raise UnusableError(f"{table.label}, column {column}, has no ‘{word}’.", [table.label], why)


def _refuse_like(
    table: Table, column: str, word: str, there: Collection[str], cutoff: float = _NEAR
) -> None:
    if column == SERIES:
        return  # series are many and alike
    near = get_close_matches(word, [one for one in there if one], n=1, cutoff=cutoff)
    if near:
        raise UnusableError(
            f"{table.label}, column {column}, has no ‘{word}’ any more; the nearest is"
            f" ‘{near[0]}’. If it is the same, the catalogue has to learn the new name first.",
            [table.label],
            Why.RENAMED,
        )


def renamed_since(
    before: pa.Table, after: pa.Table, indicator: Indicator
) -> tuple[str, str, str] | None:
    """A category of an extract's latest period that seems to have a new name.

    Parameters
    ----------
    before, after : Table
        The extract in the current build, and the new one.
    indicator : Indicator
        A name that it gives itself is no news: the catalogue called the category otherwise when
        the current build was made.

    Returns
    -------
    tuple of str or None
        The breakdown, the old category and the new one.
    """
    was, now = _categories(before), _categories(after)
    if not was or not now:
        return None
    known = set().union(*was.values())
    ours = {
        (one.name, name)
        for source in indicator.source
        for one in source.breakdown
        for name in (*one.labels.values(), *one.columns)
    }
    fresh = now[max(now)] - known - ours
    for breakdown, category in sorted(was[max(was)] - now[max(now)]):
        like = [c for b, c in fresh if b == breakdown]
        near = get_close_matches(category, like, n=1, cutoff=_NEAR)
        if near:
            return breakdown, category, near[0]
    return None


def _categories(table: pa.Table) -> dict[int, set[tuple[str, str]]]:
    """The pairs of breakdown and category of each year."""
    unique = table.group_by(["period", "breakdown", "category"]).aggregate([])
    found: dict[int, set[tuple[str, str]]] = {}
    for row in unique.to_pylist():
        year = end_year(row["period"])
        found.setdefault(year, set()).add((row["breakdown"], row["category"]))
    return found
