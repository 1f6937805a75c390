"""Explore Education Statistics: its content service, from a publication's slug to its files.

The service is the website's own and makes no promise to others: every id is asked for anew, what
it answers is checked before it is believed, and each route has another to fall back on.
"""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from cscdash.catalogue.publications import Publication
from cscdash.publishers.client import Web
from cscdash.publishers.ees_answers import (
    HOST,
    A,
    About,
    Content,
    File,
    OfContent,
    Page,
    Release,
    Summary,
    believed,
    entries,
)
from cscdash.publishers.manifest import Memory, place_of
from cscdash.publishers.matching import matched
from cscdash.publishers.retries import UnansweredError
from cscdash.publishers.visit import Item, Visit

Publications = Sequence[Publication]

BASE = f"https://{HOST}/api"
_PAGE = 40  # the most it allows
_PAGES = 50
_READINGS = 3  # of a list that changes meanwhile


def visit(
    publication: Publication,
    needed: set[str],
    web: Web,
    memory: Memory,
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
    memory : Memory
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
    enough = since is None or (memory.since is not None and memory.since <= since)
    if memory.release and memory.slug and whole and enough:
        known = _summary(web, memory.slug, memory.release, missing=True)
        if known and known.latest and _key(known) == memory.key:
            return Visit(publication.id, unchanged=True, memory=memory)
    about, slug, summary, files = _newest(web, str(publication.slug))
    found = Visit(publication.id)
    found.items = _offered(publication, needed, summary, files, found)
    reach = since if since is not None else memory.since
    found.memory = Memory(
        slug=slug,
        release=summary.slug,
        title=summary.title,
        key=_key(summary),
        published=summary.published,
        updated=summary.updated,
        next=about.due_text(),
        since=reach,
    )
    if since is not None:
        for older in _older(web, slug, summary.slug, since):
            files = _files(web, f"releaseId={quote(older.id, safe='')}", slug, older.slug)
            found.items += _offered(publication, needed, older, files, None, others)
    return found


def _newest(web: Web, slug: str) -> tuple[About, str, Summary, list[File]]:
    """The newest release and its files, all of one version; and the slug of today."""
    for _ in range(_READINGS):
        about, slug = _publication(web, slug)
        summary = _summary(web, slug, about.latest.slug)
        query = f"publicationId={quote(about.id, safe='')}&latestOnly=true"
        files = _files(web, query, slug, about.latest.slug)
        if summary and all(file.release in ("", summary.id) for file in files):
            return about, slug, summary, files
    raise UnansweredError(f"changed {slug} while we read what it holds", HOST)


def _publication(web: Web, slug: str) -> tuple[About, str]:
    try:
        about = believed(About, web.json(f"{BASE}/publications/{slug}")[0])
    except UnansweredError as error:
        if not error.absent:
            raise
        now = _redirected(web, slug)
        if now is None:
            raise
        slug = now
        about = believed(About, web.json(f"{BASE}/publications/{quote(slug, safe='')}")[0])
    return about, about.slug or slug


def _redirected(web: Web, slug: str) -> str | None:
    """The slug that took the place of an old one, if one did."""
    answer, _ = web.json(f"{BASE}/redirects")
    moves = answer.get("publicationRedirects") if isinstance(answer, dict) else []
    onward = {
        move["fromSlug"]: move["toSlug"]
        for move in (moves if isinstance(moves, list) else [])
        if isinstance(move, dict)
        and isinstance(move.get("fromSlug"), str)
        and isinstance(move.get("toSlug"), str)
    }
    seen = [slug]
    while (there := onward.get(seen[-1])) and there not in seen:
        seen.append(there)
    return seen[-1] if len(seen) > 1 else None


def _summary(web: Web, slug: str, release: str, missing: bool = False) -> Summary | None:
    names = quote(slug, safe=""), quote(release, safe="")
    try:
        url = f"{BASE}/publications/{names[0]}/releases/{names[1]}/version-summary"
        return believed(Summary, web.json(url)[0])
    except UnansweredError as error:
        if not error.absent:
            raise
        if missing:
            return None
        for one in _releases(web, slug):  # the list of releases names the version too
            if one.slug == release and one.id:
                return Summary(
                    id=one.id, slug=release, title=one.title, published=one.published,
                    isLatestRelease=None, lastUpdated="",
                )  # fmt: skip
        raise


def _key(summary: Summary) -> str:
    return f"{summary.id} {summary.updated}"


def _files(web: Web, query: str, slug: str, release: str) -> list[File]:
    """The data sets of a release, each once: by the list of all, or by the release's own page."""
    try:
        return list({file.id: file for file in _paged(web, "data-set-files", query, File)}.values())
    except UnansweredError as error:
        if not error.absent:
            raise
        names = quote(slug, safe=""), quote(release, safe="")
        url = f"{BASE}/publications/{names[0]}/releases/{names[1]}/data-content"
        try:
            content = believed(Content, web.json(url)[0])
        except UnansweredError:
            raise error from None
        return [one.as_file() for one in entries(OfContent, content.sets)]


def _paged(web: Web, path: str, query: str, shape: type[A]) -> Iterator[A]:
    for page in range(1, _PAGES + 1):
        url = f"{BASE}/{path}?{query}{'&' if query else ''}page={page}&pageSize={_PAGE}"
        answer = believed(Page, web.json(url)[0])
        yield from entries(shape, answer.results)
        last = page >= answer.pages if answer.pages is not None else len(answer.results) < _PAGE
        if last:
            return


def _releases(web: Web, slug: str) -> list[Release]:
    """All releases of a publication: by the older list, which names versions, or the newer."""
    name = quote(slug, safe="")
    try:
        answer, _ = web.json(f"{BASE}/publications/{name}/releases")
        found = entries(Release, answer)
        if found:
            return found
    except UnansweredError as error:
        if not error.absent:
            raise
    return list(_paged(web, f"publications/{name}/release-entries", "", Release))


def _older(web: Web, slug: str, newest: str, since: int) -> Iterator[Release]:
    for release in _releases(web, slug):
        year = re.match(r"(\d{4})(?:-(\d{2}))?", release.slug)
        if release.slug == newest or not year:
            continue
        if int(year.group(1)) + bool(year.group(2)) >= since:
            if not release.id:
                summary = _summary(web, slug, release.slug)
                release.id = summary.id if summary else ""
            yield release


def _offered(
    publication: Publication,
    needed: set[str],
    release: Summary | Release,
    files: list[File],
    found: Visit | None,
    others: Publications = (),
) -> list[Item]:
    """The files that we use; what is lacking or odd is said in `found`, where that is given."""
    match = matched(publication, needed, files, others)
    if found is not None:
        found.notes += match.notes
        found.lacking += match.lacking
    items = []
    for dataset, (file, name) in match.files.items():
        urls = [f"{BASE}/data-set-files/{quote(file.id, safe='')}/download"]
        version = quote(release.id, safe="")
        if file.file and version:
            urls.append(f"{BASE}/releases/{version}/files/{quote(file.file, safe='')}")
        items.append(
            Item(
                publication=publication.id,
                dataset=dataset,
                urls=tuple(urls),
                path=place_of(publication.id, release.slug, name),
                key=f"{file.id} {file.file} {file.updated}",
                release=release.slug,
                published=release.published,
                rows=file.rows,
                archive=f"{BASE}/releases/{version}/files" if version else "",
                member=(file.name or name).rsplit("/", 1)[-1],
            )
        )
    return items
