"""One way from what people write to the areas they mean: for files, search and addresses.

A name is looked up as publishers and people write it; then without the words for a council. Rules
only ever take words away that say what kind of council it is, and hold the area to that kind, so
that nothing is guessed. Names that stand for several areas give all of them, to be asked about.
"""

import re
import unicodedata
from functools import cache, lru_cache

from cscdash.errors import CscdashError
from cscdash.places.areas import Area, Places, places
from cscdash.places.reference import REFERENCE, read_table

_LONGEST = 120
_BEFORE = re.compile(
    r"^(?:(?:the )?(?P<london>london borough of|royal borough of|lb of|lb|rb of)"
    r"|(?P<county>(?:the )?county of)"
    r"|(?:the )?(?:metropolitan |unitary )?(?:city and county|city|borough|district|council)"
    r" of(?: the)?|the) "
)
_AFTER = re.compile(
    r" (?:(?P<county>county council)"
    r"|(?P<city>city council|city of|city)"
    r"|(?P<metropolitan>metropolitan borough council|metropolitan district council"
    r"|metropolitan borough|metropolitan district|metropolitan council|mbc|mdc)"
    r"|(?P<london>london borough council|london borough|lb|lbc)"
    r"|cc|borough council|district council|unitary authority|unitary|ua|council|borough"
    r"|bc|county of|local authority|la|childrens services|children services"
    r"|childrens trust|childrens social care|safeguarding|corporation|region|england)$"
)
_CODE = re.compile(r"(?:la |la code |no )?(\d{3})(?: (.+))?")


def resolve(text: str) -> tuple[Area, ...]:
    """The areas that a code or a name may stand for.

    Parameters
    ----------
    text : str
        The Department's number, any ONS code that an area has or had, or a name: ``Leeds City
        Council``, ``London Borough of Sutton``, ``B&NES``, ``Kingston and Richmond``.

    Returns
    -------
    tuple of Area
        One, if it can be read in one way; several, to be asked about (the two authorities of a
        joint return among them); none, if it is not known.
    """
    return _resolve(text[:_LONGEST])


def the_area(text: str) -> Area:
    """The one area that a code or a name stands for.

    Raises
    ------
    CscdashError
        Naming the areas that it may stand for, or the nearest one.
    """
    found = resolve(text)
    if len(found) == 1:
        return found[0]
    if found:
        said = " or ".join(f"{area.short} ({area.code})" for area in found)
        raise CscdashError(f"‘{text[:60]}’ may be {said}: write which.")
    return places().area(text[:60])  # unknown: its message names the nearest


@lru_cache(maxsize=4096)
def _resolve(text: str) -> tuple[Area, ...]:
    known = places()
    bare = text.strip()
    if bare[:1] in ("=", "+", "-", "@"):  # a formula is no name
        return ()
    if found := known.areas.get(bare.upper()) or known.by_gss(bare.upper()):
        return (found,)
    plain = _plain(bare)
    if numbered := _CODE.fullmatch(plain):
        return _numbered(numbered, known)
    return _named(plain, known)


def _numbered(said: re.Match[str], known: Places) -> tuple[Area, ...]:
    """A number, and perhaps a name beside it, which must be the same area's."""
    area = known.areas.get(said[1])
    if area is None or not said[2]:
        return (area,) if area else ()
    named = _named(said[2], known)
    if area in named or not named:
        return (area,) if named else ()
    return (area, *named)


def _named(plain: str, known: Places) -> tuple[Area, ...]:
    kinds: set[str] = set()
    for _ in range(4):
        if found := _exact(plain, known):
            return _of_kind(found, kinds, plain, known)
        for pattern in (_AFTER, _BEFORE):
            if cut := pattern.search(plain):
                kinds |= {kind for kind, said in cut.groupdict().items() if said}
                plain = (plain[: cut.start()] + plain[cut.end() :]).strip()
                break
        else:
            return ()
    return ()


def _exact(plain: str, known: Places) -> tuple[Area, ...]:
    if plain in _declared():
        return tuple(known.area(code) for code in _declared()[plain])
    found = _names().get(plain)
    return (found,) if found else ()


def _of_kind(
    found: tuple[Area, ...], kinds: set[str], plain: str, known: Places
) -> tuple[Area, ...]:
    """Those of the kind that the words for a council said; nothing where it contradicts them.

    ``Derby County Council`` may be the city or the county: both are given.
    """
    kept = tuple(
        area
        for area in found
        if area.level == "authority"
        and ("london" not in kinds or area.kind == "London borough" or area.code == "868")
        and ("metropolitan" not in kinds or area.kind == "metropolitan district")
        and ("city" not in kinds or area.kind not in ("county",))
    )
    kept = kept if kinds else found
    if "county" in kinds and (county := _names().get(f"{plain}shire")):
        return tuple(dict.fromkeys((*kept, county)))
    if "county" in kinds:
        return tuple(a for a in kept if a.kind not in ("London borough", "metropolitan district"))
    return kept


def _plain(name: str) -> str:
    """A name without case, accents, punctuation and ``&``."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    bare = bare.replace("&", " and ").replace("'", "")
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()


@cache
def _names() -> dict[str, Area]:
    """Official and shown names, and those that other publishers print."""
    known = places()
    everyone = sorted(known.areas.values(), key=lambda area: area.closed is not None)
    found: dict[str, Area] = {}
    for area in everyone:
        for name in (area.short, *area.also):
            found.setdefault(_plain(name), area)
    for area in everyone:  # old and new Dorset share their official name: today's has it
        found.setdefault(_plain(area.name), area)
    return found


@cache
def _declared() -> dict[str, tuple[str, ...]]:
    """Other names that people use, and the areas that each may stand for."""
    rows = read_table(REFERENCE / "place_names.csv", ("name", "areas"))
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        if found.setdefault(_plain(row["name"]), tuple(row["areas"].split())) != tuple(
            row["areas"].split()
        ):
            raise CscdashError(f"place_names.csv names ‘{row['name']}’ twice.")
    return found
