"""Two or three areas side by side on the same indicators, and their pack for a peer challenge."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import get_args

import streamlit as st

from cscdash.analysis.wording import listed
from cscdash.catalogue import Indicator
from cscdash.learning.pack import FORMS, draw
from cscdash.learning.pack.blocks import Table
from cscdash.learning.pack.peer_pack import PeerForm, PeerPack, peer_pack_file
from cscdash.places import places
from cscdash.views.compare.choices import opening_indicators, several
from cscdash.views.compare.one_area import one_area
from cscdash.views.frame.chosen_area import ChosenArea, choose_area
from cscdash.views.frame.sign_in import while_permitted
from cscdash.views.loaded import extracts, store
from cscdash.views.parts.chart_files import file_name
from cscdash.views.parts.exhibit import exhibit
from cscdash.views.parts.in_the_round import shared_value
from cscdash.views.parts.one_card import one_card, say_unreadable

_BESIDE = 2


def peers(known: Mapping[str, Indicator], subject: ChosenArea) -> None:
    """Draw the areas beside each other, an indicator a row, and offer their pack."""
    level = subject.area.level
    kind = places().authorities if level == "authority" else places().regions
    names = {area.code: area.short for area in kind if area.code != subject.code}
    usual = [code for code in subject.group if code in names] or list(names)
    usual = usual[:_BESIDE]
    others = several("with", f"Beside {subject.area.short}, one or two", names, usual, _BESIDE)
    titles = {id: indicator.title for id, indicator in known.items()}
    ids = several("on", "Up to six indicators", titles, opening_indicators(known)[:3])
    codes = [subject.code, *others]
    say_unreadable(ids)
    if not others or not ids:
        st.info("Choose one or two areas and at least one indicator.")
        return
    _pack(codes, ids, subject)
    for id in ids:
        st.subheader(known[id].title, anchor=False)
        with one_card():
            for column, code in zip(st.columns(len(codes), gap="large"), codes, strict=True):
                with column:
                    one_area(id, code, [other for other in codes if other != code], subject)
    st.caption(
        "The charts of an indicator have the same scale. The bold line is the area named above it;"
        " thin lines are the others."
    )


def _pack(codes: Sequence[str], ids: Sequence[str], subject: ChosenArea) -> None:
    """The standing pack: what the figures say, what to ask, room for what is taken home."""
    names = listed([places().areas[code].short for code in codes])
    with st.container(horizontal=True, vertical_alignment="center"):
        for form in get_args(PeerForm):
            st.download_button(
                f"Peer challenge pack ({FORMS[form].name})",
                data=while_permitted(partial(_file, codes, ids, subject, form)),
                file_name=file_name(f"peer challenge {names} {date.today():%Y-%m-%d}", form),
                mime=FORMS[form].mime,
                key=f"peer pack {form}",
                on_click="ignore",
                icon=":material/download:",
            )
    st.caption("A file takes a few seconds: each chart is drawn for it.")


def _file(codes: Sequence[str], ids: Sequence[str], subject: ChosenArea, form: PeerForm) -> bytes:
    """One form of the pack, its pictures drawn now."""
    held = extracts(ids, subject.until)
    areas = [
        choose_area(code, tuple(other for other in codes if other != code), subject.theme)
        for code in codes
    ]
    exhibits = [exhibit(held[id], area, names=True) for id in ids if id in held for area in areas]
    rows = [
        (
            f"{one.indicator.title}, {one.latest}",
            *(shared_value(one.indicator, one.point(code, one.latest)) for code in codes),
        )
        for one in (held[id] for id in ids if id in held)
    ]
    names = tuple(area.area.short for area in areas)
    table = Table("The latest value of each area", ("Indicator", *names), rows)
    made = draw(exhibits)
    pack = PeerPack(names, date.today(), tuple(exhibits), made, (table,), store().demonstration)
    return peer_pack_file(pack, form)
