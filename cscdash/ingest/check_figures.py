"""Comparing a store with figures as they were published, each with its own release."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

import pyarrow.compute as pc

from cscdash.catalogue.models import Catalogue, Check, Indicator
from cscdash.extracts import Status, Store

_NOT_LOADED = (Status.NOT_LOADED.value, Status.NOT_YET.value)


class Verdict(Enum):
    """What comes of comparing a published figure with the store."""

    REPRODUCED = "reproduced"
    REVISED = "revised"  # the store holds a newer release, or another issue, that says otherwise
    NOT_REPRODUCED = "not reproduced"  # the store holds the figure's own release
    NOT_JUDGED = "not judged"  # the store's files do not reach it


@dataclass(frozen=True)
class Judged:
    """A published figure beside the store's.

    Attributes
    ----------
    indicator : str
        Its id.
    check : Check
        The figure, with where it was published.
    verdict : Verdict
        What comes of the comparison.
    found : float or None
        What the store has in its place.
    release : str
        The release that the store has it from; empty if it has none.
    """

    indicator: str
    check: Check
    verdict: Verdict
    found: float | None
    release: str

    @property
    def words(self) -> str:
        """The comparison in words."""
        check = self.check
        if self.found is None:
            return f"{check.period}: no value, {check.value:g} was published"
        if self.verdict is Verdict.REVISED:
            return (
                f"{check.period}: {self.found:g} in {self.release}, {check.value:g} in {check.cite}"
            )
        return f"{check.period}: {self.found:g}, not {check.value:g} as in {check.cite}"


def judge_figures(store: Store, catalogue: Catalogue) -> Iterator[Judged]:
    """Judge every published figure of the catalogue by its own release.

    A declared figure is true of the release that it cites. Where the store holds a newer one, or
    an earlier issue of the same, a difference is a revision. A figure whose release the store does
    not hold is not judged.

    Yields
    ------
    Judged
        In the order of the catalogue; none for an indicator without an extract.

    Raises
    ------
    CscdashError
        If an extract cannot be read.
    """
    held = store.package.get("releases", {})
    for indicator in catalogue.indicators:
        if indicator.id not in store.indicators:
            continue
        table = store.table(indicator.id)
        for check in indicator.check:
            rows = pc.equal(table["area"].cast("string"), check.area)
            for column in ("period", "breakdown", "category"):
                wanted = pc.equal(table[column].cast("string"), getattr(check, column))
                rows = pc.and_(rows, wanted)
            some = table.filter(rows)
            found = some[check.measure][0].as_py() if len(some) else None
            release = str(some["release"][0].as_py()) if len(some) else ""
            series = table.filter(pc.equal(table["breakdown"].cast("string"), check.breakdown))
            reached = (
                not check.release
                or check.release in pc.unique(series["release"].cast("string")).to_pylist()
            )
            own = not check.release or release in (check.release, "")
            ours = len(some) and str(some["status"][0].as_py()) in _NOT_LOADED
            population = check.population and _population(held, catalogue, indicator)
            if (not release and not reached) or (ours and found is None):
                verdict = Verdict.NOT_JUDGED
            elif population != check.population and not _same(found, check):
                newer = population > check.population  # estimates of earlier years are revised
                verdict = Verdict.REVISED if newer else Verdict.NOT_JUDGED
            elif _same(found, check):
                verdict = Verdict.REPRODUCED
            elif own and not _other_issue(check, held, catalogue):
                verdict = Verdict.NOT_REPRODUCED
            elif own or _newer(release, check.release):
                verdict = Verdict.REVISED
            else:
                verdict = Verdict.NOT_JUDGED
            yield Judged(indicator.id, check, verdict, found, release)


def _population(held: Mapping[str, object], catalogue: Catalogue, indicator: Indicator) -> int:
    """The last year of the population estimates that a store holds for a rate; 0 for none."""
    names = {catalogue.publication_of(s.population).id for s in indicator.source if s.population}
    years = [int(year) for name, _, year in (r.rpartition(" ") for r in held) if name in names]
    return max(years, default=0)


def _same(found: float | None, check: Check) -> bool:
    decimals = len(f"{check.value!r}".partition(".")[2].rstrip("0"))
    return found is not None and abs(found - check.value) <= 0.5000001 * 10.0**-decimals


def _newer(release: str, cited: str) -> bool:
    """Whether a release is a newer one of the same publication."""
    (one, year), (other, before) = release.rsplit(" ", 1), cited.rsplit(" ", 1)
    return one == other and int(year) > int(before)


def _other_issue(check: Check, held: Mapping[str, Mapping[str, object]], some: Catalogue) -> bool:
    """Whether the store's issue of the cited release came out before the one that is cited."""
    name, _, year = check.release.rpartition(" ")
    cited = next((p.released.get(year) for p in some.publications if p.id == name), None)
    published = held.get(check.release, {}).get("published")
    return bool(cited and published and str(published) < cited)


def check_figures(store: Store, catalogue: Catalogue) -> Mapping[str, list[str]]:
    """Which published figures a store does not reproduce although it holds their release.

    Returns
    -------
    mapping of str to list of str
        Indicator id -> what differs, in words; an empty list where nothing does. Indicators
        without an extract are left out.

    Raises
    ------
    CscdashError
        If an extract cannot be read.
    """
    found: dict[str, list[str]] = {}
    for one in judge_figures(store, catalogue):
        findings = found.setdefault(one.indicator, [])
        if one.verdict is Verdict.NOT_REPRODUCED:
            findings.append(one.words)
    return found
