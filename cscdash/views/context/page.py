"""The Context page: one part of it is open at a time, and only that one is made."""

from collections.abc import Callable, Mapping

import streamlit as st

from cscdash.catalogue import context
from cscdash.views.context.one_measure import everywhere
from cscdash.views.context.places_like_us import like_us
from cscdash.views.context.profile import profile
from cscdash.views.context.statistical_neighbours import similar
from cscdash.views.context.two_maps import two_maps
from cscdash.views.frame.address import choose_part
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.frame.page_frame import the_chosen_area
from cscdash.views.frame.sign_in import fragment
from cscdash.views.parts.one_card import one_card

PAGE = "context"
PARTS: Mapping[str, tuple[str, Callable[[ChosenArea, str], None]]] = {
    "profile": ("Profile", profile),
    "map": ("One measure everywhere", everywhere),
    "two": ("Two maps", two_maps),
    "similar": ("Similar places", similar),
    "like": ("Find places like us", like_us),
}


def places_page() -> None:
    """Draw the Context page."""
    subject = the_chosen_area()
    st.title(f"{subject.area.short} in context", anchor=False)
    st.markdown(
        "Who lives in an area, and how families there get by, has a large influence on what"
        " children's services see. Read every indicator beside this."
    )
    if subject.area.closed:
        st.info("The measures of context are of today's authorities. Choose one that came after.")
    else:
        parts(subject)
    _missing()


@fragment
def parts(subject: ChosenArea) -> None:
    """Let the reader open a part, and show it; the rest of the page is left alone."""
    names = {code: name for code, (name, _) in PARTS.items()}
    part = choose_part("part", "Part", names, page=PAGE, what="part of this page")
    with one_card():
        PARTS[part][1](subject, PAGE)


def _missing() -> None:
    with st.expander("Where this comes from, and what is missing", icon=":material/info:"):
        lines = [
            f"- **{one.title}** ({one.period}): {one.publisher},"
            f" [{one.source}]({one.page}). {one.licence}. {one.comparable}"
            for one in context().measures
        ]
        st.markdown("\n".join(lines))
        st.markdown("**Asked for in the consultation's long list, and not here:**")
        st.markdown(
            "\n".join(
                f"- {gap.title}: {gap.publisher}. {gap.where} [Its page]({gap.page})."
                for gap in context().missing
            )
        )
        st.caption(
            "Contains public sector information licensed under the Open Government Licence v3.0."
        )
