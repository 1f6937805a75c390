"""The app: ``python -m streamlit run app.py``."""

from pathlib import Path

import streamlit as st

from cscdash.views.frame.navigation import run_app

st.set_page_config(
    page_icon=str(Path(__file__).parent / "static" / "icon.svg"),
    layout="wide",
)
run_app()
