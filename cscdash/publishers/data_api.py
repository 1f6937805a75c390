"""Explore Education Statistics: its public data API, for the publications that are in it.

It is asked only where the content service gives nothing. It keeps its promises longer, but holds a
part of the data sets, and names no files: they are known by title.
"""

from urllib.parse import quote, urlencode

from cscdash.catalogue.publications import Publication
from cscdash.publishers.client import Web
from cscdash.publishers.ees_answers import DataSet, Known, Page, believed, entries
from cscdash.publishers.manifest import place_of
from cscdash.publishers.matching import by_title
from cscdash.publishers.retries import UnansweredError
from cscdash.publishers.visit import Item, Visit

HOST = "api.education.gov.uk"
BASE = f"https://{HOST}/statistics/v1"
_PAGES = 10


def visit(publication: Publication, needed: set[str], web: Web) -> Visit:
    """Ask which of a publication's data sets the API has.

    Parameters
    ----------
    publication : Publication
        With a `slug`.
    needed : set of str
        The data sets that the catalogue uses.
    web : Web
        The client.

    Returns
    -------
    Visit
        Nothing of it is remembered: the content service is asked first the next time.

    Raises
    ------
    UnansweredError
        If the API does not answer, or has not this publication.
    """
    query = urlencode({"search": publication.title, "page": 1, "pageSize": 40})
    listed = believed(Page, web.json(f"{BASE}/publications?{query}")[0], HOST)
    ids = [one.id for one in entries(Known, listed.results) if one.slug == publication.slug]
    if not ids:
        raise UnansweredError(f"has no publication {publication.slug}", HOST, status=404)
    offered: list[DataSet] = []
    for page in range(1, _PAGES + 1):
        url = f"{BASE}/publications/{quote(ids[0], safe='')}/data-sets?page={page}&pageSize=20"
        answer = believed(Page, web.json(url)[0], HOST)
        offered += entries(DataSet, answer.results)
        if not answer.results or page >= (answer.pages or 1):
            break
    found = Visit(publication.id)
    for data in publication.dataset:
        if data.id not in needed:
            continue
        one = by_title(data, offered)
        if one is None:
            found.lacking.append(f"‘{data.title}’ is not in the public data API")
            continue
        found.items.append(
            Item(
                publication=publication.id,
                dataset=data.id,
                urls=(f"{BASE}/data-sets/{quote(one.id, safe='')}/csv",),
                path=place_of(publication.id, one.year or "newest", f"{data.files[0].name}.csv"),
                key=f"{one.id} {one.version}",
                release=one.year,
                published=one.published,
            )
        )
    return found
