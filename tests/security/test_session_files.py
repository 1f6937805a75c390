"""Session files: no text in one is mark-up, and any JSON ends in a session or a sentence."""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from cscdash.catalogue import catalogue
from cscdash.errors import CscdashError
from cscdash.extracts import DEMONSTRATION
from cscdash.learning.agenda import STEPS
from cscdash.learning.digest import as_blocks, digest
from cscdash.learning.pack.markdown import as_markdown, escaped
from cscdash.learning.session import Session, follow_up, read, write
from cscdash.places import places
from tests.app.reading import ROOT, Page
from tests.trials.sampling import examples

IMAGE = Path(__file__).with_name("session_image.json").read_bytes()
LIVE = re.compile(r"(?<!\\)!(?<!\\)\[[^\]]*(?<!\\)\]\(http|(?<!\\)<(script|img)")


def markup(page: Page) -> list[str]:
    """The texts that a browser would show as mark-up, of what may hold any."""
    kinds = (
        "title", "header", "subheader", "markdown", "caption", "info", "warning", "error",
        "success", "toast", "expander", "button", "checkbox", "radio", "selectbox", "toggle",
    )  # fmt: skip
    found = [one for kind in kinds for one in page.at.get(kind)]
    texts = [str(getattr(one, "value", "")) for one in found]
    texts += [str(getattr(one, "label", "")) for one in page.at.main if getattr(one, "label", "")]
    return [text for text in texts if LIVE.search(text)]


def opened(session: Session, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("CSCDASH_DATA", str(DEMONSTRATION))
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    at.run()
    at.session_state["_learning session"] = session
    at.switch_page("pages/session.py")
    return at.run()


@pytest.mark.parametrize("follow", [False, True])
def test_no_text_of_a_file_is_mark_up_on_any_step(
    follow: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = read(IMAGE)
    session = follow_up(session, date(2026, 1, 2)) if follow else session
    at = opened(session, monkeypatch)
    for _ in range(len(session.indicators) * len(STEPS) + 2):
        assert not at.exception
        assert markup(Page(at)) == []
        go_on = at.button(key="go_on")
        if go_on.disabled:
            break
        go_on.click()
        at.run()
    else:
        raise AssertionError("the last step was not reached")


def test_no_text_of_a_file_is_mark_up_in_a_digest() -> None:
    found = digest([read(IMAGE)], catalogue(), places(), named=True)
    assert found is not None
    assert not LIVE.search(as_markdown(as_blocks(found)).decode())


@pytest.mark.parametrize("said", ["2026-03-01T09:30:00", "2026-03-01T09:30:00Z", 1772357400])
def test_a_time_without_a_zone_is_taken(said: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    session = read(json.dumps({**json.loads(IMAGE), "started": said}))
    assert session.started == datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    assert read(write(session)) == session
    at = opened(session, monkeypatch)
    assert not at.exception and not at.error


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(), inside, max_size=4),
    max_leaves=20,
)


@hypothesis_settings(max_examples=examples(150))
@given(st.dictionaries(st.sampled_from(sorted(json.loads(IMAGE))) | st.text(), VALUES), VALUES)
def test_any_json_ends_in_a_session_or_one_sentence(changes: dict[str, Any], other: Any) -> None:
    for content in ({**json.loads(IMAGE), **changes}, other):
        read_or_said(json.dumps(content))


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[" * 100_000, b'{"a":' * 50_000, b"\xff\xfe{}", b"null", b"7" * 10_000,
        b"[" + b"[]," * 2_000_000 + b"[]]", b'{"format": NaN}', b'{"title": "\\ud800"}',
        json.dumps({**json.loads(IMAGE), "title": "\ud800"}).encode(),
        json.dumps({**json.loads(IMAGE), "![x](http://evil.example/x.png)": 1}).encode(),
        json.dumps({**json.loads(IMAGE), "started": "9999-12-31T23:59:59+00:00"}).encode(),
        json.dumps({**json.loads(IMAGE), "held": "0001-01-01"}).encode(),
    ],
    ids=range(14),
)  # fmt: skip
def test_odd_json_ends_in_a_session_or_one_sentence(content: bytes) -> None:
    read_or_said(content)


def read_or_said(content: bytes | str) -> None:
    try:
        session = read(content)
    except CscdashError as error:
        assert 10 < len(str(error)) < 400 and str(error).endswith(".")
        assert not LIVE.search(escaped(str(error)))
    else:
        assert read(write(session)) == session
