"""Stacking: the pieces of all sources and releases of an indicator become one extract."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cscdash.extracts import SCHEMA
from cscdash.extracts.published_cells import STATUS, C, K, same
from cscdash.ingest.left_out import UnusableError, Why
from cscdash.ingest.observation_arrays import ARRAYS, Piece, Vocabulary
from cscdash.ingest.published_table import LETTERS, area_codes
from cscdash.periods import period_end
from cscdash.places import places

Indices = npt.NDArray[np.int64]
_FLAGS = ["".join(x for x, bit in LETTERS.items() if bits & bit) for bits in range(32)]


def stack(pieces: Sequence[tuple[int, Piece]], vocabulary: Vocabulary) -> pa.Table:
    """One table of observations, each cell from the first source and newest release that has it.

    A newer status wins as a newer number does: a number of 2022 that is confidential in 2025
    stays hidden.

    Parameters
    ----------
    pieces : sequence of (int, Piece)
        The place of the source in the indicator's list, and what it gave.
    vocabulary : Vocabulary
        The words that the pieces' numbers stand for.

    Raises
    ------
    UnusableError
        If two rows of the same release have different values for the same cell.
    """
    some, whole, which, rank = _joined(pieces)
    key = _key(whole, vocabulary)
    by, first = _in_order(key)
    _refuse_conflicts(by, key, rank, which, whole, some, vocabulary)
    return _as_table(by[first], whole, which, some, vocabulary)


def replaced(pieces: Sequence[tuple[int, Piece]], vocabulary: Vocabulary) -> pa.Table | None:
    """The observations that a newer release of the same source replaced by others.

    A cell that is hidden now is left out: what was once published of it stays hidden too.

    Returns
    -------
    Table or None
        Of the schema of an extract, with one row for each cell and older release that said
        otherwise; None if none did.
    """
    if len({piece.latest for _, piece in pieces}) < 2:
        return None
    some, whole, which, _ = _joined(pieces)
    places_ = sorted((place for place, _ in pieces))
    source = np.array(places_)[which]
    year = np.array([piece.latest for piece in some])[which]
    key = _key(whole, vocabulary)
    by, first = _in_order(key)
    now = by[first][np.cumsum(first) - 1][~first]
    then = by[~first]
    value, status = whole["value"].astype(float), whole["status"]
    other = (status[then] != status[now]) | ~same(value[then], value[now])
    hidden = (status[now] == C) | (status[now] == K)
    told = other & ~hidden & (source[then] == source[now]) & (year[then] != year[now])
    rows = then[told]
    twice = (key[rows][1:] == key[rows][:-1]) & (year[rows][1:] == year[rows][:-1])
    rows = rows[np.concatenate([[True], ~twice])] if len(rows) else rows
    return _as_table(rows, whole, which, some, vocabulary) if len(rows) else None


def _joined(
    pieces: Sequence[tuple[int, Piece]],
) -> tuple[list[Piece], dict[str, npt.NDArray[np.generic]], Indices, Indices]:
    """Pieces in order, joined; for each row which piece it is from, and that piece's rank."""
    order = sorted(pieces, key=lambda pair: (pair[0], -pair[1].latest))
    some = [piece for _, piece in order]
    lengths = [len(piece) for piece in some]
    rank = np.repeat([at * 10_000 - piece.latest for at, piece in order], lengths)
    whole = {name: np.concatenate([getattr(piece, name) for piece in some]) for name in ARRAYS}
    return some, whole, np.repeat(np.arange(len(some)), lengths), rank


def _in_order(key: Indices) -> tuple[Indices, npt.NDArray[np.bool_]]:
    """The rows by cell, of equal cells the first in order first; and which are the first."""
    by = np.argsort(key, kind="stable")
    first = np.ones(len(by), dtype=bool)
    first[1:] = key[by][1:] != key[by][:-1]
    return by, first


def _key(
    whole: dict[str, npt.NDArray[np.generic]], vocabulary: Vocabulary
) -> npt.NDArray[np.int64]:
    """One number for each cell, ordered as the extract is: area, breakdown, period, category."""
    key = whole["area"].astype(np.int64)
    for name, words in (
        ("breakdown", vocabulary.breakdowns.words),
        ("period", vocabulary.periods.words),
        ("category", vocabulary.categories.words),
    ):
        place = np.argsort(np.argsort(np.array(words, dtype=object))) if words else np.zeros(1)
        key = key * max(len(words), 1) + place[whole[name].astype(np.int64)].astype(np.int64)
    return key


def _refuse_conflicts(
    by: npt.NDArray[np.int64],
    key: npt.NDArray[np.int64],
    rank: npt.NDArray[np.int64],
    which: npt.NDArray[np.int64],
    whole: dict[str, npt.NDArray[np.generic]],
    pieces: Sequence[Piece],
    vocabulary: Vocabulary,
) -> None:
    one, two = by[:-1], by[1:]
    same_cell = (key[one] == key[two]) & (rank[one] == rank[two])
    one, two = one[same_cell], two[same_cell]
    status = whole["status"]
    equal = status[one] == status[two]
    for name in ("value", "numerator", "denominator"):
        numbers = whole[name]
        equal &= same(numbers[one].astype(float), numbers[two].astype(float))
    differ = np.flatnonzero(~equal)
    if not len(differ):
        return
    left, right = int(one[differ[0]]), int(two[differ[0]])
    area = places().areas[area_codes()[int(whole["area"][left])]].short
    period = vocabulary.periods.words[int(whole["period"][left])]
    category = vocabulary.categories.words[int(whole["category"][left])]
    here, there = pieces[which[left]], pieces[which[right]]
    raise UnusableError(
        f"{vocabulary.indicator.id}: two different values for {area}, {period}, {category}:"
        f" {_say(whole, left)} in {here.label}, line {whole['line'][left]}, and"
        f" {_say(whole, right)} in {there.label}, line {whole['line'][right]}."
        " Keep only the file that holds.",
        dict.fromkeys((here.label, there.label)),
        Why.CONTRADICTED,
    )


def _say(whole: dict[str, npt.NDArray[np.generic]], at: int) -> str:
    status = STATUS[int(whole["status"][at])]
    said = f"{float(whole['value'][at]):g}" if status == "ok" else f"[{status}]"
    top, bottom = float(whole["numerator"][at]), float(whole["denominator"][at])
    parts = " of ".join(f"{number:g}" for number in (top, bottom) if not np.isnan(number))
    return f"{said} ({parts})" if parts else said


def _as_table(
    rows: npt.NDArray[np.int64],
    whole: dict[str, npt.NDArray[np.generic]],
    which: npt.NDArray[np.int64],
    pieces: Sequence[Piece],
    vocabulary: Vocabulary,
) -> pa.Table:
    means = vocabulary.indicator.period_means
    ends = np.array(
        [np.datetime64(period_end(p, means)) for p in vocabulary.periods.words],
        dtype="datetime64[D]",
    )
    period = whole["period"][rows].astype(np.int64)
    releases = sorted({piece.release for piece in pieces})
    release = np.array([releases.index(piece.release) for piece in pieces], dtype=np.int32)

    def number(name: str) -> pa.Array:
        column = whole[name][rows].astype(float, copy=False)
        return pa.array(column, from_pandas=True)  # NaN is no value

    return pa.Table.from_arrays(
        [
            _words(whole["area"][rows], area_codes()),
            _words(period, vocabulary.periods.words),
            pa.array(ends[period]).cast(pa.date32()),
            _words(whole["breakdown"][rows], vocabulary.breakdowns.words),
            _words(whole["category"][rows], vocabulary.categories.words),
            number("value"),
            number("numerator"),
            number("denominator"),
            _words(whole["status"][rows], list(STATUS)),
            _words(whole["flags"][rows], _FLAGS),
            _words(release[which[rows]], releases),
        ],
        schema=SCHEMA,
    )


def _words(codes: npt.NDArray[np.generic], words: list[str]) -> pa.Array:
    """A dictionary column that holds only the words in use, in alphabetical order."""
    used = np.zeros(len(words), dtype=bool)
    used[codes] = True
    ordered = sorted(np.flatnonzero(used).tolist(), key=lambda code: words[code])
    place = np.zeros(max(len(words), 1), dtype=np.int32)
    place[ordered] = np.arange(len(ordered), dtype=np.int32)
    return pa.DictionaryArray.from_arrays(
        pa.array(place[codes]),
        pa.array([words[code] for code in ordered], pa.string()),
    )
