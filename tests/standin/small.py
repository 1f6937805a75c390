"""A small catalogue and the world behind it, for tests that update hundreds of times.

Every value says which version of its publication it is from: 10 and more in the first, 20 and
more in the second.
"""

import csv
import io
from pathlib import Path
from typing import Any

from cscdash.catalogue import Catalogue
from cscdash.extracts import Store
from cscdash.publishers import Options
from cscdash.publishers.retries import Patience

from .world import Publication, Published, Release, World

ENGLAND = "E92000001"
HURRIED = Patience(
    connect=1.0,
    read=1.0,
    whole=1.5,
    file=5.0,
    attempts=3,
    first=0.001,
    longest=0.02,
    silences=3,
    slowest=20_000,
    window=0.05,
    asking=15.0,
    fetching=15.0,
)
DATA = {
    "alpha": "letters",
    "beta": "letters",
    "gamma": "numbers",
    "delta": "notes",
    "epsilon": "far",
}
FOLDER = ("office/notes", "data")
FAR = "far.example.org/tables/epsilon.csv"


def table(version: int, years: list[int], code: str = "331") -> bytes:
    """A file: England, a region and two authorities, all children and by placement."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    heads = ["time_period", "time_identifier", "geographic_level", "country_code", "region_code",
             "old_la_code", "kind", "group", "pct"]  # fmt: skip
    writer.writerow(heads)
    areas = [
        ("National", "", ""),
        ("Regional", "E12000005", ""),
        ("Local authority", "E12000005", "330"),
        ("Local authority", "E12000005", code),
    ]
    for year in years:
        for place, (level, region, authority) in enumerate(areas):
            for at, group in enumerate(("Total", "Foster care", "Children's homes")):
                start = [year, "Reporting year", level, ENGLAND, region, authority]
                writer.writerow([*start, "All", group, f"{10 * version + place + at / 10}"])
    return text.getvalue().encode()


def catalogue() -> Catalogue:
    def indicator(id: str) -> dict[str, Any]:
        source = {
            "dataset": id,
            "where": {"kind": "All", "group": "Total"},
            "value": "pct",
            "breakdown": [
                {"name": "placement", "column": "group", "drop": ["Total"], "adds_up_to": "both"}
            ],
        }
        return {
            "id": f"measure_{id}",
            "title": f"Measure {id}",
            "short": id,
            "listed_in": "companion",
            "unit": "percent",
            "decimals": 1,
            "time_identifier": "Reporting year",
            "period_means": "year to 31 March",
            "kind": "process",
            "measures": "flow",
            "standing": "published",
            "why": "because",
            "reading": "so",
            "limits": "these",
            "check": [{"period": "2025", "value": 1.0, "cite": "a table"}],
            "source": [source],
        }

    def publication(id: str, **more: Any) -> dict[str, Any]:
        return {
            "id": id,
            "title": id.title(),
            "publisher": "Office",
            "page": f"https://example.org/{id}",
            "attribution": "Office",
            "cadence": "yearly",
            "dataset": [
                {"id": data, "title": f"{data.title()} table", "format": "ees",
                 "files": [{"name": data}]}
                for data, of in DATA.items() if of == id
            ],
            **more,
        }  # fmt: skip

    folder = {"kind": "github", "repository": FOLDER[0], "folder": FOLDER[1]}
    address = {"kind": "file", "url": f"https://{FAR}", "filename": "epsilon.csv"}
    chapter = {
        "id": "first",
        "number": "Outcome 1",
        "title": "First",
        "short": "First",
        "aim": "aim",
        "hangs_together": "so",
        "order": 1,
        "indicators": [indicator(id) for id in DATA],
    }
    by_hand = {"kind": "manual", "manual": "Fetch it."}
    publications = [
        publication("letters", slug="letters", download=[{**folder, "fallback": True}]),
        publication("numbers", slug="old-numbers"),
        publication("notes", download=[folder, by_hand]),
        publication("far", download=[address, {**folder, "fallback": True}]),
    ]
    return Catalogue.model_validate({"chapters": [chapter], "publications": publications})


def world(version: int) -> World:
    """The publishers' files; in the second version a new release, an amended one, and new files."""
    old = [2024, 2025]

    def letters(year: int, number: int, years: list[int]) -> Release:
        files = [
            Published(f"{id}_{years[0]}_to_{year}.csv", f"{id.title()} table", table(number, years))
            for id in ("alpha", "beta")
        ]
        others = [Published(f"other_{at}.csv", f"Another {at}", b"a,b\n1,2\n") for at in range(45)]
        return Release(str(year), f"Reporting year {year}", [*others, *files])

    first = letters(2025, 1, old)
    releases = [first] if version == 1 else [letters(2026, 2, [2025, 2026]), first]
    gamma = Published("gamma_2025.csv", "Gamma table", table(version, old), version)
    numbers = Release("2025", "Reporting year 2025", [gamma], version=version)
    return World(
        [
            Publication("letters", "Letters", releases, {"year": 2026, "month": 11}),
            Publication("numbers", "Numbers", [numbers]),
        ],
        {"old-numbers": "numbers"},
        {FOLDER: {"delta.csv": table(version, old), "readme.md": b"# Notes\n"}},
        {FAR: table(version, old)},
    )


def options(folder: Path, url: str, **more: Any) -> Options:
    made: dict[str, Any] = {"patience": HURRIED, "mirror": url, **more}
    return Options(folder / "store", folder / "cache", **made)


def versions(folder: Path) -> dict[str, int]:
    """Data set -> the version that the store shows, after making sure that all of it is whole."""
    store = Store.open(folder / "store")
    assert store.check() == []
    found = {}
    for id in store.indicators:
        frame = store.read(id)
        frame = frame[frame["period"] == "2025"]
        assert len(frame) == 12
        seen = set((frame["value"] // 10).astype(int))
        assert len(seen) == 1, f"{id} mixes versions"
        found[id.removeprefix("measure_")] = seen.pop()
    return found


def everything(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        p.relative_to(folder).as_posix(): (p.stat().st_mtime_ns, p.read_bytes())
        for p in sorted(folder.rglob("*"))
        if p.is_file() and p.name != ".lock"
    }
