"""Rows of the requirements as a reader meets them: id, page, and the words that must be there.

One visitor walks over all pages, from Hackney; rows on the same address share one run of the page.
Ids are those of ``../shared/knowledge/audit.csv``.
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
    ("home", ()): {
        "R002": ["Indicators proposed in February 2023 as interim proxies"],
        "R011": ["East Midlands", "Inner London", "City of London"],
        "R013": ["**learn from it together**"],
        "R015": ["Worth a conversation", "How these are chosen"],
        "R019": ["Median of neighbours", "Lowest authority", "Highest authority"],
        "R023": ["The ten authorities most like this one by the Department's published model"],
        "R032": ["no targets, no league tables"],
        "R047": ["It is not a performance measure"],
        "R051": ["no judgement from a small number"],
        "R055": ["they do not trigger an inspection"],
        "R056": ["Ofsted may look at published figures"],
        "R088": ["Authorities of its region", "Places like it", "Or a group of your own"],
    },
    ("outcome_1", (("indicator", "repeat_referrals"), ("view", "time"))): {
        "R006": ["Over time", "Hackney stood at "],
        "R028": ["**Read alongside:**", "Outcome 1 in the round: Hackney on 6 indicators"],
        "R034": ["Questions to talk about"],
        "R059": ["· companion"],
        "R085": ["Hackney, median of neighbours, Inner London, England"],
        "R086": ["Hackney stood at ", "The numbers as a table"],
        "R092": ["Source: Department for Education", "(published"],
        "R114": ["What the framework asks for here"],
    },
    ("outcome_1", (("indicator", "repeat_referrals"), ("view", "neighbours"))): {
        "R020": ["**Started similar in 2019, moved differently since: ask them**"],
        "R041": [" of 10 neighbours"],
        "R052": ["Listed in order of closeness, not by value"],
        "R053": ["Bands show what chance alone could give"],
    },
    ("outcome_1", (("indicator", "repeat_referrals"), ("view", "all"))): {
        "R017": ["the shaded part the middle half of all authorities", "Height means nothing"],
    },
    ("outcome_1", (("indicator", "repeat_referrals"), ("view", "about"))): {
        "R004": ["**Definition**", "**Source**"],
        "R007": ["**What it cannot tell you**"],
        "R024": ["**How to read it**"],
        "R066": ["A process indicator: counted over a year."],
        "R070": ["**Why it is here**"],
        "R094": ["Next release:"],
        "R096": ["**How its figures settle**"],
        "R103": ["**Where it is recorded, and why**", "Children in need census"],
    },
    ("outcome_1", (("indicator", "looked_after_number"), ("view", "who"))): {
        "R035": ["By age, values in Hackney run from"],
        "R160": ["As shares, England beside"],
    },
    ("outcome_1", (("indicator", "looked_after_rate"), ("view", "deprivation"))): {
        "R083": ["Similar to what is typical for places with similar child poverty"],
    },
    ("outcome_2", (("indicator", "section_31_outcomes"),)): {
        "R065": ["Nobody publishes this yet, so there is no figure to show.", "**Who holds it**",
                 "**What it would show**"],
    },
    ("enabler_2", (("indicator", "inspection_leaders"), ("view", "time"))): {
        "R049": ["A judgement describes the day it was made; it is given here as dated context"],
    },
    ("context", ()): {
        "R026": ["Read every indicator beside this."],
        "R076": ["Income Deprivation Affecting Children Index", "Residents who are White British"],
        "R155": ["54,191 children and young people aged 0 to 17"],
    },
    ("session", ()): {
        "R003": ["A conversation about a few figures, from a guess to a next step"],
        "R125": ["A team meeting with its supervisor"],
        "R129": ["A conversation with families"],
    },
    ("digest", ()): {
        "R127": ["Blockers, ideas for practice guides"],
        "R161": ["for a region's"],
    },
    ("guide", ()): {
        "R008": ["What changed"],
        "R112": ["How to run a session", "Each example is worked with the figures in use"],
        "R120": ["Evaluation form"],
    },
    ("framework", ()): {
        "R138": ["Own-words summaries of the consultation draft (February 2023)"],
        "R136": ["**A summary, not a full list.**"],
        "R140": ["all care leavers up to 25 (p. 10)"],
        "R144": ["**Practice supervisors.** The response promises sections for them."],
        "R150": ["**Multi-agency chapter.** The response promises one."],
        "R036": ["**In context:**"],
        "R165": ["**Long-term outcomes, shared with partners and not measured here**"],
    },
    ("framework", (("chapter", "outcome_4"),)): {
        "R009": ["O4-L-01: 5 indicators", "O4-L-06: not measured"],
        "R143": ["1 of which says the same as another: folded."],
        "R147": ["**Looked-after child:**"],
    },
    ("register", ()): {
        "R067": ["What is not measured"],
        "R062": ["Outcome 1: 15 of 29 without a figure"],
    },
    ("plain", ()): {
        "R141": ["children in care out of every 10,000 children in Hackney."],
        "R156": ["When did someone last ask you what help you need?"],
    },
    ("statement", ()): {"R080": ["Here an authority can say in its own words"]},
    ("data", ()): {
        "R005": ["Next release", "made on"],
        "R097": ["extracts of published figures"],
        "R166": ["Anybody on the network of the machine where it runs can open this copy"],
    },
    ("definitions", ()): {"R046": ["Find an indicator (type a word: CLA, re-referral, SDQ …)"]},
    ("compare", (("by", "system"),)): {
        "R021": ["Are places growing apart?", "moved the way England did"],
        "R022": ["Middle half of authorities"],
        "R164": ["The long run, shared with partners", "The pairing is ours"],
    },
    ("compare", (("by", "region"),)): {"R130": ["side by side**"]},
    ("pack", ()): {"R131": ["Tick indicators; the pack shows each of them for **Hackney**"]},
}  # fmt: skip
# what only real files have: a judgement, a date of publication, a place that moved differently
PUBLISHED = {"R005", "R020", "R049", "R097", "R092"}
NEVER = ("nobody publishes", "The published files do not divide")


@pytest.fixture(scope="module")
def visit() -> Visit:
    """The one visitor."""
    return Visit()


@pytest.mark.parametrize(("where", "rows"), ROWS.items(), ids=lambda one: str(one)[:60])
def test_a_requirement_is_met_where_a_person_finds_it(visit, in_use, where, rows):
    page, query = where
    text = "\n".join(visit(page, area="204", **dict(query)).texts())
    wanted = {
        id: some for id, some in rows.items() if not (in_use.demonstration and id in PUBLISHED)
    }
    lacking = {id: words for id, some in wanted.items() for words in some if words not in text}
    assert not lacking
    if page == "register" or "who" in dict(query).values():
        assert not [words for words in NEVER if words in text]
