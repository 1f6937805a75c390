"""Local figures on the data page: what is kept, and a way to add and remove files."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from cscdash.catalogue import catalogue
from cscdash.errors import CscdashError
from cscdash.learning.pack.markdown import escaped
from cscdash.local import folder
from cscdash.local.folder_files import remove
from cscdash.local.own_measures import Known
from cscdash.local.published_figures import Published
from cscdash.local.shown_figures import known_of
from cscdash.local.template import template
from cscdash.views.frame.page_frame import the_chosen_area
from cscdash.views.frame.reader import may_see_local, on_this_machine, why_no_local
from cscdash.views.frame.sign_in import while_permitted
from cscdash.views.learning.statement import unread_statements
from cscdash.views.loaded import local_kept, store

if TYPE_CHECKING:
    from cscdash.local.row_checks import Checked

_SAID = "_local said"
_ROUND = "_local round"
_SHOWN = 200  # problems


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
    _kept(changes=here)
    if here:
        _add()
    else:
        st.caption("Files are added and removed where the app runs, not through this page.")


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
            "CSV, Excel (.xlsx) or Parquet",
            type=["csv", "xlsx", "parquet"],
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
        from cscdash.local.kept_figures import add, look  # checks and audits: only where needed

        checked = look(files, known, date.today(), here)
        _tell(checked, known)
        if not checked.problems and st.button("Keep these figures", type="primary"):
            st.session_state[_ROUND] = turn + 1
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


def _tell(checked: "Checked", known: Known) -> None:
    from cscdash.local.upload_summary import table

    if checked.figures:
        st.markdown("**What was read, and where it will show**")
        _frame(table(checked, known), "What was read from the files")
    if checked.problems:
        number = len(checked.problems)
        st.error(f"Nothing is kept until every row is right. Problems: {number}.")
        rows = [{"Where": p.at, "What": p.what} for p in checked.problems[:_SHOWN]]
        _frame(rows, "Problems, by row")


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
