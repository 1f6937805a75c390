"""The measures: each one declared, with the rows that it counts and where its rule is from.

The rows are the tables of ``care.sql`` and ``census.sql``, which hold the rules of who is among
them; a measure says which of them it counts, and out of which.
"""

from dataclasses import dataclass, replace
from typing import Literal

Return = Literal["SSDA903", "children in need census"]


@dataclass(frozen=True)
class Measure:
    """One measure.

    Attributes
    ----------
    id : str
        The indicator of the catalogue; of what no catalogue has, a name of its own.
    returns : tuple of str
        The returns that it is counted from.
    rows : str
        The table whose rows it counts.
    source : str
        Where the rule is from. LAIT: the Department's Local Authority Interactive Tool, number of
        its series.
    which : str
        A condition: the rows that are counted.
    among : str
        A condition: the rows out of which they are counted. A number or a rate does not use
        those; what a rate is per comes from the published population.
    above : str
        What stands above the line if it is no count of rows.
    months : int
        How many months up to the as-at date it looks at; the returns of all of them are needed.
    table : str
        A table of the SSDA903 without which it cannot be counted.
    groups : tuple of str
        The breakdowns in which it is counted too, of `GROUPS`.
    title : str
        What it is, where the catalogue does not have it.
    otherwise : str
        Another reading of its rule, which an authority may have followed.
    since : str
        A query for the first day that it looks at, where that is no number of months before.
    """

    id: str
    returns: tuple[Return, ...]
    rows: str
    source: str
    which: str = "true"
    among: str = "true"
    above: str = ""
    months: int = 0
    table: str = ""
    groups: tuple[str, ...] = ()
    title: str = ""
    otherwise: str = ""
    since: str = ""

    @property
    def how(self) -> str:
        """How it is counted, in a sentence or two."""
        other = f" Others count differently: {self.otherwise}." if self.otherwise else ""
        return f"{HOW.get(self.rows.strip(), HOW_CHILDREN)}{other}"

    @property
    def yearly(self) -> bool:
        """Whether it is recorded for a 31 March alone."""
        return self.table in ("health", "leavers")

    def sql(self, group: str = "") -> str:
        """A query for the numbers above and below the line; for each category of a breakdown."""
        above = self.above or f"count(*) filter (where {self.which})"
        if not group:
            return f"select {above}, count(*) from {self.rows} where {self.among}"
        return (
            f"select {above}, count(*), {GROUPS[group]} as category from {self.rows}"
            f" where {self.among} group by category having category is not null order by category"
        )


# What stands in each table, as a reader of figures needs to know it.
HOW = {
    "here": "Children whose period of care is open at the end of the day and who are under 18;"
    " short breaks (V3, V4) never count. T0 to T4 are no placements: the one before counts.",
    "starts": "Children with a period of care that began in the twelve months, each once, by its"
    " first. A first episode that continues one that no file holds is no start.",
    "ceased": "Children whose period of care ended in the twelve months, each once, by its last"
    " end. One that is open in a return and absent from the next did not end.",
    "in_year": "Children looked after at any time in the twelve months.",
    "health": "Children looked after on the day and for at least twelve months, with a row in OC2.",
    "leavers": "Young people in OC3 whose age on the day is in the range; without those who died,"
    " went home again, or whose care another authority has taken over.",
    "went_home": "Periods of care that ended with E4A or E4B; one holds if no other began within"
    " the time, the last day included.",
    "referred": "Referrals in the twelve months, also those without further action. An earlier one"
    " makes it a repeat on or after the same day twelve months before.",
    "assessed": "Assessments authorised in the twelve months, timed from their start, whose day"
    " counts as 0.",
    "enquired": "Section 47 enquiries that started in the twelve months.",
    "conferences": "Initial conferences held in the twelve months, each once, timed from the"
    " latest enquiry before; one without an enquiry is among all, and not timed.",
    "in_need": "Cases open at the end of the day, unborn children and 18-year-olds included.",
    "on_plan": "Plans open at the end of the day; two years are more than 729 days.",
    "reviewed": "Plans open at the end of the day for three months or more: the first review by"
    " three months after the start, each next by six months after the one before, none overdue.",
    "plans_started": "Plans that started in the twelve months; one before, at any time, makes it"
    " a second or later.",
    "plans_ended": "Plans that ended in the twelve months; two years are more than 729 days.",
    "stepped_down": "Plans that ended 24 to 36 months ago, without those that ended in care,"
    " adoption, death, guardianship or a move to another authority, or whose child is 18 by"
    " then; one holds if neither plan nor care followed within 24 months.",
}
HOW_CHILDREN = "Children with at least one in the twelve months, each once."


def _in(column: str, codes: str) -> str:
    listed = ", ".join(f"'{code}'" for code in codes.split())
    return f"{column} in ({listed})"


def _case(labels: dict[str, str]) -> str:
    """The label of the first condition that holds."""
    return (
        "case " + " ".join(f"when {when} then '{label}'" for label, when in labels.items()) + " end"
    )


_SEEKING = ("Unaccompanied asylum-seeking children", "All other children")
# Categories as they are published, and the codes or ages that fall into each.
GROUPS = {
    "age": _case(
        {
            "Under 1 year": "age < 1",
            "1 to 4 years": "age < 5",
            "5 to 9 years": "age < 10",
            "10 to 15 years": "age < 16",
            "16 years and over": "age >= 16",
        }
    ),
    "sex": _case({"Male": _in("sex", "M 1"), "Female": _in("sex", "F 2")}),
    "ethnicity": _case(
        {
            "White": _in("ethnic", "WBRI WIRI WIRT WOTH WROM"),
            "Mixed or Multiple ethnic groups": _in("ethnic", "MWBC MWBA MWAS MOTH"),
            "Asian or Asian British": _in("ethnic", "AIND APKN ABAN AOTH CHNE"),
            "Black, African, Caribbean or Black British": _in("ethnic", "BCRB BAFR BOTH"),
            "Other ethnic group": _in("ethnic", "OOTH"),
            "Refused or not yet known": "ethnic is null or ethnic in ('', 'REFU', 'NOBT')",
        }
    ),
    "category of need": _case(
        {
            "Abuse or neglect": _in("need", "N1"),
            "Child''s disability": _in("need", "N2"),
            "Parent''s illness or disability": _in("need", "N3"),
            "Family in acute stress": _in("need", "N4"),
            "Family dysfunction": _in("need", "N5"),
            "Socially unacceptable behaviour": _in("need", "N6"),
            "Low income": _in("need", "N7"),
            "Absent parenting": _in("need", "N8"),
        }
    ),
    "legal status": _case(
        {
            "Interim care order": _in("ls", "C1"),
            "Full care order": _in("ls", "C2"),
            "Placement order granted": _in("ls", "D1 E1"),
            "Voluntary agreement (section 20)": _in("ls", "V2"),
            "Detained for child protection": _in("ls", "L1 L2 L3"),
            "Youth justice legal statuses": _in("ls", "J1 J2 J3"),
        }
    ),
    "seeking asylum alone": _case({_SEEKING[0]: "alone", _SEEKING[1]: "not alone"}),
}
_PERSON = ("age", "sex")
_HERE = (*_PERSON, "ethnicity", "category of need", "legal status", "seeking asylum alone")


def _care(
    id: str,
    rows: str,
    source: str,
    which: str = "true",
    among: str = "true",
    above: str = "",
    months: int = 0,
    table: str = "",
    groups: tuple[str, ...] = (),
    title: str = "",
) -> Measure:
    given = (which, among, above, months, table, groups, title)
    return Measure(id, ("SSDA903",), rows, source, *given)


def _health(id: str, which: str, among: str = "true", above: str = "") -> Measure:
    return _care(id, "health", "SSDA903 guide, OC2", which, among, above, table="health")


def _leavers(id: str, ages: str, which: str = "true", among: str = "true") -> Measure:
    among = f"age between {ages} and {among}"
    return _care(id, "leavers", "LAIT 112, 113, 220, 221, 333", which, among, table="leavers")


def _census(
    id: str,
    rows: str,
    source: str,
    which: str = "true",
    above: str = "",
    months: int = 12,
) -> Measure:
    return Measure(
        id, ("children in need census",), rows, source, which, above=above, months=months
    )


def _held(months: int, until: str, after: str) -> Measure:
    """Went home in a year of which as many months have passed since."""
    return _care(
        f"reunification_{months}",
        "went_home",
        "own measure; the Department has none",
        f"held_{months}",
        f"fin > {after} and fin <= {until} and coalesce(age_{months}, 0) < 18",
        months=months + 12,
        title=f"Returned home and did not come back into care within {months} months",
    )


_GUARDIAN = _in("rec", "E43 E44 E45 E46 E47 E48")
_SUITABLE = "left(accom, 1) not in ('G', 'H', 'R')"
_UASC = "LAIT, series on unaccompanied children; the day they cease to be so counts"
_ENDED = (*_PERSON, "seeking asylum alone")

CARE = (
    _care("looked_after_number", "here", "LAIT 332", groups=_HERE),
    _care("looked_after_rate", "here", "LAIT 124"),
    _care(
        "new_entrants_number",
        "starts",
        "LAIT 376",
        months=12,
        groups=(*_PERSON, "category of need", "seeking asylum alone"),
    ),
    _care("new_entrants_rate", "starts", "LAIT 376", months=12),
    _care("ceasing_number", "ceased", "LAIT 392", months=12, groups=("sex", _ENDED[2])),
    _care("ceasing_rate", "ceased", "LAIT 392", months=12),
    *(
        _care(id, "ceased", source, _in("rec", codes), months=12)
        for id, codes, source in (
            ("adopted", "E11 E12", "LAIT 208"),
            ("ceased_sgo", "E43 E44 E45 E46 E47 E48", "LAIT 208b; E43 and E44 until 2019"),
            ("ceased_cao", "E41", "LAIT 390"),
            ("returned_home_planned", "E4A", "LAIT 273b"),
            ("returned_home_unplanned", "E4B", "LAIT 273b"),
            ("left_to_relatives", "E13", "SSDA903 guide, REC"),
        )
    ),
    _care(
        "sgo_fostered_by_relative",
        "ceased",
        "SSDA903 guide, REC: E45",
        _in("rec", "E45"),
        _GUARDIAN,
        months=12,
    ),
    *(
        _care(id, "here", source, which)
        for id, which, source in (
            ("foster_care", "place like 'U%'", "LAIT 396"),
            ("residential_care", _in("place", "K1 K2"), "SSDA903 guide, PLACE"),
            (
                "supported_accommodation",
                _in("place", "K3 H5 P2"),
                "SSDA903 guide, PLACE; K3 from 2024-25, H5 and P2 until then",
            ),
            ("family_networks", _in("place", "P1"), "SSDA903 guide, PLACE"),
            ("own_provision", _in("provider", "PR1"), "SSDA903 guide, PLACE_PROVIDER"),
            ("voluntary_agreements", _in("ls", "V2"), "SSDA903 guide, LS"),
        )
    ),
    _care("placements_three_or_more", "here", "LAIT 372", "in_year >= 3", months=12),
    _care("placements_two_years", "here", "LAIT 372", "in_two >= 3", "start <= $two", months=24),
    _care(
        "same_carer_two_years",
        "here",
        "LAIT 393",
        "placed <= $two or (place like 'A%' and start_before <= $two)",
        "age < 16 and start <= $half",
        months=30,
    ),
    _care("missing", "in_year", "LAIT 161", "missing", months=12, table="missing"),
    _care("away", "in_year", "LAIT 161", "away", months=12, table="missing"),
    _care("uasc_share", "here", _UASC, "alone", table="uasc"),
    _care("uasc_rate", "here", _UASC, "alone", table="uasc"),
    _care("uasc_starting_rate", "starts", _UASC, "alone", months=12, table="uasc"),
    _health(
        "sdq_score",
        "true",
        "age between 5 and 16 and score is not null",
        "sum(score)",
    ),
    _health("sdq_response", "score is not null", "age between 5 and 16"),
    _health("health_checks", "health_assessment = '1'"),
    _health("dental_checks", "teeth_check = '1'"),
    _health("immunisations", "immunisations = '1'"),
    _health("development_checks", "health_check = '1'", "age < 5"),
    _health("convictions", "convicted = '1'", "age between 10 and 17"),
    _health("substance_misuse", "substance_misuse = '1'"),
    _held(12, "$m12", "$m24"),
    _held(24, "$m24", "$m36"),
    *(
        _leavers(f"{id}_{named}", ages, which, among)
        for named, ages in (("17_18", "17 and 18"), ("19_21", "19 and 21"))
        for id, which, among in (
            ("eet", "activ[1:1] in ('F', 'P')", "true"),
            ("higher_education", _in("activ", "F1 P1"), "true"),
            ("apprenticeships", _in("activ", "F4 P4"), "true"),
            ("neet", _in("activ", "G4 G5 G6"), "true"),
            ("suitable_accommodation", "accom like '%1'", _SUITABLE),
            ("unsuitable_accommodation", "accom like '%2'", _SUITABLE),
            ("care_leavers_number", "true", "true"),
        )
    ),
    _leavers("leavers_not_in_touch", "19 and 21", "in_touch = 'NO'"),
)
CENSUS = (
    _census("referrals_rate", "referred", "LAIT 305"),
    _census("repeat_referrals", "referred", "LAIT 271", "again", months=24),
    _census(
        "repeat_referrals_children",
        "(select child, bool_or(again) as again from referred group by child)",
        "LAIT 271, children",
        "again",
        months=24,
    ),
    _census("no_further_action", "referred", "LAIT 290", "nfa"),
    _census(
        "assessments_45_days",
        "assessed",
        "LAIT 304; counted from the start of the assessment",
        "days <= 45",
    ),
    _census(
        "assessments_rate",
        "assessed",
        "children in need census guide, factors; 21 is none",
        "factors",
    ),
    _census("cin_rate", "in_need", "LAIT 171", months=0),
    _census("section_47_number", "enquired", "LAIT 217"),
    _census("section_47_rate", "enquired", "LAIT 217"),
    _census(
        "section_47_children",
        "(select distinct child from enquired)",
        "children in need census guide",
    ),
    _census("conferences_rate", "conferences", "LAIT 218"),
    _census(
        "section_47_to_conference",
        "enquired",
        "LAIT 217, 218",
        above="(select count(*) from conferences)",
    ),
    _census("conferences_15_days", "conferences", "LAIT 268, 269", "days <= 15"),
    _census("new_plans_number", "plans_started", "LAIT 219"),
    _census("new_plans_rate", "plans_started", "LAIT 219"),
    _census("repeat_plans", "plans_started", "LAIT 14, 15", "before >= 1"),
    _census("plans_number", "on_plan", "LAIT 215", months=0),
    _census("plans_rate", "on_plan", "LAIT 215", months=0),
    _census("plans_two_years", "on_plan", "LAIT 264", "days > 729", months=0),
    Measure(
        "plans_reviewed",
        ("children in need census",),
        "reviewed",
        "LAIT 19",
        "on_time",
        since="select min(started) from reviewed",
    ),
    _census("plans_ended_rate", "plans_ended", "LAIT 98"),
    _census("plans_ended_two_years", "plans_ended", "LAIT 98", "days > 729"),
)
BOTH = (
    Measure(
        "deescalated_plans",
        ("children in need census", "SSDA903"),
        "stepped_down",
        "own measure; the framework asks for it",
        "held",
        months=36,
    ),
)
# Other readings of a rule, which the published figure may follow; see docs/returns.md.
_OTHERWISE = {
    "looked_after_number": "a period that ends on the day as still open",
    "new_entrants_number": "a first episode that continues an unseen one as a start",
    "placements_three_or_more": "temporary stays (T0 to T4) and moves with the same carer (T, U)"
    " as placements",
    "assessments_45_days": "from the referral instead of the start of the assessment",
    "conferences_15_days": "only conferences with an enquiry in the denominator",
    "repeat_referrals": "365 days instead of twelve months",
    "plans_two_years": "the day itself as one more day on the plan",
    "uasc_share": "children by the flag of the header, whatever day they ceased to be so",
}
MEASURES = tuple(
    replace(one, otherwise=_OTHERWISE.get(one.id, "")) for one in (*CARE, *CENSUS, *BOTH)
)
