"""What the files of the two returns look like: tables, fields and how a table is known.

Sources: the Department's guides to the SSDA903 and the children in need census, 2018 to 2026.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Layout:
    """A table of a return.

    Attributes
    ----------
    name : str
        What the table is called here.
    known_by : frozenset of str
        The columns that a CSV file has to have to be this table.
    fields : tuple of str
        The columns that are read; one that a year lacks is empty.
    """

    name: str
    known_by: frozenset[str]
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Code:
    """Codes of a field, and the years to 31 March in whose returns they are valid."""

    field: str
    codes: tuple[str, ...]
    first: int = 2018
    last: int = 2027


def _codes(field: str, codes: str, first: int = 2018, last: int = 2027) -> Code:
    return Code(field, tuple(codes.split()), first, last)


def _layout(name: str, known_by: str, fields: str) -> Layout:
    return Layout(name, frozenset(known_by.split()), tuple(fields.split()))


CARE = (
    _layout(
        "episodes",
        "CHILD DECOM RNE LS PLACE DEC REC",
        "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC PL_POST URN",
    ),
    _layout("headers", "CHILD SEX DOB ETHNIC", "CHILD SEX DOB ETHNIC"),
    _layout("uasc", "CHILD SEX DOB DUC", "CHILD DUC"),
    _layout(
        "health",
        "CHILD SDQ_SCORE CONVICTED TEETH_CHECK",
        "CHILD SDQ_SCORE CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT"
        " SUBSTANCE_MISUSE",
    ),
    _layout("leavers", "CHILD DOB IN_TOUCH ACTIV ACCOM", "CHILD DOB IN_TOUCH ACTIV ACCOM"),
    _layout("missing", "CHILD MISSING MIS_START", "CHILD MISSING MIS_START MIS_END"),
)
IDENTIFIERS = frozenset({"CHILD", "LACHILDID"})  # a file that says who is who in both returns
OTHER_CARE = (  # tables of the same return that no measure here reads
    frozenset({"CHILD", "REVIEW", "REVIEW_CODE"}),
    frozenset({"CHILD", "DATE_INT", "DATE_MATCH"}),
    frozenset({"CHILD", "DATE_PLACED"}),
    frozenset({"CHILD", "PREV_PERM"}),
    frozenset({"CHILD", "SW_ID"}),
    frozenset({"CHILD", "DOLO_START"}),
)
CARE_XML = {  # element -> its fields; "" for those of the child above it
    "HEADER": (
        "CHILDID",
        "SEX",
        "DOB",
        "ETHNIC",
        "DUC",
        "UASC",
        "IN_TOUCH",
        "ACTIV",
        "ACCOM",
        "SDQ_SCORE",
        "CONVICTED",
        "HEALTH_CHECK",
        "IMMUNISATIONS",
        "TEETH_CHECK",
        "HEALTH_ASSESSMENT",
        "SUBSTANCE_MISUSE",
    ),
    "AMISSING": ("MISSING", "MIS_START", "MIS_END"),
    "EPISODE": (
        "DECOM",
        "RNE",
        "LS",
        "CIN",
        "PL",
        "PLACE_PROVIDER",
        "DEC",
        "REC",
        "PL_POST",
        "URN",
    ),
}
CENSUS_XML = {
    "Header": ("Collection", "ReferenceDate", "LEA"),
    "Child": ("LAchildID", "PersonBirthDate"),
    "CINdetails": (
        "CINreferralDate",
        "CINclosureDate",
        "ReasonForClosure",
        "ReferralNFA",
        "DateOfInitialCPC",
    ),
    "Assessments": (
        "AssessmentActualStartDate",
        "AssessmentAuthorisationDate",
        "AssessmentFactors",
    ),
    "Section47": ("S47ActualStartDate", "DateOfInitialCPC"),
    "ChildProtectionPlans": ("CPPstartDate", "CPPendDate", "NumberOfPreviousCPP"),
    "CPPreviewDate": ("",),
}
CODES = (  # what may stand in a field, and when
    _codes("SEX", "1 2", last=2024),
    _codes("SEX", "M F U", first=2025),
    _codes("RNE", "S L P T B U"),
    _codes("LS", "C1 C2 D1 E1 V2 V3 V4 L1 L2 L3 J1 J2 J3"),
    _codes("CIN", "N1 N2 N3 N4 N5 N6 N7 N8"),
    _codes("PLACE", "U1 U2 U3 U4 U5 U6 A3 A4 A5 A6 K1 K2 P1 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4"),
    _codes("PLACE", "H5 P2", last=2025),  # of 2024-25 with K3, gone from 2025-26
    _codes("PLACE", "K3", first=2025),
    _codes("PLACE", "Z1", last=2026),
    _codes("PLACE", "Z11 Z12 Z13 Z14", first=2026),
    _codes("PLACE_PROVIDER", "PR0 PR1 PR2 PR3 PR4 PR5"),
    _codes("REC", "X1 E11 E12 E2 E3 E41 E4A E4B E13 E5 E6 E7 E8 E9 E14 E15 E16 E17"),
    _codes("REC", "E43 E44", last=2019),
    _codes("REC", "E45 E46 E47 E48"),
    _codes("IN_TOUCH", "YES NO DIED REFU NREQ RHOM"),
    _codes("ACTIV", "F1 P1 F2 P2 F4 P4 F5 P5 G4 G5 G6 0"),
    _codes("ACTIV", "F3 P3", last=2021),
    _codes("MISSING", "M A"),
)
