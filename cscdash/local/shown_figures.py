"""Local figures as they are shown: rounded as printed, without what they rest on.

What is kept in the folder has numerators and denominators, so that a later addition can be audited
with it. Nothing of that leaves this module: charts, tables, files and packs get the shown form.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from cscdash.analysis.number_format import round_half_up
from cscdash.catalogue.models import Catalogue, Indicator
from cscdash.errors import CscdashError
from cscdash.local.folder_files import Audited, audited, content_of, files_in, mark_of
from cscdash.local.kept_table import read_kept
from cscdash.local.own_measures import Known, OwnIndicator, read_own
from cscdash.local.published_figures import Published
from cscdash.local.row import Figure
from cscdash.reading import VISITOR, one_child
from cscdash.settings import command


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
        In the shown form; what is small is hidden already.
    own : tuple of OwnIndicator
        Measures that the catalogue does not have.
    kept : tuple of Kept
        The additions, in the shown form too.
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
def load(folder: Path, catalogue: Catalogue, published: Published) -> Local:
    """Read all that is kept in a folder; whatever cannot be used is named, and left out.

    Parameters
    ----------
    folder : Path
        Need not exist.
    catalogue : Catalogue
        What the figures may be of, beside own measures.
    published : Published
        Where a figure has been hidden by its publisher meanwhile, the local one is not shown.

    Returns
    -------
    Local
        A file that was not audited together with the others is left out.
    """
    own, unread = own_measures(folder, catalogue)
    measures = known_of(catalogue, own, published).measures
    marks = audited(folder)
    kept: list[Kept] = []
    files = files_in(folder, ".parquet")
    for file in files:
        try:
            content = content_of(file)
            about = marks.get(file.name, Audited(""))
            if about.mark != mark_of(content):
                raise CscdashError(
                    f"{file.name} was put here or changed by hand, so nobody has looked at what"
                    f" it tells together with the others. Run: {command('local audit')}"
                )
            figures = read_kept(content, file.name, measures)
        except CscdashError as error:
            unread.append(str(error))
            continue
        shown = tuple(shown_form(one, measures[one.indicator], published) for one in figures)
        kept.append(Kept(file.stem, about.files, about.added[:10], shown))
    everything = tuple(figure for one in kept for figure in one.figures)
    return Local(everything, tuple(own), tuple(kept), tuple(unread))


def shown_form(figure: Figure, measure: Indicator, published: Published) -> Figure:
    """A figure as it is shown: its value rounded as printed, and nothing that it rests on."""
    value = figure.value
    if value is None or published.hidden(figure):
        status = "c" if value is not None else figure.status
        return replace(figure, value=None, numerator=None, denominator=None, status=status, note="")
    rounded = float(round_half_up(value, measure.decimals))
    return replace(figure, value=rounded, numerator=None, denominator=None)


def own_measures(folder: Path, catalogue: Catalogue) -> tuple[list[OwnIndicator], list[str]]:
    """The own measures that a folder declares, and why others could not be used."""
    own: list[OwnIndicator] = []
    unread: list[str] = []
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
    return own, unread


def known_of(catalogue: Catalogue, own: Iterable[OwnIndicator], published: Published) -> Known:
    """What local figures may be of: the catalogue's indicators and own measures."""
    measures: dict[str, Indicator] = {one.id: one for one in catalogue.indicators}
    everything = {**measures, **{one.id: one for one in own}}
    return Known(
        everything,
        published.categories,
        lambda figure: published.repeats(figure, everything[figure.indicator].decimals),
    )
