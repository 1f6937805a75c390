"""The framework reader: every expectation by chapter and role, to find, filter and take away."""

import streamlit as st

from cscdash.catalogue.framework import CHAPTERS, framework
from cscdash.framework.checklist import LISTENING_COLUMNS, as_markdown, as_word
from cscdash.framework.expectation_links import shown
from cscdash.framework.filters import Asked, chosen, counts, listening
from cscdash.framework.glossary import terms_in
from cscdash.framework.items import PAIRING, Folded, Item, chapter_name, fold, items, place
from cscdash.views.frame.address import notice, say_notices, switch
from cscdash.views.frame.links import link_to_item
from cscdash.views.frame.page_frame import the_chosen_area
from cscdash.views.frame.sign_in import fragment, while_permitted
from cscdash.views.framework.about_the_texts import about_texts, around, credits_, glossary
from cscdash.views.framework.filters import reader_controls
from cscdash.views.framework.item import show_item

PAGE = "framework"
STEP = 12
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def reader() -> None:
    """Draw the reader, or one item if the address names one."""
    asked = st.query_params.get("item", "")
    if asked in items():
        show_item(items()[asked])
        return
    if asked:
        notice("The item in this address is not one we know, so the whole list is shown.")
        say_notices()
    st.title("What the framework asks for", anchor=False)
    st.caption(
        ":material/info: Own-words summaries of the consultation draft (February 2023) and the"
        f" response (September 2023). Neither is the final guidance. {PAIRING}"
    )
    with st.container(horizontal=True, gap="small"):
        about_texts()
        glossary()
    _browse()
    _sheet()
    credits_()


@fragment
def _browse() -> None:
    """The controls and the list; a fragment, so that a search leaves the rest alone."""
    asked = reader_controls(PAGE)
    folded = fold(chosen(asked))
    total = sum(1 + len(one.also) for one in folded)
    _say_count(folded, total)
    if not folded:
        st.info("Nothing matches. Try fewer words or fewer filters.", icon=":material/search_off:")
        return
    everything = switch("whole", "All on one page, to read or print", page=PAGE)
    if everything:
        st.markdown(_whole(folded))
    else:
        _cards(folded, asked)
    _take_along(folded, asked)
    if asked.chapter in CHAPTERS:
        around(asked.chapter)


def _say_count(folded: list[Folded], total: int) -> None:
    same = total - len(folded)
    text = f"**{total} item{'' if total == 1 else 's'}**"
    if same:
        text += f", {same} of which say{'s' if same == 1 else ''} the same as another: folded"
    st.markdown(f"{text}.")


def _cards(folded: list[Folded], asked: Asked) -> None:
    """A first handful of items, and more on request."""
    key = f"{PAGE}:shown"
    if st.session_state.get(f"{key} for") != asked:
        st.session_state[f"{key} for"], st.session_state[key] = asked, STEP
    many: int = st.session_state[key]
    for one in folded[:many]:
        _card(one)
    more = f"Show more ({len(folded) - many} left)"
    if len(folded) > many and st.button(more, key=f"{PAGE}:more", icon=":material/expand_more:"):
        st.session_state[key] = many + STEP
        st.rerun(scope="fragment")


def _card(one: Folded) -> None:
    item = one.item
    with st.container(border=True, gap="small"):
        st.markdown(_text(item))
        also = f" · the same in {'; '.join(place(other) for other in one.also)}"
        meanings = "  \n".join(f"**{t.term}:** {t.text}" for t in terms_in(item.text))
        st.caption(f"{place(item)}{also if one.also else ''}", help=meanings or None)
        link_to_item(item, the_chosen_area(), _door(item), ":material/arrow_forward:")


def _door(item: Item) -> str:
    """What waits behind an item."""
    if item.kind == "promise":
        return f"{item.id}: open"
    figures = len(shown(item.id))
    if not figures:
        return f"{item.id}: not measured"
    return f"{item.id}: {figures} indicator{'' if figures == 1 else 's'}"


def _text(item: Item) -> str:
    if item.asked:
        return f"*You said:* {item.asked}  \n*We will:* {item.text}"
    return item.text


def _whole(folded: list[Folded]) -> str:
    """Every item in one text, under its chapter and part."""
    lines, heading = [], ""
    for one in folded:
        item = one.item
        here = f"{chapter_name(item.chapter)}, {item.part}" if item.part else place(item)
        here += f", {item.heading}" if item.heading else ""
        if here != heading:
            lines += ["", f"**{here[:1].upper()}{here[1:]}**", ""]
            heading = here
        also = f" (also {', '.join(o.id for o in one.also)})" if one.also else ""
        page = f", p. {item.page}" if item.page else ""
        lines.append(f"- {_text(item)} :small[{item.id}{page}{also}]")
    return "\n".join(lines)


def _take_along(folded: list[Folded], asked: Asked) -> None:
    """Downloads of what is listed, as a checklist."""
    title = "Checklist: what the framework asks for"
    about = _about(asked)
    name = "framework-checklist"
    with st.container(horizontal=True):
        st.download_button(
            "Checklist (Word)",
            data=while_permitted(lambda: as_word(title, folded, about=about)),
            file_name=f"{name}.docx",
            mime=WORD,
            on_click="ignore",
            icon=":material/download:",
        )
        st.download_button(
            "Checklist (Markdown)",
            data=while_permitted(lambda: as_markdown(title, folded, about=about).encode()),
            file_name=f"{name}.md",
            mime="text/markdown",
            on_click="ignore",
            icon=":material/download:",
        )
    st.caption("What is listed, with columns for evidence, reflection and next step.")


def _about(asked: Asked) -> str:
    """What was chosen, in words, for the head of a checklist."""
    texts = framework()
    pools = (texts.roles, texts.parts, texts.topics, texts.groups, texts.agencies)
    names = {c.code: c.name for pool in pools for c in pool}
    codes = (asked.me, asked.part, asked.topic, asked.group, asked.agency)
    said = [names[code] for code in codes if code]
    if asked.chapter:
        said.insert(0, chapter_name(asked.chapter))
    if asked.q:
        said.insert(0, f"search for “{asked.q}”")
    return f"Chosen: {'; '.join(said)}." if said else "All expectations and promises."


def _sheet() -> None:
    """The self-review sheet on listening."""
    some = listening()
    with st.expander("How well do we listen? A sheet for self-review", icon=":material/hearing:"):
        st.markdown(
            f"The draft has {len(some)} expectations on how children, young people and families"
            " are heard. Go through them with the people concerned: what happens now, what do they"
            " say about it, what comes next? There is no score."
        )
        title = "Listening: a self-review"
        folded = fold(some)
        left, right = st.columns(2)
        left.download_button(
            "Sheet (Word)",
            data=while_permitted(lambda: as_word(title, folded, LISTENING_COLUMNS)),
            file_name="listening-self-review.docx",
            mime=WORD,
            on_click="ignore",
            icon=":material/download:",
        )
        right.download_button(
            "Sheet (Markdown)",
            data=while_permitted(lambda: as_markdown(title, folded, LISTENING_COLUMNS).encode()),
            file_name="listening-self-review.md",
            mime="text/markdown",
            on_click="ignore",
            icon=":material/download:",
        )
        there = counts()
        per = [f"{chapter_name(c)}: {there.get((c, 'listening'), 0)}" for c in CHAPTERS]
        st.caption(" · ".join(per))
