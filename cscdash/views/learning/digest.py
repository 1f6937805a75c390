"""Several session files become one digest, for a region or a learning event."""

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from cscdash.catalogue import catalogue
from cscdash.errors import CscdashError
from cscdash.learning.digest import as_blocks, digest
from cscdash.learning.pack.blocks import Block
from cscdash.learning.pack.markdown import as_markdown
from cscdash.learning.pack.record_files import FORMS, Form
from cscdash.learning.pack.web_page import as_html
from cscdash.learning.pack.word import as_docx
from cscdash.learning.session import Session, read
from cscdash.places import places
from cscdash.reading import VISITOR, one_child
from cscdash.views.parts.one_card import say_error

_TITLE = "Digest of learning sessions"


def digest_page() -> None:
    """Draw the page."""
    st.title("Bring sessions together", anchor=False)
    st.markdown(
        "Blockers, ideas for practice guides, and the questions that several groups share, by kind"
        " and chapter: for a region's learning event, or for those who write guidance."
    )
    files = st.file_uploader(
        "Files of sessions (JSON)", type=["json"], accept_multiple_files=True, max_upload_size=8
    )
    named = st.toggle(
        "Name the authorities",
        key="digest-named",
        help="Off: their names are also removed from what was written, as far as they can be"
        " recognised. People are never named.",
    )
    sessions = _sessions(files)
    if len({session.id for session in sessions}) < len(sessions):
        st.info("One session is in several files; the last of them is used.")
    found = digest(sessions, catalogue(), places(), named)
    if found is None:
        st.caption("The files stay in this page and are gone when you close it.")
        return
    blocks = as_blocks(found)
    with st.container(horizontal=True):
        _offer("docx", lambda: as_docx(blocks, _TITLE))
        _offer("html", lambda: as_html(blocks, _TITLE))
        _offer("md", lambda: as_markdown(blocks))
    if not named:
        st.caption(
            "Read it before you pass it on: a place can be recognised by more than its name."
        )
    _show(blocks)


def _sessions(files: Sequence[UploadedFile]) -> list[Session]:
    """The sessions of the files; what cannot be read is said, and left out."""
    sessions = []
    with one_child(VISITOR):
        for file in files:
            try:
                sessions.append(read(file.getvalue()))
            except CscdashError as error:
                say_error(f"{file.name}: {error}")
    return sessions


def _offer(form: Form, made: Callable[[], bytes]) -> None:
    st.download_button(
        FORMS[form].name,
        data=made,
        file_name=f"digest.{form}",
        mime=FORMS[form].mime,
        on_click="ignore",
        icon=":material/download:",
    )


def _show(blocks: Sequence[Block]) -> None:
    """The digest on the page, as its Markdown."""
    with st.container(border=True):
        st.markdown(as_markdown(blocks).decode())
