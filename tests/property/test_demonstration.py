"""Whatever a catalogue declares, its demonstration is a whole extract that gives nothing away."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cscdash.extracts import problems
from cscdash.ingest.demonstration import extracts
from tests.conftest import ENGLAND, Make
from tests.unit.secrecy import given_away

DIVISIONS = ("placement", "age", "sex", "legal status", "school phase", "activity", "unheard of")
SHARE: dict[str, Any] = {"value": "percent", "numerator": "number", "denominator": "all"}
SOURCES: dict[str, dict[str, Any]] = {
    "percent": SHARE,
    "count": {"value": "number"},
    "rate per 10,000": {"derive": "rate", "numerator": "number", "population": "population"},
    "score": {"value": "mean", "denominator": "all"},
    "ratio": {"derive": "ratio", "numerator": "number", "denominator": "all"},
    "months": {"value": "mean"},
    "pounds": {"derive": "rate", "numerator": "spend", "population": "population", "scale": 1000},
}


@st.composite
def declarations(draw: st.DrawFn) -> dict[str, Any]:
    unit = draw(st.sampled_from(sorted(SOURCES)))
    value = draw(st.floats(1.0, 97.0).map(lambda number: round(number, 1)))
    if unit == "count":
        value = float(draw(st.integers(500, 200_000)))
    check = [{"period": "2025", "value": value, "cite": "a table"}]
    if unit == "percent" and draw(st.booleans()):
        size = draw(st.integers(50_000, 200_000))
        top = {"period": "2025", "measure": "numerator", "cite": "a table"}
        check.append({**top, "value": float(round(size * value / 100))})
    if draw(st.booleans()):
        check.append({"period": "2019", "value": round(value * 1.1, 1), "cite": "a table"})
    name = draw(st.sampled_from(DIVISIONS))
    division = {"name": name, "column": "kind", "drop": ["Total"]}
    if draw(st.booleans()):
        division = {"name": name, "columns": {"One": "one", "Two": "two", "Three": "three"}}
    source = {"dataset": "made", **SOURCES[unit], "breakdown": [division]}
    if draw(st.booleans()):
        source["where"] = {"kind": "Foster placements"}
        source["denominator_where"] = {"kind": "Total"}
    breaks = draw(st.lists(st.sampled_from(["2019", "2022", "2024"]), max_size=2, unique=True))
    return {
        "id": draw(st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)),
        "unit": unit,
        "decimals": draw(st.integers(0, 2)),
        "check": check,
        "breaks": [{"period": period, "why": "counted anew"} for period in breaks],
        "source": [source],
    }


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(declarations())
def test_any_declaration_gives_a_whole_extract(declared: dict[str, Any]) -> None:
    some = Make.catalogue(Make.indicator(**declared))
    table = extracts(some)[declared["id"]]
    assert problems(table) == []
    frame = Make.frame(table)
    assert given_away(frame, declared["unit"] == "count") == []
    england = frame[(frame["area"] == ENGLAND) & (frame["breakdown"] == "total")]
    shown = england.set_index("period").loc["2025"]
    level, decimals = declared["check"][0]["value"], declared["decimals"]
    if shown["status"] == "k":
        assert level < 10.0**-decimals
    else:
        assert abs(shown["value"] - level) <= 0.05 * level + 0.51 * 10.0**-decimals
    key = ["area", "breakdown", "period", "category"]
    assert frame[key].equals(frame[key].sort_values(key))
    if declared["unit"] == "percent":
        assert frame["value"].dropna().between(0, 100).all()
