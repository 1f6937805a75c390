"""A session as JSON, its agenda, its follow-up, its drafts."""

import json
from datetime import date

import pytest
from pydantic import ValidationError

from cscdash.catalogue import catalogue
from cscdash.errors import CscdashError
from cscdash.learning.agenda import (
    PRINCIPLES,
    PROMPTS,
    STEPS,
    WHY_CAUSES,
    agendas,
    prompt,
)
from cscdash.learning.drafts import restore
from cscdash.learning.session import LARGEST, Entry, Guess, Session, follow_up, read, write
from tests.unit.recorded import session
from tests.wording import unwanted


def test_every_agenda_holds_indicators_that_have_figures() -> None:
    ready = agendas(catalogue())
    figures = {i.id for i in catalogue().indicators if i.standing != "gap"}
    assert [a.id for a in ready[:4]] == ["journey", "depth", "team", "families"]
    assert [a.id for a in ready[4:]] == [c.id for c in catalogue().chapters]
    for agenda in ready:
        assert set(agenda.indicators) <= figures
        assert 1 <= len(agenda.indicators) <= 5
        assert len(set(agenda.indicators)) == len(agenda.indicators)
    assert all(len(a.indicators) >= 3 for a in ready if a.id != "depth")
    assert [a.id for a in ready if a.plain] == ["families"]


def test_prompts_describe_and_never_judge() -> None:
    texts = [prompt(step, plain) for step in STEPS for plain in (True, False)]
    texts += [PROMPTS[step].title for step in STEPS]
    texts += [*WHY_CAUSES.values(), *(text for pair in PRINCIPLES for text in pair)]
    texts += [f"{a.title} {a.what}" for a in agendas(catalogue())]
    assert all(unwanted(text) == [] for text in texts)
    assert len(set(texts)) == len(texts)


def test_a_session_comes_back_as_it_was() -> None:
    kept = session()
    assert read(write(kept)) == kept
    assert read(b"\xef\xbb\xbf" + write(kept).encode()) == kept


def changed(**fields: object) -> bytes:
    return json.dumps({**json.loads(write(session())), **fields}).encode()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "not a learning session"),
        (b"{", "not a learning session"),
        (b"[1, 2]", "not a learning session"),
        (b"null", "not a learning session"),
        (b"\xff\xfe\x00", "not a learning session"),
        (b"[" * 200_000, "not a learning session"),
        (b'{"a":' * 100_000, "not a learning session"),
        (b'{"format": "cscdash learning session"}', "not a learning session"),
        (b"PK\x03\x04 a zip", "not a learning session"),
        (changed(format="other"), "not a learning session"),
        (changed(version=2), "version 2"),
        (changed(version="9" * 5000), "not a learning session"),
        (changed(held="yesterday"), "held does not fit"),
        (changed(areas=[]), "areas does not fit"),
        (changed(areas=["../etc"]), "areas.0 does not fit"),
        (changed(indicators=["<script>"]), "indicators.0 does not fit"),
        (changed(indicators=["a"] * 99), "indicators does not fit"),
        (changed(minutes=10**9), "minutes does not fit"),
        (changed(at=-1), "at does not fit"),
        (changed(extra=1), "extra does not fit"),
        (changed(looked={"a": {"notice": 3}}), "looked.a.notice does not fit"),
        (changed(looked={"a": {"notice": "x" * 60_001}}), "looked.a.notice does not fit"),
        (changed(looked={"a": {"guesses": [{"value": "much", "area": "204"}]}}), "guesses"),
        (changed(looked={"a": {"guesses": [{"value": float("nan"), "area": "204"}]}}), "guesses"),
        (b" " * (LARGEST + 1), "too large"),
    ],
)
def test_a_hostile_file_ends_in_one_sentence(content: bytes, says: str) -> None:
    with pytest.raises(CscdashError, match=says) as raised:
        read(content)
    assert len(str(raised.value)) < 400
    assert raised.value.__cause__ is None


def test_what_breaks_documents_is_taken_out() -> None:
    kept = session()
    kept.on(
        "repeat_referrals"
    ).notice = " \x00a\x1b[31m\u202eb\u2066\ud800\ufffe\r\nc\u2028d \u200f "
    assert kept.on("repeat_referrals").notice == "a[31mb\nc\nd \u200f"
    kept.title = "one\ntwo\t three"
    assert kept.title == "one two three"
    with pytest.raises(ValidationError):
        kept.title = "x" * 301
    with pytest.raises(ValidationError):
        Guess(value=float("inf"), area="204")


def test_the_next_session_brings_what_was_to_be_done() -> None:
    last = session()
    new = follow_up(last, date(2026, 6, 1))
    assert new.id != last.id
    assert (new.held, new.areas, new.indicators) == (date(2026, 6, 1), ["204"], last.indicators)
    assert [one.entry.text for one in new.earlier] == [
        "Ring ten families",
        "Who comes back twice?",
        "Police forms come late in Hackney",
        "How to end help",
    ]  # the insight stays, the empty entry and what was done before do not come along
    assert {one.state for one in new.earlier} == {"not said"}
    assert new.looked == {}
    new.earlier[0].state = "under way"
    new.earlier[1].state = "dropped"
    assert [one.entry.text for one in follow_up(new, date(2026, 9, 1)).earlier] == [
        "Ring ten families",
        "Police forms come late in Hackney",
        "How to end help",
    ]


def test_notes_on_an_indicator_that_left_the_agenda_are_kept() -> None:
    kept = session(indicators=["looked_after_rate"])
    assert kept.discussed == ["looked_after_rate", "repeat_referrals"]
    assert kept.on("cin_rate").empty
    assert "cin_rate" not in kept.discussed


def test_drafts_find_their_place_or_are_left_out() -> None:
    kept = session()
    found = restore(
        kept,
        {
            "repeat_referrals-notice": "typed before the line went",
            "looked_after_rate-voices": "new",
            "repeat_referrals-entries-1-owner": "Cy",
            "earlier-0-said": "twice",
            "statement": "ours",
            "unknown-notice": "x",
            "repeat_referrals-entries-99-text": "x",
            "repeat_referrals-entries-x-text": "x",
            "repeat_referrals-guesses": "x",
            "repeat_referrals-entries-0-kind": "x",
            "looked_after_rate-wonder": "x" * 60_001,
            "": "x",
            "at": "3",
        },
    )
    assert found == 5
    assert kept.on("repeat_referrals").notice == "typed before the line went"
    assert kept.on("repeat_referrals").entries[1].owner == "Cy"
    assert kept.on("looked_after_rate").voices == "new"
    assert (kept.earlier[0].said, kept.statement, kept.at) == ("twice", "ours", 0)
    assert "unknown" not in kept.looked


def test_nothing_is_shared_between_sessions() -> None:
    one, other = (Session(held=date(2026, 1, 1), areas=["204"], indicators=["a"]) for _ in "ab")
    one.on("a").entries.append(Entry(text="x"))
    assert other.looked == {}
    assert other.on("a").entries == []
