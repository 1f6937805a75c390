"""Invented children and what happens to them, drawn from a seed."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

ETHNICITIES = "WBRI WIRI WOTH WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH CHNE BCRB BAFR BOTH OOTH"
_HOME = ("E4A", "E4B", "E13", "E41", "E8", "E3", "E45", "E46", "E47", "E48")
_GROWN = ("E5", "E6", "E17", "E7")
_PLACES = ("U1", "U3", "U4", "U5", "U6", "U6", "K2", "K2", "K1", "P1", "R1", "S1", "R3")
_DAY = timedelta(days=1)


@dataclass
class Stay:
    """Where a child is from a day on, and what changed on it.

    Attributes
    ----------
    start : date
        The first day.
    change : str
        ``first`` of a period of care, ``move``, ``carer`` (moved with the same carer), ``order``
        (a legal status alone), ``adopters`` (placed for adoption by the present carer),
        ``hospital``, or ``back`` from it.
    place, provider, post, order : str
        Codes of the SSDA903 and a postcode.
    """

    start: date
    change: str
    place: str
    provider: str
    post: str
    order: str


@dataclass
class Care:
    """A period of care: its stays, its end if it has one, and the reason (REC).

    `lost` is the 31 March after which no return holds it, although it never ended.
    """

    stays: list[Stay]
    end: date | None = None
    reason: str = ""
    short: bool = False
    lost: date | None = None

    @property
    def start(self) -> date:
        """Its first day."""
        return self.stays[0].start


@dataclass
class Case:
    """A referral and what followed; all days may lie in the future of a return."""

    referred: date
    nfa: bool = False
    closed: date | None = None
    reason: str = ""
    transferred: date | None = None
    assessments: list[tuple[date, date, bool]] = field(default_factory=list)
    enquiries: list[tuple[date, date | None]] = field(default_factory=list)
    plans: list[tuple[date, date | None, int]] = field(default_factory=list)
    reviews: dict[date, list[date]] = field(default_factory=dict)  # by the start of the plan


@dataclass
class Life:
    """An invented child or young person."""

    name: str
    born: date
    sex: str
    ethnicity: str
    need: str
    care: list[Care] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    alone: bool = False
    alone_until: date | None = None
    missing: list[tuple[str, date, date]] = field(default_factory=list)
    health: dict[int, tuple[str, ...]] = field(default_factory=dict)  # by year: OC2 as written
    leaver: dict[int, tuple[str, str, str]] = field(default_factory=dict)  # by year: OC3


@dataclass
class Lives:
    """An invented authority: its children, and the years to 31 March of which there are returns."""

    children: list[Life]
    years: tuple[int, ...]


def draw(seed: int, size: int = 600, last: int = 2025, years: int = 4) -> Lives:
    """Draw an authority.

    Parameters
    ----------
    seed : int
        The same seed draws the same authority.
    size : int
        About how many children are looked after at any time; there are seven times as many
        referrals a year.
    last : int
        The year to 31 March of the newest return.
    years : int
        How many returns there are.
    """
    random = Random(seed)
    first = last - years - 6
    days = (date(last, 12, 31) - date(first, 4, 1)).days
    children = []
    for number in range(round(size * 0.58 * days / 365)):
        start = date(first, 4, 1) + timedelta(days=random.randrange(days))
        children.append(_looked_after(random, f"INV-L{number:06}", start))
    first_case = date(last - years - 1, 4, 1)
    days = (date(last, 12, 31) - first_case).days
    for number in range(round(size * 4.4 * days / 365)):
        referred = first_case + timedelta(days=random.randrange(days))
        children.append(_in_need(random, f"INV-N{number:06}", referred))
    drawn = tuple(range(last - years + 1, last + 1))
    for life in children:
        for year in drawn:
            _yearly(random, life, year)
    return Lives(children, drawn)


def _child(random: Random, name: str, born: date) -> Life:
    ethnicity = random.choice(["WBRI"] * 20 + ETHNICITIES.split() + ["REFU", "NOBT"])
    need = random.choice(["N1"] * 8 + [f"N{n}" for n in range(2, 9)])
    return Life(name, born, random.choice("MF"), ethnicity, need)


def _looked_after(random: Random, name: str, start: date) -> Life:
    age = random.choice((0, 0, 0.1, 1, 3, 5, 8, 10, 12, 14, 15, 16, 17))
    born = start - timedelta(days=int(age * 365.25) + random.randrange(300))
    if random.random() < 0.01:  # born on 29 February
        born = date(born.year - born.year % 4, 2, 29)
    life = _child(random, name, born)
    grown = birthday(born, 18)
    if start >= grown - 30 * _DAY:
        start = grown - 200 * _DAY
    if random.random() < 0.08:
        life.alone = age > 12
        if life.alone and random.random() < 0.3:
            life.alone_until = start + timedelta(days=random.randrange(700))
    before = start - timedelta(days=random.randrange(5, 500))
    case = Case(before, assessments=[_assessment(random, before)])
    if random.random() < 0.4 and before >= born:
        _protected(random, case, before, 0, latest=start + random.randrange(-300, 40) * _DAY)
    while start < grown - 30 * _DAY:
        care = _care(random, start, born, grown)
        life.care.append(care)
        if care.end is None or care.end >= grown or care.reason not in _HOME[:3]:
            break
        if random.random() > 0.4:
            break
        gap = random.choice((1, 30, 200, 364, 365, 366, 500, 729, 730, 731, 900))
        start = care.end + gap * _DAY
    final = life.care[-1] if life.care else None
    if final and final.end:
        case.closed = final.end + random.randrange(60) * _DAY
        case.closed = max([case.closed, *_days(case)])
        case.reason = {"E11": "RC1", "E2": "RC2", "E3": "RC5"}.get(final.reason, "RC7")
    life.cases.append(case)
    if random.random() < 0.03 and life.care and life.care[0].start > born + 400 * _DAY:
        day = life.care[0].start - random.randrange(20, 200) * _DAY
        rest = Stay(day, "first", "U6", "PR1", _post(random), "V4")
        life.care.insert(0, Care([rest], day + 10 * _DAY, "X1", short=True))
    for care in life.care:
        if not care.short and random.random() < 0.1:
            end = care.end or care.start + 800 * _DAY
            day = care.start + random.randrange(max(1, (end - care.start).days)) * _DAY
            back = min(end, day + random.randrange(5) * _DAY)
            life.missing.append((random.choice("MMA"), day, back))
    return life


def _care(random: Random, start: date, born: date, grown: date) -> Care:
    """A period of care: how long, through which stays, and how it ends."""
    length = int(random.expovariate(1 / 700)) + 3
    end, reason = start + length * _DAY, random.choice(_HOME)
    if random.random() < 0.15 and (end - born).days < 2500:
        reason = random.choice(("E11", "E12"))
    elif random.random() < 0.02:
        reason = "E2"
    if end >= grown:
        end, reason = grown, random.choice(_GROWN)
    order = random.choice(("V2", "V2", "C1", "C1", "C2", "L2", "J1"))
    care = Care([_stay(random, start, "first", order)], end, reason)
    day = start
    while True:
        now = care.stays[-1]
        day += (int(random.expovariate(1 / 240)) + 2) * _DAY
        if now.change == "hospital":
            day = now.start + random.randrange(1, 20) * _DAY
        if day >= end - _DAY:
            break
        care.stays.append(_next(random, care.stays, day))
    if reason in ("E11", "E12") and care.stays[-1].place[0] != "A":
        day = max(care.stays[-1].start + 2 * _DAY, end - 300 * _DAY)
        if day < end and care.stays[-1].change != "hospital":
            last = care.stays[-1]
            if random.random() < 0.3:
                care.stays.append(Stay(day, "adopters", "A5", last.provider, last.post, "E1"))
            else:
                care.stays.append(Stay(day, "move", "A6", "PR1", _post(random), "E1"))
    if random.random() < 0.02:
        care.lost = date(end.year - (end < date(end.year, 4, 1)), 3, 31)
        care.end, care.reason = None, ""
        if care.lost < care.stays[-1].start:
            care.lost = date(care.stays[-1].start.year + 1, 3, 31)
    return care


def _next(random: Random, stays: list[Stay], day: date) -> Stay:
    now = stays[-1]
    if now.change == "hospital":
        before = stays[-2]
        if random.random() < 0.7:
            return Stay(day, "back", before.place, before.provider, before.post, now.order)
        return _stay(random, day, "move", now.order)
    change = random.choice(("move", "move", "move", "carer", "order", "order", "hospital"))
    if change == "order":
        order = random.choice([o for o in ("C1", "C2", "V2", "E1") if o != now.order])
        return Stay(day, "order", now.place, now.provider, now.post, order)
    if change == "hospital":
        return Stay(day, "hospital", random.choice(("T0", "T1", "T4")), "", "", now.order)
    if change == "carer":
        return Stay(day, "carer", now.place, now.provider, _post(random), now.order)
    return _stay(random, day, "move", now.order)


def _stay(random: Random, day: date, change: str, order: str) -> Stay:
    place = random.choice(_PLACES)
    if place in ("R1", "R3") and day >= date(2024, 4, 1) and random.random() < 0.6:
        place = "K3"
    provider = "PR0" if place == "P1" else random.choice(("PR1", "PR1", "PR2", "PR4", "PR5"))
    return Stay(day, change, place, provider, _post(random), order)


def _post(random: Random) -> str:
    """A postcode of an area that does not exist, so that it is nobody's."""
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    inward = f"{random.randrange(10)}{random.choice(letters)}{random.choice(letters)}"
    return f"QX{random.randrange(1, 100)} {inward}"


def _assessment(random: Random, referred: date) -> tuple[date, date, bool]:
    start = referred + random.randrange(10) * _DAY
    done = start + random.choice((0, 20, 40, 60, 62, 63, 64, 65, 66, 67, 70, 90)) * _DAY
    return start, done, random.random() < 0.8


def _protected(
    random: Random, case: Case, day: date, before: int, latest: date | None = None
) -> None:
    """An enquiry, perhaps a conference, perhaps a plan."""
    enquiry = day + random.randrange(30) * _DAY
    if random.random() > 0.5 and latest is None:
        case.enquiries.append((enquiry, None))
        return
    met = enquiry + random.choice((5, 14, 18, 19, 20, 21, 22, 23, 24, 25, 26, 28, 35)) * _DAY
    case.enquiries.append((enquiry, met))
    if random.random() < 0.85:
        length = random.choice((60, 90, 180, 300, 500, 728, 729, 730, 731, 900))
        end: date | None = met + length * _DAY
        if latest is not None and latest > met:
            end = latest
        case.plans.append((met, end, before))
        late = random.random() < 0.3
        day, held = met + random.choice((60, 85, 89, 100 if late else 70)) * _DAY, []
        while end is None or day < end:
            held.append(day)
            day += random.choice((90, 150, 178, 190 if late else 170)) * _DAY
        case.reviews[met] = held


def _in_need(random: Random, name: str, referred: date) -> Life:
    born = referred - timedelta(days=random.randrange(0, 16 * 365))
    life = _child(random, name, born)
    plans = 0
    while referred < birthday(born, 18):
        case = Case(referred, nfa=random.random() < 0.08)
        life.cases.append(case)
        if case.nfa:
            case.closed = referred
        else:
            case.assessments.append(_assessment(random, referred))
            ends = [case.assessments[0][1]]
            if random.random() < 0.02:
                case.transferred = referred + random.randrange(20) * _DAY
                ends.append(case.transferred)
            if random.random() < 0.3:
                _protected(random, case, referred, plans)
                plans += len(case.plans)
            case.closed = max([*ends, *_days(case)]) + random.choice((0, 3, 40, 120, 300)) * _DAY
            case.reason = random.choice(("RC7", "RC8", "RC9", "RC5"))
        if random.random() > 0.3:
            break
        gap = random.choice((1, 30, 200, 364, 365, 366, 400, 700))
        referred = max(case.closed + _DAY, case.referred + gap * _DAY)
    return life


def _days(case: Case) -> list[date]:
    """The days on which something that followed a referral was done."""
    days = [done for _, done, _ in case.assessments]
    days += [day for pair in case.enquiries for day in pair if day]
    return days + [end for _, end, _ in case.plans if end]


def _yearly(random: Random, life: Life, year: int) -> None:
    """What is recorded for a 31 March: health of those looked after, and what care leavers do."""
    day = date(year, 3, 31)
    open_ = any(c.start <= day and (c.end is None or c.end > day) for c in life.care if not c.short)
    if open_:
        score = str(random.randrange(0, 41)) if random.random() < 0.7 else ""
        flags = (str(int(random.random() < p)) for p in (0.1, 0.8, 0.8, 0.7, 0.8, 0.1))
        life.health[year] = (score, *flags)
    left = any(c.end is not None and c.end <= day and not c.short for c in life.care)
    if left and 17 <= years_old(life.born, day) <= 21 and random.random() < 0.9:
        touch = random.choice(["YES"] * 8 + ["NO", "DIED", "RHOM", "REFU", "NREQ"])
        activity = random.choice(
            ["F1", "P1", "F2", "P2", "F4", "P4", "F5", "P5", "G4", "G5", "G6", "0"]
        )
        home = random.choice(
            [
                "B1",
                "C1",
                "D2",
                "E1",
                "G1",
                "H2",
                "K1",
                "R2",
                "S2",
                "T1",
                "U1",
                "V2",
                "W2",
                "X2",
                "Y1",
                "Z1",
                "0",
            ]
        )
        life.leaver[year] = (touch, activity, home)


def birthday(born: date, age: int) -> date:
    """The day on which somebody is so old; 1 March for who was born on 29 February."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def years_old(born: date, day: date) -> int:
    """Whole years of age on a day."""
    age = day.year - born.year
    return age if birthday(born, age) <= day else age - 1
