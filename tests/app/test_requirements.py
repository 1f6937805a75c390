"""Rows of the requirements as a reader meets them: id, page, and the words that must be there.

One visitor walks over all pages; rows on the same address share one run of the page. Ids are those
of ``../shared/knowledge/audit.csv``.
"""

import pytest

from tests.app.reading import Visit

pytestmark = pytest.mark.usefixtures("in_use")

C2 = "C2 Completed assessments by duration of assessment and local authority"
WORKFORCE = "Characteristics of social workers (in post, starters, leavers)"

# (page, address): {id of the requirement: words that the page must hold}
ROWS: dict[tuple[str, tuple[tuple[str, str], ...]], dict[str, list[str]]] = {
    ("outcome_1", (("indicator", "assessments_rate"), ("view", "about"))): {
        "O1-I4": [f"*Published, not loaded here:* Department for Education, [{C2}]",
                  f"A stand-in for what is published, but not loaded here: {C2}."],
    },
    ("outcome_1", (("indicator", "cin_rate"), ("view", "who"))): {
        "R074": ["do not divide this indicator any further", "B2 Children in need by recorded"],
    },
    ("enabler_1", (("indicator", "social_workers_fte"), ("view", "who"))): {
        "X-E1-18": [WORKFORCE, "by age, sex, ethnic group"],
    },
    ("enabler_1", (("indicator", "social_worker_turnover"), ("view", "who"))): {
        "R075": ["published, not loaded"],
    },
    ("register", (("q", "number of assessments"),)): {"C-02": [f"[{C2}]"]},
    ("register", (("q", "time in service of social workers"),)): {"C-39": [f"[{WORKFORCE}]"]},
    ("register", (("q", "referrals from each agency source"),)): {
        "C-18": ["[Who refers children: police, schools and health services]"],
    },
    ("register", (("q", "spend on social work per child in need"),)): {
        "C-41": ["[Weekly spend on social work per child in need]"],
    },
    ("register", (("q", "young carers"),)): {"X-O3-02": ["by factor]"]},
    ("register", (("q", "levels of deprivation"),)): {"C-45": ["Multiple Deprivation"]},
}  # fmt: skip
NEVER = ("nobody publishes", "The published files do not divide")


@pytest.fixture(scope="module")
def visit() -> Visit:
    """The one visitor."""
    return Visit()


@pytest.mark.parametrize(("where", "rows"), ROWS.items(), ids=lambda one: str(one)[:60])
def test_a_requirement_is_met_where_a_person_finds_it(visit, where, rows):
    page, query = where
    text = "\n".join(visit(page, area="204", **dict(query)).texts())
    lacking = {id: words for id, some in rows.items() for words in some if words not in text}
    assert not lacking
    assert not [words for words in NEVER if words in text]
