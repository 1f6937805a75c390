"""Reading and checking: every problem has its row, and with one of them nothing is kept."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cscdash.errors import CscdashError
from cscdash.local import Local
from tests.unit.local_files import figure, keep, looked, problem, xlsx

HEAD = "indicator,area,period,breakdown,category,value,numerator,denominator,status\n"
RATE = "repeat_referrals"  # a percentage
COUNT = "section_47_number"


def one(row: str) -> str:
    return HEAD + row + "\n"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (f"{COUNT[:-1]},383,Jan-Mar 2025,,,9,,,", f"the nearest is ‘{COUNT}’"),
        (f"{COUNT},Leds,Jan-Mar 2025,,,9,,,", "Did you mean 383 (Leeds)"),
        (f"{COUNT},383,Jan-Mar 2025,age,0 to 5,9,,,", "the nearest is ‘0 to 4’"),
        (f"{COUNT},383,Jan-Mar 2025,ages,0 to 4,9,,,", "the nearest is ‘age’"),
        (f"{COUNT},383,Jan-Mar 2025,age,,9,,,", "needs a category"),
        (f"{COUNT},383,Jan-Mar 2027,,,9,,,", "has not ended yet"),
        (f"{COUNT},383,Oct-Dec 2026,,,9,,,", "has not ended yet"),
        (f"{COUNT},383,2025 Q1,,,9,,,", "January to March 2025 or April to June 2025"),
        (f"{COUNT},383,the summer,,,9,,,", "is not a period"),
        (f"{COUNT},383,Jan-Mar 2025,,,-9,,,", "negative"),
        (f"{COUNT},383,Jan-Mar 2025,,,nine,,,", "neither a number"),
        (f"{COUNT},383,Jan-Mar 2025,,,=1+8,,,", "neither a number"),
        (f"{COUNT},383,Jan-Mar 2025,,,1e300,,,", "too large"),
        (f"{RATE},383,Jan-Mar 2025,,,,,40,", "the value is missing"),
        (f"{COUNT},383,Jan-Mar 2025,,,9,,,c", "only one can hold"),
        (f"{COUNT},383,Jan-Mar 2025,,,9,,,q", "is no status"),
        (f"{COUNT},,Jan-Mar 2025,,,9,,,", "the area is missing"),
        (",383,Jan-Mar 2025,,,9,,,", "the indicator is missing"),
        (f"{COUNT},821,1995,,,9,,,", "did not exist"),
        (f"{RATE},383,Jan-Mar 2025,,,101,101,100,", "more than 100%"),
        (f"{RATE},383,Jan-Mar 2025,,,,110,100,", "more than 100%"),
        (f"{RATE},383,Jan-Mar 2025,,,20,,,", "needs its numerator or denominator"),
        (f"{RATE},383,Jan-Mar 2025,,,20,30,100,", "gives 30"),
        (f"{RATE},383,Jan-Mar 2025,,,20,20,0,", "denominator is 0"),
        (f"{RATE},383,Jan-Mar 2025,,,20,-20,100,", "numerator is negative"),
        (f"{COUNT},383,31 March 2025,,,9,,,", "write the month (March 2025), the quarter or"),
        (f"{RATE},383,Jan-Mar 2025,,,20,twenty,100,", "the numerator: "),
        (f"{COUNT},383,Jan-Mar 2025,,,1;234,,,", "neither a number"),
    ],
)
def test_a_problem_is_told_in_words(row: str, says: str) -> None:
    if "821" in row:
        row = f"{COUNT},942,2020,,,9,,,"  # Cumberland began in 2023
    found = looked(one(row))
    assert len(found.problems) == 1 and not found.figures
    assert says in found.problems[0].what
    assert found.problems[0].at == "figures.csv, row 2"


def test_a_value_agrees_as_precisely_as_it_was_typed() -> None:
    assert not looked(one(f"{RATE},383,Jan-Mar 2025,,,33,30,90,")).problems
    assert not looked(one(f"{RATE},383,Jan-Mar 2025,,,33.33,30,90,")).problems
    assert looked(one(f"{RATE},383,Jan-Mar 2025,,,33.00,30,90,")).problems
    (found,) = looked(one(f"{RATE},383,Jan-Mar 2025,,,,30,90,")).figures
    assert found.value == pytest.approx(100 / 3)


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        ("20,,150", (20.0, 30.0, 150.0)),  # 20 % of 150
        ("20,30,", (20.0, 30.0, 150.0)),  # 30 are 20 % of 150
        (",30,150", (20.0, 30.0, 150.0)),
        ("0,0,", (0.0, 0.0, None)),  # none of how many cannot be told
        ("100,30,30", (100.0, 30.0, 30.0)),
    ],
)
def test_the_third_number_follows_from_two(cells: str, numbers: tuple[float | None, ...]) -> None:
    (found,) = looked(one(f"{RATE},383,Jan-Mar 2025,,,{cells},")).figures
    assert (found.value, found.numerator, found.denominator) == pytest.approx(numbers)


def test_thousands_and_titles_are_read_as_people_write_them() -> None:
    content = HEAD + f'{COUNT},383,Jan-Mar 2025,,,"1,234",,,\n'
    content += "Made,380,Jan-Mar 2025,,,56,,,\n"  # by its title
    found = looked(content).figures
    assert [(f.indicator, f.value) for f in found] == [(COUNT, 1234.0), ("made", 56.0)]


def test_symbols_say_why_there_is_no_value() -> None:
    for text, status in (("[c]", "c"), ("c", "c"), ("..", "x"), ("z", "z"), ("low", "k")):
        (found,) = looked(one(f"{COUNT},383,Jan-Mar 2025,,,{text},,,")).figures
        assert (found.value, found.status) == (None, status)


def test_a_figure_stands_once() -> None:
    rows = f"{COUNT},383,Jan-Mar 2025,,,9,,,\n{COUNT},Leeds,January to March 2025,total,total,8,,,"
    (found,) = looked(one(rows)).problems
    assert found.at == "figures.csv, row 3" and "row 2" in found.what


def test_areas_are_known_by_code_name_and_spelling() -> None:
    names = ("383", "E12000003", "leeds", '"Bristol, City of"', "E08000032")
    for name, code in zip(names, ("383", "E12000003", "383", "801", "380"), strict=True):
        (found,) = looked(one(f"{COUNT},{name},Jan-Mar 2025,,,9,,,")).figures
        assert found.area == code
    assert "needs quotes" in problem(
        f"indicator,area,value,period\n{COUNT},Bristol, City of,9,2025\n"
    )


def test_the_wide_layout_is_the_same_figures() -> None:
    wide = (
        f"indicator,area,measure,Jan-Mar 2025,Apr-Jun 2025\n{RATE},383,numerator,30,\n"
        f"{RATE},383,denominator,90,\n{COUNT},383,value,12,14\n"
    )
    long = HEAD + f"{RATE},383,Jan-Mar 2025,,,,30,90,\n{COUNT},383,Jan-Mar 2025,,,12,,,\n"
    long += f"{COUNT},383,Apr-Jun 2025,,,14,,,\n"
    one, other = (sorted((f.cell, f.value) for f in looked(text).figures) for text in (wide, long))
    assert one == other


def test_every_format_is_read_alike() -> None:
    rows = [["indicator", "area", "period", "value"], [COUNT, 383, "Jan-Mar 2025", 12]]
    csv = "\n".join(",".join(map(str, row)) for row in rows)
    table = pa.table({name: [str(cell)] for name, cell in zip(*rows, strict=True)})
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    semicolons = csv.replace(",", ";")
    for content, name in (
        (csv, "a.csv"),
        (semicolons, "a.csv"),
        (csv.encode("utf-8-sig"), "a.csv"),
        (csv.encode("utf-16"), "a.csv"),
        (xlsx(rows), "a.xlsx"),
        (sink.getvalue().to_pybytes(), "a.parquet"),
    ):
        found = looked(content, name)
        assert not found.problems, (name, found.problems)
        assert [(f.area, f.value) for f in found.figures] == [("383", 12.0)]


def test_an_example_that_nobody_changed_is_not_kept() -> None:
    head = "indicator,area,period,value,note\n"
    text = f"{head}{COUNT},383,Jan-Mar 2025,84,an example: put your own number here"
    assert "still the example" in problem(text)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("child_id,dob,value\n1,2,3\n", "one of its columns"),
        ("indicator,area,period,value,Date of Birth\na,b,c,1,2\n", "one of its columns"),
        ("indicator,area,period,value,UPN\na,b,c,1,2\n", "one of its columns"),
        ("area,period,value,note\n383,2025,1,A123456789012\n", "unique pupil number"),
        ("area,period,value,note\n383,2025,1,lives at LS1 4AP\n", "postcode"),
        ("area,period,value,note\n383,2025,1,943 476 5919\n", "NHS number"),
        ("area,period,value\n" + "383,2025,1\n" * 25, "many rows for the same area"),
        (
            "area,period,value\n" + "".join(f"383,{at},1\n" for at in range(2_100)),
            "nearly every row counts one",
        ),
    ],
)
def test_what_looks_like_records_of_children_is_refused_whole(content: str, says: str) -> None:
    found = looked(content)
    assert not found.figures and len(found.problems) == 1
    assert "looks like records of children" in found.problems[0].what
    assert says in found.problems[0].what
    assert "LS1" not in found.problems[0].what, "the words of the file are not repeated"


def test_an_unknown_column_is_named_with_the_nearest() -> None:
    assert "did you mean ‘category’" in problem("area,period,value,categry\n383,2025,1,2\n")


def test_nothing_is_half_taken(tmp_path: Path) -> None:
    wrong = HEAD + f"{COUNT},383,Jan-Mar 2025,,,9,,,\n{COUNT},383,Apr-Jun 2025,,,-9,,,\n"
    with pytest.raises(CscdashError, match="Nothing was kept"):
        keep(tmp_path / "local", wrong)
    assert not (tmp_path / "local").exists()


def test_a_figure_that_was_added_before_is_refused() -> None:
    from cscdash.local.shown_figures import Kept

    before = Local(kept=(Kept("x", "", "", (figure(9.0, indicator=COUNT),)),))
    (found,) = looked(one(f"{COUNT},383,Jan-Mar 2025,,,9,,,"), before=before).problems
    assert "remove x first" in found.what


def test_a_year_over_its_quarters_is_a_heading_on_two_lines() -> None:
    text = f",,2025/26,,\nIndicator,Area,Q1,Q2,Total\n{COUNT},Leeds,140,150,290\n"
    found = looked(text)
    assert [(f.when.text, f.value) for f in found.figures] == [
        ("Q1 2025/26: April to June 2025", 140.0),
        ("Q2 2025/26: July to September 2025", 150.0),
    ]
    assert [one.what for one in found.left_out] == ["a total follows from the figures"]


def test_columns_of_year_and_month_are_one_period_and_bare_ones_are_asked_about() -> None:
    head = "Council,Month,Year,Indicator,Number\n"
    (figure,) = looked(f"{head}Leeds City Council,January,2025/26,{COUNT},150\n").figures
    assert (figure.when.text, figure.value) == ("January 2026", 150.0)
    quarter = "Council,Quarter,Year,Indicator,Number\n"
    assert "April to June 2025" in problem(f"{quarter}Leeds,1,2025,{COUNT},150\n")
