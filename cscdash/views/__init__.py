"""Streamlit components: what pages are put together from."""
