"""Who the page is about: the chosen area, whom it stands beside, and how it is to be drawn."""

from dataclasses import dataclass
from functools import cached_property

from cscdash.charts.theme import Role, Theme
from cscdash.places import Area, neighbours, places


@dataclass(frozen=True)
class ChosenArea:
    """The chosen area and its company.

    Attributes
    ----------
    area : Area
        The chosen area.
    group : tuple of str
        Whom it is compared with: its statistical neighbours in order of closeness, an own
        group, the authorities of a region; none for England.
    own_group : bool
        Whether the reader chose the group.
    theme : Theme
        Light or dark, ordinary or large type.
    """

    area: Area
    group: tuple[str, ...]
    own_group: bool
    theme: Theme

    @property
    def code(self) -> str:
        """The code of the chosen area."""
        return self.area.code

    @cached_property
    def region(self) -> Area | None:
        """The region that stands beside an authority, as publishers give it; None for others."""
        return places().shown_region_of(self.code) if self.area.level == "authority" else None

    @property
    def group_name(self) -> str:
        """What the group is called."""
        if self.own_group:
            return "own group"
        return "neighbours" if self.area.level == "authority" else "its authorities"

    @property
    def group_noun(self) -> str:
        """What one counts in the group: neighbours, or authorities."""
        usual = self.area.level == "authority" and not self.own_group
        return "neighbours" if usual else "authorities"

    def role(self, code: str) -> Role:
        """The role an area plays beside the chosen one."""
        return self._roles.get(code, "other")

    @cached_property
    def _roles(self) -> dict[str, Role]:
        roles: dict[str, Role] = dict.fromkeys(self.group, "neighbour")
        if self.region:
            roles[self.region.code] = "region"
        return roles | {places().england.code: "england"} | {self.code: "own"}


def choose_area(code: str, group: tuple[str, ...], theme: Theme) -> ChosenArea:
    """The subject of a page.

    Parameters
    ----------
    code : str
        The chosen area.
    group : tuple of str
        An own comparison group; the usual company of the area if empty.
    theme : Theme
        How it is drawn.
    """
    area = places().area(code)
    others = tuple(other for other in group if other != code)
    if others:
        return ChosenArea(area, others, True, theme)
    if area.level == "authority":
        return ChosenArea(area, tuple(near.code for near in neighbours(code)), False, theme)
    if area.level == "country":
        return ChosenArea(area, (), False, theme)
    return ChosenArea(area, tuple(a.code for a in places().members(code)), False, theme)
