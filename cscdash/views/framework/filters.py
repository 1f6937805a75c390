"""The controls of the reader and the register: a search box and filters."""

from collections.abc import Sequence

import streamlit as st

from cscdash.catalogue import catalogue
from cscdash.catalogue.framework import Choice, framework
from cscdash.framework.filters import Asked
from cscdash.views.frame.address import choose, typed


def words(page: str, label: str, hint: str) -> str:
    """A search box in step with the address (``q``)."""
    return typed("q", label, page=page, placeholder=hint, icon=":material/search:")


def pick(
    name: str, label: str, options: Sequence[tuple[str, str]], everything: str, page: str
) -> str:
    """A drop-down in step with the address; empty for everything.

    Parameters
    ----------
    name : str
        The parameter in the address.
    label : str
        What is chosen.
    options : sequence of (code, name)
        What there is to choose.
    everything : str
        What the choice of everything is called.
    page : str
        The page that the choice belongs to.
    """
    names = {"": everything, **dict(options)}
    return choose(
        name,
        list(names),
        "",
        lambda options, key: st.selectbox(
            label, options, key=key, format_func=lambda code: names.get(code, code)
        ),
        page=page,
        what=label.lower(),
    )


def named(choices: Sequence[Choice]) -> list[tuple[str, str]]:
    """Choices as codes and names."""
    return [(choice.code, choice.name) for choice in choices]


def chapter_options() -> list[tuple[str, str]]:
    """The chapters as codes and names."""
    return [(c.id, f"{c.number}: {c.short}") for c in catalogue().chapters]


def reader_controls(page: str) -> Asked:
    """Draw the controls of the reader, and say what is asked for."""
    texts = framework()
    q = words(page, "Search", "For example: kinship carers money")
    left, right = st.columns(2)
    with left:
        me = pick("me", "I am a …", named(texts.roles), "anyone: show everything", page)
    with right:
        chapter = pick("chapter", "Chapter", chapter_options(), "all chapters", page)
    # an expander stays open while something in it is chosen, so that nothing narrows unseen
    codes = ("part", "topic", "group", "agency", "document")
    chosen = any(st.query_params.get(code) for code in codes)
    with st.expander("Choose by more", icon=":material/tune:", expanded=chosen):
        first, second, third = st.columns(3)
        with first:
            topic = pick("topic", "Topic", named(texts.topics), "all topics", page)
            part = pick("part", "Part", named(texts.parts), "as the role sets", page)
        with second:
            group = pick("group", "Group of children", named(texts.groups), "all groups", page)
            documents = [(d.id, d.short) for d in texts.documents if d.id != "added"]
            document = pick("document", "Document", documents, "both", page)
        with third:
            agency = pick("agency", "Agency needed", named(texts.agencies), "any or none", page)
    role = next((r for r in texts.roles if r.code == me), None)
    if role:
        st.caption(f":material/person: {role.note}")
    return Asked(q, me, part, chapter, topic, group, agency, document)
