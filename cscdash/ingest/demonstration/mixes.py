"""Categories that a filter column holds, where the catalogue does not list them.

The names are as published, so that the labels of the catalogue fit them. The numbers are rough
shares of England's total, invented in round figures; only their sizes beside one another
matter.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Mix:
    """The categories of a breakdown.

    Attributes
    ----------
    names : tuple of str
        Names of breakdowns it may stand for.
    parts : dict of str to float
        Published category -> rough share.
    inside : tuple of str
        Those that add up to the indicator's own numerator, where only some do.
    lean : dict of str to float
        Where each category has its own denominator: by what its value tends to differ.
    """

    names: tuple[str, ...]
    parts: dict[str, float]
    inside: tuple[str, ...] = ()
    lean: dict[str, float] = field(default_factory=dict)


MIXES = (
    Mix(
        ("age",),
        {
            "Under 1 year": 5,
            "1 to 4 years": 12,
            "5 to 9 years": 18,
            "10 to 15 years": 38,
            "16 years and over": 27,
        },
    ),
    Mix(("sex",), {"Female": 44, "Male": 56}, lean={"Female": 0.92, "Male": 1.08}),
    Mix(
        ("ethnicity",),
        {
            "White": 70,
            "Mixed or Multiple ethnic groups": 11,
            "Asian or Asian British": 6,
            "Black, African, Caribbean or Black British": 8,
            "Other ethnic group": 4,
            "Refused or information not yet available": 1,
        },
    ),
    Mix(
        ("legal status",),
        {
            "Full care order": 58,
            "Interim care order": 16,
            "Placement order granted": 6,
            "Voluntary agreements under S20 CA 1989": 19,
            "Youth justice legal statuses": 0.4,
            "Detained for child protection": 0.2,
        },
    ),
    Mix(
        ("legal status",),
        {
            "Interim care order": 28,
            "Full care order": 3,
            "Voluntary agreement under S20": 52,
            "Police protection in LA accommodation": 9,
            "Emergency protection order": 4,
            "LA accommodation under PACE 1989": 2,
            "On remand": 2,
        },
    ),
    Mix(
        ("category of need",),
        {
            "N1. Abuse or neglect": 66,
            "N2. Child's disability": 2,
            "N3. Parental illness or disability": 3,
            "N4. Family in acute stress": 7,
            "N5. Family dysfunction": 12,
            "N6. Socially unacceptable behaviour": 1,
            "N7. Low income": 0.2,
            "N8. Absent parenting": 9,
        },
    ),
    Mix(
        ("seeking asylum alone",),
        {
            "Unaccompanied asylum-seeking children": 8,
            "Children excluding unaccompanied asylum-seeking children": 92,
        },
    ),
    Mix(("taken into care",), {"All children taken into care": 42, "Not taken into care": 58}),
    Mix(
        ("locality of placement",),
        {
            "Placed inside the local authority boundary": 55,
            "Placed outside the local authority boundary": 45,
        },
    ),
    Mix(
        ("distance", "distance from home"),
        {
            "Placed 20 miles or less from home": 70,
            "Placed more than 20 miles from home": 22,
            "Distance not known or not recorded": 8,
        },
    ),
    Mix(
        ("distance and locality",),
        {
            "1. Placed inside the LA boundary, 20 miles or less from home": 47,
            "2. Placed outside the LA boundary, 20 miles or less from home": 23,
            "3. Placed inside the LA boundary, more than 20 miles from home": 4,
            "4. Placed outside the LA boundary, more than 20 miles from home": 18,
            "5. Placed inside the LA boundary, distance not known or not recorded": 4,
            "6. Placed outside the LA boundary, distance not known or not recorded": 4,
        },
        inside=(
            "3. Placed inside the LA boundary, more than 20 miles from home",
            "4. Placed outside the LA boundary, more than 20 miles from home",
        ),
    ),
    Mix(
        ("provider",),
        {
            "Own provision (by the LA)": 43,
            "Other LA provision": 1,
            "Other public provision (e.g. by a PCT etc)": 0.4,
            "Private provision": 40,
            "Voluntary/third sector provision": 7,
            "Parents or other person with parental responsibility": 6,
            "Placement provider not reported": 2.6,
        },
    ),
    Mix(
        ("placement",),
        {
            "Foster placements": 66,
            "Secure homes and children's homes": 12,
            "Independent and semi-independent living arrangements/supported accommodation": 9,
            "Placed with parents or other person with parental responsibility": 6,
            "Placed for adoption": 2,
            "Other residential settings": 1.5,
            "Residential schools": 0.2,
            "Other placements": 3.3,
        },
    ),
    Mix(
        ("reason for leaving care", "reason"),
        {
            "Adopted": 9,
            "Special guardianship order": 12,
            "Residence order or child arrangement order granted": 3,
            "Returned home to live with parents or other person with parental responsibility"
            " which was part of the care planning process": 16,
            "Returned home to live with parents or other person with parental responsibility"
            " which was not part of the care planning process": 3,
            "Left care to live with parents, relatives or other person"
            " with no parental responsibility": 5,
            "Moved into independent living (with supportive accommodation)": 12,
            "Moved into independent living (with no formalised support)": 3,
            "Aged 18 (or over) and remained with current carers": 17,
            "Transferred to residential care funded by adult social services": 1.5,
            "Care taken by another local authority": 8,
            "Age assessment determined child aged 18 or over": 1,
            "Accommodation on remand ended": 0.5,
            "Sentenced to custody": 0.6,
            "Child moved abroad": 0.3,
            "Died": 0.2,
            "Care ceased for any other reason": 8,
        },
    ),
    Mix(
        ("reason",),
        {
            "Change to/implementation of care plan": 34,
            "Carer requests placement end other than due to childs behaviour": 12,
            "Carer requests placement ends due to childs behaviour": 11,
            "Child requests placement end": 6,
            "Placement no longer meets the needs of the child": 20,
            "Standards of care concern": 4,
            "Other": 13,
        },
    ),
    Mix(
        ("reason",),
        {
            "Not in education, training or employment, owing to illness or disability": 14,
            "Not in education, training or employment, owing to other reasons": 68,
            "Not in education, training or employment, owing to pregnancy or parenting": 18,
        },
    ),
    Mix(
        ("activity",),
        {
            "Higher education i.e. studies beyond A level": 5,
            "Education other than higher education": 30,
            "In an apprenticeship": 2,
            "In training or employment (excl. apprenticeship)": 20,
            "Not in education, training or employment, owing to illness or disability": 8,
            "Not in education, training or employment, owing to pregnancy or parenting": 5,
            "Not in education, training or employment, owing to other reasons": 24,
            "Total information not known": 6,
        },
        inside=(
            "Higher education i.e. studies beyond A level",
            "Education other than higher education",
            "In an apprenticeship",
            "In training or employment (excl. apprenticeship)",
        ),
    ),
    Mix(
        ("suitability",),
        {
            "Accommodation considered suitable": 90,
            "Accommodation considered unsuitable": 4,
            "No information": 6,
        },
    ),
    Mix(
        ("school phase",),
        {
            "State-funded primary": 44,
            "State-funded secondary": 37,
            "Special": 17,
            "State-funded alternative provision school": 2,
        },
        lean={
            "State-funded primary": 0.6,
            "State-funded secondary": 1.5,
            "Special": 0.8,
            "State-funded alternative provision school": 3.0,
        },
    ),
    Mix(
        ("band",),
        {
            "SDQ score is normal": 45,
            "SDQ score is borderline": 13,
            "SDQ score is a cause for concern": 42,
        },
    ),
    Mix(
        ("judgement",),
        {"Outstanding": 28, "Good": 40, "Requires improvement to be good": 23, "Inadequate": 9},
    ),
    Mix(
        ("age at start of care",),
        {
            "Aged under 1": 45,
            "Aged 1": 15,
            "Aged 2": 12,
            "Aged 3": 9,
            "Aged 4": 7,
            "Aged 5": 5,
            "Aged 6": 3,
            "Aged 7 and over": 4,
        },
        lean={"Aged under 1": 0.9, "Aged 5": 1.15, "Aged 6": 1.2, "Aged 7 and over": 1.2},
    ),
)
