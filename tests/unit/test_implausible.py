"""A year or an issue in thousands, and shares of more than all, are not believed."""

from pathlib import Path
from typing import Any

import pytest

from cscdash.extracts import Store
from cscdash.ingest import build
from cscdash.ingest.left_out import NothingBuiltError

AREAS = [str(code) for code in range(301, 313)]
YEARS = ["2022", "2023", "2024"]
SPEND = {"dataset": "made", "value": "pct"}


def money(make: Any, change: dict[tuple[str, str], str]) -> Any:
    rows = [
        (area, year, {"pct": change.get((area, year), f"{1_000_000 + at * 10_000}")})
        for at, area in enumerate(AREAS)
        for year in YEARS
    ]
    return make.observe(SPEND, make.ees(*rows), unit="pounds", decimals=0)


def test_a_year_in_thousands_is_unreliable_as_a_whole(make: Any) -> None:
    thousands = {(area, "2022"): "1000" for area in AREAS} | {("301", "2022"): "0"}
    frame = money(make, thousands)
    odd = frame[frame["period"] == "2022"]
    assert set(odd["status"]) == {"u"} and odd["value"].isna().all() and len(odd) == len(AREAS)
    assert set(frame.loc[frame["period"] != "2022", "status"]) == {"ok"}


def test_one_authority_that_jumps_is_believed(make: Any) -> None:
    """A council may close a service; most of them at once, fifty-fold, cannot."""
    frame = money(make, {("301", "2023"): "900", ("302", "2023"): "0"})
    assert set(frame["status"]) == {"ok"}


def test_a_share_of_more_than_all_is_unreliable(make: Any) -> None:
    """Of 330, 40 of 20 are no share; 331 with 20 of 20 is all of them."""
    rows = [
        ("330", "2025", {"what": "part", "n": "40"}), ("330", "2025", {"what": "all", "n": "20"}),
        ("331", "2025", {"what": "part", "n": "20"}), ("331", "2025", {"what": "all", "n": "20"}),
    ]  # fmt: skip
    source = {"derive": "share", "where": {"what": "part"}, "numerator": "n",
              "denominator_where": {"what": "all"}}  # fmt: skip
    frame = make.observe(source, make.ees(*rows)).set_index("area")
    assert frame.loc["330", "status"] == "u" and frame["value"].isna()["330"]
    # half of the year are more than all: what is below it cannot be believed either
    assert frame.loc["331", "status"] == "u"
    more = [(a, "2025", {"what": w, "n": "20"}) for a in ("332", "333") for w in ("part", "all")]
    frame = make.observe(source, make.ees(*rows, *more)).set_index("area")
    assert frame.loc["330", "status"] == "u"
    assert list(frame.loc[["331", "332", "333"], "value"]) == [100.0, 100.0, 100.0]


def issues(make: Any, folder: Path, *thousands: bool) -> tuple[Store, list[str]]:
    """Issues of 2023, 2024 … of the spend of England and twelve authorities, some in thousands."""
    (folder / "from").mkdir()
    for at, short in enumerate(thousands):
        rows = [
            (area, str(year), {"pct": f"{(1 if short else 1000) * (1000 + year)}"})
            for area in ("E92000001", *AREAS)
            for year in (2022, 2023 + at)
        ]
        (folder / "from" / f"made_{2023 + at}.csv").write_bytes(make.ees(*rows))
    check = [{"period": "2024", "value": 3_024_000.0, "cite": "a table"}]
    shape = {"first": "2018", "every": 1, "counts": "pounds", "size": 80_000}
    known = make.catalogue(
        make.indicator(source=[SPEND], unit="pounds", decimals=0, check=check),
        datasets=[{"id": "made", "title": "made", "format": "ees", "files": [{"name": "made*"}],
                   "demonstration": shape}],
    )  # fmt: skip
    report = build(folder / "from", folder / "store", known)
    return report.store, [one.words for one in report.left_out]


def test_an_older_issue_in_thousands_is_left_out_and_named(make: Any, tmp_path: Path) -> None:
    store, left = issues(make, tmp_path, True, False)
    frame = store.read("measure")
    assert set(frame["period"]) == {"2022", "2024"} and (frame["value"] > 1_000_000).all()
    assert len(left) == 1 and "about 1,000 times smaller" in left[0] and "made_2023" in left[0]
    assert store.history("measure") is None  # no revision a thousand-fold


def test_an_issue_in_thousands_alone_is_known_by_the_declared_figure(
    make: Any, tmp_path: Path
) -> None:
    with pytest.raises(NothingBuiltError) as caught:
        issues(make, tmp_path, True)
    assert "about 1,000 times smaller than England's" in caught.value.left_out[0].words


def test_issues_in_the_same_unit_stay(make: Any, tmp_path: Path) -> None:
    store, left = issues(make, tmp_path, False, False)
    assert left == [] and set(store.read("measure")["period"]) == {"2022", "2023", "2024"}
