"""Search on every page, by its button or the key ``/``."""

import streamlit as st

from cscdash.framework.find import find
from cscdash.learning.pack.markdown import escaped
from cscdash.periods import say_date
from cscdash.places import Area
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.frame.links import link_to, link_to_item
from cscdash.views.frame.sign_in import permitted

KEY = "search"

# Streamlit's own shortcuts take letters and digits only.
SLASH = f"""<script>
if (!window.cscdashSlash) {{
  window.cscdashSlash = true;
  const SEARCH = ".st-key-{KEY} button";
  document.addEventListener("keydown", (event) => {{
    const typing = event.target.closest("input, textarea, [contenteditable=true]");
    const button = document.querySelector(SEARCH);
    if (event.key === "/" && !typing && button) {{
      event.preventDefault();
      button.click();
    }}
  }});
  // The field of the dialog takes the focus as soon as it is drawn.
  document.addEventListener("click", (event) => {{
    if (!event.target.closest(SEARCH)) return;
    let tries = 100;
    const wait = setInterval(() => {{
      const field = document.querySelector("[role=dialog] .st-key-asked input");
      if (field) field.focus();
      if (field || !--tries) clearInterval(wait);
    }}, 50);
  }});
}}
</script>"""


def search_button(subject: ChosenArea) -> None:
    """Offer the search."""
    if st.button("Search", key=KEY, icon=":material/search:", help="Key: /"):
        _ask(subject)


@st.dialog("Search", width="large")
def _ask(subject: ChosenArea) -> None:
    if not permitted():  # Streamlit draws a dialog again without the frame around it
        return
    asked = st.text_input(
        "An indicator, a place, an expectation or a word",
        key="asked",
        placeholder="care leavers in work, Norfolk, kinship",
    )
    if not asked.strip():
        return
    found = find(asked)
    if not found:
        st.markdown("Nothing was found. Try fewer or other words.")
    if found.places:
        st.markdown("**Places**")
        for area in found.places:
            st.page_link("pages/home.py", label=_label(area), query_params={"area": area.code})
    if found.indicators:
        st.markdown("**Indicators**")
        for indicator in found.indicators:
            link_to(indicator, subject, indicator.title, icon=None)
    if found.expectations:
        st.markdown("**What the framework asks for**")
        for item in found.expectations:
            text = item.text if len(item.text) < 160 else f"{item.text[:157]}…"
            link_to_item(item, subject, escaped(text))
    if found.terms:
        st.markdown("**Words**")
        for term in found.terms:
            st.markdown(f"**{term.term}:** {term.text}")


def _label(area: Area) -> str:
    """The name of a place; of an authority that was abolished with its last day."""
    return f"{area.short}, until {say_date(area.closed)}" if area.closed else area.short
