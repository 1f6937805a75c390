"""What the files of the two returns look like: tables, fields and how a table is known.

Source: the Department's guides to the SSDA903 and the children in need census, 2018 to 2026.
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


def _layout(name: str, known_by: str, fields: str) -> Layout:
    return Layout(name, frozenset(known_by.split()), tuple(fields.split()))


CARE = (
    _layout(
        "episodes",
        "CHILD DECOM RNE LS PLACE DEC REC",
        "CHILD DECOM RNE LS PLACE PLACE_PROVIDER DEC REC PL_POST URN",
    ),
    _layout("headers", "CHILD SEX DOB ETHNIC", "CHILD DOB"),
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
OTHER_CARE = (  # tables of the same return that no measure here reads
    frozenset({"CHILD", "REVIEW", "REVIEW_CODE"}),
    frozenset({"CHILD", "DATE_INT", "DATE_MATCH"}),
    frozenset({"CHILD", "DATE_PLACED"}),
    frozenset({"CHILD", "PREV_PERM"}),
    frozenset({"CHILD", "SW_ID"}),
    frozenset({"CHILD", "DOLO_START"}),
)
CARE_XML = {  # element -> its fields; "" for those of the child above it
    "HEADER": ("CHILDID", "DOB", "DUC", "UASC", "IN_TOUCH", "ACTIV", "ACCOM", "SDQ_SCORE"),
    "EPISODE": ("DECOM", "RNE", "LS", "PL", "PLACE_PROVIDER", "DEC", "REC", "PL_POST", "URN"),
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
    "Assessments": ("AssessmentActualStartDate", "AssessmentAuthorisationDate"),
    "Section47": ("S47ActualStartDate", "DateOfInitialCPC"),
    "ChildProtectionPlans": ("CPPstartDate", "CPPendDate", "NumberOfPreviousCPP"),
}
