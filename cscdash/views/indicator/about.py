"""The view *About* of an indicator: what it is, where it comes from, what it cannot tell."""

import streamlit as st

from cscdash.catalogue import Indicator, catalogue
from cscdash.periods import say_period
from cscdash.views.loaded import extract, store

STANDING = {
    "published": "Published: the publisher's own figures.",
    "derived here": "Derived here from published numbers.",
    "stand-in": "A stand-in: shown in place of a measure that nobody publishes.",
    "gap": "A gap: nobody publishes this yet.",
}


def about(indicator: Indicator) -> None:
    """Say everything the catalogue holds about an indicator."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        _say("Why it is here", indicator.why)
        _say("How to read it", indicator.reading)
        _say("What it cannot tell you", indicator.limits)
        _say("Where it is recorded, and why", indicator.recorded_in)
        if indicator.usually_hoped_for:
            hoped = (
                f"Usually hoped to be {indicator.usually_hoped_for}. {indicator.hoped_for_caveat}"
            )
            _say("Which way is hoped for", hoped)
    with right:
        if indicator.denominator:
            _say("Definition", f"{indicator.numerator} ÷ {indicator.denominator}")
        elif indicator.numerator:
            _say("Definition", indicator.numerator)
        held = extract(indicator.id)
        if held and held.latest:
            _say("Latest", say_period(held.latest, indicator.period_means))
        _say("Kind", f"{indicator.kind}; {indicator.measures}; {indicator.listed_in}")
        _say("Standing", STANDING[indicator.standing])
        for change in indicator.breaks:
            of = f" of {change.breakdown}" if change.breakdown else ""
            _say(f"Break{of} from {change.period}", change.why)
        _sources(indicator)


def _sources(indicator: Indicator) -> None:
    declared = catalogue()
    pages = {
        publication.title: publication
        for source in indicator.source
        for publication in [declared.publication_of(source.dataset)]
    }
    if not pages:
        return
    releases = store().package.get("releases", {})
    st.markdown("**Source**")
    for publication in pages.values():
        years = sorted(
            name.rsplit(" ", 1)[-1] for name in releases if name.startswith(f"{publication.id} ")
        )
        span = f", release{'s' if len(years) > 1 else ''} {', '.join(years)}" if years else ""
        st.markdown(f"{publication.publisher}: [{publication.title}]({publication.page}){span}")


def _say(heading: str, text: str) -> None:
    if text:
        st.markdown(f"**{heading}**  \n{text}")
