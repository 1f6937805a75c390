"""Files at one address; where an address holds a year, its newest edition."""

from datetime import date

from cscdash.catalogue.publications import Download, Publication
from cscdash.publishers.manifest import Memory, place_of
from cscdash.publishers.visit import Item, Visit

_EDITIONS = 4


def visit(
    publication: Publication, way: Download, memory: Memory, here: bool, today: date
) -> Visit:
    """What to ask the address for; whether it is new shows when it is asked.

    Parameters
    ----------
    publication : Publication
        Whose file it is.
    way : Download
        The address.
    memory : Memory
        What the last visit gave.
    here : bool
        Whether its file is still here.
    today : date
        Editions of a year appear in the next.

    Returns
    -------
    Visit
        Unchanged, without asking, where the newest edition that there can be is here.
    """
    data = publication.dataset[0].id if publication.dataset else ""
    if "{year}" not in way.url:
        return Visit(publication.id, [_item(publication, data, way.url, way.filename)])
    newest = today.year - 1
    held = int(memory.edition) if here and memory.edition.isdecimal() else 0
    if held >= newest:
        return Visit(publication.id, unchanged=True, memory=memory)
    years = [newest] if held else [newest - back for back in range(_EDITIONS)]
    found = Visit(publication.id)
    for year in years:
        url = way.url.replace("{year}", str(year)).replace("{yy}", f"{year % 100:02d}")
        name = way.filename.replace("{year}", str(year))
        found.items.append(_item(publication, data, url, name, str(year)))
    return found


def _item(publication: Publication, dataset: str, url: str, name: str, release: str = "") -> Item:
    return Item(
        publication=publication.id,
        dataset=dataset,
        urls=(url,),
        path=place_of(publication.id, name),
        release=release,
    )
