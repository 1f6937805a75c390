"""About the texts: their status, purpose, guidance and credits."""

import streamlit as st

from cscdash.catalogue.framework import Statement, framework
from cscdash.views.parts.numbering import crosswalk

USES = {
    "reading": "How to read the figures",
    "permitted": "What they may be used for",
    "not intended": "What they are not for",
    "caution": "Worth keeping in mind",
}


def about_texts() -> None:
    """Status, purpose, principles, long-term outcomes, uses and words, folded away."""
    texts = framework()
    with st.popover("About these texts", icon=":material/menu_book:"):
        for status in texts.status:
            st.markdown(status.text)
            if status.link:
                st.markdown(f"[{status.label}]({status.link})")
        st.markdown("**Numbers of the chapters, here and elsewhere**")
        crosswalk()
        for document in texts.documents:
            if document.page:
                st.markdown(f"[{document.title}]({document.page}), {document.date}")
    with st.popover("Purpose and principles", icon=":material/flag:"):
        st.markdown(f"{texts.purpose.text} :small[p. {texts.purpose.page}]")
        _list("Five principles", texts.principles)
        _list("What the services are there for", texts.services)
        _list("Long-term outcomes, shared with partners and not measured here", texts.long_term)
    with st.popover("Reading and using the figures", icon=":material/query_stats:"):
        for kind, heading in USES.items():
            _list(heading, [use for use in texts.uses if use.kind == kind])


def _list(heading: str, statements: list[Statement] | tuple[Statement, ...]) -> None:
    lines = [f"- **{s.title}:** {s.text} :small[{_where(s)}]" for s in statements]
    st.markdown("\n".join([f"**{heading}**", "", *lines]))


def _where(statement: Statement) -> str:
    return "response" if statement.document == "response" else f"p. {statement.page}"


def around(chapter: str) -> None:
    """The guidance and partner frameworks that the documents cite for a chapter."""
    some = [g for g in framework().guidance if chapter in g.chapters]
    some += [g for g in framework().guidance if "all" in g.chapters]
    with st.expander("Guidance around this chapter", icon=":material/link:"):
        lines = []
        for one in some:
            title = f"[{one.title}]({one.link})" if one.link else one.title
            lines.append(f"- {title} ({one.kind}). {one.what} :small[Named in {one.named}.]")
        st.markdown("\n".join(lines))
        st.caption("Later editions may have replaced some of these; the links lead to GOV.UK's"
                   " and the owners' own pages.")  # fmt: skip


def credits_() -> None:
    """The work that this draws on."""
    with st.expander("The work this draws on", icon=":material/handshake:"):
        for credit in framework().credits:
            title = f" *{credit.title}*." if credit.title else ""
            link = f" [Read more]({credit.link})" if credit.link else ""
            st.markdown(f"**{credit.who}.**{title} {credit.what}{link}")


def glossary() -> None:
    """Every term and its meaning, folded away."""
    texts = framework()
    documents = {d.id: d.short for d in texts.documents}
    lines = [
        f"- **{t.term}:** {t.text} :small[{documents[t.document]}]"
        for t in sorted(texts.terms, key=lambda t: t.term.lower())
    ]
    with st.popover("Words explained", icon=":material/dictionary:"):
        st.markdown("\n".join(lines))
