"""What is not measured: expectations without a figure, and the register of what could be."""

import streamlit as st

from cscdash.catalogue import catalogue, context
from cscdash.catalogue.framework import CHAPTERS, Entry, framework
from cscdash.framework.expectation_links import (
    close_to,
    measured_share,
    of_item,
    unmeasured,
)
from cscdash.framework.filters import entries
from cscdash.framework.items import chapter_name
from cscdash.views.frame.page_frame import the_chosen_area
from cscdash.views.frame.sign_in import fragment
from cscdash.views.framework.filters import chapter_options, named, pick, words
from cscdash.views.parts.unloaded import unloaded_words

PAGE = "register"
STEP = 20
LISTINGS = {
    "promised": "promised for the future",
    "annex c": "considered (Annex C)",
    "suggested": "suggested in the consultation",
}


def register() -> None:
    """Draw the page."""
    st.title("What is not measured", anchor=False)
    st.markdown(
        "Much of what the framework asks for has no figure. These are things to talk about, to"
        " look into together, and to ask families about. The absence of a figure does not"
        " mean that all is well, nor that it is not."
    )
    st.header("Expectations without a figure", anchor="without")
    for chapter in CHAPTERS:
        _chapter(chapter)
    st.header("Register of possible measures", anchor="register")
    _browse()


def _chapter(chapter: str) -> None:
    found, there = measured_share(chapter)
    missing = unmeasured(chapter)
    label = f"{chapter_name(chapter)}: {len(missing)} of {there} without a figure"
    with st.expander(label, icon=":material/visibility_off:"):
        place = the_chosen_area().query
        lines = [
            f"- {one.text} :small[[{one.id}]({of_item(one, place)}), {one.part}, p. {one.page}]"
            for one in missing
        ]
        st.markdown("\n".join(lines))
        st.caption(f"At least one published figure bears on the other {found}.")


@fragment
def _browse() -> None:
    """The register and its controls; a fragment, so that a search leaves the rest alone."""
    texts = framework()
    st.caption(
        f"{len(texts.register_)} entries: promised in the draft, considered for it (Annex C), or"
        " suggested in the consultation. Titles as printed, promises in our words. What each"
        " needs, who holds it and what comes close are our reading. None is a commitment."
    )
    q = words(PAGE, "Search the register", "For example: young carers")
    one, two, three = st.columns(3)
    with one:
        listing = pick("from", "Where from", list(LISTINGS.items()), "all", PAGE)
    with two:
        options = [*chapter_options(), ("context", "Context: about the area")]
        chapter = pick("in", "Chapter", options, "all", PAGE)
    with three:
        needs = pick("needs", "What it needs", named(texts.needs), "anything", PAGE)
    found = entries(q, listing, chapter, needs)
    st.markdown(f"**{len(found)} entr{'y' if len(found) == 1 else 'ies'}.**")
    if not found:
        st.info("Nothing fits. Try fewer words, or choose less.", icon=":material/search_off:")
        return
    asked = (q, listing, chapter, needs)
    key = f"{PAGE}:shown"
    if st.session_state.get(f"{key} for") != asked:
        st.session_state[f"{key} for"], st.session_state[key] = asked, STEP
    many: int = st.session_state[key]
    st.markdown("\n".join(_entry(one) for one in found[:many]))
    if len(found) > many and st.button(
        f"Show more ({len(found) - many} left)",
        key=f"{PAGE}:more",
        icon=":material/expand_more:",
    ):
        st.session_state[key] = many + STEP
        st.rerun(scope="fragment")


def _entry(entry: Entry) -> str:
    """An entry in a few lines: what, from where, what it needs, who holds it, what is close."""
    texts = framework()
    needs = {c.code: c.name for c in texts.needs}[entry.needs]
    holder = {c.code: c.name for c in texts.holders}[entry.holder]
    where = "all chapters" if entry.chapter == "all" else chapter_name(entry.chapter)
    title = f"{entry.title[:1].upper()}{entry.title[1:]}"
    return (
        f"- **{title}** :small[{entry.id} · {where} · {LISTINGS[entry.listing]}]  \n"
        f"  *Needs:* {needs}. *Who holds it:* {holder}. {_close(entry)}"
    )


def _close(entry: Entry) -> str:
    """What the app already has that comes close, as links, and what others publish."""
    found = close_to(entry, the_chosen_area().query)
    said = []
    if shown := [f"[{one.title}]({one.address})" for one in found if one.figures]:
        said.append(f"*Shown here:* {'; '.join(shown)}.")
    if waiting := [f"[{one.title}]({one.address})" for one in found if not one.figures]:
        said.append(f"*A card without a figure yet:* {'; '.join(waiting)}.")
    said += [
        f"*Published, not loaded here:* [{one.publisher}]({one.page}). {one.where}"
        for one in context().missing
        if one.annex_c == entry.id
    ]
    said.append(unloaded_words(f for f in catalogue().unloaded if entry.id in f.entries))
    said = [one for one in said if one]
    return " ".join(said) or "*Shown here:* nothing close."
