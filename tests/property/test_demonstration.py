"""Whatever a catalogue declares is drawn whole, giving nothing away, or refused by name."""

from typing import Any

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from cscdash.catalogue import Catalogue
from cscdash.errors import CscdashError
from cscdash.extracts import problems
from cscdash.ingest.demonstration import extracts
from tests.conftest import ENGLAND, Make
from tests.trials.sampling import examples
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
        before = min(round(value * 1.1, 1), 99.0) if unit == "percent" else round(value * 1.1, 1)
        check.append({"period": "2019", "value": before, "cite": "a table"})
    name = draw(st.sampled_from(DIVISIONS))
    division: dict[str, Any] = {"name": name, "column": "kind", "drop": ["Total"]}
    division["shares"] = {"Foster placements": 60, "Two": 30.5, "Three": 9, "Four": 0.5}
    if draw(st.booleans()):
        division = {"name": name, "columns": {"One": "one", "Two": "two", "Three": "three"}}
    division["adds_up_to"] = draw(st.sampled_from(["numerator", "denominator", "both", "nothing"]))
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


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(declarations())
def test_any_usual_declaration_gives_a_whole_extract(declared: dict[str, Any]) -> None:
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


def period() -> st.SearchStrategy[str]:
    return st.sampled_from(["1985", "2001", "2011", "2016", "2019", "2021", "2024", "2025"])


def some_of(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


SHAPES = some_of(
    first=period(),
    every=st.sampled_from([1, 1, 1, 2, 10]),
    counts=st.sampled_from(["people", "people", "staff", "pounds", "things", "authorities"]),
    size=st.one_of(
        st.sampled_from([1, 40, 9000.5, 1e6, 1e11]),
        st.dictionaries(period(), st.sampled_from([30, 5e4, 6e7]), min_size=1, max_size=3),
    ),
    counted=st.sampled_from(["", "children"]),
    of=st.sampled_from(["", "children"]),
    joint=st.sampled_from([[], [["314", "318"]], [["330", "no such"]]]),
    national=st.booleans(),
    hidden_as=st.sampled_from(["c", "x"]),
)
CHECKS = st.lists(
    st.fixed_dictionaries(
        {
            "period": period(),
            "value": st.sampled_from([-2.5, 0.0, 0.004, 1, 17, 99.9, 100, 3000, 5e5, 2e10]),
            "cite": st.just("a table"),
        },
        optional={
            "measure": st.sampled_from(["value", "numerator", "denominator"]),
            "area": st.just("E12000005"),
            "breakdown": st.just("kind"),
            "category": st.sampled_from(["total", "One", "Foster placements"]),
        },
    ),
    min_size=1,
    max_size=4,
)
WHERE = some_of(kind=st.sampled_from(["Foster placements", "Other", ["One", "Two"]]))
BREAKDOWNS = st.fixed_dictionaries(
    {"name": st.sampled_from(["kind", "age"])},
    optional={
        "column": st.just("kind"),
        "columns": st.just({"One": "number", "Two": "two"}),
        "where": WHERE,
        "denominator_where": WHERE,
        "drop": st.sampled_from([["Total"], ["One"]]),
        "adds_up_to": st.sampled_from(["numerator", "denominator", "both", "nothing"]),
        "labels": st.sampled_from([{"One": "Two"}, {"Three": "Third"}]),
        "derive": st.sampled_from(["direct", "rate", "ratio", "wide", "share"]),
        "shares": st.sampled_from(
            ["", "no such", {"One": 1}, {"One": 9, "Foster placements": 80, "Total": 3}]
        ),
    },
)
DECLARED = st.fixed_dictionaries(
    {
        "unit": st.sampled_from(sorted(SOURCES)),
        "decimals": st.integers(0, 2),
        "time_identifier": st.sampled_from(["Reporting year", "Academic year", "Calendar year"]),
        "check": CHECKS,
        "source": st.lists(
            st.fixed_dictionaries(
                {
                    "dataset": st.just("made"),
                    "derive": st.sampled_from(
                        ["direct", "ratio", "rate", "sum", "share", "complement", "months", "wide"]
                    ),
                    "breakdown": st.lists(BREAKDOWNS, max_size=2),
                    "demonstration": SHAPES,
                },
                optional={
                    "where": WHERE,
                    "denominator_where": WHERE,
                    "value": st.just("value"),
                    "numerator": st.just("number"),
                    "denominator": st.just("all"),
                    "population": st.just("made"),
                    "population_lag": st.integers(0, 2),
                    "scale": st.sampled_from([1.0, 1000.0]),
                    "regions": st.sampled_from(["published", "summed"]),
                    "first": period(),
                    "last": period(),
                    "total": st.booleans(),
                },
            ),
            min_size=1,
            max_size=2,
        ),
    },
    optional={
        "denominator": st.just("everybody"),
        "sums": st.just([{"parts": ["measure / kind / One"]}]),
        "breaks": st.lists(
            st.fixed_dictionaries({"period": period(), "why": st.just("counted anew")}), max_size=2
        ),
    },
)


@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(DECLARED, SHAPES)
def test_drawn_or_refused_by_name(changes: dict[str, Any], shape: dict[str, Any]) -> None:
    file = {"id": "made", "title": "made", "format": "ees", "files": [{"name": "made"}]}
    usual = {"first": "2016", "every": 1, "counts": "people", **shape}
    try:
        some: Catalogue = Make.catalogue(
            Make.indicator(**changes), datasets=[{**file, "demonstration": usual}]
        )
    except ValidationError:
        assume(False)
    try:
        table = extracts(some)["measure"]
    except CscdashError as refused:
        event("refused")
        assert str(refused).startswith("measure cannot be drawn: ")
        return
    event("drawn")
    assert problems(table) == []
    frame = Make.frame(table)
    assert len(frame)
    if changes["unit"] == "percent":
        assert frame["value"].dropna().between(0, 100).all()
    shown = frame["status"].eq("ok")
    assert (frame["numerator"].notna() & ~shown & ~frame["status"].eq("k")).sum() == 0
    assert given_away(frame, changes["unit"] == "count") == []
