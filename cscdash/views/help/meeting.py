"""How to run a session of 45 minutes."""

import pandas as pd
import streamlit as st

from cscdash.learning.agenda import PRINCIPLES, PROMPTS, STEPS, WHY_CAUSES

_PLAN = (
    ("0 to 5", "Open", "The three principles; what came of last time; who is in the room."),
    ("5 to 8", "Predict", "Everyone writes a guess before anyone speaks, the quietest first."),
    ("8 to 12", "Reveal", "A minute of silence. How far was the guess, and what made you guess?"),
    ("12 to 17", "Notice", "Facts only, one each, round the table. Stop every “because”."),
    ("17 to 22", "Wonder", "Questions, not answers. The page offers some for each indicator."),
    ("22 to 28", "Could it be", "All six kinds of reason before weighing any; chance too."),
    ("28 to 32", "Read alongside", "Two to four figures that belong beside it."),
    ("32 to 38", "Voices", "What children, families and staff say, and who was not asked."),
    ("38 to 45", "Now what", "One question or action, who, by when, what would show it."),
)


def meeting() -> None:
    """Draw this part of the guide."""
    st.markdown(
        "One indicator fills 45 minutes well; three need 90. The steps come from protocols that"
        " teachers and nurses use to look at data together: predict, see, notice, wonder, explain,"
        " act. Someone leads, someone writes, and nobody defends a figure."
    )
    st.table(
        pd.DataFrame(_PLAN, columns=["Minutes", "Step", "What happens"]),
        hide_index=True,
        border="horizontal",
    )
    st.subheader("Before", anchor=False)
    st.markdown(
        "Open *Learning session*, take a ready-made agenda or choose three to five indicators, and"
        " send the link. Bring what the figures lack: an audit, complaints, what young people said."
    )
    st.subheader("What each step asks", anchor=False)
    st.markdown("\n".join(f"- **{PROMPTS[step].title}:** {PROMPTS[step].ask}" for step in STEPS))
    st.subheader("Six kinds of reason", anchor=False)
    st.markdown(
        "\n".join(f"- **{cause.capitalize()}:** {why}" for cause, why in WHY_CAUSES.items())
    )
    st.subheader("Three principles", anchor=False)
    st.markdown("\n".join(f"- **{title}:** {text}" for title, text in PRINCIPLES))
    st.subheader("Keys", anchor=False)
    st.markdown(
        "S starts; → or N goes on, ← or P goes back; 1 to 8 choose a step; E puts you into the"
        " first field, Esc takes you out of it; A adds an entry; F fills the screen; M makes the"
        " record. None of them acts while you type."
    )
    st.subheader("After", anchor=False)
    st.markdown(
        "Make the record and save it: the server keeps nothing. Next time open its JSON file and"
        " choose *Follow it up*: what you wanted to do then comes first. A region can put the"
        " files of several groups into *Bring together*."
    )
