"""What Ofsted judged at its latest inspection of an authority: dated text, never compared."""

import streamlit as st

from cscdash.periods import say_date
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.loaded import store

LEADERS = "The impact of leaders on social work practice with children and families"


def latest_inspection(subject: ChosenArea) -> None:
    """Say the judgement on leaders at the latest inspection, with its date, as plain text."""
    if subject.area.level != "authority":
        return
    found = store().package.get("inspections", {}).get(subject.code)
    if not found:
        st.caption(f"The store in use holds no inspection of {subject.area.short}.")
        return
    judgement = found["judgements"].get(LEADERS, "not given")
    published = found.get("published")
    st.markdown(
        f"**{subject.area.short}'s latest full inspection** was on {say_date(found['date'])}"
        + (f" (report published {say_date(published)})" if published else "")
        + f". On the impact of leaders Ofsted's judgement was: {judgement}."
    )
    st.caption(
        f"Ofsted, as at {say_date(found['as_at'])}. A judgement describes the day it was made; it"
        " is given here as dated context and is not compared."
    )
