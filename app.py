"""The frame around every page: set-up, navigation, the chosen area."""

import streamlit as st

from cscdash.catalogue import catalogue
from cscdash.errors import CscdashError
from cscdash.views.frame import open_frame

st.set_page_config(
    page_title="cscdash",
    page_icon=":material/diversity_1:",
    layout="wide",
    initial_sidebar_state="auto",
)

# Pages stand one level down: files directly in pages/ would be served by Streamlit's old automatic
# mechanism to the first visitor who arrives by a deep link, without this frame.
chapters = {chapter.id: chapter for chapter in catalogue().chapters}


def chapter_page(id: str) -> object:
    chapter = chapters[id]
    return st.Page(
        f"pages/chapters/{id}.py",
        title=f"{chapter.number}: {chapter.short}",
        url_path=id,
    )


pages = st.navigation(
    {
        "Overview": [
            st.Page("pages/overview/home.py", title="In the round", url_path="home", default=True)
        ],
        "Outcomes": [chapter_page(id) for id in chapters if id.startswith("outcome")],
        "Enablers": [chapter_page(id) for id in chapters if id.startswith("enabler")],
        "Data and help": [
            st.Page("pages/help/data.py", title="Data in use", url_path="data"),
            st.Page("pages/help/definitions.py", title="Definitions", url_path="definitions"),
        ],
    }
)

try:
    open_frame()
    pages.run()
except CscdashError as error:
    st.error(str(error), icon=":material/error:")
