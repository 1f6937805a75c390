"""The pages of a learning session and the guide, run as a visitor would."""

import json
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cscdash.catalogue import catalogue
from cscdash.extracts import Store
from cscdash.learning.agenda import PROMPTS, STEPS, agendas
from cscdash.learning.session import Session, follow_up, read, write
from cscdash.places import neighbours, places
from tests.unit.recorded import session
from tests.wording import unwanted

APP = str(Path(__file__).resolve().parents[2] / "app.py")
SESSION = "_learning session"

pytestmark = pytest.mark.usefixtures("in_use")


def go(page: str = "session", opened: Session | None = None, **query: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60)
    at.run()
    if opened is not None:
        at.session_state[SESSION] = opened
    for name, value in query.items():
        at.query_params[name] = value
    at.switch_page(f"pages/{page}.py")
    at.run()
    return sound(at)


def sound(at: AppTest) -> AppTest:
    assert not at.exception
    assert not at.error
    return at


def said(at: AppTest) -> str:
    kinds = (at.title, at.header, at.subheader, at.markdown, at.caption, at.info, at.warning)
    return "\n".join(one.value for kind in kinds for one in kind)


def button(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click()
    return sound(at.run())


def press(at: AppTest, label: str) -> AppTest:
    next(one for one in at.button if one.label == label).click()
    return sound(at.run())


def charts(at: AppTest) -> list[str]:
    return [chart.proto.spec for chart in at.get("vega_lite_chart")]


def test_two_clicks_to_the_first_guess() -> None:
    at = press(go(area="204"), "Start the session")
    assert at.title[0].value == "Before we look"
    assert "In context" in said(at)
    at = button(at, "go_on")
    assert at.title[0].value == "Predict"
    kept = at.session_state[SESSION]
    assert (kept.areas, kept.started is not None) == (["204"], True)
    assert kept.indicators == list(agendas(catalogue())[0].indicators)


def test_the_address_is_the_set_up() -> None:
    at = go(area="204", agenda="families", indicators="cin_rate.nonsense.caseload", areas="857.x")
    kept = press(at, "Start the session").session_state[SESSION]
    assert kept.indicators == ["cin_rate", "caseload"]
    assert kept.areas == ["204", "857"]
    assert kept.plain
    assert kept.minutes == 60


def test_what_people_are_called_is_not_in_the_address() -> None:
    at = go(area="204")
    at.text_area[0].input("Ann\nBo\n\n").run()
    kept = press(at, "Start the session").session_state[SESSION]
    assert kept.people == ["Ann", "Bo"]
    assert "Ann" not in str(dict(at.query_params))


@pytest.mark.parametrize("agenda", [a.id for a in agendas(catalogue())])
@pytest.mark.parametrize("area", ["204", "E92000001"])
def test_every_step_of_every_agenda(agenda: str, area: str) -> None:
    at = press(go(area=area, agenda=agenda), "Start the session")
    kept = at.session_state[SESSION]
    for number in range(len(kept.indicators) * len(STEPS)):
        at = button(at, "go_on")
        assert at.title[0].value == PROMPTS[STEPS[number % len(STEPS)]].title
        assert unwanted(said(at)) == []
    at = button(at, "go_on")
    assert at.title[0].value == "Take it home"
    assert at.button(key="go_on").disabled


def test_the_figure_stays_hidden_until_it_is_revealed(in_use: Store) -> None:
    at = press(go(area="204", indicators="looked_after_rate"), "Start the session")
    at = button(at, "go_on")
    held = in_use.read("looked_after_rate")
    own = held[(held["area"] == "204") & (held["category"] == "total") & (held["status"] == "ok")]
    latest = own.sort_values("period_end")["value"].iloc[-1]
    shown = " ".join(str(t.value.to_dict()) for t in at.table) + said(at)
    assert "stood at" not in shown
    assert f"{latest:.0f} per" not in shown
    at = button(at, "go_on")
    assert "Hackney stood at" in said(at)


def test_guesses_are_kept_and_taken_back() -> None:
    at = button(press(go(area="204"), "Start the session"), "go_on")
    at.text_input[0].input("Ann")
    at.number_input[0].set_value(22.0)
    at = press(at, "Keep the guess")
    at = press(at, "Keep the guess")  # nothing was typed
    kept = at.session_state[SESSION].on("repeat_referrals")
    assert [(g.name, g.value) for g in kept.guesses] == [("Ann", 22.0)]
    assert "Ann: **22" in said(at)
    at = press(at, "Take the last one back")
    assert at.session_state[SESSION].on("repeat_referrals").guesses == []


def test_notes_go_into_the_session_and_never_into_the_address() -> None:
    at = press(go(area="204"), "Start the session")
    for _ in range(3):
        at = button(at, "go_on")
    at.text_area[0].input("secret word").run()
    at = button(sound(at), "go_on")
    at.text_area[0].input("DOB 12/03/2015").run()
    assert "looks like a date of birth" in said(sound(at))
    kept = at.session_state[SESSION].on("repeat_referrals")
    assert (kept.notice, kept.wonder) == ("secret word", "DOB 12/03/2015")
    assert "secret" not in str(dict(at.query_params))


def test_nothing_is_written_to_a_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    at = go(opened=session(at=17))
    at = press(at, "Make the record")
    assert list(tmp_path.rglob("*")) == []


def test_entries() -> None:
    at = go(opened=session(at=8))
    assert at.title[0].value == "Now what"
    at = press(at, "One more")
    assert len(at.session_state[SESSION].on("repeat_referrals").entries) == 7
    at.text_area(key="learn-repeat_referrals-entries-6-text").input("Visit").run()
    assert at.session_state[SESSION].on("repeat_referrals").entries[6].text == "Visit"


def test_what_was_to_be_done_comes_first() -> None:
    at = go(opened=follow_up(session(), date(2026, 6, 1)))
    assert at.title[0].value == "Front door"
    assert "From last time" in said(at)
    assert at.text[0].value == "Ring ten families"
    at.text_input(key="learn-earlier-0-said").input("Eight rang back").run()
    assert sound(at).session_state[SESSION].earlier[0].said == "Eight rang back"


def test_others_have_no_names_unless_they_are_switched_on() -> None:
    names = [places().areas[one.code].short for one in neighbours("204")]
    at = go(opened=session(at=2, looked={}))
    data = str([c.proto.data.data for c in at.get("vega_lite_chart")])
    data += str([c.proto.datasets for c in at.get("vega_lite_chart")]) + said(at)
    data += " ".join(str(t.value.to_dict()) for t in at.table)
    assert not [name for name in names if name in data]
    at = go(opened=session(at=2, looked={}, names=True))
    shown = " ".join(str(t.value.to_dict()) for t in at.table)
    assert all(name in shown for name in names)


def test_the_record_is_made_and_asks_to_be_made_again() -> None:
    at = press(go(opened=session(at=17)), "Make the record")
    labels = [one.label for one in at.get("download_button")]
    assert {"Everything, in one file (ZIP)", "Word", "PowerPoint", "Markdown"} <= set(labels)
    pack = at.session_state["_learning pack"][1]
    assert set(pack.pictures) == {"repeat_referrals-204", "looked_after_rate-204"}
    assert "Something has changed" not in said(at)
    at.session_state[SESSION].on("repeat_referrals").notice = "changed"
    assert "Something has changed" in said(sound(at.run()))


def test_several_areas() -> None:
    at = go(opened=session(at=2, areas=["204", "857"]))
    assert at.title[0].value == "Reveal"
    at = press(go(opened=session(at=17, areas=["204", "857"])), "Make the record")
    assert len(at.session_state["_learning pack"][1].pictures) == 4


def test_a_session_of_an_indicator_that_is_not_in_the_store(in_use: Store) -> None:
    missing = [i.id for i in catalogue().indicators if i.id not in in_use.indicators]
    for id in missing[:2]:
        for at in range(1, 10):
            go(opened=session(at=at, indicators=[id], looked={}))


@pytest.mark.parametrize(
    "part",
    ["reading", "meeting", "symbols", "methods", "accessibility", "privacy", "feedback",
     "evaluation", "changes"],
)  # fmt: skip
@pytest.mark.parametrize("area", ["204", "201", "420", "E12000005", "E92000001"])
def test_every_part_of_the_guide(part: str, area: str) -> None:
    text = said(go("guide", area=area, part=part))
    assert len(text) > 150
    assert unwanted(text) == []


def test_the_issue_link_is_set_by_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not go("guide", part="feedback").get("link_button")
    monkeypatch.setenv("CSCDASH_FEEDBACK_URL", "https://example.org/issues/new?labels=x")
    (link,) = go("guide", part="feedback", area="204").get("link_button")
    assert link.proto.url.startswith("https://example.org/issues/new?labels=x&title=Feedback&body=")
    assert "Hackney" in link.proto.url
    monkeypatch.setenv("CSCDASH_FEEDBACK_URL", "javascript:alert(1)")
    assert not go("guide", part="feedback").get("link_button")


def test_the_digest_waits_for_files() -> None:
    assert "gone when you close it" in said(go("digest"))


def test_the_file_of_the_set_up_reopens() -> None:
    at = press(go(area="204", agenda="team"), "Start the session")
    kept = at.session_state[SESSION]
    assert read(write(kept)) == kept
    assert json.loads(write(kept))["format"] == "cscdash learning session"
