"""What is drawn for a declaration: alike on every machine, whole, and giving nothing away."""

import ast
import hashlib
import random
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import cscdash.catalogue as project
import cscdash.ingest.demonstration as generator
from cscdash.catalogue import Catalogue, load
from cscdash.errors import CscdashError
from cscdash.ingest.demonstration import demonstrate, extracts
from cscdash.ingest.demonstration.dice import Dice, grown
from cscdash.ingest.demonstration.hidden import closed
from cscdash.ingest.demonstration.observations import observations
from cscdash.places import places
from tests.conftest import ENGLAND, Make
from tests.unit.secrecy import given_away

PLACEMENTS = {
    "Foster placements": 66,
    "Secure homes and children's homes": 12,
    "Placed with parents": 6,
    "Other residential settings": 1.5,
    "Residential schools": 0.2,
    "Other placements": 14.3,
}


def placements(make: type[Make], **changes: Any) -> dict[str, Any]:
    return make.indicator(
        id="fostered",
        sums=[{"parts": ["fostered / placement / Foster placements"]}],
        decimals=0,
        check=[
            {"period": "2025", "value": 67, "cite": "a table"},
            {"period": "2025", "value": 54_820, "measure": "numerator", "cite": "a table"},
        ],
        source=[
            {
                "dataset": "made",
                "where": {"group": "Placement", "kind": "Foster placements"},
                "value": "percent",
                "numerator": "number",
                "denominator": "number",
                "denominator_where": {"kind": "Total"},
                "breakdown": [
                    {
                        "name": "placement",
                        "column": "kind",
                        "drop": ["Total"],
                        "labels": {"Other placements": "Elsewhere"},
                        "shares": PLACEMENTS,
                        "adds_up_to": "denominator",
                    }
                ],
            }
        ],
        **changes,
    )


def enquiries(make: type[Make], **changes: Any) -> dict[str, Any]:
    return make.indicator(
        **{
            "id": "enquiries",
            "unit": "rate per 10,000",
            "check": [{"period": "2025", "value": 189.3, "cite": "a table"}],
            "source": [
                {
                    "dataset": "made",
                    "derive": "rate",
                    "numerator": "enquiries",
                    "population": "population",
                }
            ],
            **changes,
        }
    )


def made(shape: dict[str, Any]) -> dict[str, Any]:
    """The data set ``made``, of which this much is declared for the demonstration."""
    file = {"id": "made", "title": "made", "format": "ees", "files": [{"name": "made"}]}
    return {**file, "demonstration": shape}


def draw(some: Catalogue, id: str) -> pd.DataFrame:
    return Make.frame(extracts(some)[id])


def whole(frame: pd.DataFrame, area: str = ENGLAND) -> pd.DataFrame:
    rows = (frame["area"] == area) & (frame["breakdown"] == "total")
    return frame[rows].set_index("period").sort_index()


def test_drawing_again_leaves_one_build_of_the_same_name(make: type[Make], tmp_path: Path) -> None:
    demonstrate(tmp_path, make.catalogue(placements(make)))
    (tmp_path / "builds" / "someones").mkdir()
    store = demonstrate(tmp_path, make.catalogue(enquiries(make)))
    assert store.build == "demonstration"
    assert store.indicators == ["enquiries"]
    assert store.check() == []
    assert {p.name for p in store.path.parent.iterdir()} == {"demonstration", "someones"}


def test_two_runs_give_the_same_values(make: type[Make]) -> None:
    some = make.catalogue(placements(make), enquiries(make))
    assert extracts(some)["fostered"].equals(extracts(some)["fostered"])


def test_random_numbers_are_those_of_the_mersenne_twister() -> None:
    # Python's own generator, seeded with the same words, is an independent second opinion.
    digest = hashlib.sha256(b"cscdash demonstration\na purpose").digest()
    words = [int.from_bytes(digest[at : at + 4], "big") for at in range(0, 32, 4)]
    other = random.Random(sum(word << 32 * place for place, word in enumerate(words)))
    assert Dice("a purpose").even(3).tolist() == [other.random() for _ in range(3)]
    assert Dice("a purpose").even(3).tolist() != Dice("another").even(3).tolist()


def test_bells_have_mean_0_and_deviation_1_and_keep_their_beginning() -> None:
    bells = Dice("bells").bell(20_000)
    assert abs(bells.mean()) < 0.03  # four times 1 / sqrt(20,000)
    assert abs(bells.std() - 1) < 0.03
    assert Dice("long").bell(9, 4)[:5].tolist() == Dice("long").bell(5, 4).tolist()
    assert np.allclose(grown(np.array([-1.0, 0.0, 0.5])), np.exp([-1.0, 0.0, 0.5]), rtol=2e-4)


def test_nothing_is_computed_that_machines_round_differently() -> None:
    unlike = {"exp", "expm1", "log", "log1p", "log2", "log10", "power", "float_power"}
    for file in Path(generator.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Attribute) and node.attr in unlike), file.name
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
                assert isinstance(node.left, ast.Constant), (file.name, node.lineno)  # 2**12


def test_another_indicator_leaves_the_values_of_the_others(make: type[Make]) -> None:
    alone = make.catalogue(placements(make))
    both = make.catalogue(enquiries(make), placements(make))
    assert extracts(alone)["fostered"].equals(extracts(both)["fostered"])


def test_an_indicator_of_tomorrow_is_drawn_from_its_table_alone(tmp_path: Path) -> None:
    here = tmp_path / "catalogue"
    shutil.copytree(Path(project.__file__).parent, here)
    chapter = here / "chapters" / "outcome_1.toml"
    chapter.write_text(
        chapter.read_text(encoding="utf-8")
        + """
[[indicator]]
id = "tomorrow"
title = "Something new"
short = "Something new, %"
listed_in = "companion"
unit = "percent"
decimals = 1
time_identifier = "Reporting year"
period_means = "year to 31 March"
kind = "process"
measures = "flow"
standing = "published"
why = "why"
reading = "how"
limits = "what not"
check = [{ period = "2027", value = 41.5, cite = "a table" }]
[[indicator.source]]
dataset = "cin_referrals"
value = "percent"
demonstration = { size = 600000 }
[[indicator.source.breakdown]]
name = "age"
column = "age"
shares = "age"
adds_up_to = "numerator"
[[indicator.source.breakdown]]
name = "star sign"
column = "star"
adds_up_to = "both"
shares = { "Aries" = 1, "Taurus" = 1.1, "Any other sign" = 9.9 }
""",
        encoding="utf-8",
    )
    some = load(here)
    frame = Make.frame(observations(some.indicator("tomorrow"), some))
    assert whole(frame)["value"].iloc[-1] == pytest.approx(41.5, rel=0.05)
    assert whole(frame).index[-1] == "2027"
    assert set(frame["breakdown"]) == {"total", "age", "star sign"}


def test_authorities_have_values_only_while_they_existed(make: type[Make]) -> None:
    some = make.catalogue(enquiries(make))
    frame = draw(some, "enquiries")
    assert whole(frame, "909").index[-1] == "2023"
    assert whole(frame, "942").index[0] == "2024"
    assert whole(frame, "941").index[0] == "2022"
    assert whole(frame, "838").index[0] == "2020"
    assert {area.code for area in places().authorities} <= set(frame["area"])


def test_small_numbers_are_hidden_and_tiny_shares_round_to_nought(make: type[Make]) -> None:
    frame = draw(make.catalogue(placements(make)), "fostered")
    ok = frame[frame["status"] == "ok"]
    assert not ok["numerator"].between(1, 5).any()
    assert ok["numerator"].notna().all()
    hidden = frame[frame["status"] == "c"]
    assert len(hidden) > 100
    assert hidden[["value", "numerator", "denominator"]].isna().all(axis=None)
    nought = frame[frame["status"] == "k"]
    assert len(nought)
    assert (nought["numerator"] / nought["denominator"] < 0.005).all()
    assert "Elsewhere" in set(frame["category"])


def test_parts_add_up_and_the_headline_is_the_total(make: type[Make]) -> None:
    frame = draw(make.catalogue(placements(make)), "fostered")
    england = frame[frame["area"] == ENGLAND]
    latest = england[england["period"] == "2025"].set_index("category")
    assert latest.loc["Foster placements", "numerator"] == latest.loc["total", "numerator"]
    parts = latest[latest["breakdown"] == "placement"]
    assert parts["numerator"].sum() == latest.loc["total", "denominator"]


def test_regions_and_england_are_sums_of_what_they_hold(make: type[Make]) -> None:
    rates = draw(make.catalogue(enquiries(make)), "enquiries")
    by_area = {area: rows.set_index("period") for area, rows in rates.groupby("area")}
    wide, below, status = (
        pd.DataFrame({area: rows[column] for area, rows in by_area.items()})
        for column in ("numerator", "denominator", "status")
    )
    known = places()
    for half in known.subregions:
        inside = [area.code for area in known.authorities if area.subregion == half.code]
        shown = ~status[inside].eq("c").any(axis=1)
        assert (wide[inside].sum(axis=1)[shown] == wide[half.code][shown]).all()
    assert (wide["E13000001"] + wide["E13000002"] == wide["E12000007"]).all()
    for number in (wide, below):
        assert (number[[r.code for r in known.regions]].sum(axis=1) == number[ENGLAND]).all()
    ok = rates[rates["status"] == "ok"]
    assert np.allclose(ok["value"], ok["numerator"] / ok["denominator"] * 10_000, atol=0.0051)


def test_a_break_is_a_visible_step(make: type[Make]) -> None:
    changed = enquiries(make, breaks=[{"period": "2022", "why": "counted anew"}])
    series = whole(draw(make.catalogue(changed), "enquiries"))["value"]
    steps = series.pct_change().abs()
    assert steps["2022"] > 0.05
    assert steps.drop("2022").max() < steps["2022"]


def test_a_joint_return_stands_for_both(make: type[Make]) -> None:
    turnover = make.indicator(
        id="turnover",
        period_means="year to 30 September",
        check=[{"period": "2025", "value": 11.8, "cite": "a table"}],
        source=[
            {
                "dataset": "made",
                "value": "rate_fte",
                "numerator": "leavers_fte",
                "denominator": "inpost_fte",
            }
        ],
    )
    shape = {
        "first": "2017",
        "every": 1,
        "counts": "staff",
        "size": 36_000,
        "joint": [["314", "318"], ["940", "941"]],
    }
    frame = draw(make.catalogue(turnover, datasets=[made(shape)]), "turnover")
    assert len(whole(frame)) == 9  # 2017 to 2025
    for one, two in (("314", "318"), ("940", "941")):
        left, right = whole(frame, one), whole(frame, two)
        columns = ["value", "numerator", "denominator", "status", "flags"]
        pd.testing.assert_frame_equal(left[columns], right[columns])
        assert set(left["flags"]) == {"j"}
    assert set(frame["flags"]) == {"", "j"}
    assert (frame["denominator"].dropna() % 1 != 0).any()  # full-time equivalents


def test_counts_of_the_same_thing_agree_between_indicators(make: type[Make]) -> None:
    number = make.indicator(
        id="number",
        unit="count",
        decimals=0,
        check=[{"period": "2025", "value": 230_590, "cite": "a table"}],
        source=[{"dataset": "made", "value": "enquiries"}],
    )
    checks = [
        {"period": "2025", "value": 189.3, "cite": "a table"},
        {"period": "2025", "value": 230_590, "measure": "numerator", "cite": "a table"},
    ]
    some = make.catalogue(number, enquiries(make, check=checks))
    key = ["area", "period"]
    counts = draw(some, "number").set_index(key)["value"]
    rates = draw(some, "enquiries").set_index(key)["numerator"]
    both = pd.concat([counts, rates], axis=1).dropna()
    both = both[both.index.get_level_values("area").str.len() == 3]
    assert (both["value"] == both["numerator"]).mean() > 0.99


def test_the_look_for_such_cells_finds_a_planted_one(make: type[Make]) -> None:
    frame = draw(make.catalogue(placements(make)), "fostered")
    assert given_away(frame, count=False) == []
    rows = (frame["period"] == "2025") & (frame["breakdown"] == "placement")
    full = frame[rows & (frame["area"] == "E12000008")]
    assert set(full["status"]) <= {"ok", "k"}
    planted = frame.copy()
    planted.loc[full.index[1], ["value", "numerator", "denominator"]] = np.nan
    planted.loc[full.index[1], "status"] = "c"
    assert given_away(planted, count=False)


def test_a_second_cell_is_hidden_beside_a_single_one() -> None:
    hidden = np.array([[False], [True], [False], [False]])
    size = np.array([[60.0], [3.0], [40.0], [17.0]])
    usable = np.ones((4, 1), dtype=bool)
    done = closed(hidden, size, usable, [(0, [1, 2, 3])])
    assert done[:, 0].tolist() == [False, True, False, True]
    hidden = np.array([[True], [False], [False], [False]])
    done = closed(hidden, size, usable, [(0, [1, 2, 3])])
    assert done[:, 0].tolist() == [True, True, False, True]


SHAPE = {"first": "2018", "every": 1, "counts": "people"}
SHARE = {"dataset": "made", "value": "percent"}
RATIO = {"dataset": "made", "derive": "ratio", "numerator": "cases", "denominator": "staff"}
ONE = {"period": "2025", "value": 20.0, "cite": "a table"}
TOP = {**ONE, "measure": "numerator"}


SIZED = {**SHAPE, "size": 9000}
SIGN = {"name": "sign", "column": "star", "adds_up_to": "both"}
CENSUS = {**SIZED, "first": "2011", "every": 10}


def changed(source: dict[str, Any] = SHARE, **check: Any) -> dict[str, Any]:
    return {"source": [source], "check": [{**ONE, **check}]}


@pytest.mark.parametrize(
    ("shape", "changes", "said"),
    [
        ({}, changed(), "`demonstration.first` of data set made"),
        ({"first": "2018"}, changed(), "`demonstration.every` of data set made"),
        ({"first": "2018", "every": 1}, changed(), "`demonstration.counts` of data set made"),
        (SHAPE, changed(), "`demonstration.size`"),
        (SHAPE, changed(RATIO, measure="numerator") | {"unit": "ratio"}, "`demonstration.size`"),
        (CENSUS, changed(), "a `check` of 2025, which is not among the declared periods"),
        (SIZED, changed(value=120), "more than all"),
        (SIZED, changed(value=-1) | {"unit": "count"}, "below nought"),
        ({**SIZED, "first": "2026"}, changed(), "none of its `check`"),
        ({**SIZED, "first": "1971"}, changed(), "from 1990 on"),
        ({**SIZED, "joint": [["330", "999"]]}, changed(), "no authority 999"),
        ({**SIZED, "counts": "authorities"}, changed(), "only numbers"),
        (SIZED, changed(breakdown="age", category="Old"), "no `check` is of its total"),
        (SIZED, changed({**SHARE, "total": False}), "a total or a breakdown"),
        (SIZED, changed({**SHARE, "breakdown": [SIGN]}), "its breakdown ‘sign’ are not declared"),
        (SIZED, changed({**SHARE, "breakdown": [{**SIGN, "shares": "zodiac"}]}), "‘zodiac’"),
    ],
)
def test_what_is_not_declared_is_refused_by_name(
    make: type[Make], tmp_path: Path, shape: dict[str, Any], changes: dict[str, Any], said: str
) -> None:
    some = make.catalogue(make.indicator(**changes), datasets=[made(shape)])
    with pytest.raises(CscdashError, match=r"^measure cannot be drawn: ") as refused:
        demonstrate(tmp_path, some)
    assert said in str(refused.value)
    assert not (tmp_path / "current").exists()


def test_a_census_of_every_tenth_year_has_a_value_every_tenth_year(make: type[Make]) -> None:
    census = make.indicator(
        check=[{**ONE, "period": year, "value": 20.0} for year in ("2011", "2021")],
        source=[{**SHARE, "denominator": "residents"}],
    )
    shape = {**SHAPE, "first": "2011", "every": 10, "size": {"2011": 53e6, "2021": 56.5e6}}
    series = whole(draw(make.catalogue(census, datasets=[made(shape)]), "measure"))
    assert series.index.tolist() == ["2011", "2021"]
    # England's residents come out near those declared, at most 3.5 % and chance away.
    assert series["denominator"].tolist() == pytest.approx([53e6, 56.5e6], rel=0.04)


def test_every_refusal_is_told_at_once(make: type[Make]) -> None:
    two = [make.indicator(id=id, check=[ONE], source=[SHARE]) for id in ("first", "second")]
    with pytest.raises(CscdashError, match=r"first cannot be drawn.* second cannot be drawn"):
        extracts(make.catalogue(*two, datasets=[made({})]))


def test_where_a_breakdown_shows_the_rest_a_small_rest_hides_the_total(make: type[Make]) -> None:
    two = {"name": "where", "column": "place", "shares": {"Here": 70, "Elsewhere": 30},
           "adds_up_to": "denominator"}  # fmt: skip
    source = {**SHARE, "where": {"place": "Here"}, "numerator": "n", "denominator": "n",
              "denominator_where": {"place": "Total"}, "breakdown": [two]}  # fmt: skip
    one = {"parts": ["measure / where / Here"]}
    share = make.indicator(check=[{**ONE, "value": 97.0}], source=[source], sums=[one])
    frame = draw(make.catalogue(share, datasets=[made({**SHAPE, "size": 20_000})]), "measure")
    key = ["area", "period"]
    here, there = (frame[frame["category"] == name].set_index(key)["status"].eq("c")
                   for name in ("Here", "Elsewhere"))  # fmt: skip
    assert here.sum() > 100  # 3 % of 130 children are 4
    assert here.equals(there)
    assert given_away(frame, count=False) == []
