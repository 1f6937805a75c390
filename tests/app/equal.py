"""Whether a chart, its table and the extract hold the same numbers."""

import math
import re
from functools import cache

import numpy as np
import pandas as pd

from cscdash.analysis.number_format import say
from cscdash.catalogue import Indicator, catalogue
from cscdash.extracts import Store
from cscdash.places import places
from tests.app.reading import Chart

PARTNERS = {
    "314": "Richmond upon Thames",
    "318": "Kingston upon Thames",
    "940": "West Northamptonshire",
    "941": "North Northamptonshire",
}
JOINT = set(PARTNERS)
DOTS = ("own", "neighbour", "region", "england", "other")


def alone(text: str) -> str:
    """A printed value without the words for a joint return."""
    return re.sub(r" \(joint return with [A-Z][A-Za-z ]+\)$", "", text)


@cache
def codes() -> dict[str, str]:
    """Short name of an area -> its code; no two areas share one."""
    named = {area.short: area.code for area in places().areas.values()}
    assert len(named) == len(places().areas)
    return named


class Truth:
    """What an extract says, read apart from the code of the pages."""

    def __init__(self, store: Store, indicator: str) -> None:
        self.indicator: Indicator = catalogue().indicator(indicator)
        frame = store.read(indicator)
        frame["year"] = pd.to_datetime(frame["period_end"])
        words = ["area", "period", "breakdown", "category", "status"]
        self.frame = frame.astype(dict.fromkeys(words, str))
        self.total = self.frame[
            (self.frame["breakdown"] == "total") & (self.frame["category"] == "total")
        ]
        self.cells = {
            (area, period): (value if status == "ok" else math.nan, status)
            for area, period, value, status in zip(
                *(self.total[c] for c in ("area", "period", "value", "status")), strict=True
            )
        }

    @property
    def authorities(self) -> set[str]:
        return {code for code, _ in self.cells if len(code) == 3}

    def value(self, code: str, period: str) -> float:
        """NaN where there is none."""
        return float(self.cells.get((code, period), (math.nan, ""))[0])

    def joint(self, code: str, period: str) -> bool:
        """Whether a value has the flag of a joint return."""
        here = self.total[(self.total["area"] == code) & (self.total["period"] == period)]
        return bool(here["flags"].astype(str).str.contains("j").any())

    def text(self, value: float) -> set[str]:
        """How a value may be written: with or without the words of its unit."""
        said = say(value, self.indicator.unit, self.indicator.decimals)
        return {said, said.removesuffix(" per 10,000")}


def agree(chart: Chart, table: pd.DataFrame, truth: Truth, where: str) -> None:
    """The chart of a view, its table and the extract are the same numbers."""
    if "t" in chart.rows:
        _over_time(chart, table, truth, where)
    elif "order" in chart.rows:
        _dots(chart, table, truth, where)
    elif "code" in chart.rows:
        _map(chart, table, truth, where)
    elif "x" in chart.rows:
        _scatter(chart, table, truth, where)
    else:
        _swarm(chart, table, truth, where)


def _over_time(chart: Chart, table: pd.DataFrame, truth: Truth, where: str) -> None:
    drawn = chart.marks("line", "thin")
    said = table.set_index("Area")
    shown = set(zip(drawn["name"], drawn["period"], strict=True))
    assert len(shown) == len(drawn), where
    for name, period, value, text in zip(
        *(drawn[c] for c in ("name", "period", "value", "text")), strict=True
    ):
        assert said.loc[name, period] == text, f"{where}: {name} {period}"
        if name in codes():
            true = truth.value(codes()[name], period)
            assert np.float32(true) == value, f"{where}: {name} {period}"
            assert alone(text) in truth.text(true), f"{where}: {name} {period}"
        else:
            assert name.startswith("median of"), f"{where}: whose line is {name}?"
            middle = _median(said, truth, period)
            if middle is not None:
                assert np.float32(middle) == value, f"{where}: {period}"
                assert alone(text) in truth.text(middle), f"{where}: {period}"
    for name in said.index.intersection(list(codes())):
        for (code, period), (_, status) in truth.cells.items():
            if code == codes()[name]:
                drawn_here = (name, period) in shown
                assert drawn_here == (status == "ok"), f"{where}: {name} {period} is {status}"
                if status != "ok":
                    assert said.loc[name, period].startswith(f"[{status}]"), f"{where}: {name}"
    gaps = chart.marks("gap")
    for period, text in zip(gaps["period"], gaps["text"], strict=True):
        own = said.iloc[0][period]
        assert own.startswith(text), f"{where}: {period}: {own} drawn as {text}"


def _median(said: pd.DataFrame, truth: Truth, period: str) -> float | None:
    """The median of the neighbours that the table lists, from the extract.

    None where they are not listed, or some of them share a return.
    """
    above = {area.short for area in (*places().regions, *places().subregions, places().england)}
    own, *others = said.index
    group = [codes()[name] for name in others if name in codes() and name not in above]
    if own in above or JOINT & {*group, codes().get(own, "")}:
        return None
    values = [truth.value(code, period) for code in group]
    return float(np.median([value for value in values if not math.isnan(value)]))


def _dots(chart: Chart, table: pd.DataFrame, truth: Truth, where: str) -> None:
    texts, dots = chart.marks("text"), chart.marks("dot")
    column, period = table.columns[0], str(table.columns[1])
    named = {_unwrapped(name): name for name in table[column]}
    assert [_unwrapped(name) for name in texts["name"]] == list(named), where
    assert texts["text"].astype(str).tolist() == table[period].tolist(), where
    missing = texts["text"].astype(str).str.startswith(("[", "no figure"))
    assert len(dots) == (~missing).sum(), f"{where}: a dot without a value, or none with one"
    by_name = {
        named[_unwrapped(name)]: value
        for name, value in zip(dots["name"], dots["value"], strict=True)
    }
    for name, text in zip(table[column], table[period], strict=True):
        true = _true_dot(truth, column, name, period, where)
        if name in by_name:
            assert np.float32(true) == by_name[name], f"{where}: {name}"
            assert alone(text) in truth.text(true), f"{where}: {name}"
        else:
            assert math.isnan(true), f"{where}: {name} has the value {true}"


def _unwrapped(name: str) -> str:
    """A name without its line breaks, which may fall behind a hyphen."""
    return "".join(str(name).split())


def _true_dot(truth: Truth, column: str, name: str, period: str, where: str) -> float:
    if column == "Area":
        return truth.value(codes()[name.split(" · ")[0]], period)
    area = where.rsplit(" ", 1)[-1]
    if name.endswith(", England"):
        name, area = name.removesuffix(", England"), places().england.code
    rows = truth.frame[
        (truth.frame["breakdown"] == column.lower())
        & (truth.frame["category"] == name)
        & (truth.frame["area"] == area)
        & (truth.frame["period"] == period)
    ]
    assert len(rows) <= 1
    if rows.empty or rows["status"].iloc[0] != "ok":
        return math.nan
    return float(rows["value"].iloc[0])


def _swarm(chart: Chart, table: pd.DataFrame, truth: Truth, where: str) -> None:
    period = str(table.columns[1])
    dots = chart.marks(*DOTS)
    assert sorted(zip(dots["name"].astype(str), dots["text"].astype(str), strict=True)) == sorted(
        zip(table["Area"], table[period], strict=True)
    ), where
    for name, value, text in zip(*(dots[c] for c in ("name", "value", "text")), strict=True):
        true = truth.value(codes()[str(name)], period)
        assert np.float32(true) == value, f"{where}: {name}"
        assert alone(text) in truth.text(true), f"{where}: {name}"
    _everyone_is_there({codes()[str(name)] for name in dots["name"]}, truth, period, where)


def _map(chart: Chart, table: pd.DataFrame, truth: Truth, where: str) -> None:
    """Every authority has its text, the same as in the table; shades never part equal texts."""
    areas, column = chart.marks("area"), str(table.columns[1])
    said = dict(zip(table["Authority"], table[column], strict=True))
    period = column.rsplit(", ", 1)[-1]
    assert areas["code"].is_unique and len(areas) >= 150, where
    for code, name, text in zip(
        *(areas[c].astype(str) for c in ("code", "name", "text")), strict=True
    ):
        assert codes()[name] == code, where
        assert said[name] == text, f"{where}: {name}"
        true = truth.value(code, period)
        if math.isnan(true):
            assert not text[:1].isdigit(), f"{where}: {name} is {text}"
        else:
            assert alone(text) in truth.text(true), f"{where}: {name}"


def _scatter(chart: Chart, table: pd.DataFrame, truth: Truth, where: str) -> None:
    dots, column = chart.marks("own", "neighbour", "region", "other"), str(table.columns[2])
    said = dict(zip(table["Authority"], table[column], strict=True))
    period = column.rsplit(", ", 1)[-1]
    assert set(said) == set(dots["name"].astype(str)), where
    for name, value in zip(dots["name"].astype(str), dots["y"], strict=True):
        true = truth.value(codes()[name], period)
        assert np.float32(true) == value, f"{where}: {name}"
        assert alone(said[name]) in truth.text(true), f"{where}: {name}"


def _everyone_is_there(shown: set[str], truth: Truth, period: str, where: str) -> None:
    """Every authority with a value is drawn; a joint return may stand once."""
    known = {
        code
        for (code, when), (_, status) in truth.cells.items()
        if when == period and status == "ok" and len(code) == 3
    }
    assert known - shown <= JOINT, f"{where}: not drawn: {sorted(known - shown)}"
    assert not {code for code in shown if len(code) == 3} - known, where


def _named(dots: pd.DataFrame, truth: Truth, period: str, where: str) -> pd.DataFrame:
    """The overview's rings bear no names: each is the next authority that has such a value."""
    known = {str(name) for name in dots["name"].dropna()}
    left = {
        code: value
        for (code, when), (value, status) in truth.cells.items()
        if when == period and status == "ok" and len(code) == 3
    }
    short = {code: places().areas[code].short for code in left}
    rest = sorted((v, short[c]) for c, v in left.items() if short[c] not in known)
    rings = dots[dots["name"].isna()].sort_values("x", kind="stable")
    for joint in ("Richmond upon Thames", "West Northamptonshire"):  # counted once
        if len(rest) > len(rings):
            rest = [(v, name) for v, name in rest if name != joint]
    assert len(rest) == len(rings), f"{where}: {len(rings)} rings for {len(rest)} authorities"
    named = dots.copy()
    named["name"] = named["name"].astype(object)
    named["text"] = named["text"].astype(object)
    for at, (value, name) in zip(rings.index, rest, strict=True):
        named.loc[at, "name"] = name
        named.loc[at, "text"] = next(iter(truth.text(value)))
    return named


def in_the_round(chart: Chart, table: pd.DataFrame, store: Store, area: str, where: str) -> None:
    """The strips of a chapter, their table and the extracts are the same numbers."""
    ids = {indicator.title: indicator.id for indicator in catalogue().indicators}
    short = places().areas[area].short
    for at, row in enumerate(table.to_dict("records")):
        here = f"{where}: {row['Indicator']}"
        truth, period = Truth(store, ids[row["Indicator"]]), row["Period"]
        marks = chart.rows[chart.rows["row"] == at]
        assert marks.loc[marks["mark"] == "name", "text"].tolist() == [truth.indicator.short], here
        dots = marks[marks["mark"].isin(DOTS)]
        if dots["name"].isna().any():
            dots = _named(dots, truth, period, here)
        true = [truth.value(codes()[str(name)], period) for name in dots["name"]]
        assert not np.isnan(true).any(), here
        for text, value in zip(dots["text"], true, strict=True):
            assert alone(text) in truth.text(value), here
        if len(true):
            low, high = min(true), max(true)
            wanted = [(v - low) / (high - low) if high > low else 0.5 for v in true]
            whole = pd.api.types.is_integer_dtype(dots["x"])  # sent in ten-thousandths
            assert np.allclose(dots["x"] / (10_000 if whole else 1), wanted, atol=6e-5), here
            _everyone_is_there({codes()[str(n)] for n in dots["name"]}, truth, period, here)
        own = dots[dots["mark"] == "own"]
        value = truth.value(area, period)
        counted = truth.indicator.unit in ("count", "pounds") and area not in truth.authorities
        assert counted or len(own) == (0 if math.isnan(value) else 1), f"{here}: {len(own)}"
        if not math.isnan(value):
            assert alone(row[short]) in truth.text(value), here
            shared = f"(joint return with {PARTNERS.get(area, '')})"
            assert (shared in row[short]) == truth.joint(area, period), here
        else:
            assert row[short].startswith(("[", "no figure")), here
        for role, name in (("england", "England"), ("region", None)):
            for one in dots.loc[dots["mark"] == role, "name"]:
                said = row[name or str(one)]
                assert alone(said) in truth.text(truth.value(codes()[str(one)], period)), here
