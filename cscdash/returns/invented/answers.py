"""What the returns of invented lives have to give, counted from the lives and not from any file."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from cscdash.returns.days import at_least, bank_holidays, months_before
from cscdash.returns.invented.lives import Care, Case, Life, Lives, birthday, years_old
from cscdash.returns.invented.written import holds

_DAY = timedelta(days=1)
_GUARDIAN = ("E45", "E46", "E47", "E48")
Share = tuple[float, float]


@dataclass(frozen=True)
class _Placement:
    start: date
    end: date | None
    place: str
    provider: str


class Answers:
    """The answers at a day: `counts` has each measure with what is counted, out of how many.

    Parameters
    ----------
    lives : Lives
        Of whom the returns are.
    day : date
        The as-at date, within the years of the returns and more than three years after the first
        of April on which they begin, so that they hold all that is looked at.
    """

    def __init__(self, lives: Lives, day: date) -> None:
        self.day, self.years = day, lives.years
        self.first = months_before(day, 12) + _DAY
        self.holidays = [d for year in range(2010, day.year + 2) for d in bank_holidays(year)]
        self.counts: dict[str, Share] = {}
        self.care = {life.name: self._seen(life) for life in lives.children}
        self.cases = [(life, case) for life in lives.children for case in self._referred(life)]
        self._looked_after(lives.children)
        self._started_and_ceased(lives.children)
        self._went_home(lives.children)
        if (day.month, day.day) == (3, 31):
            self._health(lives.children)
            self._leavers(lives.children)
        self._in_need()
        self._protected()
        self._stepped_down(lives.children)

    def _seen(self, life: Life) -> list[Care]:
        """The periods of care that the returns hold and that had begun; no short breaks."""
        return [
            one
            for one in life.care
            if not one.short and one.start <= self.day and any(holds(one, y) for y in self.years)
        ]

    def _end(self, care: Care) -> date | None:
        """The day from which a period of care is over, as far as is known on the day."""
        end = care.end
        if care.lost and care.lost < date(self.years[-1], 3, 31):
            end = care.lost + _DAY
        return end if end and end <= self.day else None

    def _share(self, id: str, among: Sequence[object], which: Callable[..., object]) -> None:
        self.counts[id] = (sum(bool(which(one)) for one in among), len(among))

    def _number(self, among: Sequence[object], *ids: str) -> None:
        for id in ids:
            self.counts[id] = (len(among), len(among))

    def _here(self, children: Sequence[Life]) -> list[tuple[Life, Care]]:
        return [
            (life, care)
            for life in children
            for care in self.care[life.name]
            if self._end(care) is None and years_old(life.born, self.day) < 18
        ]

    def _alone(self, life: Life, day: date) -> bool:
        return life.alone and (life.alone_until is None or life.alone_until > day)

    def _placements(self, care: Care) -> list[_Placement]:
        found: list[_Placement] = []
        for at, stay in enumerate(care.stays):
            if stay.start > self.day:
                break
            follows = care.stays[at + 1].start if at + 1 < len(care.stays) else None
            end = follows if follows and follows <= self.day else self._end(care)
            if stay.change == "hospital":
                continue
            start = stay.start
            if stay.change not in ("first", "move"):
                start = found.pop().start
            found.append(_Placement(start, end, stay.place, stay.provider))
        return found

    def _looked_after(self, children: Sequence[Life]) -> None:
        here = self._here(children)
        self._number(here, "looked_after_number", "looked_after_rate")
        now = {life.name: self._placements(care)[-1] for life, care in here}
        for id, places in (
            ("foster_care", ("U1", "U3", "U4", "U5", "U6")),
            ("residential_care", ("K1", "K2")),
            ("supported_accommodation", ("K3",)),
            ("family_networks", ("P1",)),
        ):
            self._share(id, here, lambda one, of=places: now[one[0].name].place in of)
        self._share("own_provision", here, lambda one: now[one[0].name].provider == "PR1")
        self._share("voluntary_agreements", here, lambda one: self._order(one[1]) == "V2")
        for id in ("uasc_share", "uasc_rate"):
            self._share(id, here, lambda one: self._alone(one[0], self.day))
        self._share(
            "placements_three_or_more", here, lambda one: self._moves(one[0], self.first) >= 3
        )
        since = months_before(self.day, 24) + _DAY
        long = [one for one in here if one[1].start <= at_least(self.day, 24)]
        self._share("placements_two_years", long, lambda one: self._moves(one[0], since) >= 3)
        settled = [
            one
            for one in here
            if years_old(one[0].born, self.day) < 16 and one[1].start <= at_least(self.day, 30)
        ]
        self._share("same_carer_two_years", settled, lambda one: self._settled(one[1]))
        ever = [
            life
            for life in children
            if any((self._end(one) or self.day) >= self.first for one in self.care[life.name])
        ]
        for id, kind in (("missing", "M"), ("away", "A")):
            self._share(
                id,
                ever,
                lambda life, kind=kind: any(
                    k == kind and start <= self.day and end >= self.first
                    for k, start, end in life.missing
                ),
            )

    def _order(self, care: Care) -> str:
        return [stay.order for stay in care.stays if stay.start <= self.day][-1]

    def _moves(self, life: Life, since: date) -> int:
        return sum(
            one.end is None or (one.end >= since and one.end > one.start)
            for care in self.care[life.name]
            for one in self._placements(care)
        )

    def _settled(self, care: Care) -> bool:
        found, two = self._placements(care), at_least(self.day, 24)
        adopters = found[-1].place[0] == "A" and len(found) > 1 and found[-2].start <= two
        return found[-1].start <= two or adopters

    def _started_and_ceased(self, children: Sequence[Life]) -> None:
        started, ceased = [], []
        for life in children:
            begun = [one for one in self.care[life.name] if self.first <= one.start]
            if begun:
                started.append((life, begun[0]))
            over = [
                one
                for one in self.care[life.name]
                if one.end and self.first <= one.end <= self.day and not one.lost
            ]
            if over:
                ceased.append((life, over[-1]))
        self._number(started, "new_entrants_number", "new_entrants_rate")
        self._share("uasc_starting_rate", started, lambda one: self._alone(one[0], one[1].start))
        self._number(ceased, "ceasing_number", "ceasing_rate")
        for id, reasons in (
            ("adopted", ("E11", "E12")),
            ("ceased_sgo", _GUARDIAN),
            ("ceased_cao", ("E41",)),
            ("returned_home_planned", ("E4A",)),
            ("returned_home_unplanned", ("E4B",)),
            ("left_to_relatives", ("E13",)),
        ):
            self._share(id, ceased, lambda one, of=reasons: one[1].reason in of)
        guarded = [one for one in ceased if one[1].reason in _GUARDIAN]
        self._share("sgo_fostered_by_relative", guarded, lambda one: one[1].reason == "E45")

    def _went_home(self, children: Sequence[Life]) -> None:
        for months in (12, 24):
            until, after = months_before(self.day, months), months_before(self.day, months + 12)
            home = []
            for life in children:
                for at, care in enumerate(self.care[life.name]):
                    if care.reason not in ("E4A", "E4B") or not care.end:
                        continue
                    later = _years_on(care.end, months // 12)
                    if after < care.end <= until and years_old(life.born, later) < 18:
                        home.append((self.care[life.name][at + 1 :], later))
            self._share(
                f"reunification_{months}",
                home,
                lambda one: not any(again.start <= one[1] for again in one[0]),
            )

    def _health(self, children: Sequence[Life]) -> None:
        rows = [
            (life.health[self.day.year], years_old(life.born, self.day))
            for life, care in self._here(children)
            if self.day.year in life.health and care.start <= at_least(self.day, 12)
        ]
        aged = [one for one in rows if 5 <= one[1] <= 16]
        scores = [float(row[0]) for row, _ in aged if row[0]]
        self.counts["sdq_score"] = (sum(scores), len(scores))
        self._share("sdq_response", aged, lambda one: one[0][0])
        for id, at, low, high in (
            ("convictions", 1, 10, 17),
            ("development_checks", 2, 0, 4),
            ("immunisations", 3, 0, 17),
            ("dental_checks", 4, 0, 17),
            ("health_checks", 5, 0, 17),
            ("substance_misuse", 6, 0, 17),
        ):
            of = [one for one in rows if low <= one[1] <= high]
            self._share(id, of, lambda one, at=at: one[0][at] == "1")

    def _leavers(self, children: Sequence[Life]) -> None:
        rows = []
        for life in children:
            row = life.leaver.get(self.day.year)
            over = self.care[life.name][-1:] if row else []
            moved = any(one.reason == "E3" and self._end(one) for one in over)
            if row and row[0] not in ("DIED", "RHOM") and not moved:
                rows.append((*row, years_old(life.born, self.day)))
        for named, low, high in (("17_18", 17, 18), ("19_21", 19, 21)):
            aged = [row for row in rows if low <= row[3] <= high]
            self._number(aged, f"care_leavers_number_{named}")
            for id, activities in (
                ("eet", "F1 P1 F2 P2 F4 P4 F5 P5"),
                ("higher_education", "F1 P1"),
                ("apprenticeships", "F4 P4"),
                ("neet", "G4 G5 G6"),
            ):
                of = tuple(activities.split())
                self._share(f"{id}_{named}", aged, lambda row, of=of: row[1] in of)
            homes = [row for row in aged if row[2][0] not in "GHR"]
            self._share(f"suitable_accommodation_{named}", homes, lambda row: row[2][1:] == "1")
            self._share(f"unsuitable_accommodation_{named}", homes, lambda row: row[2][1:] == "2")
            if named == "19_21":
                self._share("leavers_not_in_touch", aged, lambda row: row[0] == "NO")

    def _referred(self, life: Life) -> list[Case]:
        start = date(self.years[0] - 1, 4, 1)
        return [
            one
            for one in life.cases
            if one.referred <= self.day and (one.closed is None or one.closed >= start)
        ]

    def _within(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.day

    def _working(self, first: date, last: date) -> int:
        return int(np.busday_count(first, last, holidays=self.holidays))

    def _in_need(self) -> None:
        referred = [(life, one) for life, one in self.cases if self._within(one.referred)]
        self._number(referred, "referrals_rate")
        before: dict[str, list[date]] = {}
        for life, one in self.cases:
            before.setdefault(life.name, []).append(one.referred)
        again = [
            any(_years_on(one.referred, -1) <= d < one.referred for d in before[life.name])
            for life, one in referred
        ]
        self._share("repeat_referrals", again, bool)
        names = {life.name for life, _ in referred}
        repeated = {
            life.name for (life, _), is_again in zip(referred, again, strict=True) if is_again
        }
        self.counts["repeat_referrals_children"] = (len(repeated), len(names))
        self._share("no_further_action", referred, lambda one: one[1].nfa)
        done = [part for _, one in self.cases for part in one.assessments if self._within(part[1])]
        self._share("assessments_45_days", done, lambda one: self._working(*one[:2]) <= 45)
        self._share("assessments_rate", done, lambda one: one[2])
        open_ = [
            one
            for _, one in self.cases
            if not one.nfa and not (one.closed and one.closed <= self.day)
        ]
        self._number(open_, "cin_rate")

    def _protected(self) -> None:
        enquired: list[tuple[str, date]] = []
        met: dict[tuple[str, date | None], date | None] = {}
        plans: list[tuple[date, date | None, int]] = []
        for life, one in self.cases:
            plans += [plan for plan in one.plans if plan[0] <= self.day]
            enquired += [(life.name, start) for start, _ in one.enquiries if self._within(start)]
            held = [(start, day) for start, day in one.enquiries if start <= self.day]
            for start, day in [*held, (None, one.transferred)]:
                if self._within(day):
                    timed = [d for d in (met.get((life.name, day)), start) if d]
                    met[life.name, day] = max(timed, default=None)
        self._number(enquired, "section_47_number", "section_47_rate")
        self._number(list({name for name, _ in enquired}), "section_47_children")
        self._number(list(met), "conferences_rate")
        self.counts["section_47_to_conference"] = (len(met), len(enquired))
        self._share(
            "conferences_15_days",
            list(met.items()),
            lambda one: one[1] and self._working(one[1], one[0][1]) <= 15,
        )
        started = [plan for plan in plans if self._within(plan[0])]
        self._number(started, "new_plans_number", "new_plans_rate")
        self._share("repeat_plans", started, lambda plan: plan[2] >= 1)
        on = [plan for plan in plans if not (plan[1] and plan[1] <= self.day)]
        self._number(on, "plans_number", "plans_rate")
        self._share("plans_two_years", on, lambda plan: (self.day - plan[0]).days > 729)
        long = [
            (plan[0], [one for one in case.reviews.get(plan[0], []) if one <= self.day])
            for _, case in self.cases
            for plan in case.plans
            if plan[0] <= at_least(self.day, 3) and not (plan[1] and plan[1] <= self.day)
        ]
        if all(start >= date(self.years[0] - 1, 4, 1) for start, _ in long):
            self._share("plans_reviewed", long, lambda one: self._in_time(*one))
        ended = [plan for plan in plans if self._within(plan[1])]
        self._number(ended, "plans_ended_rate")
        self._share("plans_ended_two_years", ended, lambda plan: (plan[1] - plan[0]).days > 729)

    def _in_time(self, start: date, held: list[date]) -> bool:
        """Whether no review of a plan was overdue on any day up to this one."""
        due = _months_on(start, 3)
        for review in held:
            if review > due:
                return False
            due = _months_on(review, 6)
        return self.day <= due

    def _stepped_down(self, children: Sequence[Life]) -> None:
        after, until = months_before(self.day, 36), months_before(self.day, 24)
        stepped = []
        for life in children:
            plans = [plan for one in self._referred(life) for plan in one.plans]
            for case in self._referred(life):
                for start, end, _ in case.plans:
                    if end is None or not after < end <= until:
                        continue
                    later = _years_on(end, 2)
                    shut = case.closed is not None and case.closed <= min(self.day, end + 7 * _DAY)
                    if shut and case.reason in ("RC1", "RC2", "RC4", "RC5"):
                        continue
                    if years_old(life.born, later) >= 18 or self._in_care(life, end):
                        continue
                    again = any(end <= plan[0] <= later and plan[0] > start for plan in plans)
                    taken = any(end + 7 * _DAY < one.start <= later for one in self.care[life.name])
                    stepped.append(not again and not taken)
        self._share("deescalated_plans", stepped, bool)

    def _in_care(self, life: Life, day: date) -> bool:
        """Whether in care at the end of a day, or within seven days after."""
        return any(
            one.start <= day + 7 * _DAY and (self._end(one) or date.max) > day
            for one in self.care[life.name]
        )


def _months_on(day: date, months: int) -> date:
    """The same day some months on, or the last day of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _years_on(day: date, years: int) -> date:
    """The same day some years on; the 28th for 29 February."""
    found = birthday(day, years)
    return found if found.day == day.day else found - _DAY
