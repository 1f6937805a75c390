"""The same measures once more, in plain Python from the files, child by child: slow and simple.

Written from the rules in docs/returns.md and not from the engine: no SQL, no shared table, no
shared reader. What both agree on, two ways of reading the rules agree on.
"""

import csv
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

DAY = timedelta(days=1)
Row = dict[str, str]
Counts = dict[str, tuple[float, float]]


def read_day(text: str) -> date | None:
    for shape in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), shape).date()
        except ValueError:
            continue
    return None


def march_after(day: date) -> date:
    this = date(day.year, 3, 31)
    return this if day <= this else date(day.year + 1, 3, 31)


def back(day: date, months: int) -> date:
    """So many months before; the last of a month for the last of one."""
    year, month = day.year, day.month - months
    while month < 1:
        year, month = year - 1, month + 12
    after = date(year + (month == 12), month % 12 + 1, 1)
    last = (after - DAY).day
    whole = (day + DAY).day == 1
    return date(year, month, last if whole else min(day.day, last))


def later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 2, 28)


def age(born: date | None, day: date) -> int | None:
    if born is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@dataclass
class Episode:
    start: date
    end: date | None
    new: str
    legal: str
    place: str
    provider: str
    post: str
    urn: str
    reason: str


@dataclass
class Spell:
    episodes: list[Episode] = field(default_factory=list)
    known_from_start: bool = True

    @property
    def start(self) -> date:
        return self.episodes[0].start

    @property
    def end(self) -> date | None:
        return None if any(e.end is None for e in self.episodes) else self.episodes[-1].end

    @property
    def reason(self) -> str:
        return self.episodes[-1].reason

    def placements(self) -> list[list[Episode]]:
        """Runs of episodes in one placement; hospital, holidays and the like belong to none."""
        runs: list[list[Episode]] = []
        for one in self.episodes:
            if one.place in ("T0", "T1", "T2", "T3", "T4"):
                continue
            before = runs[-1][-1] if runs else None
            same = before is not None and (
                one.new in ("L", "T", "U")
                or one.place in ("A3", "A5")
                or (
                    (one.place, one.post, one.urn) == (before.place, before.post, before.urn)
                    and (one.post != "" or one.urn != "")
                )
            )
            if same:
                runs[-1].append(one)
            else:
                runs.append([one])
        return runs


class Care:
    """The SSDA903 of several years, as at a day."""

    def __init__(self, folders: Iterable[Path], day: date) -> None:
        self.day = day
        self.first = back(day, 12) + DAY
        self.tables: dict[str, dict[date, list[Row]]] = defaultdict(dict)
        for folder in folders:
            self._read(folder)
        self.returns = sorted(self.tables["episodes"])
        self.people: dict[str, Row] = {}
        for made in self.returns:
            for row in self.tables["header"].get(made, []):
                self.people[row["CHILD"]] = row
        self.alone: dict[str, date | None] = {}
        for made in self.returns:
            for row in self.tables["uasc"].get(made, []):
                self.alone[row["CHILD"]] = read_day(row["DUC"])
        self.spells = {child: self._spells(rows) for child, rows in self._pooled().items()}

    def _read(self, folder: Path) -> None:
        found: dict[str, list[Row]] = {}
        for file in folder.glob("*.csv"):
            with file.open(encoding="utf-8-sig", newline="") as stream:
                rows = list(csv.DictReader(stream))
            if rows:
                for name, column in (
                    ("episodes", "DECOM"),
                    ("oc2", "SDQ_SCORE"),
                    ("oc3", "ACTIV"),
                    ("missing", "MIS_START"),
                    ("uasc", "DUC"),
                    ("header", "ETHNIC"),
                ):
                    if column in rows[0]:
                        found[name] = rows
                        break
        starts = [read_day(row["DECOM"]) for row in found.get("episodes", [])]
        made = march_after(max(day for day in starts if day))
        for name, rows in found.items():
            self.tables[name][made] = rows

    def _pooled(self) -> dict[str, dict[date, tuple[date, Row]]]:
        pooled: dict[str, dict[date, tuple[date, Row]]] = defaultdict(dict)
        for made in self.returns:
            for row in self.tables["episodes"][made]:
                start, end = read_day(row["DECOM"]), read_day(row["DEC"])
                if start and not (end and end < start):
                    pooled[row["CHILD"]][start] = (made, row)
        return pooled

    def _spells(self, rows: dict[date, tuple[date, Row]]) -> list[Spell]:
        known: list[Episode] = []
        for start in sorted(rows):
            made, row = rows[start]
            end, reason = read_day(row["DEC"]), row["REC"]
            if end is None:
                lost = made < self.returns[-1]
                end, reason = (made + DAY, "LAPSED") if lost else (None, "")
            if start <= self.day:
                seen = end is not None and end <= self.day
                known.append(
                    Episode(
                        start,
                        end if seen else None,
                        row["RNE"],
                        row["LS"],
                        row["PLACE"],
                        row["PLACE_PROVIDER"],
                        row["PL_POST"],
                        row["URN"],
                        reason if seen else "",
                    )
                )
        for one, follows in itertools.pairwise(known):
            if one.end is None:
                one.end = follows.start
        earliest = known[0] if known else None
        spells: list[Spell] = []
        before: Episode | None = None
        for one in known:
            if one.legal in ("V3", "V4"):
                continue
            fresh = (
                before is None
                or one.new == "S"
                or (before.end is not None and one.start > before.end)
                or before.reason not in ("", "X1")
            )
            if fresh:
                spells.append(Spell(known_from_start=one is not earliest or one.new == "S"))
            spells[-1].episodes.append(one)
            before = one
        return spells

    def born(self, child: str) -> date | None:
        return read_day(self.people[child]["DOB"]) if child in self.people else None

    def is_alone(self, child: str, day: date) -> bool:
        until = self.alone.get(child)
        return child in self.alone and (until is None or until > day)

    def counts(self) -> Counts:
        found: Counts = {}

        def share(id: str, among: list[Any], which: Callable[..., object]) -> None:
            found[id] = (sum(bool(which(one)) for one in among), len(among))

        here = [
            (child, [s for s in spells if s.end is None][-1])
            for child, spells in self.spells.items()
            if any(s.end is None for s in spells) and (age(self.born(child), self.day) or 0) < 18
        ]
        share("looked_after_number", here, lambda _: True)

        def placed(spell: Spell) -> Episode | None:
            runs = spell.placements()
            return runs[-1][-1] if runs else None

        def at(places: str) -> Callable[[tuple[str, Spell]], bool]:
            return lambda one: bool((p := placed(one[1])) and p.place in places.split())

        share("foster_care", here, at("U1 U2 U3 U4 U5 U6"))
        share("residential_care", here, at("K1 K2"))
        share("supported_accommodation", here, at("K3 H5 P2"))
        share("family_networks", here, at("P1"))
        share("own_provision", here, lambda one: (p := placed(one[1])) and p.provider == "PR1")
        share("voluntary_agreements", here, lambda one: one[1].episodes[-1].legal == "V2")
        share("uasc_share", here, lambda one: self.is_alone(one[0], self.day))

        def moves(child: str, since: date) -> int:
            number = 0
            for spell in self.spells[child]:
                for run in spell.placements():
                    start = run[0].start
                    ends = [e.end for e in run]
                    end = None if None in ends else max(e for e in ends if e)
                    number += end is None or (end >= since and end > start)
            return number

        share("placements_three_or_more", here, lambda one: moves(one[0], self.first) >= 3)
        two, half = back(self.day + DAY, 24), back(self.day + DAY, 30)
        long = [one for one in here if one[1].start <= two]
        since = back(self.day, 24) + DAY
        share("placements_two_years", long, lambda one: moves(one[0], since) >= 3)

        def stays(spell: Spell) -> bool:
            runs = spell.placements()
            if not runs:
                return False
            adopted = runs[-1][-1].place.startswith("A") and len(runs) > 1
            return runs[-1][0].start <= two or (adopted and runs[-2][0].start <= two)

        young = [
            one
            for one in here
            if (age(self.born(one[0]), self.day) is not None)
            and (age(self.born(one[0]), self.day) or 0) < 16
            and one[1].start <= half
        ]
        share("same_carer_two_years", young, lambda one: stays(one[1]))

        started = {
            child: spell
            for child, spells in self.spells.items()
            for spell in reversed(spells)
            if self.first <= spell.start <= self.day and spell.known_from_start
        }
        share("new_entrants_number", list(started), lambda _: True)
        share("uasc_starting_rate", list(started), lambda c: self.is_alone(c, started[c].start))
        ceased = {
            child: spell
            for child, spells in self.spells.items()
            for spell in sorted(spells, key=lambda one: one.end or date.min)
            if spell.end
            and self.first <= spell.end <= self.day
            and spell.reason not in ("", "X1", "LAPSED")
        }
        reasons = [spell.reason for spell in ceased.values()]
        share("ceasing_number", reasons, lambda _: True)
        share("adopted", reasons, lambda r: r in ("E11", "E12"))
        guardians = ("E43", "E44", "E45", "E46", "E47", "E48")
        share("ceased_sgo", reasons, lambda r: r in guardians)
        share("sgo_fostered_by_relative", [r for r in reasons if r in guardians], "E45".__eq__)
        share("ceased_cao", reasons, "E41".__eq__)
        share("returned_home_planned", reasons, "E4A".__eq__)
        share("returned_home_unplanned", reasons, "E4B".__eq__)
        share("left_to_relatives", reasons, "E13".__eq__)
        self._went_home(share)
        self._missing(share)
        if (self.day.month, self.day.day) == (3, 31):
            self._health(share, found, dict(here))
            self._leavers(share)
        return found

    def _went_home(self, share: Callable[..., None]) -> None:
        for years in (1, 2):
            home = [
                (spell, spells[at + 1 :])
                for child, spells in self.spells.items()
                for at, spell in enumerate(spells)
                if spell.end
                and spell.reason in ("E4A", "E4B")
                and back(self.day, 12 * years + 12) < spell.end <= back(self.day, 12 * years)
                and (age(self.born(child), later(spell.end, years)) or 0) < 18
            ]
            share(
                f"reunification_{12 * years}",
                home,
                lambda one, y=years: all(s.start > later(one[0].end, y) for s in one[1]),
            )

    def _missing(self, share: Callable[..., None]) -> None:
        gone = defaultdict(set)
        for rows in self.tables["missing"].values():
            for row in rows:
                start, end = read_day(row["MIS_START"]), read_day(row["MIS_END"])
                if start and start <= self.day and (end is None or end >= self.first):
                    gone[row["MISSING"]].add(row["CHILD"])
        ever = [
            child
            for child, spells in self.spells.items()
            if any(s.start <= self.day and (s.end or self.day) >= self.first for s in spells)
        ]
        share("missing", ever, gone["M"].__contains__)
        share("away", ever, gone["A"].__contains__)

    def _health(self, share: Callable[..., None], found: Counts, here: dict[str, Spell]) -> None:
        long = back(self.day + DAY, 12)
        rows = {
            row["CHILD"]: row
            for row in self.tables["oc2"].get(self.day, [])
            if row["CHILD"] in here and here[row["CHILD"]].start <= long
        }

        def aged(low: int, high: int) -> list[Row]:
            ages = {child: age(self.born(child), self.day) for child in rows}
            return [
                row for c, row in rows.items() if (a := ages[c]) is not None and low <= a <= high
            ]

        def score(row: Row) -> float | None:
            text = row["SDQ_SCORE"].strip()
            return float(text) if text.isdigit() and int(text) <= 40 else None

        scored = [s for row in aged(5, 16) if (s := score(row)) is not None]
        found["sdq_score"] = (sum(scored), len(scored))
        share("sdq_response", aged(5, 16), lambda row: score(row) is not None)
        for id, column, among in (
            ("health_checks", "HEALTH_ASSESSMENT", list(rows.values())),
            ("dental_checks", "TEETH_CHECK", list(rows.values())),
            ("immunisations", "IMMUNISATIONS", list(rows.values())),
            ("substance_misuse", "SUBSTANCE_MISUSE", list(rows.values())),
            ("development_checks", "HEALTH_CHECK", aged(0, 4)),
            ("convictions", "CONVICTED", aged(10, 17)),
        ):
            share(id, among, lambda row, c=column: row[c].strip() == "1")

    def _leavers(self, share: Callable[..., None]) -> None:
        rows = {
            row["CHILD"]: row
            for row in self.tables["oc3"].get(self.day, [])
            if row["IN_TOUCH"] not in ("DIED", "RHOM")
            and (self.spells.get(row["CHILD"]) or [Spell([_NOBODY])])[-1].reason != "E3"
        }
        for named, low, high in (("17_18", 17, 18), ("19_21", 19, 21)):
            aged = [
                row
                for child, row in rows.items()
                if low <= (age(read_day(row["DOB"]) or self.born(child), self.day) or 0) <= high
            ]
            share(f"care_leavers_number_{named}", aged, lambda _: True)
            share(f"eet_{named}", aged, lambda row: row["ACTIV"][:1] in ("F", "P"))
            share(f"higher_education_{named}", aged, lambda row: row["ACTIV"] in ("F1", "P1"))
            share(f"apprenticeships_{named}", aged, lambda row: row["ACTIV"] in ("F4", "P4"))
            share(f"neet_{named}", aged, lambda row: row["ACTIV"] in ("G4", "G5", "G6"))
            homes = [row for row in aged if row["ACCOM"][:1] not in ("G", "H", "R")]
            share(f"suitable_accommodation_{named}", homes, lambda r: r["ACCOM"][-1:] == "1")
            share(f"unsuitable_accommodation_{named}", homes, lambda r: r["ACCOM"][-1:] == "2")


_NOBODY = Episode(date(2000, 1, 1), None, "", "", "", "", "", "", "")
