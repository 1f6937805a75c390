"""Explore Education Statistics: its content service, from a publication's slug to its files.

The service is the website's own and makes no promise to others: every id is asked for anew, and
what it answers is checked before it is believed.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher, get_close_matches
from typing import Any

from pydantic import TypeAdapter, ValidationError

from cscdash.catalogue.models import Dataset, Publication
from cscdash.publishers.client import Web
from cscdash.publishers.ees_answers import About, File, Files, Release, Summary, believed, unlike
from cscdash.publishers.retries import UnansweredError
from cscdash.publishers.visit import Item, Visit, name_of, wanted

Publications = Sequence[Publication]

BASE = "https://content.explore-education-statistics.service.gov.uk/api"
_PAGE = 40  # the most it allows
_ALIKE = 0.8
_READINGS = 3  # of a list that changes meanwhile


_RELEASES = TypeAdapter(list[Release])


def visit(
    publication: Publication,
    needed: set[str],
    web: Web,
    memory: dict[str, Any],
    since: int | None = None,
    whole: bool = True,
    others: Publications = (),
) -> Visit:
    """Ask what a publication has, with one request where nothing changed since last time.

    Parameters
    ----------
    publication : Publication
        With a `slug`.
    needed : set of str
        The data sets that the catalogue uses.
    web : Web
        The client.
    memory : dict
        What the last visit gave.
    since : int, optional
        Older releases, from this year on, are wanted too.
    whole : bool
        Whether every file of the last visit is still here.
    others : sequence of Publication
        Older releases may hold data sets that are issued elsewhere today.

    Raises
    ------
    UnansweredError
        If the service does not answer, or not as it used to.
    """
    release = memory.get("release", "")
    if release and whole and (since is None or memory.get("since", 9999) <= since):
        known = _summary(web, memory["slug"], release, missing=True)
        if known and known.latest and _key(known) == memory.get("key"):
            return Visit(publication.id, unchanged=True, memory=memory)
    about, summary, files = _newest(web, str(publication.slug))
    found = Visit(publication.id)
    found.items = _offered(publication, needed, summary, files, found.notes)
    found.memory = {
        "slug": about.slug,
        "release": summary.slug,
        "title": summary.title,
        "key": _key(summary),
        "published": summary.published,
        "updated": summary.updated,
        "next": about.due.text() if about.due else "",
    }
    if since is not None:
        found.memory["since"] = since
        for older in _older(web, about.slug, summary.slug, since):
            files = _files(web, f"releaseId={older.id}")
            found.items += _offered(publication, needed, older, files, None, others)
    elif "since" in memory:
        found.memory["since"] = memory["since"]
    return found


def _newest(web: Web, slug: str) -> tuple[About, Summary, list[File]]:
    """The newest release and its files, all of one version."""
    for _ in range(_READINGS):
        about = _publication(web, slug)
        summary = _summary(web, about.slug, about.latest.slug)
        files = _files(web, f"publicationId={about.id}&latestOnly=true")
        if summary and all(f.release is None or f.release.id == summary.id for f in files):
            return about, summary, files
    raise UnansweredError(f"{slug} changes while we read what it holds")


def _publication(web: Web, slug: str) -> About:
    try:
        return believed(About, web.json(f"{BASE}/publications/{slug}")[0])
    except UnansweredError as error:
        if not error.absent:
            raise
        now = _redirected(web, slug)
        if now is None:
            raise
    return believed(About, web.json(f"{BASE}/publications/{now}")[0])


def _redirected(web: Web, slug: str) -> str | None:
    """The slug that took the place of an old one, if one did."""
    answer, _ = web.json(f"{BASE}/redirects")
    moves = answer.get("publicationRedirects", []) if isinstance(answer, dict) else []
    onward = {m.get("fromSlug"): m.get("toSlug") for m in moves if isinstance(m, dict)}
    seen = [slug]
    while (there := onward.get(seen[-1])) and there not in seen:
        seen.append(str(there))
    return seen[-1] if len(seen) > 1 else None


def _summary(web: Web, slug: str, release: str, missing: bool = False) -> Summary | None:
    try:
        url = f"{BASE}/publications/{slug}/releases/{release}/version-summary"
        return believed(Summary, web.json(url)[0])
    except UnansweredError as error:
        if missing and error.absent:
            return None
        raise


def _key(summary: Summary) -> str:
    return f"{summary.id} {summary.updated}"


def _files(web: Web, query: str) -> list[File]:
    """The data sets of a release, page by page, each once."""
    found: dict[str, File] = {}
    page, pages = 1, 1
    while page <= pages:
        url = f"{BASE}/data-set-files?{query}&page={page}&pageSize={_PAGE}"
        answer = believed(Files, web.json(url)[0])
        found |= {file.id: file for file in answer.results}
        page, pages = page + 1, min(answer.paging.pages, 50)
    return list(found.values())


def _older(web: Web, slug: str, newest: str, since: int) -> Iterator[Release]:
    answer, _ = web.json(f"{BASE}/publications/{slug}/releases")
    try:
        releases = _RELEASES.validate_python(answer)
    except ValidationError as error:
        raise unlike("list of releases", error) from error
    for release in releases:
        year = re.match(r"(\d{4})(?:-(\d{2}))?", release.slug)
        if release.slug != newest and year:
            ends = int(year.group(1)) + bool(year.group(2))
            if ends >= since:
                yield release


def _offered(
    publication: Publication,
    needed: set[str],
    release: Summary | Release,
    files: list[File],
    notes: list[str] | None,
    others: Publications = (),
) -> list[Item]:
    """The files that we use: matched by name without years, and then by title."""
    known = wanted(publication, needed)
    for other in others:
        known = {**wanted(other, needed), **known}
    found: dict[str, tuple[File, str]] = {}
    for file in sorted(files, key=lambda one: one.updated):  # of two, the later one holds
        data = known.get(name_of(file.name))
        if data:
            if data.id in found and notes is not None:
                notes.append(f"Two files are named like {file.name}; the later one is taken.")
            found[data.id] = (file, file.name)
    for data in publication.dataset:
        if data.id in found or data.id not in needed:
            continue
        free = [file for file in files if name_of(file.name) not in known]
        match = _by_title(data, free)
        if match:
            found[data.id] = (match, f"{data.files[0].name}.csv")
            if notes is not None:
                notes.append(f"‘{data.title}’ is now called {match.name}; it was known by title.")
        elif notes is not None:
            near = get_close_matches(data.files[0].name, [f.name for f in free], 1, 0.5)
            hint = f"; the nearest name is {near[0]}" if near else ""
            notes.append(f"‘{data.title}’ ({data.files[0].name}) is not in this release{hint}.")
    return [_item(publication.id, id, file, name, release) for id, (file, name) in found.items()]


def _by_title(data: Dataset, files: list[File]) -> File | None:
    """The file whose title is so like the data set's that it can only be that."""
    alike = [(SequenceMatcher(None, _plain(data.title), _plain(f.title)).ratio(), f) for f in files]
    alike.sort(key=lambda pair: -pair[0])
    if not alike or alike[0][0] < _ALIKE:
        return None
    clear = len(alike) == 1 or alike[0][0] - alike[1][0] > 0.03
    return alike[0][1] if clear else None


def _plain(title: str) -> str:
    title = re.sub(r"(19|20)\d{2}", " ", title.lower())
    title = re.sub(r"\bby (la|local authority)\b", " ", title)
    return " ".join(re.findall(r"[a-z0-9]+", title))


def _item(
    publication: str, dataset: str, file: File, name: str, release: Summary | Release
) -> Item:
    safe = re.sub(r"[^A-Za-z0-9._-]", "_", name)
    urls = [f"{BASE}/data-set-files/{file.id}/download"]
    if file.file:
        urls.append(f"{BASE}/releases/{release.id}/files/{file.file}")
    return Item(
        publication=publication,
        dataset=dataset,
        urls=tuple(urls),
        path=f"{publication}/{re.sub(r'[^A-Za-z0-9-]', '_', release.slug)}/{safe}",
        key=f"{file.id} {file.file} {file.updated}",
        release=release.slug,
        published=release.published,
        rows=file.meta.rows,
        archive=f"{BASE}/releases/{release.id}/files",
        member=f"data/{file.name}",
    )
