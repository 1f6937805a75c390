"""Cells: numbers stay numbers, symbols become statuses, and nothing else gets in."""

import math

import pytest

from cscdash.errors import CscdashError
from cscdash.ingest.cells import STATUS, read_cell, read_cells


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0.0),
        ("12", 12.0),
        (" 12.50 ", 12.5),
        ("-1.58", -1.58),
        (".5", 0.5),
        ("3.", 3.0),
        ("9.3699999999999992", 9.37),
        ("1.2E-3", 0.0012),
        ("402400", 402400.0),
    ],
)
def test_numbers(text: str, number: float) -> None:
    value, code = read_cell(text)
    assert value == pytest.approx(number, rel=1e-15)
    assert STATUS[code] == "ok"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("c", "c"),
        ("[c]", "c"),
        (" C ", "c"),
        ("k", "k"),
        ("low", "k"),
        ("[low]", "k"),
        ("u", "u"),
        ("[u]", "u"),
        ("x", "x"),
        ("[x]", "x"),
        ("z", "z"),
        ("[Z]", "z"),
        ("", "x"),
        ("  ", "x"),
        ("-", "x"),
        (":", "x"),
        ("..", "x"),
    ],
)
def test_symbols(text: str, status: str) -> None:
    value, code = read_cell(text)
    assert math.isnan(value)
    assert STATUS[code] == status


@pytest.mark.parametrize(
    "text",
    ["1,234", "12%", "£5", "1e999", "nan", "inf", "-inf", "+5", "1_000", "0x10", "[5]", "*", "~",
     "5 6", "n/a", "\u0663", "\uff15", "5c", "--", "1.2.3", "−5"],
)  # fmt: skip
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(CscdashError, match="is neither a number nor a known symbol"):
        read_cell(text)


def test_many_cells() -> None:
    values, codes = read_cells(["1.5", "c", "low"])
    assert values[0] == 1.5
    assert math.isnan(values[1])
    assert [STATUS[code] for code in codes] == ["ok", "c", "k"]
