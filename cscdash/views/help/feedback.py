"""Feedback as a text to copy or an issue to open, and the early adopters' evaluation form."""

import sys
from datetime import date
from functools import partial
from urllib.parse import quote, urlsplit

import streamlit as st

from cscdash import __version__
from cscdash.learning.pack.blocks import Block, Heading, Para
from cscdash.learning.pack.markdown import as_markdown
from cscdash.learning.pack.word import as_docx
from cscdash.settings import settings, variable
from cscdash.views.frame.page_frame import the_chosen_area
from cscdash.views.frame.sign_in import while_permitted
from cscdash.views.loaded import store

_QUESTIONS = {
    "The indicators": (
        "Which of the proposed indicators helped a conversation, and how?",
        "Which misled you, or said nothing here?",
        "What is missing that you already know from elsewhere?",
    ),
    "The burden": (
        "What did it take to prepare: hours, people, questions to the data team?",
        "Which figure would cost the most to collect well, and would it be worth it?",
    ),
    "The use": (
        "Who used it, in which meeting, how often?",
        "What did you do, or ask, that you would not have otherwise?",
        "Did anyone read a figure as a verdict? What happened?",
    ),
    "The experience": (
        "Where did you get stuck, or give up?",
        "Could everyone in the room take part, children, families and staff included?",
    ),
}


def feedback() -> None:
    """Draw this part of the guide."""
    st.markdown("Tell us what helped, what misled, and what you could not find.")
    text = prefilled()
    address = settings().feedback_url
    if urlsplit(address).scheme in ("https", "mailto"):
        joint = "&" if "?" in address else "?"
        st.link_button(
            "Open a report with this text",
            f"{address}{joint}title={quote('Feedback')}&body={quote(text)}",
            icon=":material/open_in_new:",
        )
    else:
        st.caption(
            f"Whoever runs this app can set {variable('feedback_url')} to the address of its"
            " issues; a button then appears here."
        )
    st.markdown("Copy this text, fill it in, and send it to whoever runs this app:")
    st.code(text, language=None, wrap_lines=True)


def prefilled() -> str:
    """The report with what is needed to reproduce it; nothing about the person."""
    here = store()
    data = "demonstration data" if here.demonstration else f"build {here.build}"
    return (
        "What I wanted to do:\n\nWhat happened:\n\nWhat I would have liked:\n\n"
        f"Area: {the_chosen_area().area.short}\nFigures: {data}\n"
        f"cscdash {__version__}, Streamlit {st.__version__},"
        f" Python {sys.version_info.major}.{sys.version_info.minor}\nDate: {date.today():%d/%m/%Y}"
    )


def evaluation() -> None:
    """Draw the form; what is written stays on this page until it is downloaded."""
    st.markdown(
        "For early adopters, on the four points that the government's response named: the"
        " indicators, the burden of collecting, how the dashboard is used, and what it is like to"
        " use. Nothing is sent: download it and pass it on."
    )
    answers: list[tuple[str, str, str]] = []
    for part, questions in _QUESTIONS.items():
        st.subheader(part, anchor=False)
        for at, question in enumerate(questions):
            answer = st.text_area(question, key=f"evaluation {part} {at}", height=90)
            answers.append((part, question, answer))
    with st.container(horizontal=True):
        for kind, name, mime in (
            ("docx", "Word", "application/octet-stream"),
            ("md", "Markdown", "text/markdown"),
        ):
            st.download_button(
                f"Download ({name})",
                data=while_permitted(partial(filled, answers, kind)),
                file_name=f"evaluation.{kind}",
                mime=mime,
                on_click="ignore",
                icon=":material/download:",
            )


def filled(answers: list[tuple[str, str, str]], kind: str) -> bytes:
    """The form with its answers, as a Word document or as Markdown."""
    blocks: list[Block] = [
        Heading(1, "Evaluation by an early adopter"),
        Para(f"{date.today():%d/%m/%Y}", "Date"),
    ]
    last = ""
    for part, question, answer in answers:
        if part != last:
            blocks.append(Heading(2, part))
            last = part
        blocks += [Heading(3, question), Para(answer or "(no answer)")]
    return as_docx(blocks, "Evaluation") if kind == "docx" else as_markdown(blocks)
