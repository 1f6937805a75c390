"""What the catalogue says of an indicator: what it is, where it comes from, what to ask."""

import streamlit as st

from cscdash.analysis.publication_status import standings
from cscdash.catalogue import Indicator, catalogue
from cscdash.periods import say_date, say_period
from cscdash.views.frame.address import switch
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.loaded import extracts, store
from cscdash.views.parts.read_alongside import alongside, read_alongside
from cscdash.views.parts.settling import how_figures_settle
from cscdash.views.parts.unloaded import stand_in_words, unloaded_words

STANDING = {
    "published": "Published: the publisher's own figures.",
    "derived here": "Derived here from published numbers.",
    "gap": "A gap: nobody publishes this yet.",
}

_COUNTED = {
    "stock": "counted on one day",
    "flow": "counted over a year",
    "cohort": "the same children, followed",
    "snapshot": "as things stood on one day",
}

# Consultation, line 378: proxies, for outcomes have no measure of their own yet.
_KINDS = {
    "process": "A process indicator",
    "output": "An output indicator",
    "outcome": "An outcome indicator (a proxy: the outcome itself cannot be measured yet)",
}


def about(indicator: Indicator, subject: ChosenArea | None = None) -> None:
    """Say everything the catalogue holds about an indicator, and how an area's figures settled."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        _say("Why it is here", indicator.why)
        _say("How to read it", indicator.reading)
        _say("What it cannot tell you", indicator.limits)
        _say("What to know of its files", " ".join(catalogue().notes_of(indicator)))
        _say("Where it is recorded, and why", indicator.recorded_in)
        if indicator.usually_hoped_for:
            hoped = (
                f"Usually hoped to be {indicator.usually_hoped_for}. {indicator.hoped_for_caveat}"
            )
            _say("Which way is hoped for", hoped)
        if subject:
            how_figures_settle(indicator, subject)
    with right:
        if indicator.denominator:
            _say("Definition", f"{indicator.numerator} ÷ {indicator.denominator}")
        elif indicator.numerator:
            _say("Definition", indicator.numerator)
        held = extracts([indicator.id]).get(indicator.id)
        if held and held.latest:
            _say("Latest", say_period(held.latest, indicator.period_means))
        _say(
            "Kind",
            f"{_KINDS[indicator.kind]}: {_COUNTED[indicator.measures]}.",
        )
        _say("Listed in", indicator.listed_in)
        _say("Standing", STANDING.get(indicator.standing) or stand_in_words(indicator))
        _say("More is published", unloaded_words(catalogue().unloaded_of(indicator)))
        for change in indicator.breaks:
            of = f" of {change.breakdown}" if change.breakdown else ""
            _say(f"Break{of} from {change.period}", change.why)
        if indicator.pandemic_words:
            _say("Years of the pandemic", f"{indicator.pandemic_words.capitalize()}.")
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
    package = {} if store().demonstration else store().package
    known = {one.id: one for one in standings(declared, package)}
    st.markdown("**Source**")
    for publication in pages.values():
        one = known[publication.id]
        years = one.loaded[::-1]
        span = f", release{'s' if len(years) > 1 else ''} {', '.join(years)}" if years else ""
        out = f"; published {say_date(one.published)}" if one.published else ""
        st.markdown(
            f"{publication.publisher}: [{publication.title}]({publication.page}){span}{out}."
            f" Next release: {one.due}."
        )


def _say(heading: str, text: str) -> None:
    if text:
        st.markdown(f"**{heading}**  \n{text}")


def gap(indicator: Indicator) -> None:
    """The card of an indicator that nobody publishes."""
    st.info(
        "Nobody publishes this yet, so there is no figure to show.", icon=":material/more_horiz:"
    )
    for heading, text in (
        ("Why it belongs here", indicator.why),
        ("What it would show", indicator.would_show),
        ("Who holds it", indicator.held_by),
        ("Local figures", indicator.local_figures),
        ("Read meanwhile", meanwhile(indicator)),
    ):
        if text:
            st.markdown(f"**{heading}**  \n{text}")
    questions(indicator)


def questions(indicator: Indicator, subject: ChosenArea | None = None, page: str = "") -> None:
    """The prompts that belong to an indicator, and what to read beside it, opened on request."""
    if indicator.questions:
        st.subheader("Questions to talk about", anchor=False)
        st.markdown("\n".join(f"- {question}" for question in indicator.questions))
    if indicator.read_alongside and indicator.standing != "gap":
        st.markdown(f"**Read alongside:** {meanwhile(indicator)}")
        if subject and switch("alongside", "Open them here, side by side", page=page):
            alongside(read_alongside(indicator), subject, page)


def meanwhile(indicator: Indicator) -> str:
    """The titles of what is to be read beside an indicator."""
    return "; ".join(catalogue().indicator(id).title for id in indicator.read_alongside)
