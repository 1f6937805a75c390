"""Home: what the tool is for, and every proposed indicator in the round."""

import streamlit as st

from cscdash.catalogue import Chapter, catalogue
from cscdash.views.chapter import key
from cscdash.views.frame import the_subject
from cscdash.views.in_the_round import in_the_round


def home() -> None:
    """Draw the home page."""
    subject = the_subject()
    st.title(f"{subject.area.short} in the round", anchor=False)
    st.markdown(
        "What the published returns say about children, young people and families here, for"
        " people who want to **learn from it together**.  \nIt is not a performance measure: no"
        " targets, no league tables, no judgement from a small number.  \nOfsted may look at"
        " published figures, but they do not trigger an inspection."
    )
    key(subject.group_name)
    for chapter in catalogue().chapters:
        st.subheader(f"{chapter.number}: {chapter.title}", anchor=chapter.id)
        shown = [i for i in chapter.indicators if i.listed_in == "consultation Annex B"]
        in_the_round([i for i in shown if i.standing != "gap"], subject, chapter.id, chapter.number)
        st.caption(_kinds(chapter))
        st.page_link(
            f"app_pages/chapters/{chapter.id}.py",
            label=f"Open {chapter.number}",
            icon=":material/arrow_forward:",
        )


def _kinds(chapter: Chapter) -> str:
    """How many of the proposed indicators are process, output and outcome; what is not measured."""
    shown = [i for i in chapter.indicators if i.listed_in == "consultation Annex B"]
    counts = {kind: sum(i.kind == kind for i in shown) for kind in ("process", "output", "outcome")}
    said = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)
    gaps = [i.short for i in shown if i.standing == "gap"]
    return f"Of these: {said}." + (f" Not yet measured: {'; '.join(gaps)}." if gaps else "")
