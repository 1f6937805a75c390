"""The census once more, in plain Python from the files: the other half of `returns_slowly`."""

import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from cscdash.returns.days import bank_holidays
from tests.unit.returns_slowly import DAY, Counts, back, later, read_day


class Census:
    """Children in need censuses of several years, as at a day."""

    def __init__(self, files: Iterable[Path], day: date) -> None:
        self.day, self.first = day, back(day, 12) + DAY
        self.holidays = [d for year in range(1995, day.year + 2) for d in bank_holidays(year)]
        self.born: dict[str, date | None] = {}
        cases: dict[tuple[Any, ...], tuple[date, ElementTree.Element]] = {}
        parts: dict[tuple[Any, ...], tuple[date, ElementTree.Element]] = {}
        roots = [ElementTree.parse(file).getroot() for file in files]
        dated = [(_at(root, ".//ReferenceDate"), root) for root in roots]
        dated.sort(key=lambda one: one[0] or date.min)
        self.last = dated[-1][0] or date.min
        for made, root in dated:
            for child in root.iter("Child"):
                name = child.findtext("ChildIdentifiers/LAchildID") or ""
                self.born[name] = _at(child, "ChildIdentifiers/PersonBirthDate") or self.born.get(
                    name
                )
                seen: dict[tuple[date, bool], int] = defaultdict(int)
                for one in child.iter("CINdetails"):
                    referred = _at(one, "CINreferralDate")
                    if not referred or referred > day or not made:
                        continue
                    nfa = (one.findtext("ReferralNFA") or "").lower() in ("1", "true")
                    key = (name, referred, nfa, seen[referred, nfa])
                    seen[referred, nfa] += 1
                    cases[key] = (made, one)
                    for kind, start in (
                        ("Assessments", "AssessmentActualStartDate"),
                        ("Section47", "S47ActualStartDate"),
                        ("ChildProtectionPlans", "CPPstartDate"),
                    ):
                        for part in one.iter(kind):
                            begun = _at(part, start)
                            if begun and begun <= day:
                                held = (key, kind, begun)
                                parts[
                                    held if kind != "ChildProtectionPlans" else (key, kind, begun)
                                ] = (
                                    made,
                                    part,
                                )
        self.cases, self.parts = cases, parts

    def counts(self) -> Counts:
        found: Counts = {}

        def share(id: str, among: list[Any], which: Callable[..., object]) -> None:
            found[id] = (sum(bool(which(one)) for one in among), len(among))

        def within(day: date | None) -> bool:
            return day is not None and self.first <= day <= self.day

        referred = [key for key in self.cases if within(key[1])]
        dates = defaultdict(set)
        for key in self.cases:
            dates[key[0]].add(key[1])

        def again(key: tuple[Any, ...]) -> bool:
            return any(later(key[1], -1) <= d < key[1] for d in dates[key[0]])

        share("referrals_rate", referred, lambda _: True)
        share("repeat_referrals", referred, again)
        share("no_further_action", referred, lambda key: key[2])
        done = []
        for (_, kind, start), (_, part) in self.parts.items():
            end = _at(part, "AssessmentAuthorisationDate") if kind == "Assessments" else None
            if within(end):
                factor = part.find(".//AssessmentFactors")
                done.append(
                    (start, end, factor is not None and factor.text not in ("", "21", None))
                )
        share("assessments_45_days", done, lambda one: self._working(one[0], one[1]) <= 45)
        share("assessments_rate", done, lambda one: one[2])
        open_ = [
            key
            for key, (made, one) in self.cases.items()
            if not key[2]
            and not ((end := _at(one, "CINclosureDate")) and end <= self.day)
            and (end or made == self.last or made >= self.day)
        ]
        share("cin_rate", open_, lambda _: True)
        enquiries = [
            (key[0], start, _at(part, "DateOfInitialCPC"))
            for (key, kind, start), (_, part) in self.parts.items()
            if kind == "Section47"
        ]
        share("section_47_number", [e for e in enquiries if within(e[1])], lambda _: True)
        met: dict[tuple[str, date], list[date]] = defaultdict(list)
        for name, start, day in enquiries:
            if day and within(day):
                met[name, day] += [start] if start <= day else []
        for key, (_, one) in self.cases.items():
            day = _at(one, "DateOfInitialCPC")
            if day and within(day):
                met[key[0], day] += []
        share(
            "conferences_15_days",
            list(met.items()),
            lambda one: one[1] and self._working(max(one[1]), one[0][1]) <= 15,
        )
        self._plans(share, within)
        return found

    def _plans(self, share: Callable[..., None], within: Callable[..., bool]) -> None:
        plans: dict[tuple[str, date], tuple[date, ElementTree.Element]] = {}
        for (key, kind, start), (made, part) in self.parts.items():
            if kind == "ChildProtectionPlans":
                before = plans.get((key[0], start))
                if before is None or before[0] <= made:
                    plans[key[0], start] = (made, part)
        started = [key for key in plans if within(key[1])]
        share("new_plans_number", started, lambda _: True)
        share(
            "repeat_plans", started, lambda k: int(plans[k][1].findtext("NumberOfPreviousCPP") or 0)
        )
        on, ended = [], []
        for key, (made, part) in plans.items():
            end = _at(part, "CPPendDate")
            lost = end is None and made < self.last and made < self.day
            if not lost and not (end and end <= self.day):
                on.append((self.day - key[1]).days)
            if end and within(end):
                ended.append((end - key[1]).days)
        share("plans_two_years", on, lambda days: days > 729)
        share("plans_ended_two_years", ended, lambda days: days > 729)

    def _working(self, first: date, last: date) -> int:
        return int(np.busday_count(first, last, holidays=self.holidays))


def _at(part: ElementTree.Element, path: str) -> date | None:
    return read_day((part.findtext(path) or "").partition("T")[0])
