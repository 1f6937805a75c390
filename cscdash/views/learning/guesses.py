"""Everyone's guess before the figure is shown."""

import streamlit as st

from cscdash.analysis.number_format import say
from cscdash.catalogue import Indicator
from cscdash.learning.pack.markdown import escaped
from cscdash.learning.session import Guess, Session

_UNITS = {"percent": "in per cent", "rate per 10,000": "per 10,000 children", "pounds": "in pounds"}
_MOST = 60


def guesses(session: Session, indicator: Indicator, code: str) -> None:
    """A form for a name, if wanted, and a number; and the guesses made so far."""
    looked = session.on(indicator.id)
    given = [guess for guess in looked.guesses if guess.area == code]
    share = indicator.unit == "percent"
    below = indicator.unit == "score"
    with st.form(f"guess-{indicator.id}-{code}", clear_on_submit=True, border=False):
        name, value, submit = st.columns([3, 3, 2], vertical_alignment="bottom")
        who = name.text_input(
            "Name, if you like", key=f"guess-name-{indicator.id}-{code}", max_chars=60
        )
        guess = value.number_input(
            f"Guess, {_UNITS.get(indicator.unit, indicator.unit)}",
            key=f"guess-value-{indicator.id}-{code}",
            value=None,
            min_value=None if below else 0.0,
            max_value=100.0 if share else None,
            step=1.0,
            format=f"%.{indicator.decimals}f",
        )
        kept = submit.form_submit_button("Keep the guess", width="stretch")
    if kept and guess is not None and len(given) < _MOST:
        looked.guesses.append(Guess(value=guess, area=code, name=who))
        st.rerun()
    if given:
        said = "  ".join(
            f"{escaped(g.name) or 'a guess'}: **{_said(indicator, g.value)}**" for g in given
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(said, width="stretch")
            if st.button("Take the last one back", icon=":material/undo:", type="tertiary"):
                looked.guesses.remove(given[-1])
                st.rerun()


def _said(indicator: Indicator, value: float) -> str:
    return escaped(say(value, indicator.unit, indicator.decimals))
