"""The frame around every page: set-up, navigation, the chosen area."""

from pathlib import Path

import streamlit as st

from cscdash.catalogue import catalogue
from cscdash.errors import CscdashError
from cscdash.views.frame import open_frame
from cscdash.views.sign_in import ask_to_sign_in, permitted, sign_out_button

st.set_page_config(
    page_title="cscdash",
    page_icon=str(Path(__file__).parent / "static" / "icon.svg"),
    layout="wide",
    initial_sidebar_state="auto",
)

# The folder is not called pages: beside a folder of that name Streamlit starts its old automatic
# mechanism, and the first visitor of a fresh server who follows a deep link is told that the page
# does not exist.
chapters = {chapter.id: chapter for chapter in catalogue().chapters}


def chapter_page(id: str) -> object:
    chapter = chapters[id]
    return st.Page(
        f"app_pages/chapters/{id}.py",
        title=f"{chapter.number}: {chapter.short}",
        url_path=id,
    )


pages = st.navigation(
    {
        "Overview": [
            st.Page(
                "app_pages/overview/home.py", title="In the round", url_path="home", default=True
            )
        ],
        "Outcomes": [chapter_page(id) for id in chapters if id.startswith("outcome")],
        "Enablers": [chapter_page(id) for id in chapters if id.startswith("enabler")],
        "Context": [
            st.Page("app_pages/context/context.py", title="Places in context", url_path="context")
        ],
        "Framework": [
            st.Page(
                "app_pages/framework/reader.py",
                title="What the framework asks for",
                url_path="framework",
            ),
            st.Page(
                "app_pages/framework/register.py", title="What is not measured", url_path="register"
            ),
            st.Page("app_pages/framework/plain.py", title="In plain words", url_path="plain"),
        ],
        "Learning": [
            st.Page("app_pages/learning/session.py", title="Learning session", url_path="session"),
            st.Page("app_pages/learning/digest.py", title="Bring together", url_path="digest"),
            st.Page(
                "app_pages/learning/statement.py", title="Write a statement", url_path="statement"
            ),
        ],
        "Data and help": [
            st.Page("app_pages/help/guide.py", title="Guide and help", url_path="guide"),
            st.Page("app_pages/help/data.py", title="Data in use", url_path="data"),
            st.Page("app_pages/help/definitions.py", title="Definitions", url_path="definitions"),
        ],
    },
    position="top" if permitted() else "hidden",
)

if not permitted():
    ask_to_sign_in()
    st.stop()

try:
    open_frame()
    with st.sidebar:
        sign_out_button()
    pages.run()
except CscdashError as error:
    st.error(str(error), icon=":material/error:")
