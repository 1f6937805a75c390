"""What there is, as two heat maps: by year, and by protected characteristic."""

import pandas as pd
import streamlit as st

from cscdash.analysis.coverage import Covered, characteristics, coverage
from cscdash.catalogue import Chapter, catalogue
from cscdash.charts.coverage import Cell, draw
from cscdash.places import places
from cscdash.views.frame.address import choose
from cscdash.views.frame.page_frame import the_chosen_area
from cscdash.views.loaded import extracts
from cscdash.views.parts.chart_with_table import show_chart

_YEARS = 10
_AMOUNT = {
    "published": 1.0,
    "published, not loaded": 0.7,
    "not at authority level": 0.45,
    "not collected": 0.0,
    "not said": 0.0,
}
_MARK = {
    "published": "published",
    "published, not loaded": "not loaded",
    "not at authority level": "wider",
    "not collected": "none",
    "not said": "",
}


def coverage_maps() -> None:
    """Draw both heat maps of one chapter."""
    st.subheader("What there is", anchor=False)
    chapters = {chapter.id: chapter for chapter in catalogue().chapters}
    id = choose(
        "of",
        list(chapters),
        next(iter(chapters)),
        lambda options, key: st.selectbox(
            "Chapter", options, key=key, format_func=lambda c: _name(chapters[c])
        ),
        page="data",
        what="chapter",
    )
    by_year, by_group = st.tabs(["By year", "By protected characteristic"])
    with by_year:
        _by_year(chapters[id])
    with by_group:
        _by_characteristic(chapters[id])


def _name(chapter: Chapter) -> str:
    return f"{chapter.number}: {chapter.short}"


def _by_year(chapter: Chapter) -> None:
    known = places()
    codes = {code for code, area in known.areas.items() if area.level == "authority"}
    held = extracts([indicator.id for indicator in chapter.indicators])
    found = coverage(list(held.values()), codes, known.england.code)
    if not found:
        st.markdown("There is no extract of this chapter here yet.")
        return
    newest = max(one.year for one in found)
    years = list(range(newest - _YEARS + 1, newest + 1))
    found = [one for one in found if one.year in years]
    have = {(one.indicator.id, one.year): one for one in found}
    cells, table = [], []
    for id, extract in held.items():
        title = extract.indicator.title
        for year in years:
            one = have.get((id, year))
            cells.append(_cell(extract.indicator.short, str(year), one))
            if one:
                table.append(_row(title, one))
    whole = sum(one.share >= 0.995 for one in found)
    st.markdown(
        "Each cell is the share of authorities with a value for the total. *England* means that"
        " only a figure for the whole country is published; an empty cell, that there is none."
    )
    text = (
        f"{chapter.number}: of {len(found)} indicators and years since {years[0]}, {whole} have a"
        " value for every authority."
    )
    drawing = draw(cells, the_chosen_area().theme, text, pd.DataFrame(table))
    show_chart(drawing, "coverage by year", f"coverage {chapter.number}")


def _cell(title: str, year: str, one: Covered | None) -> Cell:
    if one is None:
        return Cell(title, year, 0.0, "", f"{year}: nothing is published")
    if not one.of:
        return Cell(title, year, 0.25, "England", f"{one.period}: for England alone")
    gaps = "; ".join(f"{count} {status.words}" for status, count in one.missing.items())
    tip = f"{one.period}: {one.have} of {one.of} authorities" + (f" ({gaps})" if gaps else "")
    percent = 100 * one.share
    rounded = 99 if 99 < percent < 100 else 1 if 0 < percent < 1 else round(percent)
    return Cell(title, year, one.share, f"{rounded}%", tip)


def _row(title: str, one: Covered) -> dict[str, object]:
    return {
        "Indicator": title,
        "Period": one.period,
        "Authorities with a value": one.have,
        "Out of": one.of,
        "Why others have none": "; ".join(
            f"{count} {status.words}" for status, count in one.missing.items()
        ),
        "England": "yes" if one.national else "no",
    }


def _by_characteristic(chapter: Chapter) -> None:
    told = characteristics(chapter.indicators)
    cells = [
        Cell(indicator.short, name, _AMOUNT[said], _MARK[said], f"{name}: {said}")
        for indicator, name, said in told
    ]
    published = sum(said.startswith("published") for _, _, said in told)
    st.markdown(
        "The nine characteristics of the Equality Act 2010. *Published* means for authorities;"
        " *not loaded*, published so, but this copy does not read the file; *wider*, for regions or"
        " England alone; *none*, that it is not collected; an empty cell, that we have not"
        " established it."
    )
    table = pd.DataFrame(
        [(i.title, name, said) for i, name, said in told],
        columns=["Indicator", "Characteristic", "What is published"],
    )
    drawing = draw(
        cells,
        the_chosen_area().theme,
        f"{chapter.number}: {published} of {len(told)} pairs of indicator and protected"
        " characteristic are published for authorities.",
        table,
        lines=3,
    )
    show_chart(drawing, "coverage by characteristic", f"characteristics {chapter.number}")
