"""Several sessions as one digest."""

from datetime import date

import pytest

from cscdash.catalogue import catalogue
from cscdash.learning.digest import SOMEWHERE, Digest, as_blocks, digest
from cscdash.learning.pack.markdown import as_markdown
from cscdash.learning.session import Entry, Session
from cscdash.places import places
from tests.unit.recorded import session
from tests.wording import unwanted


def other() -> Session:
    made = Session(held=date(2026, 5, 2), areas=["857"], indicators=["looked_after_rate", "gone"])
    made.on("looked_after_rate").entries.append(
        Entry(kind="system blocker", text="Rutland and Stoke-on-Trent wait for courts", owner="Di")
    )
    made.on("gone").entries.append(Entry(kind="question", text="Why?"))
    return made


def found(*sessions: Session, named: bool) -> Digest:
    made = digest(sessions, catalogue(), places(), named)
    assert made is not None
    return made


def test_by_kind_then_chapter() -> None:
    made = found(session(), other(), named=True)
    assert made.sessions == 2
    assert made.areas == ("Hackney", "Rutland")
    assert [(s.kind, s.chapter[:9]) for s in made.said] == [
        ("system blocker", "Outcome 1"),
        ("system blocker", "Outcome 1"),
        ("practice guide idea", "Outcome 1"),
        ("question", "Outcome 1"),
        ("question", "Not in th"),
        ("insight", "Outcome 1"),
        ("action", "Outcome 1"),
    ]
    assert made.indicators["gone"] == 1
    said = as_markdown(as_blocks(made)).decode()
    assert "2 sessions of Hackney and Rutland; 9 March 2026 to 2 May 2026." in said
    assert "System blockers: 2" in said
    assert unwanted(said) == []


def test_names_are_taken_out_on_request() -> None:
    said = as_markdown(as_blocks(found(session(), other(), named=False))).decode()
    plain = said.replace("\\", "")
    assert "Hackney" not in said
    assert "Rutland" not in said
    assert "Stoke" not in said
    assert f"{SOMEWHERE} and {SOMEWHERE} wait for courts" in plain
    assert f"Police forms come late in {SOMEWHERE}" in plain


@pytest.mark.parametrize("named", [True, False])
def test_people_are_never_named(named: bool) -> None:
    said = as_markdown(as_blocks(found(session(), other(), named=named))).decode()
    assert not {"Ann", "Bo", "Di"} & set(said.replace(",", " ").split())


def test_a_file_given_twice_counts_once() -> None:
    first = session()
    later = first.model_copy(deep=True)
    later.on("repeat_referrals").entries = [Entry(kind="insight", text="changed")]
    assert [s.text for s in found(first, later, named=True).said] == ["changed"]


def test_nothing_to_bring_together() -> None:
    assert digest([], catalogue(), places(), True) is None
    bare = Session(held=date(2026, 1, 1), areas=["204"], indicators=["cin_rate"])
    assert "No entries" in as_markdown(as_blocks(found(bare, named=False))).decode()
