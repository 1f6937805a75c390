"""The page *Build a pack*: tick indicators of any chapter, take them home in one file."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import get_args

import streamlit as st

from cscdash.catalogue import catalogue
from cscdash.learning.pack import FORMS, draw
from cscdash.learning.pack.area_pack import AreaPack, PackForm, area_pack_file, member_tables
from cscdash.places import places
from cscdash.views.frame.address import followed, write
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.frame.page_frame import the_chosen_area
from cscdash.views.frame.sign_in import while_permitted
from cscdash.views.loaded import extracts, store
from cscdash.views.parts.chart_files import file_name
from cscdash.views.parts.exhibit import exhibit
from cscdash.views.parts.in_the_round import shared_value
from cscdash.views.parts.pack_choice import chosen_for_pack

_MOST = 24


def build_pack() -> None:
    """Draw the page."""
    subject = the_chosen_area()
    st.title("Build a pack", anchor=False)
    st.markdown(
        f"Tick indicators; the pack shows each of them for **{subject.area.short}**, with its"
        " chart, a sentence, its source and what it cannot tell. Choose another area at the side."
    )
    ids = _ticked()
    held = extracts(ids, subject.until)
    shown = [id for id in ids if id in held]
    if not shown:
        st.caption("Tick at least one indicator.")
        return
    if len(shown) > _MOST:
        st.info(f"A pack holds at most {_MOST} indicators; the first {_MOST} are in it.")
    name = f"{subject.area.short} pack {date.today():%Y-%m-%d}"
    with st.container(horizontal=True):
        for form in get_args(PackForm):
            st.download_button(
                FORMS[form].name,
                data=while_permitted(partial(_file, subject, shown[:_MOST], form)),
                file_name=file_name(name, form),
                mime=FORMS[form].mime,
                key=f"area pack {form}",
                on_click="ignore",
                icon=":material/download:",
            )
    st.caption("A file takes a few seconds: each chart is drawn for it.")


def _ticked() -> list[str]:
    """The indicators chosen, by chapter and in its order; in the address as codes."""
    ticked = chosen_for_pack()
    asked = followed("indicators", "pack")
    if asked is not None:
        ticked[:] = [id for id in dict.fromkeys(asked.split(".")) if id]
    found: list[str] = []
    for chapter in catalogue().chapters:
        titles = {i.id: i.title for i in chapter.indicators if i.standing != "gap"}
        key = f"pack {chapter.id}"
        if asked is not None or key not in st.session_state:
            st.session_state[key] = [id for id in titles if id in ticked]
        here = st.multiselect(
            f"{chapter.number}: {chapter.title}",
            list(titles),
            key=key,
            format_func=partial(_title, titles),
            placeholder="Tick indicators",
        )
        found += [id for id in titles if id in here]
    ticked[:] = found
    write("indicators", ".".join(found))
    return found


def _title(titles: Mapping[str, str], id: str) -> str:
    return titles.get(id, id)


def _file(subject: ChosenArea, ids: Sequence[str], form: PackForm) -> bytes:
    """One form of the pack, its pictures drawn now."""
    held = extracts(ids, subject.until)
    exhibits = [exhibit(held[id], subject, names=True) for id in ids if id in held]
    region = subject.area.level in ("region", "subregion")
    rows = [
        [
            area.short,
            *(shared_value(h.indicator, h.point(area.code, h.latest)) for h in held.values()),
        ]
        for area in (places().members(subject.code) if region else ())
    ]
    names = [h.indicator.short for h in held.values()]
    pack = AreaPack(
        subject.area.short,
        date.today(),
        tuple(exhibits),
        draw(exhibits),
        member_tables("Authority", names, rows) if rows else (),
        store().demonstration,
    )
    return area_pack_file(pack, form)
