"""Groups of children beside the same groups of residents: a larger share, or a smaller one."""

from collections.abc import Mapping
from dataclasses import dataclass

from cscdash.analysis.number_format import say
from cscdash.analysis.observations import CannotSay
from cscdash.analysis.small_numbers import FEWEST_IN_GROUP
from cscdash.analysis.uncertainty import Band, interval
from cscdash.analysis.wording import listed
from cscdash.extracts.observation import Observation

REST = "rest"  # in the declaration: what the other groups leave of 100


@dataclass(frozen=True)
class GroupShare:
    """A group beside the same group of residents.

    Attributes
    ----------
    name : str
        The category of the breakdown.
    counted : Observation
        How many children of the group there are.
    share : Band
        Their percentage of all children whose group is known, with its 95 % interval.
    residents : float
        The group's percentage of all residents.
    """

    name: str
    counted: Observation
    share: Band
    residents: float

    @property
    def differs(self) -> str:
        """``larger`` or ``smaller`` than among residents beyond chance, else empty."""
        if self.share.low > self.residents:
            return "larger"
        return "smaller" if self.share.high < self.residents else ""


def group_shares(
    groups: Mapping[str, Observation], residents: Mapping[str, float]
) -> list[GroupShare] | CannotSay:
    """Each group's share of the children whose group is known, beside its share of residents.

    Parameters
    ----------
    groups : mapping of str to Observation
        Category -> how many children; categories that `residents` lacks (“not yet known”) are
        left out of the whole.
    residents : mapping of str to float
        Category -> percentage of all residents.

    Returns
    -------
    list of GroupShare or CannotSay
        In the order of `groups`. Nothing is said if a group is hidden, for then the whole is not
        known, or if there are fewer than 20 children in it (`small_numbers.too_few`).
    """
    known = {name: one for name, one in groups.items() if name in residents}
    if len(known) < len(residents):
        return CannotSay("the numbers of some groups are not published")
    if any(one.value is None for one in known.values()):
        return CannotSay("the numbers of some groups are hidden")
    whole = sum(one.value or 0.0 for one in known.values())
    if whole < FEWEST_IN_GROUP:
        return CannotSay(f"there are fewer than {FEWEST_IN_GROUP} children")
    shares = {name: interval(one.value, whole, "percent") for name, one in known.items()}
    return [
        GroupShare(name, known[name], share, residents[name])
        for name, share in shares.items()
        if isinstance(share, Band)
    ]


def of_residents(
    declared: Mapping[str, str], values: Mapping[str, float]
) -> dict[str, float] | CannotSay:
    """The percentage of residents in each category.

    Parameters
    ----------
    declared : mapping of str to str
        Category -> id of a context measure, or ``rest``.
    values : mapping of str to float
        Context measure -> its value in the area; NaN where there is none.
    """
    found = {name: values[id] for name, id in declared.items() if id != REST}
    if any(value != value for value in found.values()):
        return CannotSay("the residents of this area by group are not known")
    left = 100.0 - sum(found.values())
    return {name: found.get(name, left) for name in declared}


def described(place: str, noun: str, shares: list[GroupShare]) -> str:
    """Which groups are a larger or smaller share of the children than of the residents."""
    told = []
    for which in ("larger", "smaller"):
        some = [
            f"{one.name} ({say(one.share.estimate, 'percent', 1)} beside"
            f" {say(one.residents, 'percent', 1)})"
            for one in shares
            if one.differs == which
        ]
        if some:
            told.append(f"a {which} share of {noun} than of all residents: {listed(some)}")
    if not told:
        return (
            f"In {place} no group is a larger or smaller share of {noun} than of all residents,"
            " beyond what chance alone often gives."
        )
    return f"In {place} {'; '.join(told)}."
