"""A dated two-page briefing of a chapter for an area: one file that prints well."""

import base64
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st
from jinja2 import Environment, FileSystemLoader

from cscdash.analysis import sentences
from cscdash.analysis.change import since_previous
from cscdash.analysis.extract import Extract
from cscdash.analysis.trend import trend
from cscdash.catalogue import Chapter
from cscdash.charts.export import PAPER, picture
from cscdash.charts.in_the_round import in_the_round_rows, in_the_round_template, packed
from cscdash.views.in_the_round import row, table_of
from cscdash.views.loaded import extract, store
from cscdash.views.show import INVENTED, NOT_FOR_JUDGING, file_name
from cscdash.views.source_line import say_date, source_line
from cscdash.views.subject import Subject

PRINCIPLES = (
    "See the numbers in context: who lives in an area shapes them.",
    "Read several together: no indicator means much alone.",
    "They are not about one child: what is right for a child may go against an indicator.",
)


def offer_briefing(chapter: Chapter, subject: Subject) -> None:
    """A button that makes the briefing and downloads it."""
    st.download_button(
        "Briefing to print (HTML)",
        data=lambda: briefing(chapter, subject),
        file_name=file_name(f"{chapter.number} {subject.area.short} briefing", "html"),
        mime="text/html",
        key=f"briefing {chapter.id}",
        on_click="ignore",
        icon=":material/description:",
    )


def briefing(chapter: Chapter, subject: Subject) -> bytes:
    """A self-contained page: picture, findings, questions, sources and principles.

    Returns
    -------
    bytes
        HTML in UTF-8 that asks nothing from elsewhere; every text in it is escaped.
    """
    known = [
        (indicator, held)
        for indicator in chapter.indicators
        if indicator.listed_in == "consultation Annex B" and (held := extract(indicator.id))
    ]
    here = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    page = here.get_template("briefing.html").render(
        title=f"{chapter.number}: {chapter.title}",
        area=subject.area.short,
        made=say_date(date.today().isoformat()),
        aim=chapter.aim,
        invented=INVENTED if store().demonstration else "",
        not_for_judging=NOT_FOR_JUDGING,
        principles=PRINCIPLES,
        picture=_picture(chapter, known, subject),
        alt=f"{chapter.number} in the round for {subject.area.short}; the table holds the numbers",
        table=table_of(known, subject).to_dict("records"),
        findings=[_finding(held, subject) for _, held in known],
        gaps=[i.title for i in chapter.indicators if i.standing == "gap"],
        sources=sorted({line for _, held in known if (line := source_line(held))}),
    )
    return page.encode()


def _picture(chapter: Chapter, known: list[tuple[Any, Extract]], subject: Subject) -> str:
    rows = [row(indicator, held, subject) for indicator, held in known]
    if not rows:
        return ""
    drawn = picture(
        in_the_round_template(PAPER, len(rows)),
        packed(in_the_round_rows(rows)),
        f"{subject.area.short}: {chapter.number} in the round",
        ["Large dot: own. Diamonds and line: neighbours and their median. Square: England."],
    )
    return base64.b64encode(drawn).decode()


def _finding(held: Extract, subject: Subject) -> dict[str, str]:
    indicator, line = held.indicator, held.line(subject.code)
    change = since_previous(line, indicator.unit, indicator.breaks)
    moved = trend(line, indicator.unit, indicator.breaks)
    said = sentences.over_time(
        subject.area.short, indicator, line, change, moved, indicator.noun or None
    )
    return {
        "title": indicator.title,
        "said": said,
        "limits": indicator.limits,
        "question": indicator.questions[0] if indicator.questions else "",
    }
