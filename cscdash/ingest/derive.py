"""From a published table to observations, by one derivation of the closed list."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from cscdash.catalogue.models import Unit
from cscdash.catalogue.sources import Breakdown, Source
from cscdash.errors import CscdashError
from cscdash.extracts.published_cells import OK, C, Codes, Floats, K, U, X, Z, read_cell, same
from cscdash.ingest.category_sums import add_up
from cscdash.ingest.implausible import without_impossible
from cscdash.ingest.left_out import UnusableError
from cscdash.ingest.observation_arrays import Piece, Vocabulary
from cscdash.ingest.population import Population
from cscdash.ingest.published_table import DERIVED, Ints, Table, area_codes
from cscdash.ingest.regional_sums import summed
from cscdash.periods import end_year, read_period
from cscdash.places import places

_SCALE: Mapping[Unit, float] = {"percent": 100.0, "rate per 10,000": 10_000.0}
_MONTHS = re.compile(r"(\d{1,3}):(\d{1,2})", re.ASCII)  # until 2024 nine months were 0:9


def derive(
    source: Source,
    table: Table,
    release: str,
    vocabulary: Vocabulary,
    populations: Mapping[str, Population],
) -> list[Piece]:
    """The observations that a source makes of a table: the total and each breakdown.

    Parameters
    ----------
    source : Source
        The declaration.
    table : Table
        A file of its data set.
    release : str
        What the observations say of where they came from.
    vocabulary : Vocabulary
        The words of the indicator; new ones are added.
    populations : mapping
        Population data set -> children by area and year.

    Returns
    -------
    list of Piece
        Without areas that did not exist, and without periods outside `first` to `last`.

    Raises
    ------
    CscdashError
        If a column is missing or a cell unreadable.
    """
    tools = _Tools(table, release, vocabulary, populations)
    pieces = []
    if source.total:
        pieces.append(_total(source, tools))
    for breakdown in source.breakdown:
        pieces += _by_breakdown(source, breakdown, tools)
    pieces = [_doubted(_within(piece, source, vocabulary), source, vocabulary) for piece in pieces]
    unit = vocabulary.indicator.unit
    pieces = [without_impossible(piece, source, unit) for piece in pieces]
    if source.regions == "summed":
        pieces = [summed(piece, _scale(source, unit), unit == "count") for piece in pieces]
    return pieces


def _scale(source: Source, unit: Unit) -> float:
    """By how much a quotient is multiplied."""
    return source.scale or _SCALE.get(unit, 1.0)


@dataclass(frozen=True)
class _Tools:
    table: Table
    release: str
    vocabulary: Vocabulary
    populations: Mapping[str, Population]


def _total(source: Source, tools: _Tools) -> Piece:
    rows = tools.table.rows(source.where)
    category = np.full(len(rows), tools.vocabulary.categories.number("total"), dtype=np.int32)
    return _piece(source, tools, rows, "total", category, source.denominator_where)


def _by_breakdown(source: Source, breakdown: Breakdown, tools: _Tools) -> list[Piece]:
    where = {k: v for k, v in source.where.items() if k not in breakdown.by} | breakdown.where
    denominator_where = breakdown.denominator_where or source.denominator_where
    if denominator_where is not None:
        denominator_where = where | denominator_where
    changes = {
        k: v
        for k in ("derive", "value", "numerator", "denominator")
        if (v := getattr(breakdown, k))
    }
    source = source.model_copy(update={**changes, "where": where})
    number = tools.vocabulary.categories.number
    if breakdown.column:
        rows = tools.table.rows(where)
        category = _categories(breakdown, tools, rows)
        rows, category = rows[category >= 0], category[category >= 0]
        by = breakdown.by
        return [_piece(source, tools, rows, breakdown.name, category, denominator_where, by)]
    pieces = []
    rows = tools.table.rows(where)
    for shown_name, column_name in breakdown.columns.items():
        kind = "direct" if source.derive == "wide" else source.derive
        field_name = "value" if kind in ("direct", "complement", "months") else "numerator"
        only = {"numerator": breakdown.numerator, "denominator": breakdown.denominator}
        own = only if field_name == "value" else {}  # the total's numerator is not the part's
        one = source.model_copy(update={"derive": kind, **own, field_name: column_name})
        category = np.full(len(rows), number(shown_name), dtype=np.int32)
        pieces.append(_piece(one, tools, rows, breakdown.name, category, denominator_where))
    return pieces


def _categories(breakdown: Breakdown, tools: _Tools, rows: Ints) -> Ints:
    """The category of each of these rows, from one column or from several; -1 for none."""
    columns = [tools.table.column(name) for name in breakdown.by]
    shown = [
        ["" if word in breakdown.drop else breakdown.labels.get(word, word) for word in one.words]
        for one in columns
    ]
    codes = np.stack([one.codes[rows] for one in columns])
    if len(columns) == 1:  # sorting all rows would take longer than numbering all words
        pairs, at = np.arange(len(shown[0]))[None, :], codes[0]
    else:
        pairs, at = np.unique(codes, axis=1, return_inverse=True)
    names = [[words[code] for words, code in zip(shown, pair, strict=True)] for pair in pairs.T]
    number = tools.vocabulary.categories.number
    numbers = [number(", ".join(name)) if all(name) else -1 for name in names]
    made: Ints = np.array(numbers or [-1], dtype=np.int32)[at.ravel()]
    return made


def _piece(
    source: Source,
    tools: _Tools,
    rows: Ints,
    breakdown: str,
    category: Ints,
    denominator_where: Mapping[str, str | list[str]] | None,
    by: Collection[str] = (),
) -> Piece:
    """Observations of these rows, each in its category (made from the columns `by`)."""
    table, vocabulary = tools.table, tools.vocabulary
    area = table.area[rows]
    period, period_flags = vocabulary.period_codes(table, rows)
    value, numerator, denominator = (np.full(len(rows), np.nan) for _ in range(3))
    n_status = d_status = np.full(len(rows), X, dtype=np.int8)
    if source.numerator:
        numerator, n_status = _cells(table, source.numerator, rows)
    if source.derive == "sum":
        filters = {*source.where, *by}
        keep, numerator, n_status = add_up(
            table, rows, filters, (period, category), numerator, n_status
        )
        rows, area, period, category = (a[keep] for a in (rows, area, period, category))
        period_flags = period_flags[keep]
        value = np.full(len(rows), np.nan)
        denominator, d_status = np.full(len(rows), np.nan), np.full(len(rows), X, dtype=np.int8)
    if source.derive == "rate" and source.population:
        year = vocabulary.years(period) - source.population_lag
        denominator, d_status = tools.populations[source.population].of(area, year.astype(np.int32))
    elif denominator_where is not None:
        column = source.denominator or source.numerator or ""
        merged = dict(source.where) | dict(denominator_where)
        denominator, d_status = _looked_up(tools, column, merged, area, period)
    elif source.denominator:
        denominator, d_status = _cells(table, source.denominator, rows)
    flags = table.flags[rows] | period_flags
    status: Codes
    match source.derive:
        case "direct" | "complement" | "months":
            read = _months if source.derive == "months" else _cells
            value, status = read(table, source.value or "", rows)
            if source.derive == "complement":
                value, numerator = 100.0 - value, denominator - numerator
                n_status = np.where(n_status == OK, d_status, n_status)
                n_status = np.where(status == OK, n_status, status)
                flags = flags | DERIVED
        case "sum" if denominator_where is None and not source.denominator:
            value, status, flags = numerator, n_status, flags | DERIVED
        case _:
            status = np.where(n_status != OK, n_status, d_status)
            status = np.where((status == OK) & (denominator == 0), Z, status).astype(np.int8)
            with np.errstate(divide="ignore", invalid="ignore"):
                value = numerator / denominator * _scale(source, vocabulary.indicator.unit)
            flags = flags | DERIVED
    made = source.derive not in ("direct", "complement", "months")
    hidden = ((status == C) | (status == K)) & made
    return Piece(
        area=area,
        period=period,
        breakdown=np.full(len(rows), vocabulary.breakdowns.number(breakdown), dtype=np.int32),
        category=category,
        value=np.where(status == OK, value, np.nan),
        numerator=np.where((n_status == OK) & ~hidden, numerator, np.nan),
        denominator=np.where(d_status == OK, denominator, np.nan),
        status=status,
        flags=flags.astype(np.int8),
        line=table.line[rows],
        label=table.label,
        latest=table.latest,
        release=tools.release,
    )


def _cells(table: Table, column: str, rows: Ints) -> tuple[Floats, Codes]:
    values, codes = table.cells(column)
    return values[rows], codes[rows]


def _months(table: Table, column: str, rows: Ints) -> tuple[Floats, Codes]:
    """``YY:MM`` text as months."""
    words = table.column(column)
    used = set(np.unique(words.codes[rows]).tolist())
    values = np.full(len(words.words), np.nan)
    codes = np.zeros(len(words.words), dtype=np.int8)
    for place, word in enumerate(words.words):
        if place not in used:
            continue
        if (match := _MONTHS.fullmatch(word.strip())) and int(match.group(2)) < 12:
            values[place] = int(match.group(1)) * 12 + int(match.group(2))
            continue
        try:
            number, code = read_cell(word)
        except CscdashError:
            number, code = np.nan, OK
        if code == OK:
            line = table.line[rows[words.codes[rows] == place][0]]
            raise UnusableError(
                f"{table.label}, line {line}, column {column}: ‘{word}’ is not years:months.",
                [table.label],
            )
        values[place], codes[place] = number, code
    return values[words.codes[rows]], codes[words.codes[rows]]


def _looked_up(
    tools: _Tools, column: str, where: Mapping[str, str | list[str]], area: Ints, period: Ints
) -> tuple[Floats, Codes]:
    """The number that stands, for the same area and period, in the row of `where`."""
    rows = tools.table.rows(where)
    value, status = _cells(tools.table, column, rows)
    there, _ = tools.vocabulary.period_codes(tools.table, rows)
    wide = max(len(tools.vocabulary.periods.words), 1)
    key = tools.table.area[rows].astype(np.int64) * wide + there
    order = np.argsort(key, kind="stable")
    key, value, status = key[order], value[order], status[order]
    twice = np.flatnonzero(np.diff(key) == 0)
    differ = twice[(status[twice] != status[twice + 1]) | ~same(value[twice], value[twice + 1])]
    if len(differ):
        line = tools.table.line[rows[order[differ[0]]]]
        raise UnusableError(
            f"{tools.table.label}, line {line}, column {column}: a second row for the same area and"
            " period has another number. Ask the publisher which one holds.",
            [tools.table.label],
        )
    wanted = area.astype(np.int64) * wide + period
    at = np.searchsorted(key, wanted)
    at[at == len(key)] = 0
    hit = key[at] == wanted if len(key) else np.zeros(len(wanted), dtype=bool)
    if not len(key):
        return np.full(len(wanted), np.nan), np.full(len(wanted), X, dtype=np.int8)
    return np.where(hit, value[at], np.nan), np.where(hit, status[at], X).astype(np.int8)


def _within(piece: Piece, source: Source, vocabulary: Vocabulary) -> Piece:
    """Without areas that did not exist then, and without periods the source is not used for."""
    keep = vocabulary.lived(piece.area, piece.period)
    years = vocabulary.years(piece.period)
    if source.first:
        keep &= years >= end_year(source.first)
    if source.last:
        keep &= years <= end_year(source.last)
    return piece if keep.all() else piece.take(np.flatnonzero(keep).astype(np.int32))


def _doubted(piece: Piece, source: Source, vocabulary: Vocabulary) -> Piece:
    """With the status of cells that the publisher's own notes call unusable."""
    if not source.doubts:
        return piece
    codes = {"c": C, "k": K, "u": U, "x": X, "z": Z}
    status = piece.status.copy()
    for doubt in source.doubts:
        period, _ = read_period(doubt.period, vocabulary.indicator.time_identifier)
        area = area_codes().index(places().area(doubt.area).code)
        at = (piece.area == area) & (piece.period == vocabulary.periods.number(period))
        status[at] = codes[doubt.status]
    gone = (status != piece.status) & (status != OK)
    numbers: dict[str, Any] = {
        name: np.where(gone, np.nan, getattr(piece, name))
        for name in ("value", "numerator", "denominator")
    }
    return replace(piece, status=status, **numbers)
