"""*Now what*: insights, questions, actions, blockers and ideas, each with owner and evidence."""

from functools import partial
from typing import get_args

import streamlit as st

from cscdash.catalogue import Indicator
from cscdash.learning.session import KINDS, Confidence, Entry, Looked
from cscdash.views.learning.child_detail_reminder import remind
from cscdash.views.learning.open_session import kept_text


def entries(indicator: Indicator, looked: Looked) -> None:
    """The entries on an indicator, and a button for one more."""
    if not looked.entries:
        looked.entries.append(Entry(kind="question"))
    for at, entry in enumerate(looked.entries):
        with st.container(border=True):
            _entry(indicator.id, at, entry)
    if st.button("One more", icon=":material/add:", shortcut="A"):
        looked.entries.append(Entry())
        st.rerun()


def _entry(indicator: str, at: int, entry: Entry) -> None:
    path = f"{indicator}-entries-{at}"
    _choice(entry, "kind", "Kind", list(KINDS), path)
    kept_text(
        "What",
        f"{path}-text",
        entry.text,
        partial(setattr, entry, "text"),
        height=90,
        max_chars=60_000,
    )
    remind(entry.text)
    owner, when = st.columns(2)
    with owner:
        _line(entry, "owner", "Who", path)
    with when:
        _line(entry, "by_when", "By when", path)
    with st.expander("Evidence, links, how sure", expanded=bool(entry.evidence or entry.links)):
        _line(entry, "evidence", "What would show us the answer", path)
        _line(entry, "links", "Other evidence: links, reports, audits", path)
        _choice(entry, "confidence", "How sure are we", list(get_args(Confidence))[1:], path)


def _line(entry: Entry, field: str, label: str, path: str) -> None:
    kept_text(
        label,
        f"{path}-{field}",
        getattr(entry, field),
        partial(setattr, entry, field),
        line=True,
        max_chars=300 if field in ("owner", "by_when") else 5_000,
    )
    if field in ("evidence", "links"):
        remind(getattr(entry, field))


def _choice(entry: Entry, field: str, label: str, options: list[str], path: str) -> None:
    key = f"learn-{path}-{field}"
    if key not in st.session_state:
        st.session_state[key] = getattr(entry, field) or None

    def changed() -> None:
        setattr(entry, field, st.session_state[key] or ("" if field == "confidence" else "action"))

    st.segmented_control(
        label,
        options,
        key=key,
        on_change=changed,
        format_func=lambda option: KINDS.get(option, option),
        label_visibility="collapsed" if field == "kind" else "visible",
    )
