"""What a page shows: area, comparison, indicator, view; and the address that shows it again.

Reading an address is the business of the controls themselves (`views/frame/address.py`).
"""

from dataclasses import dataclass

ENGLAND = "E92000001"


@dataclass(frozen=True)
class Selection:
    """What is chosen, in codes; `to_query` writes it into an address.

    Attributes
    ----------
    area : str
        The code of the area.
    group : tuple of str
        An own comparison group; the statistical neighbours if empty.
    indicator : str
        The indicator in focus; the first of the chapter if empty.
    view : str
        How it is looked at: a code of `views/indicator/registry.py`.
    breakdown : str
        Which breakdown *Who* shows; the first if empty.
    """

    area: str = ENGLAND
    group: tuple[str, ...] = ()
    indicator: str = ""
    view: str = "time"
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
