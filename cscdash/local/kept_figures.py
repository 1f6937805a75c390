"""Keeping local figures: one Parquet file for each addition, written whole or not at all."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from cscdash.catalogue.models import Catalogue, Indicator
from cscdash.errors import CscdashError
from cscdash.local.folder_files import about_file, as_table, content_of, files_in, write_table
from cscdash.local.own_measures import OwnIndicator, read_own
from cscdash.local.published_figures import Published
from cscdash.local.row import Figure
from cscdash.local.row_checks import Checked, Known, Problem, check
from cscdash.local.row_reader import read_typed
from cscdash.local.suppression import hide
from cscdash.reading import VISITOR, one_child


@dataclass(frozen=True)
class Kept:
    """An addition that is kept: its id, the files it came from, the day, and its figures."""

    id: str
    files: str
    added: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Local:
    """All local figures that can be shown.

    Attributes
    ----------
    figures : tuple of Figure
        What is small is hidden already.
    own : tuple of OwnIndicator
        Measures that the catalogue does not have.
    kept : tuple of Kept
        The additions.
    unread : tuple of str
        Files that could not be used, and why.
    """

    figures: tuple[Figure, ...] = ()
    own: tuple[OwnIndicator, ...] = ()
    kept: tuple[Kept, ...] = ()
    unread: tuple[str, ...] = ()

    def measure(self, id: str) -> OwnIndicator | None:
        """An own measure by its id."""
        return next((own for own in self.own if own.id == id), None)

    def of(self, indicator: str, area: str) -> tuple[Figure, ...]:
        """The figures of a measure in an area, oldest first."""
        return self._by_cell.get((indicator, area), ())

    @cached_property
    def _by_cell(self) -> dict[tuple[str, str], tuple[Figure, ...]]:
        found: dict[tuple[str, str], list[Figure]] = {}
        for figure in sorted(self.figures, key=lambda f: (f.when.end, f.breakdown, f.category)):
            found.setdefault((figure.indicator, figure.area), []).append(figure)
        return {cell: tuple(figures) for cell, figures in found.items()}

    def added(self, indicator: str) -> str:
        """The day of the newest addition with figures of a measure; empty if there is none."""
        days = [k.added for k in self.kept if any(f.indicator == indicator for f in k.figures)]
        return max(days, default="")


@one_child(VISITOR)
def load(folder: Path, catalogue: Catalogue, published: Published, today: date) -> Local:
    """Read all that is kept in a folder; whatever cannot be used is named, and left out.

    Parameters
    ----------
    folder : Path
        Need not exist.
    catalogue : Catalogue
        What the figures may be of, beside own measures.
    published : Published
        The published figures: their breakdowns, and which of them are hidden.
    today : date
        For periods that have not ended yet.
    """
    unread: list[str] = []
    own: list[OwnIndicator] = []
    for file in files_in(folder, ".toml"):
        try:
            found = read_own(file, catalogue)
            twice = {one.id for one in found} & {one.id for one in own}
            twice |= {one.id for one in found if [o.id for o in found].count(one.id) > 1}
            if twice:
                raise CscdashError(f"{file.name}: {min(twice)} is declared twice.")
            own += found
        except CscdashError as error:
            unread.append(str(error))
    known = known_of(catalogue, own, published)
    kept: list[Kept] = []
    seen: set[tuple[str, ...]] = set()
    for file in files_in(folder, ".parquet"):
        try:
            typed = read_typed(content_of(file), file.name)
            checked = check(typed, known, today)
            if checked.problems:
                raise CscdashError(f"{file.name}: {checked.problems[0].what}.")
            if any(figure.cell in seen for figure in checked.figures):
                raise CscdashError(f"{file.name} repeats figures of another file.")
        except CscdashError as error:
            unread.append(str(error))
            continue
        seen |= {figure.cell for figure in checked.figures}
        kept.append(Kept(file.stem, *about_file(file), checked.figures))
    figures = [figure for one in kept for figure in one.figures]
    shown = hide(figures, known.measures, published.hidden)
    return Local(shown, tuple(own), tuple(kept), tuple(unread))


def known_of(catalogue: Catalogue, own: Iterable[OwnIndicator], published: Published) -> Known:
    """What local figures may be of: the catalogue's indicators and own measures."""
    measures: dict[str, Indicator] = {one.id: one for one in catalogue.indicators}
    return Known({**measures, **{one.id: one for one in own}}, published.categories)


@one_child(VISITOR)
def look(
    files: Mapping[str, bytes], known: Known, today: date, before: Local, indicator: str = ""
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

    Returns
    -------
    Checked
        All figures, and the problems of all files; a file that cannot be read is one problem.
    """
    typed, problems = [], []
    for name, content in files.items():
        try:
            typed += read_typed(content, name, indicator)
        except CscdashError as error:
            problems.append(Problem(name, str(error)))
    found = check(typed, known, today)
    taken = {figure.cell: one for one in before.kept for figure in one.figures}
    again = [
        Problem(f.at, f"the same figure was added before: remove {taken[f.cell].id} first")
        for f in found.figures
        if f.cell in taken
    ]
    return Checked(found.figures, (*problems, *found.problems, *again))


def add(
    folder: Path,
    names: Sequence[str],
    checked: Checked,
    known: Known,
    published: Published,
    before: Local,
    today: date,
) -> Kept:
    """Keep checked figures, small ones without their numbers, in one new file.

    Raises
    ------
    CscdashError
        If there is a problem with any row, nothing to keep, or the folder cannot be written.
        What was kept before stays as it was.
    """
    if checked.problems or not checked.figures:
        raise CscdashError("Nothing was kept: every row has to be right first.")
    old = [figure for one in before.kept for figure in one.figures]
    both = hide([*old, *checked.figures], known.measures, published.hidden)
    new = both[len(old) :]
    files = ", ".join(names)[:300]
    table = as_table(new).replace_schema_metadata({"files": files, "added": today.isoformat()})
    mark = hashlib.sha256("".join(map(repr, (f.cell for f in new))).encode()).hexdigest()[:6]
    id = f"{today.isoformat()}-{mark}"
    write_table(folder / f"{id}.parquet", table)
    return Kept(id, files, today.isoformat(), tuple(new))


def remove(folder: Path, id: str) -> None:
    """Remove an addition.

    Raises
    ------
    CscdashError
        If there is none with this id, or it cannot be removed.
    """
    held = {file.stem: file for file in files_in(folder, ".parquet")}
    if id not in held:
        raise CscdashError(f"‘{id}’ is not kept. Kept are: {', '.join(held) or 'none'}.")
    try:
        held[id].unlink()
    except OSError as error:
        raise CscdashError(f"{held[id]} cannot be removed: {error.strerror or error}.") from error
