"""Cells: numbers stay numbers, symbols become statuses, and nothing else gets in."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cscdash.errors import CscdashError
from cscdash.extracts.published_cells import STATUS, plain_numbers, read_cell


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
        ("~", "k"),
        ('<div class="no-data">-</div>', "x"),
    ],
)
def test_symbols(text: str, status: str) -> None:
    value, code = read_cell(text)
    assert math.isnan(value)
    assert STATUS[code] == status


@pytest.mark.parametrize(
    ("text", "number"),
    [("74,588", 74588.0), ("1,234,567.5", 1234567.5), (" 1,234 ", 1234.0), ("<b>12</b>", 12.0)],
)
def test_thousands_and_tags_are_no_part_of_a_number(text: str, number: float) -> None:
    assert read_cell(text) == (number, 0)


@pytest.mark.parametrize(
    "text",
    ["1,23", "1,2345", ",234", "12%", "£5", "1e999", "nan", "inf", "-inf", "+5", "1_000", "0x10",
     "[5]", "*", "5 6", "n/a", "\u0663", "\uff15", "5c", "--", "1.2.3", "−5"],
)  # fmt: skip
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(CscdashError, match="is neither a number nor a known symbol"):
        read_cell(text)


@given(st.lists(st.one_of(st.text(), st.from_regex(r"\s?-?\d{0,20}\.?\d{0,20}(e\d)?\s?"))))
@example(["1.5", "c", "low", "", "٣", "1\n", "-0.1", "007", "9.3699999999999992"])
def test_plain_numbers_are_what_reading_each_cell_gives(texts: list[str]) -> None:
    values, plain = plain_numbers(texts)
    assert len(values) == len(plain) == len(texts)
    for text, value, is_plain in zip(texts, values, plain, strict=True):
        if is_plain:
            assert read_cell(text) == (value, 0)
        else:
            assert math.isnan(value)
