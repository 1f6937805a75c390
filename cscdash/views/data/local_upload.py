"""Local figures on the data page: what is kept, and a way to add and remove files."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

import pandas as pd
import streamlit as st

from cscdash.catalogue import catalogue
from cscdash.charts.theme import Theme
from cscdash.errors import CscdashError
from cscdash.learning.pack.markdown import escaped
from cscdash.local import folder
from cscdash.local.folder_files import remove
from cscdash.local.own_measures import Known
from cscdash.local.published_figures import Published
from cscdash.local.shown_figures import known_of
from cscdash.local.template import template
from cscdash.views.frame.chosen_area import choose_area
from cscdash.views.frame.links import link_to
from cscdash.views.frame.page_frame import the_chosen_area
from cscdash.views.frame.reader import may_see_local, on_this_machine, why_no_local
from cscdash.views.frame.sign_in import while_permitted
from cscdash.views.learning.statement import unread_statements
from cscdash.views.loaded import local_kept, store

if TYPE_CHECKING:
    from cscdash.local.answers import Answers
    from cscdash.local.row import Figure
    from cscdash.local.row_checks import Checked

_SAID = "_local said"
_ROUND = "_local round"
_SEEN = "_local kept last"
_LINKS = 4
_SHOWN = 200  # figures, problems
_QUARTERS: dict[Literal["", "calendar", "financial"], str] = {
    "": "ask me",
    "calendar": "January to March 2025",
    "financial": "April to June 2025",
}
_FRACTIONS: dict[Literal["", "share", "percentage"], str] = {
    "": "ask me",
    "share": "21.4%",
    "percentage": "0.214%",
}


def local_figures() -> None:
    """Draw the part of the data page that is about local figures."""
    st.subheader("Local figures", anchor=False)
    here = on_this_machine()
    if here:
        for why in unread_statements():
            st.warning(f"A statement was not used. {escaped(why)}")
    if not may_see_local():
        st.info(why_no_local(), icon=":material/lock:")
        return
    if said := st.session_state.pop(_SAID, ""):
        st.success(said)
        _see_them()
    _kept(changes=here)
    if here:
        _add()
    else:
        st.caption("Files are added and removed where the app runs, not through this page.")


def _see_them() -> None:
    """Links to the indicators that were added to last, of the chosen area if it is among them."""
    kept: tuple[tuple[str, str], ...] = st.session_state.pop(_SEEN, ())
    known, subject = catalogue().by_id, the_chosen_area()
    areas = [area for _, area in kept]
    area = subject.code if subject.code in areas else next(iter(areas), "")
    about = subject if area == subject.code else choose_area(area or subject.code, (), Theme())
    shown = list(dict.fromkeys(id for id, where in kept if where == area and id in known))
    for id in shown[:_LINKS]:
        link_to(known[id], about, f"See {known[id].title}, {about.area.short}")


def _kept(changes: bool) -> None:
    """List what is kept; a reader who may change it can remove an addition."""
    here = local_kept()
    for why in here.unread:
        st.warning(f"Not used: {escaped(why)}")
    if store().demonstration and here.kept:
        st.info("Local figures are kept, but not drawn beside invented values.")
    if not here.kept:
        st.markdown("None are kept here.")
        return
    rows = [
        {
            "Id": one.id,
            "Added": one.added,
            "Files": one.files,
            "Indicators": ", ".join(sorted({figure.indicator for figure in one.figures})),
            "Figures": len(one.figures),
        }
        for one in here.kept
    ]
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, width="stretch", alt="Local figures that are kept"
    )
    if not changes:
        return
    with st.popover("Remove an addition", icon=":material/delete:"):
        id = st.selectbox("Which", [one.id for one in here.kept], key="local remove")
        if st.button("Remove this addition") and id:
            _do(lambda: remove(folder(), id), f"Removed {id}.")


def _add() -> None:
    """Choose files, see what was read and what is wrong, and keep them only if nothing is."""
    here, published = local_kept(), Published(store())
    known = known_of(catalogue(), here.own, published)
    with st.expander("Add figures of your own", icon=":material/upload_file:"):
        st.markdown(
            "Totals only, never a row about one child. The file stays on this machine; counts from"
            " 1 to 5 are hidden before anything is kept."
        )
        _template(known)
        turn = st.session_state.get(_ROUND, 0)
        given = st.file_uploader(
            "CSV, Excel (.xlsx), OpenDocument (.ods) or Parquet",
            type=["csv", "txt", "xlsx", "ods", "parquet"],
            accept_multiple_files=True,
            max_upload_size=20,
            key=f"local files {turn}",
        )
        if not given:
            return
        files = {file.name: file.getvalue() for file in given}
        if len(files) < len(given):
            st.warning("Two files have the same name: rename one.")
            return
        # checks and audits: only where needed
        from cscdash.local.kept_figures import add, hidden_if_added, look

        indicator, answers = _answers(known)
        checked = look(files, known, date.today(), here, indicator, answers)
        sound = bool(checked.figures) and not checked.problems
        try:
            shown = hidden_if_added(folder(), checked, known, published) if sound else ()
        except CscdashError as error:
            st.error(escaped(str(error)))
            return
        _tell(checked, shown, known)
        if sound and st.button("Keep these figures", type="primary"):
            st.session_state[_ROUND] = turn + 1
            st.session_state[_SEEN] = tuple((f.indicator, f.area) for f in checked.figures)
            _do(
                lambda: add(folder(), list(files), checked, known, published, date.today()),
                f"Kept {len(checked.figures)} figures.",
            )


def _template(known: Known) -> None:
    """A filled example of any measure, to change and bring back."""
    names = {id: measure.title for id, measure in known.measures.items()}
    chosen = st.selectbox(
        "Start from a template for",
        list(names),
        format_func=lambda id: names.get(id, id),
        key="local template",
    )
    st.download_button(
        "Download the template (CSV)",
        data=while_permitted(
            lambda: template(
                known.measures[chosen],
                the_chosen_area().code,
                date.today(),
                known.categories(chosen),
            ).encode("utf-8-sig")
        ),
        file_name=f"local-{chosen}.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def _answers(known: Known) -> tuple[str, "Answers"]:
    """What the reader says of a file that does not say it: indicator, area, sheet, readings."""
    from cscdash.local.answers import Answers

    with st.popover("If the file does not say", icon=":material/help:"):
        names = {id: measure.title for id, measure in known.measures.items()}
        indicator = st.selectbox(
            "All its rows are of",
            ["", *names],
            format_func=lambda id: names.get(id, "as the file says"),
            key="local of",
        )
        chosen = the_chosen_area()
        here = st.checkbox(f"It is all of {chosen.area.short}", key="local of area")
        quarters = st.radio(
            "2025 Q1 means",
            list(_QUARTERS),
            format_func=_QUARTERS.__getitem__,
            key="local quarters",
        )
        fractions = st.radio(
            "0.214 of a percentage means",
            list(_FRACTIONS),
            format_func=_FRACTIONS.__getitem__,
            key="local fractions",
        )
        sheet = st.text_input("Name of the sheet, or * for all", max_chars=40, key="local sheet")
    return indicator, Answers(quarters, fractions, sheet.strip(), chosen.code if here else "")


def _tell(checked: "Checked", shown: Sequence["Figure"], known: Known) -> None:
    """Propose: what was read, value by value, and what was left out; or what is wrong."""
    from cscdash.local.upload_summary import each, table

    if checked.problems:
        number = len(checked.problems)
        st.error(f"Nothing is kept until every row is right. Problems: {number}.")
        rows = [{"Where": p.at, "What": p.what} for p in checked.problems[:_SHOWN]]
        _frame(rows, "Problems, by row")
    figures = shown or checked.figures
    if figures:
        st.markdown("**What was read, and where it will show.** Look at it before you keep it.")
        _frame(table(figures, known), "What was read from the files")
        _frame(each(figures[:_SHOWN], known), "Each figure as it was read")
    for words in checked.words:
        st.caption(escaped(words))
    if checked.left_out:
        st.markdown(f"**Left out** ({len(checked.left_out)})")
        rows = [{"Where": p.at, "Why": p.what} for p in checked.left_out[:_SHOWN]]
        _frame(rows, "What was left out, and why")


def _frame(rows: Sequence[dict[str, str]], alt: str) -> None:
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch", alt=alt)


def _do(act: Callable[[], object], done: str) -> None:
    """Change what is kept, if the reader is still one who may."""
    if not on_this_machine():
        st.error(why_no_local())
        return
    try:
        act()
    except CscdashError as error:
        st.error(escaped(str(error)))
        return
    st.session_state[_SAID] = done
    st.rerun()
