"""The record of a session: statements to edit, and the pack in five forms."""

from collections.abc import Sequence
from functools import partial
from hashlib import sha256
from typing import get_args

import streamlit as st

from cscdash.learning.pack import FORMS, Exhibit, Pack, as_file, draw, everything
from cscdash.learning.pack.record_files import Form
from cscdash.learning.session import Session, write
from cscdash.learning.statement import self_assessment, written_statement
from cscdash.views.frame.sign_in import while_permitted
from cscdash.views.learning.child_detail_reminder import remind
from cscdash.views.learning.evidence import exhibits
from cscdash.views.learning.open_session import kept_text
from cscdash.views.loaded import store
from cscdash.views.parts.chart_files import file_name

_MADE = "_learning pack"


def record(session: Session) -> None:
    """Draw the last screen of a session."""
    st.title("Take it home", anchor=False)
    noted = sum(not looked.empty for looked in session.looked.values())
    entries = sum(len(looked.said) for looked in session.looked.values())
    st.markdown(
        f"{noted} of {len(session.indicators)} indicators with notes; {entries}"
        f" {'entry' if entries == 1 else 'entries'}. Nothing is kept on the server:"
        " **save what you need before you close this tab.**"
    )
    _notes_check(session)
    found = exhibits(session)
    _statements(session, found)
    st.subheader("The record", anchor=False)
    st.markdown(
        "Word, PowerPoint, a page to print, Markdown, and a file that can be reopened here: with"
        " the charts, their sentences, sources and limits, your notes and what happens next."
    )
    made = st.session_state.get(_MADE)
    mark = _mark(session)
    if st.button("Make the record", type="primary", icon=":material/inventory_2:", shortcut="M"):
        made = (mark, _make(session, found))
        st.session_state[_MADE] = made
    if made is not None:
        if made[0] != mark:
            st.info("Something has changed since. Make the record again to include it.")
        _offer(made[1])
    else:
        st.download_button(
            "Save only the file that can be reopened (JSON)",
            data=write(session),
            file_name=file_name("learning session", "json"),
            mime="application/json",
            on_click="ignore",
            icon=":material/download:",
        )


def _notes_check(session: Session) -> None:
    for looked in session.looked.values():
        texts = [looked.notice, looked.wonder, looked.could_be, looked.alongside, looked.voices]
        texts += [words for e in looked.said for words in (e.text, e.evidence, e.links, e.owner)]
        for text in texts:
            remind(text)


def _statements(session: Session, found: Sequence[Exhibit]) -> None:
    seen = [one.seen for one in found]
    invented = store().demonstration
    with st.expander("Written statement and self-assessment: read and edit", expanded=False):
        st.caption(
            "Filled in from the figures and your notes; nothing is added. Edit them as you like."
        )
        for label, field, text in (
            ("Written statement", "statement", written_statement(session, seen, invented)),
            ("For a self-assessment", "paragraph", self_assessment(session, seen, invented)),
        ):
            kept_text(
                label,
                field,
                getattr(session, field) or text,
                partial(setattr, session, field),
                height=260,
                max_chars=60_000,
            )
            if getattr(session, field) and st.button("Fill in again", key=f"again {field}"):
                setattr(session, field, "")
                st.session_state.pop(f"learn-{field}", None)
                st.rerun()


def _mark(session: Session) -> str:
    """Tells whether a pack is of the session as it is now."""
    same = session.model_copy(update={"at": 0})
    return sha256(write(same).encode()).hexdigest()


def _make(session: Session, found: Sequence[Exhibit]) -> Pack:
    """Draw the pictures, telling how far it is."""
    bar = st.progress(0.0, "Drawing the charts")

    def told(done: int, of: int) -> None:
        bar.progress(done / max(1, of), f"Drawing the charts: {done} of {of}")

    pictures = draw(found, told)
    bar.empty()
    here = store()
    kept = session.model_copy(deep=True)
    return Pack(kept, tuple(found), pictures, here.demonstration, here.build)


def _offer(pack: Pack) -> None:
    name = f"learning session {' '.join(pack.areas[:2])} {pack.session.held:%Y-%m-%d}"
    base = file_name(name, "x").removesuffix(".x")
    st.download_button(
        "Everything, in one file (ZIP)",
        data=while_permitted(lambda: everything(pack, base)),
        file_name=f"{base}.zip",
        mime="application/zip",
        on_click="ignore",
        type="primary",
        icon=":material/folder_zip:",
    )
    with st.container(horizontal=True):
        for form in get_args(Form):
            st.download_button(
                FORMS[form].name,
                data=while_permitted(partial(as_file, pack, form)),
                file_name=f"{base}.{form}",
                mime=FORMS[form].mime,
                key=f"pack {form}",
                on_click="ignore",
                icon=":material/download:",
            )
