"""Streamlit components: the building blocks of pages."""
