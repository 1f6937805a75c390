"""The data page: which store is in use, which releases, what changed, what is covered."""

from datetime import date

import pandas as pd
import streamlit as st

from cscdash.analysis.not_loaded import lacking, where_population_is
from cscdash.analysis.publication_status import age_in_words, standings, told_changes
from cscdash.catalogue import catalogue
from cscdash.periods import say_date
from cscdash.settings import command
from cscdash.views.data.coverage import coverage_maps
from cscdash.views.data.elsewhere import use_elsewhere
from cscdash.views.data.local_upload import local_figures
from cscdash.views.frame.reader import say_who_can_reach
from cscdash.views.loaded import extracts, store
from cscdash.views.parts.get_data import get_data_button, may_update, say_what_came
from cscdash.views.parts.one_card import say_warning

_SHOWN = 3  # builds of the release log
_LINES = 40  # of each


def data() -> None:
    """Draw the data page."""
    here = store()
    st.title("Data in use", anchor=False)
    kind = "invented demonstration values" if here.demonstration else "published figures"
    made = str(here.package.get("created", ""))
    when = f"on {say_date(made[:10])} at {made[11:16]} UTC" if made else "from a fixed seed"
    st.markdown(
        f"**{len(here.indicators)} extracts of {kind}**, build `{here.build}`, made {when}."
    )
    say_who_can_reach()
    get_data_button()
    say_what_came()
    if here.demonstration and not may_update():
        st.markdown(
            f"To see published figures, run `{command('update')}` where this app is kept, or"
            f" download the files named below and run `{command('build --from FOLDER')}`."
        )
    _sources()
    if not here.demonstration:
        _changes()
    coverage_maps()
    _indicators()
    local_figures()
    use_elsewhere()
    _files()


def _sources() -> None:
    """Each publication: what is loaded, how old it is, when the next release is due."""
    package = {} if store().demonstration else store().package
    rows = [
        {
            "Publication": one.title,
            "Publisher": one.publisher,
            "Loaded": ", ".join(one.loaded) or "nothing",
            "Published": one.published or "not recorded",
            "Age": age_in_words(one.published, date.today()),
            "Retrieved": one.retrieved or "not recorded",
            "Next release": one.due,
            "How": one.route,
            "Page": one.page,
        }
        for one in standings(catalogue(), package)
    ]
    st.subheader("Sources", anchor=False)
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        width="stretch",
        alt="Publications, what is loaded of them, and when the next release is due",
        column_config={"Page": st.column_config.LinkColumn(display_text="open")},
    )
    releases = package.get("releases", {}).values()
    attributions = sorted({str(release["attribution"]) for release in releases})
    st.caption("  \n".join(attributions))


def _changes() -> None:
    """What changed between builds: new periods, revised values and by how much."""
    st.subheader("What changed", anchor=False)
    log = store().package.get("changes", [])
    if not log:
        st.markdown("This is the first build, or nothing has changed since.")
    for place, entry in enumerate(log[:_SHOWN]):
        told = list(told_changes(entry, catalogue()))
        label = f"{say_date(str(entry['made'])[:10])}: {len(told)} indicators or series"
        with st.expander(label, expanded=not place and len(told) <= 12, icon=":material/history:"):
            st.markdown("\n".join(f"- {text}" for text in told[:_LINES]))
            if len(told) > _LINES:
                st.caption(f"and {len(told) - _LINES} more")


def _indicators() -> None:
    found = extracts(indicator.id for indicator in catalogue().indicators)
    held = {id: one for id, one in found.items() if one.periods}  # an extract may be without rows
    rows = [
        {
            "Chapter": chapter.number,
            "Indicator": indicator.title,
            "Standing": indicator.standing,
            "Periods": f"{held[indicator.id].periods[0]} to {held[indicator.id].periods[-1]}"
            if indicator.id in held
            else "no extract",
            "Not loaded": " ".join(one.words for one in lacking(held[indicator.id]))
            if indicator.id in held
            else "",
            "Id": indicator.id,
        }
        for chapter in catalogue().chapters
        for indicator in chapter.indicators
    ]
    st.subheader("Indicators", anchor=False)
    without = sum(bool(row["Not loaded"]) for row in rows)
    if without:
        say_warning(
            f"{without} {'rate has' if without == 1 else 'rates have'} counts here without their"
            f" population, for the periods that the table names."
            f" {where_population_is(catalogue())}"
        )
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, width="stretch", alt="Indicators and their periods"
    )


def _files() -> None:
    with st.expander("Files that we know, by publication", icon=":material/folder_open:"):
        for publication in catalogue().publications:
            names = ", ".join(
                f"`{file.name}`" for data in publication.dataset for file in data.files
            )
            by_hand = " ".join(way.manual for way in publication.download if way.manual)
            text = f"**[{publication.title}]({publication.page})**, {publication.publisher}"
            st.markdown(": ".join(filter(None, [text, names])) + (f". {by_hand}" * bool(by_hand)))
