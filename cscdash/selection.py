"""What a page shows: area, comparison, indicator, view. Pure; pages, links and packs speak it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from cscdash.catalogue.models import Catalogue

View = Literal["time", "neighbours", "all", "map", "deprivation", "who", "table", "about"]
VIEWS: tuple[View, ...] = get_args(View)
VIEW_NAMES: Mapping[View, str] = {
    "time": "Over time",
    "neighbours": "Neighbours",
    "all": "All authorities",
    "map": "Map",
    "deprivation": "Deprivation",
    "who": "Who",
    "table": "Table",
    "about": "About",
}
ENGLAND = "E92000001"


@dataclass(frozen=True)
class Selection:
    """What is chosen, in codes; `to_query` writes it into an address, `from_query` reads it.

    Attributes
    ----------
    area : str
        The code of the area.
    group : tuple of str
        An own comparison group; the statistical neighbours if empty.
    indicator : str
        The indicator in focus; the first of the chapter if empty.
    view : View
        How it is looked at.
    breakdown : str
        Which breakdown *Who* shows; the first if empty.
    """

    area: str = ENGLAND
    group: tuple[str, ...] = ()
    indicator: str = ""
    view: View = "time"
    breakdown: str = ""

    def to_query(self) -> dict[str, str]:
        """The selection as the parameters of an address; what is empty is left out."""
        query = {
            "area": self.area,
            "group": ".".join(self.group),
            "indicator": self.indicator,
            "view": self.view if self.view != "time" else "",
            "breakdown": self.breakdown,
        }
        return {key: value for key, value in query.items() if value}


@dataclass(frozen=True)
class Asked:
    """A selection as read from an address, and what in it could not be followed."""

    selection: Selection
    notices: tuple[str, ...] = field(default=())


def from_query(
    query: Mapping[str, str], areas: Sequence[str], catalogue: Catalogue, home: str = ENGLAND
) -> Asked:
    """Read a selection from the parameters of an address, whatever they hold.

    Parameters
    ----------
    query : mapping of str to str
        The parameters; unknown ones are left alone.
    areas : sequence of str
        The codes that may be chosen.
    catalogue : Catalogue
        Says which indicators there are.
    home : str
        The area where none is named.

    Returns
    -------
    Asked
        Every unknown or stale value is replaced by its default and noticed in words.
    """
    selection, notices = Selection(area=home), []
    area = query.get("area", home)
    if area in areas:
        selection = replace(selection, area=area)
    else:
        notices.append("The area in this address is not one we know, so another is shown.")
    group = tuple(dict.fromkeys(code for code in query.get("group", "").split(".") if code))
    selection = replace(selection, group=tuple(code for code in group if code in areas))
    if len(selection.group) < len(group):
        notices.append(
            "Part of the comparison group in this address is not known and was left out."
        )
    indicator = query.get("indicator", "")
    if not indicator or any(known.id == indicator for known in catalogue.indicators):
        selection = replace(selection, indicator=indicator)
    else:
        notices.append("The indicator in this address is not one we know, so another is shown.")
    view = query.get("view", "time")
    for known in VIEWS:
        if view == known:
            selection = replace(selection, view=known)
            break
    else:
        notices.append("The view in this address is not one we know, so another is shown.")
    return Asked(replace(selection, breakdown=query.get("breakdown", "")[:80]), tuple(notices))
