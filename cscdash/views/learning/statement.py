"""The page to write a statement: an authority's own words about its figures."""

from datetime import date

import streamlit as st

from cscdash.catalogue import catalogue
from cscdash.errors import CscdashError
from cscdash.local.statements import LONGEST, Statement, folder, read_statements, written
from cscdash.views.frame.page_frame import the_chosen_area
from cscdash.views.learning.child_detail_reminder import remind
from cscdash.views.parts.chart_files import file_name


def statement_page() -> None:
    """Draw the page."""
    area = the_chosen_area().area
    st.title("Write a statement", anchor=False)
    st.markdown(
        "Figures say how many, seldom why. Here an authority can say in its own words what lies"
        " behind them: what happened, what children, families and staff say, what is being done."
        " Nothing is sent anywhere: you download a file, and whoever runs this copy of the app puts"
        " it in `data/statements`. It then appears beside the figures, marked as your words."
    )
    if area.level != "authority":
        st.info("Choose an authority at the top: a statement is the authority's own.")
        return
    titles = {}
    for chapter in catalogue().chapters:
        titles[chapter.id] = f"{chapter.number}: {chapter.title}"
        titles |= {i.id: f"{chapter.number} · {i.title}" for i in chapter.indicators}
    about = st.selectbox("About", list(titles), format_func=lambda id: titles.get(id, id))
    left, right = st.columns(2)
    period = left.text_input("Period", max_chars=60, placeholder="2025, or April to June 2026")
    role = right.text_input("Your role (no name)", max_chars=80, placeholder="Director")
    text = st.text_area(
        f"What {area.short} wants to say", height=240, max_chars=LONGEST, key="statement text"
    )
    remind(text)
    if not (about and role.strip() and text.strip()):
        st.caption("With a role and some words you can download it.")
        return
    statement = Statement(area.code, about, period, role, date.today(), text)
    try:
        content = written(statement, catalogue())
    except CscdashError as error:
        st.warning(f"This cannot be saved yet: {error}.")
        return
    st.download_button(
        "Download the statement (Markdown)",
        data=content,
        file_name=file_name(f"statement {area.short} {about} {date.today()}", "md"),
        mime="text/markdown",
        on_click="ignore",
        icon=":material/download:",
    )


def unread_statements() -> list[str]:
    """Files in the folder of statements that cannot be used, and why."""
    return read_statements(folder(), catalogue())[1]
