"""The app with the page *Your own returns*: ``python -m cscdash returns-app``."""

from pathlib import Path

import streamlit as st

from cscdash.views.frame.navigation import run_app
from cscdash.views.frame.reader import only_here

st.set_page_config(
    page_icon=str(Path(__file__).parent / "static" / "icon.svg"),
    layout="wide",
)
if only_here():
    from cscdash.views.returns.page import own_returns_page

    run_app(own_returns_page)
else:
    run_app()
