"""Context: declared, read, said; and what is missing is named."""

import math
import shutil
from pathlib import Path

import pandas as pd
import pytest
from pydantic import ValidationError

from cscdash.analysis import place_sentences as place_words
from cscdash.catalogue import context, load_context
from cscdash.catalogue.context import Context
from cscdash.errors import CscdashError
from cscdash.places import REFERENCE, children, context_values, places
from cscdash.places.context import load_children, load_context_values
from tests.wording import unwanted

# rows of the consultation's long list that ask for context of a place
ASKED = {"C-01", "C-20", *(f"C-{n}" for n in range(44, 54))}


def test_every_context_row_of_the_long_list_is_answered_or_named_as_missing() -> None:
    answered = {row for measure in context().measures for row in measure.annex_c}
    missing = {gap.annex_c for gap in context().missing}
    assert answered | missing == ASKED
    assert not answered & missing


def test_no_text_judges() -> None:
    for measure in context().measures:
        texts = (measure.title, measure.short, measure.words, measure.note, measure.comparable)
        assert not [word for text in texts for word in unwanted(text)], measure.id


def test_every_column_is_described_and_declared_or_explained() -> None:
    described = (REFERENCE / "README.md").read_text(encoding="utf-8")
    for column in (REFERENCE / "context.csv").read_text().splitlines()[0].split(","):
        assert f"`{column}`" in described, column
    for measure in context().measures:
        assert measure.page.startswith("https://")
        assert measure.licence == "Open Government Licence v3.0"


def test_every_authority_has_a_value_but_for_the_two_smallest() -> None:
    values = context_values()
    assert list(values.columns) == context().ids
    assert set(values.index) == {area.code for area in places().authorities}
    without = values.index[values.isna().any(axis=1)]
    assert set(without) == {"201", "420"}


def test_shares_are_shares() -> None:
    values = context_values()
    for measure in context().measures:
        if measure.unit == "percent" and measure.id != "pay_england":
            assert values[measure.id].dropna().between(0, 100).all(), measure.id


def test_children_of_authorities_add_up_to_england() -> None:
    known = children()
    authorities = [area.code for area in places().authorities]
    assert known.loc[authorities, "2024"].sum() == known.loc["E92000001", "2024"]
    regions = [area.code for area in places().regions]
    assert known.loc[regions, "2024"].sum() == known.loc["E92000001", "2024"]


def test_a_measure_declared_twice_or_misspelt_is_named(tmp_path: Path) -> None:
    text = (Path(load_context.__globals__["HERE"]) / "context.toml").read_text(encoding="utf-8")
    first = text[text.index("[[measure]]") : text.index("[[measure]]", 40 + text.index("[[mea"))]
    (tmp_path / "context.toml").write_text(text + first)
    with pytest.raises(CscdashError, match="declared twice: poverty_bhc"):
        load_context(tmp_path)
    (tmp_path / "context.toml").write_text(first.replace("decimals = 1", "decimal = 1"))
    with pytest.raises(CscdashError, match="poverty_bhc › decimal"):
        load_context(tmp_path)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("context.csv", "201,10.21", "201,ten", "‘ten’ of 201 is not a number"),
        ("context.csv", "201,10.21", "999,10.21", "one row for each authority"),
        ("context.csv", "area,imd_2025", "area,imd", "no column imd_2025"),
        ("child_population.csv", "E92000001,", "E9200000X,", "is not the code of an area"),
    ],
)
def test_a_damaged_table_is_named(tmp_path: Path, file: str, old: str, new: str, says: str) -> None:
    for name in ("context.csv", "child_population.csv"):
        shutil.copyfile(REFERENCE / name, tmp_path / name)
    text = (tmp_path / file).read_text()
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1))
    with pytest.raises(CscdashError, match=says):
        load_context_values(tmp_path)


def test_a_year_without_an_estimate_is_missing_not_zero() -> None:
    assert math.isnan(load_children().loc["940", "2015"])


def test_a_new_measure_is_a_table_and_a_column(tmp_path: Path) -> None:
    for name in ("context.csv", "child_population.csv"):
        shutil.copyfile(REFERENCE / name, tmp_path / name)
    lines = (tmp_path / "context.csv").read_text().splitlines()
    grown = [f"{lines[0]},new", *(f"{line},7" for line in lines[1:])]
    (tmp_path / "context.csv").write_text("\n".join(grown) + "\n")
    more = [*context().measures, context().measures[0].model_copy(update={"id": "new"})]
    values = load_context_values(tmp_path, Context(measures=more))
    assert (values["new"] == 7).all()


def test_fifths_in_words() -> None:
    # ten places with the values 1 to 10: two in each fifth, the highest with most deprivation
    ten = pd.Series(range(1, 11), index=[str(code) for code in range(801, 811)], dtype=float)
    said = [place_words.among_fifths(ten, code, "deprivation") for code in ten.index]
    among = "among the fifth of authorities with"
    assert said == [
        *[f"{among} least deprivation"] * 2,
        *[f"{among} second least deprivation"] * 2,
        *["in the middle fifth of authorities by deprivation"] * 2,
        *[f"{among} second most deprivation"] * 2,
        *[f"{among} most deprivation"] * 2,
    ]
    assert place_words.among_fifths(ten, "E92000001", "deprivation") is None


def test_the_most_and_the_least_deprived_authorities_are_called_so() -> None:
    # by the average score of the index of 2025, Blackpool is 1st and Wokingham 153rd of 153
    values = context_values()["imd_2025"]
    for code, most in (("890", "most"), ("872", "least")):
        said = place_words.among_fifths(values, code, "deprivation")
        assert said == f"among the fifth of authorities with {most} deprivation"


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        (3, 3, "in the same fifth in 2019"),
        (3, 4, "one fifth nearer the most deprived than in 2019"),
        (2, 4, "2 fifths nearer the most deprived than in 2019"),
        (4, 3, "one fifth nearer the least deprived than in 2019"),
        (5, 1, "4 fifths nearer the least deprived than in 2019"),
        (None, 4, ""),
        (4, None, ""),
    ],
)
def test_moves_between_fifths_in_words(then: int | None, now: int | None, said: str) -> None:
    assert place_words.moved_fifths(then, now) == said


@pytest.mark.parametrize("code", [area.code for area in places().authorities])
def test_why_places_are_alike_is_a_sentence_for_everybody(code: str) -> None:
    from cscdash.places import neighbours

    said = place_words.why_alike(
        places().area(code).short,
        "the median of its ten statistical neighbours",
        context_values(),
        code,
        [near.code for near in neighbours(code)],
        context(),
    )
    assert said.endswith(".")
    assert not unwanted(said)


def test_residents_are_declared_by_measures_that_exist() -> None:
    measure = context().measures[0]
    with pytest.raises(ValidationError, match="unknown measure ‘nobody’"):
        Context(measures=[measure], residents={"ethnicity": {"Asian": "nobody"}})
