"""The measures: each one declared, with the tables that it counts in and where its rule is from."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["care", "census"]


@dataclass(frozen=True)
class Measure:
    """One measure.

    Attributes
    ----------
    id : str
        The indicator of the catalogue; of what no catalogue has, a name of its own.
    kind : {"care", "census"}
        The return that it is counted from.
    sql : str
        A query that gives what is counted, and out of how many; for a rate the second is left to
        the population, for a number it is not used.
    source : str
        Where the rule is from. LAIT: the Department's Local Authority Interactive Tool, number of
        its series.
    years : int
        How many returns it needs, the one of the as-at date included.
    yearly : bool
        Whether it is recorded for a 31 March alone.
    table : str
        A table without which it cannot be counted.
    title : str
        What it is, where the catalogue does not have it.
    """

    id: str
    kind: Kind
    sql: str
    source: str
    years: int = 1
    yearly: bool = False
    table: str = ""
    title: str = ""


def _share(table: str, which: str) -> str:
    return f"select count(*) filter (where {which}), count(*) from {table}"


def _care(id: str, sql: str, source: str, years: int = 1) -> Measure:
    return Measure(id, "care", sql, source, years)


def _flag(id: str, column: str, ages: str = "true", value: str = "'1'") -> Measure:
    sql = f"select count(*) filter (where {column} = {value}), count(*) from health where {ages}"
    return Measure(id, "care", sql, "SSDA903 guide, OC2", yearly=True, table="health")


def _leavers(id: str, young: bool, which: str, among: str = "true") -> Measure:
    ages = "17 and 18" if young else "19 and 21"
    sql = (
        f"select count(*) filter (where {which}), count(*) from leavers"
        f" where age between {ages} and {among}"
    )
    return Measure(id, "care", sql, "LAIT 112, 113, 220, 221, 333", yearly=True, table="leavers")


_PLACED_NUMBER = """
select count(*) filter (where n >= 3), count(*) from (
    select h.child, count(p.child) as n
    from here h left join placements p on p.child = h.child
        and p.start <= $a and (p.fin is null or (p.fin >= {since} and p.fin > p.start))
    {where} group by h.child)
"""
_MISSING = """
select count(distinct s.child) filter (where m.child is not null), count(distinct s.child)
from spells s left join raw_missing m on m.child = s.child and m.missing = '{kind}'
    and m.mis_start <= $a and (m.mis_end is null or m.mis_end >= $first)
where s.start <= $a and (s.fin is null or s.fin >= $first)
"""
_HOLDS = """
select count(*) filter (where not exists (
           select 1 from spells again where again.child = s.child and again.spell > s.spell
               and again.start <= s.fin + interval {months} month)), count(*)
from spells s left join people p using (child)
where s.rec in ('E4A', 'E4B') and s.fin > {after} and s.fin <= {until}
    and coalesce(years_old(p.dob, (s.fin + interval {months} month)::date), 0) < 18
"""
_SUITABLE = "left(accom, 1) not in ('G', 'H', 'R')"
_LONG = "age < 16 and start <= $half"

CARE = (
    _care("looked_after_number", "select count(*), 0 from here", "LAIT 332"),
    _care("looked_after_rate", "select count(*), 0 from here", "LAIT 124"),
    _care("new_entrants_number", "select count(*), 0 from starts", "LAIT 376"),
    _care("new_entrants_rate", "select count(*), 0 from starts", "LAIT 376"),
    _care("ceasing_number", "select count(*), 0 from ceased", "LAIT 392"),
    _care("ceasing_rate", "select count(*), 0 from ceased", "LAIT 392"),
    _care("adopted", _share("ceased", "rec in ('E11', 'E12')"), "LAIT 208"),
    _care(
        "ceased_sgo",
        _share("ceased", "rec in ('E43', 'E44', 'E45', 'E46', 'E47', 'E48')"),
        "LAIT 208b; codes E43 and E44 until 2019",
    ),
    _care("ceased_cao", _share("ceased", "rec = 'E41'"), "LAIT 390"),
    _care("returned_home_planned", _share("ceased", "rec = 'E4A'"), "LAIT 273b"),
    _care("returned_home_unplanned", _share("ceased", "rec = 'E4B'"), "LAIT 273b"),
    _care("left_to_relatives", _share("ceased", "rec = 'E13'"), "SSDA903 guide, REC"),
    _care("foster_care", _share("places", "place like 'U%'"), "LAIT 396"),
    _care("residential_care", _share("places", "place in ('K1', 'K2')"), "SSDA903 guide, PLACE"),
    _care(
        "supported_accommodation",
        _share("places", "place in ('K3', 'H5', 'P2')"),
        "SSDA903 guide, PLACE; K3 from 2024-25, H5 and P2 until then",
    ),
    _care("own_provision", _share("places", "provider = 'PR1'"), "SSDA903 guide, PLACE_PROVIDER"),
    _care("placements_three_or_more", _PLACED_NUMBER.format(since="$first", where=""), "LAIT 372"),
    _care(
        "same_carer_two_years",
        "select count(*) filter (where placed <= $two or (place like 'A%' and start_before <="
        f" $two)), count(*) from places where {_LONG}",
        "LAIT 393",
        years=3,
    ),
    Measure("missing", "care", _MISSING.format(kind="M"), "LAIT 161", table="missing"),
    Measure("away", "care", _MISSING.format(kind="A"), "LAIT 161", table="missing"),
    Measure(
        "uasc_share",
        "care",
        "select count(*) filter (where u.child is not null and (u.duc is null or u.duc > $a)),"
        " count(*) from here left join lately u using (child)",
        "LAIT, series on unaccompanied children; the day they cease to be so counts",
        table="uasc",
    ),
    Measure(
        "sdq_score",
        "care",
        "select sum(try_cast(sdq_score as integer)), count(try_cast(sdq_score as integer))"
        " from health where age between 5 and 16 and try_cast(sdq_score as integer) between 0"
        " and 40",
        "LAIT 162",
        yearly=True,
        table="health",
    ),
    Measure(
        "sdq_response",
        "care",
        "select count(*) filter (where try_cast(sdq_score as integer) between 0 and 40), count(*)"
        " from health where age between 5 and 16",
        "LAIT 162",
        yearly=True,
        table="health",
    ),
    _flag("health_checks", "health_assessment"),
    _flag("dental_checks", "teeth_check"),
    _flag("immunisations", "immunisations"),
    _flag("development_checks", "health_check", "age < 5"),
    _flag("convictions", "convicted", "age between 10 and 17"),
    _flag("substance_misuse", "substance_misuse"),
    Measure(
        "reunification_12",
        "care",
        _HOLDS.format(months=12, after="$m24", until="$m12"),
        "own measure; the Department has none",
        years=2,
        title="Returned home and did not come back into care within 12 months",
    ),
    Measure(
        "reunification_24",
        "care",
        _HOLDS.format(months=24, after="$m36", until="$m24"),
        "own measure; the Department has none",
        years=3,
        title="Returned home and did not come back into care within 24 months",
    ),
    *(
        _leavers(f"{id}_{ages}", ages == "17_18", which, among)
        for ages in ("17_18", "19_21")
        for id, which, among in (
            ("eet", "activ[1:1] in ('F', 'P')", "true"),
            ("higher_education", "activ in ('F1', 'P1')", "true"),
            ("apprenticeships", "activ in ('F4', 'P4')", "true"),
            ("neet", "activ in ('G4', 'G5', 'G6')", "true"),
            ("suitable_accommodation", "accom like '%1'", _SUITABLE),
            ("unsuitable_accommodation", "accom like '%2'", _SUITABLE),
            ("care_leavers_number", "true", "true"),
        )
    ),
    _leavers("leavers_not_in_touch", False, "in_touch = 'NO'"),
)

_REFERRED = "all_referrals where referred between $first and $a"
_DONE = "assessments where done between $first and $a"
_ON_PLAN = "plans where ended is null"
_STARTED = "plans where started between $first and $a"
_ENDED = "plans where not lapsed and ended between $first and $a"
_ENQUIRED = "enquiries where started between $first and $a"
_IN_NEED = "all_referrals where closed is null and not nfa"
_HELD = """
with stepped as (
    select p.child, p.started, p.ended, (p.ended + interval 24 month)::date as until
    from plans p left join (select child, max(born) as born from all_referrals group by child) b
        using (child)
    where p.ended > $m36 and p.ended <= $m24 and p.closed_by = 0 and not p.lapsed
        and coalesce(years_old(b.born, (p.ended + interval 24 month)::date), 0) < 18
        and not exists (select 1 from spells s where s.child = p.child
                        and s.start <= p.ended + 7 and (s.fin is null or s.fin > p.ended)))
select count(*) filter (where
    not exists (select 1 from plans q where q.child = t.child and q.started >= t.ended
                and q.started > t.started and q.started <= t.until)
    and not exists (select 1 from spells s where s.child = t.child
                    and s.start > t.ended + 7 and s.start <= t.until)), count(*)
from stepped t
"""


def _census(id: str, sql: str, source: str, years: int = 1) -> Measure:
    return Measure(id, "census", sql, source, years)


def _number(table: str) -> str:
    return f"select count(*), 0 from {table}"


CENSUS = (
    _census("referrals_rate", _number(_REFERRED), "LAIT 305"),
    _census(
        "repeat_referrals",
        "select count(*) filter (where exists (select 1 from all_referrals e where e.child ="
        " r.child and e.referred < r.referred and e.referred >= r.referred - interval 12 month)),"
        " count(*) from all_referrals r where referred between $first and $a",
        "LAIT 271",
        years=2,
    ),
    _census(
        "no_further_action",
        _share("all_referrals", "nfa").replace("from all_referrals", f"from {_REFERRED}"),
        "LAIT 290",
    ),
    _census(
        "assessments_45_days",
        f"select count(*) filter (where working(started, done) <= 45), count(*) from {_DONE}",
        "LAIT 304; counted from the start of the assessment",
    ),
    _census("cin_rate", _number(_IN_NEED), "LAIT 171"),
    _census("section_47_number", _number(_ENQUIRED), "LAIT 217"),
    _census("section_47_rate", _number(_ENQUIRED), "LAIT 217"),
    _census(
        "section_47_children",
        f"select count(distinct child), 0 from {_ENQUIRED}",
        "children in need census guide",
    ),
    _census("conferences_rate", _number("conferences"), "LAIT 218"),
    _census(
        "conferences_15_days",
        "select count(*) filter (where working(enquired, met) <= 15), count(*) from conferences",
        "LAIT 268, 269",
    ),
    _census("new_plans_number", _number(_STARTED), "LAIT 219"),
    _census("new_plans_rate", _number(_STARTED), "LAIT 219"),
    _census(
        "repeat_plans",
        f"select count(*) filter (where before >= 1), count(*) from {_STARTED}",
        "LAIT 14, 15",
    ),
    _census("plans_number", _number(_ON_PLAN), "LAIT 215"),
    _census("plans_rate", _number(_ON_PLAN), "LAIT 215"),
    _census(
        "plans_two_years",
        f"select count(*) filter (where $a - started > 729), count(*) from {_ON_PLAN}",
        "LAIT 264",
    ),
    _census("plans_ended_rate", _number(_ENDED), "LAIT 98"),
    _census(
        "plans_ended_two_years",
        f"select count(*) filter (where ended - started > 729), count(*) from {_ENDED}",
        "LAIT 98",
    ),
    _census("deescalated_plans", _HELD, "own measure; the framework asks for it", years=3),
)
MEASURES = (*CARE, *CENSUS)
