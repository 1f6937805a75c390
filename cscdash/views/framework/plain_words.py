"""In plain words, for reading with families: a page for each chapter and area."""

from collections.abc import Sequence

import streamlit as st

from cscdash.catalogue import Indicator, catalogue
from cscdash.catalogue.framework import Plain, framework
from cscdash.charts.over_time import Rule, Series, draw
from cscdash.extracts.observation import Observation
from cscdash.framework.items import chapter_name
from cscdash.framework.plain_words import moved, number, says
from cscdash.periods import end_year
from cscdash.places import places
from cscdash.views.frame.address import choose
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.frame.links import link_to
from cscdash.views.frame.page_frame import the_chosen_area
from cscdash.views.framework.filters import chapter_options
from cscdash.views.loaded import extract
from cscdash.views.parts.chart_with_table import show_chart
from cscdash.views.parts.one_card import one_card

PAGE = "plain"


def plain() -> None:
    """Draw the page."""
    pages = {page.chapter: page for page in framework().plain}
    names = dict(chapter_options())
    titles = {id: page.title for id, page in pages.items() if id in names}
    st.title("In plain words", anchor=False)
    chosen = choose(
        "about",
        list(titles),
        next(iter(titles)),
        lambda options, key: st.selectbox(
            "What about?", options, key=key, format_func=lambda id: titles.get(id, id)
        ),
        page=PAGE,
        what="page",
    )
    page, subject = pages[chosen], the_chosen_area()
    st.header(page.title, anchor=False)
    st.markdown(page.about)
    with one_card():
        _picture(page, subject)
    st.subheader("What the picture shows", anchor=False)
    st.markdown(page.shows)
    st.subheader("What it does not show", anchor=False)
    st.markdown(page.hides)
    st.subheader("What do you think?", anchor=False)
    st.markdown("\n".join(f"- {question}" for question in page.questions))
    label = f"More about this: {chapter_name(page.chapter)}"
    link_to(catalogue().indicator(page.indicator), subject, label)


def _picture(page: Plain, subject: ChosenArea) -> None:
    """The number in a sentence, and two lines: the area and England."""
    held = extract(page.indicator, subject.until)
    if held is None:
        st.info("There are no numbers for this yet.")
        return
    place = subject.area.short
    own = held.line(subject.code)
    now = held.point(subject.code, held.latest)
    st.markdown(f"### {says(page, place, now)}")
    said = [moved(page, now, _before(held.indicator, own))]
    lines = [_line(page, subject.area.short, "own", own)]
    if subject.area.level != "country":
        england = held.line(places().england.code)
        lines.append(_line(page, "England", "england", england))
        latest = held.point(places().england.code, held.latest)
        if latest is not None and latest.value is not None:
            said.append(f"In England it is {number(page, latest.value)}.")
    st.markdown(" ".join(filter(None, said)))
    lines = [line for line in lines if any(value is not None for value in line.values)]
    if not lines:
        return
    drawing = draw(
        held.indicator,
        lines,
        subject.theme,
        f"{page.title}: {page.counted} out of {page.of:,} each year, "
        + " and ".join(line.name for line in lines),
        rules=_rules(held.indicator, lines),
        sign=False,
    )
    show_chart(drawing, "plain", f"{page.title}, {subject.area.short}")
    if any(value is None for value in lines[0].values):
        st.caption("[–] means that there is no number for that year.")


def _before(indicator: Indicator, own: Sequence[Observation]) -> Observation | None:
    """The point five years before the last, or the first after a break in how it is counted."""
    broken = [end_year(b.period) for b in indicator.breaks if not b.breakdown]
    since = max(broken, default=0)
    known = [p for p in own if p.value is not None and end_year(p.period) >= since]
    return known[-6:][0] if known else None


def _rules(indicator: Indicator, lines: Sequence[Series]) -> list[Rule]:
    """The breaks within the years shown."""
    ends = [end for line in lines for end in line.ends]
    years = [end_year(b.period) for b in indicator.breaks if not b.breakdown]
    inside = [year for year in years if min(ends) < year <= max(ends)]
    return [Rule(float(year), "from here counted in a new way") for year in inside]


def _line(page: Plain, name: str, role: str, points: tuple[Observation, ...]) -> Series:
    return Series(
        role="own" if role == "own" else "england",
        name=name,
        periods=[p.period for p in points],
        ends=[float(end_year(p.period)) for p in points],
        values=[p.value for p in points],
        statuses=["–" for _ in points],
        provisional=[p.provisional for p in points],
        texts=["no number" if p.value is None else number(page, p.value) for p in points],
        made_of=[(p,) for p in points],
    )
