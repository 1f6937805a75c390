"""Search over everything a reader may look for: indicators, expectations, words and places."""

from dataclasses import dataclass
from functools import cache

from cscdash.catalogue import Indicator, catalogue
from cscdash.catalogue.framework import Term, framework
from cscdash.framework.items import Item, items
from cscdash.framework.search import Index, items_index, synonyms
from cscdash.places import Area, places, resolve


@dataclass(frozen=True)
class Found:
    """What a question finds, the best first in each kind.

    Attributes
    ----------
    places, indicators, expectations, terms : tuple
        At most six of each.
    """

    places: tuple[Area, ...]
    indicators: tuple[Indicator, ...]
    expectations: tuple[Item, ...]
    terms: tuple[Term, ...]

    def __bool__(self) -> bool:
        """Whether anything was found."""
        return bool(self.places or self.indicators or self.expectations or self.terms)


def find(asked: str, most: int = 6) -> Found:
    """Look for a question in everything.

    Parameters
    ----------
    asked : str
        As somebody typed it: a name, a code, or words.
    most : int
        How many of each kind are given.
    """
    asked = asked.strip()[:200]
    areas = _places(asked)[:most]
    terms = {term.term: term for term in framework().terms}
    return Found(
        areas,
        tuple(catalogue().indicator(id) for id in _indicators().find(asked)[:most]),
        tuple(items()[id] for id in items_index().find(asked)[:most]),
        tuple(terms[id] for id in _terms().find(asked)[:most]),
    )


def _places(asked: str) -> tuple[Area, ...]:
    """The places that bear a name or code, then those whose name begins with it or holds it."""
    said = asked.lower()
    if not said:
        return ()
    known = places()
    # after an authority that was abolished, those that have its area now
    codes = [c for area in resolve(asked) for c in (area.code, *area.successors)]
    exact = [known.areas[code] for code in codes if known.areas[code] in _offered()]
    begin = [area for area in _offered() if area.short.lower().startswith(said)]
    hold = [area for area in _offered() if len(said) > 2 and said in area.name.lower()]
    return tuple(dict.fromkeys([*exact, *begin, *hold]))


@cache
def _offered() -> tuple[Area, ...]:
    known = places()
    areas = (known.england, *known.regions, *known.subregions)
    return (*areas, *known.authorities, *known.abolished)


@cache
def _indicators() -> Index:
    return Index(
        [
            (
                one.id,
                f"{one.title} {one.short}",
                f"{one.numerator} {one.denominator} {one.annex_b}",
                f"{catalogue().chapter(one.chapter).title} {one.why} {' '.join(one.questions)}",
            )
            for one in catalogue().indicators
        ],
        synonyms(),
    )


@cache
def _terms() -> Index:
    return Index([(t.term, t.term, " ".join(t.also), t.text) for t in framework().terms])
