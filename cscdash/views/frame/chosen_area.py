"""Who the page is about: the chosen area, what it is compared with, and how it is to be drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from cscdash.analysis.similarity import USUAL_MEASURES, alike
from cscdash.charts.theme import Role, Theme
from cscdash.places import Area, context_values, neighbours, places

# what an area can be compared with: how the chooser, a chart and a count name it
COMPARISONS: Mapping[str, tuple[str, str, str]] = {
    "neighbours": ("Statistical neighbours", "neighbours", "neighbours"),
    "region": ("Authorities of its region", "authorities of its region", "authorities"),
    "members": ("Its authorities", "its authorities", "authorities"),
    "regions": ("All regions", "regions", "regions"),
    "like": ("Places like it", "places like it", "authorities"),
    "own": ("Own group", "own group", "authorities"),
}


@dataclass(frozen=True)
class ChosenArea:
    """The chosen area and what it is compared with.

    Attributes
    ----------
    area : Area
        The chosen area.
    group : tuple of str
        The codes of what it is compared with; statistical neighbours in order of closeness.
    comparison : str
        Which of `COMPARISONS` the group is.
    theme : Theme
        Light or dark, ordinary or large type.
    """

    area: Area
    group: tuple[str, ...]
    comparison: str
    theme: Theme

    @property
    def code(self) -> str:
        """The code of the chosen area."""
        return self.area.code

    @property
    def until(self) -> str:
        """Its code, if it was abolished: with it nothing is told of anybody after its last value.

        Empty for any other area (`loaded.extract` takes it).
        """
        return self.code if self.area.closed else ""

    @property
    def own_group(self) -> bool:
        """Whether the reader named the group, place by place."""
        return self.comparison == "own"

    @property
    def by_closeness(self) -> bool:
        """Whether the group is the statistical neighbours, which stand in order of closeness."""
        return self.comparison == "neighbours"

    @cached_property
    def region(self) -> Area | None:
        """The region that stands beside an authority, as publishers give it; None for others."""
        return places().shown_region_of(self.code) if self.area.level == "authority" else None

    @property
    def group_name(self) -> str:
        """What the group is called."""
        return COMPARISONS[self.comparison][1]

    @property
    def group_noun(self) -> str:
        """What one counts in the group: neighbours, regions or authorities."""
        return COMPARISONS[self.comparison][2]

    @property
    def query(self) -> dict[str, str]:
        """The area and what it is compared with, as the parameters of an address."""
        found = {"area": self.code}
        if self.own_group:
            found["group"] = ".".join(self.group)
        elif self.comparison != comparisons(self.area)[0]:
            found["compare"] = self.comparison
        return found

    def role(self, code: str) -> Role:
        """The role an area plays beside the chosen one."""
        return self._roles.get(code, "other")

    @cached_property
    def _roles(self) -> dict[str, Role]:
        roles: dict[str, Role] = dict.fromkeys(self.group, "neighbour")
        if self.region:
            roles[self.region.code] = "region"
        return roles | {places().england.code: "england"} | {self.code: "own"}


def comparisons(area: Area) -> tuple[str, ...]:
    """What an area can be compared with, besides an own group; the usual comparison first."""
    if area.closed:  # the model of neighbours and the context know today's authorities alone
        return ("region", "regions")
    if area.level == "authority":
        return ("neighbours", "region", "regions", "like")
    return ("regions",) if area.level == "country" else ("members", "regions")


def choose_area(
    code: str, group: tuple[str, ...], theme: Theme, comparison: str = ""
) -> ChosenArea:
    """The subject of a page.

    Parameters
    ----------
    code : str
        The chosen area.
    group : tuple of str
        An own comparison group; if empty, `comparison` decides.
    theme : Theme
        How it is drawn.
    comparison : str
        One of `comparisons`; the usual one if the area does not have it.
    """
    area = places().area(code)
    others = tuple(other for other in group if other != code)
    if others:
        return ChosenArea(area, others, "own", theme)
    usual = comparisons(area)
    chosen = comparison if comparison in usual else usual[0]
    found = _group(area, chosen)
    if not found:
        chosen, found = usual[0], _group(area, usual[0])
    return ChosenArea(area, found, chosen, theme)


def _group(area: Area, comparison: str) -> tuple[str, ...]:
    known, code = places(), area.code
    if comparison == "neighbours":
        return tuple(near.code for near in neighbours(code))
    if comparison == "like":
        found = alike(context_values()[list(USUAL_MEASURES)], code)
        return found.places if found else ()
    if comparison == "members":
        return tuple(one.code for one in known.members(code))
    region = known.region_of(code).code
    beside = known.regions if comparison == "regions" else known.members(region, area.closed)
    own = (code, region) if comparison == "regions" else (code,)
    return tuple(one.code for one in beside if one.code not in own)
