"""Links from anywhere to an indicator in its chapter, for the same area and company."""

import streamlit as st

from cscdash.catalogue import Indicator
from cscdash.selection import Selection, View
from cscdash.views.frame.chosen_area import ChosenArea


def link_to(
    indicator: Indicator,
    subject: ChosenArea,
    label: str,
    *,
    view: View = "time",
    icon: str | None = ":material/arrow_forward:",
) -> None:
    """A link that opens an indicator in its chapter; its address can be sent to somebody."""
    group = subject.group if subject.own_group else ()
    selection = Selection(subject.code, group, indicator.id, view)
    st.page_link(
        f"pages/{indicator.chapter}.py",
        label=label,
        icon=icon,
        query_params=selection.to_query(),
        width="content",
    )
