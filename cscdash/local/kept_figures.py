"""Adding local figures: checked, audited with all that is kept, and written whole or not at all."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from cscdash.errors import CscdashError
from cscdash.extracts.lock import locked
from cscdash.local.answers import ASK, Answers
from cscdash.local.folder_files import (
    Audited,
    audited,
    content_of,
    files_in,
    write_audited,
    write_table,
)
from cscdash.local.kept_table import as_table, read_kept
from cscdash.local.own_measures import Known
from cscdash.local.published_figures import Published
from cscdash.local.row import Figure, Problem, Typed
from cscdash.local.row_checks import Checked, check
from cscdash.local.row_reader import read_typed
from cscdash.local.shown_figures import Kept, Local
from cscdash.local.suppression import hide
from cscdash.reading import VISITOR, one_child

_WAIT = 60.0  # seconds for another who is adding


@one_child(VISITOR)
def look(
    files: Mapping[str, bytes],
    known: Known,
    today: date,
    before: Local,
    indicator: str = "",
    answers: Answers = ASK,
) -> Checked:
    """Check files as they would be added to what is kept already.

    Parameters
    ----------
    files : mapping of str to bytes
        Name -> content.
    known, today
        As for `check`.
    before : Local
        What is kept.
    indicator : str
        What rows are of, where a file has no column for it.
    answers : Answers
        What was said where a file can be read in two ways.

    Returns
    -------
    Checked
        All figures, and the problems of all files; a file that cannot be read is one problem.
    """
    typed: list[Typed] = []
    problems: list[Problem] = []
    left_out: list[Problem] = []
    words: list[str] = []
    for name, content in files.items():
        try:
            read = read_typed(content, name, known.measures, indicator, answers)
        except CscdashError as error:
            problems.append(Problem(name, str(error)))
            continue
        typed += read.rows
        left_out += read.left_out
        words += [f"{name}: {said}" for said in read.words]
    found = check(typed, known, today, answers)
    taken = {figure.cell: one for one in before.kept for figure in one.figures}
    again = [
        Problem(f.at, f"the same figure was added before: remove {taken[f.cell].id} first")
        for f in found.figures
        if f.cell in taken
    ]
    return replace(
        found,
        problems=(*problems, *found.problems, *again),
        left_out=(*left_out, *found.left_out),
        words=(*words, *found.words),
    )


def add(
    folder: Path,
    names: Sequence[str],
    checked: Checked,
    known: Known,
    published: Published,
    today: date,
) -> Kept:
    """Keep checked figures in one new file, small ones without their numbers.

    What was kept before is audited again with them: what the new figures would give away is
    hidden in its own file too.

    Raises
    ------
    CscdashError
        If there is a problem with any row, nothing to keep, another addition has the same
        figures meanwhile, or the folder cannot be written. What was kept stays as it was.
    """
    if checked.problems or not checked.figures:
        raise CscdashError("Nothing was kept: every row has to be right first.")
    with locked(folder, _WAIT, lambda _: None):
        before = _kept(folder, known)
        taken = {figure.cell for figures in before.values() for figure in figures}
        if any(figure.cell in taken for figure in checked.figures):
            raise CscdashError("Nothing was kept: some of these figures were added meanwhile.")
        id = _new_id(today, before)
        files = ", ".join(names)[:300]
        shown = _audit(folder, {**before, id: checked.figures}, known, published)
        write_table(folder / f"{id}.parquet", as_table(shown[id]))
        _record(folder, before, {id: (files, today.isoformat())})
    return Kept(id, files, today.isoformat(), shown[id])


def hidden_if_added(
    folder: Path, checked: Checked, known: Known, published: Published
) -> tuple[Figure, ...]:
    """Checked figures as they would be kept: what is small, or would tell it, without numbers.

    Raises
    ------
    CscdashError
        Naming a file in the folder that holds no kept figures.
    """
    return _hidden(folder, {**_kept(folder, known), "": checked.figures}, known, published)[""]


def audit(folder: Path, known: Known, published: Published) -> int:
    """Audit all that is kept in a folder together, files put there by hand too.

    Returns
    -------
    int
        How many figures are hidden now that were not before.

    Raises
    ------
    CscdashError
        Naming a file that holds no kept figures, or figures that stand in two files.
    """
    with locked(folder, _WAIT, lambda _: None):
        before = _kept(folder, known)
        shown = _audit(folder, before, known, published)
        _record(folder, before, {})
    hidden = [sum(f.status == "c" for one in all.values() for f in one) for all in (before, shown)]
    return hidden[1] - hidden[0]


def _kept(folder: Path, known: Known) -> dict[str, tuple[Figure, ...]]:
    """The figures of each kept file, in the form for the audit."""
    found = {
        file.stem: read_kept(content_of(file), file.name, known.measures)
        for file in files_in(folder, ".parquet")
    }
    seen: dict[tuple[str, ...], str] = {}
    for id, figures in found.items():
        for figure in figures:
            if seen.setdefault(figure.cell, id) != id:
                raise CscdashError(
                    f"{id} repeats figures of {seen[figure.cell]}: remove one of them."
                )
    return found


def _audit(
    folder: Path, kept: Mapping[str, tuple[Figure, ...]], known: Known, published: Published
) -> dict[str, tuple[Figure, ...]]:
    """Hide what has to be hidden in all of them; files that change are written again."""
    shown = _hidden(folder, kept, known, published)
    for id, figures in shown.items():
        file = folder / f"{id}.parquet"
        if figures != kept[id] and file.exists():
            write_table(file, as_table(figures))
    return shown


def _hidden(
    folder: Path, kept: Mapping[str, tuple[Figure, ...]], known: Known, published: Published
) -> dict[str, tuple[Figure, ...]]:
    """All of them together, with what has to be hidden hidden."""
    marks = audited(folder)
    settled = [id for id in kept if f"{id}.parquet" in marks]
    order = [*settled, *(id for id in kept if id not in settled)]
    hidden = iter(
        hide(
            [figure for id in order for figure in kept[id]],
            known.measures,
            published.hidden,
            known.categories,
            published.between,
            sum(len(kept[id]) for id in settled),
        )
    )
    return {id: tuple(next(hidden) for _ in kept[id]) for id in order}


def _record(folder: Path, before: Iterable[str], new: Mapping[str, tuple[str, str]]) -> None:
    """Record that what was kept before and what is new have been audited together."""
    held = audited(folder)
    old = {id: held.get(f"{id}.parquet", Audited("")) for id in before}
    about = {id: (one.files, one.added) for id, one in old.items()} | dict(new)
    write_audited(folder, {f"{id}.parquet": told for id, told in about.items()})


def _new_id(today: date, before: Iterable[str]) -> str:
    """An id that no addition has."""
    while (id := f"{today.isoformat()}-{secrets.token_hex(3)}") in set(before):
        pass
    return id
