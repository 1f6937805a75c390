"""A dated two-page briefing of a chapter for an area: one file that prints well."""

import base64
from datetime import date
from pathlib import Path

import streamlit as st
from jinja2 import Environment, FileSystemLoader

from cscdash.analysis.comparison import Middle
from cscdash.analysis.extract import Extract
from cscdash.analysis.number_format import bare
from cscdash.analysis.observations import joint_words
from cscdash.analysis.worth_a_conversation import MOST, worth_a_conversation
from cscdash.catalogue import Chapter, Indicator
from cscdash.charts.drawing import Drawing
from cscdash.charts.export import picture
from cscdash.charts.in_the_round import draw
from cscdash.charts.theme import PAPER
from cscdash.learning.agenda import PRINCIPLES
from cscdash.periods import say_date
from cscdash.places import places
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.frame.sign_in import while_permitted
from cscdash.views.loaded import extracts, store, tests_of
from cscdash.views.parts.chart_files import INVENTED, NOT_FOR_JUDGING, file_name
from cscdash.views.parts.findings import sentence_of
from cscdash.views.parts.in_the_round import row, shared_value, short_value
from cscdash.views.parts.source_line import source_line


def offer_briefing(chapter: Chapter, subject: ChosenArea) -> None:
    """A button that makes the briefing and downloads it."""
    st.download_button(
        "Briefing to print (HTML)",
        data=while_permitted(lambda: briefing(chapter, subject)),
        file_name=file_name(f"{chapter.number} {subject.area.short} briefing", "html"),
        mime="text/html",
        key=f"briefing {chapter.id}",
        on_click="ignore",
        icon=":material/description:",
    )


def briefing(chapter: Chapter, subject: ChosenArea) -> bytes:
    """A self-contained page: principles, picture, numbers, questions and sources.

    On paper an authority takes two pages; a region takes one more for its authorities by name.

    Returns
    -------
    bytes
        HTML in UTF-8 that asks nothing from elsewhere; every text in it is escaped.
    """
    held = extracts((indicator.id for indicator in chapter.indicators), subject.until)
    known = [
        (indicator, held[indicator.id])
        for indicator in chapter.indicators
        if indicator.listed_in == "consultation Annex B" and indicator.id in held
    ]
    drawn = _drawing(chapter, known, subject)
    here = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    page = here.get_template("briefing.html").render(
        title=f"{chapter.number}: {chapter.title}",
        area=subject.area.short,
        made=say_date(date.today()),
        aim=chapter.aim,
        invented=INVENTED if store().demonstration else "",
        not_for_judging=NOT_FOR_JUDGING,
        principles=PRINCIPLES,
        picture=_picture(drawn),
        alt=f"{chapter.number} in the round for {subject.area.short}; the table holds the numbers",
        members=_members(known, subject),
        findings=[_finding(held, subject) for _, held in known],
        questions=_questions(known, subject),
        gaps=[i.title for i in chapter.indicators if i.standing == "gap"],
        sources=source_line(drawn.releases),
    )
    return page.encode()


def _members(known: list[tuple[Indicator, Extract]], subject: ChosenArea) -> list[dict[str, str]]:
    """For a region: its authorities by name, with each indicator's latest value."""
    if subject.area.level not in ("region", "subregion"):
        return []
    return [
        {"Authority": area.short}
        | {i.short: shared_value(i, held.point(area.code, held.latest)) for i, held in known}
        for area in places().members(subject.code)
    ]


def _drawing(
    chapter: Chapter, known: list[tuple[Indicator, Extract]], subject: ChosenArea
) -> Drawing:
    rows = [row(indicator, held, subject) for indicator, held in known]
    return draw(rows, PAPER, f"{chapter.number} in the round")


def _picture(drawn: Drawing) -> str:
    if drawn.rows.empty:
        return ""
    made = picture(drawn.paper or {}, drawn.rows)
    return base64.b64encode(made).decode()


def _finding(held: Extract, subject: ChosenArea) -> dict[str, str]:
    """The line of an indicator: its latest value, who it stands beside, and what it says."""
    indicator, line, period = held.indicator, held.line(subject.code), held.latest
    beside = []
    own = held.point(subject.code, period)
    if own and (shared := joint_words(own)):
        beside.append(shared)
    group = held.middle(period, subject.code, subject.group) if subject.group else None
    if isinstance(group, Middle):
        beside.append(
            f"median {bare(group.median, indicator.unit, indicator.decimals)} ({group.counted})"
        )
    for area in [subject.region, places().england]:
        point = held.point(area.code, period) if area and area.code != subject.code else None
        if area and point and point.value is not None and not indicator.adds_up:
            beside.append(f"{area.short} {bare(point.value, indicator.unit, indicator.decimals)}")
    return {
        "title": indicator.title,
        "value": f"{short_value(indicator, own)} ({period})",
        "beside": "; ".join(beside),
        "said": sentence_of(held, subject, line),
    }


def _questions(known: list[tuple[Indicator, Extract]], subject: ChosenArea) -> list[str]:
    """A question of each indicator worth a conversation, then of the others, five in all."""
    shown = {indicator.id: indicator for indicator, _ in known}
    found = worth_a_conversation(tests_of(subject.code), shown)
    first = [worth.indicator for worth in found.items]
    order = list(dict.fromkeys(i.id for i in [*first, *(i for i, _ in known)]))
    asked = {i.id: i.questions[0] for i, _ in known if i.questions}
    return [asked[id] for id in order if id in asked][:MOST]
