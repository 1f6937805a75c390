"""One look for every chart: the same thing has the same colour, shape and dash everywhere."""

from dataclasses import dataclass
from typing import Any, Literal

Role = Literal["own", "neighbour", "median", "region", "england", "other"]
ROLES: tuple[Role, ...] = ("own", "neighbour", "median", "region", "england", "other")

# Government Analysis Function palette; contrast is computed in tests/unit/test_theme.py
_LIGHT = {
    "own": "#12436D",
    "neighbour": "#F46A25",
    "median": "#C24A0F",
    "region": "#1F7F77",
    "england": "#3D3D3D",
    "other": "#949494",
}
_DARK = {
    "own": "#3F8EDD",
    "neighbour": "#F68A53",
    "median": "#F68A53",
    "region": "#4CC4BA",
    "england": "#F2F2F2",
    "other": "#8A8F98",
}
SHAPES = {
    "own": "circle",
    "neighbour": "diamond",
    "median": "diamond",
    "region": "triangle-up",
    "england": "square",
    "other": "circle",
}
DASHES = {
    "own": [1, 0],
    "neighbour": [1, 0],
    "median": [7, 4],
    "region": [1, 0],
    "england": [2, 3],
    "other": [1, 0],
}
FONT = '"Source Sans", "Source Sans 3", "Helvetica Neue", Arial, sans-serif'


@dataclass(frozen=True)
class Theme:
    """Light or dark, ordinary or large type.

    Attributes
    ----------
    dark : bool
        For a dark page; pictures that leave the app are always light.
    large : bool
        For a screen that a room looks at.
    """

    dark: bool = False
    large: bool = False

    @property
    def colours(self) -> dict[str, str]:
        """The colour of each role."""
        return _DARK if self.dark else _LIGHT

    @property
    def ground(self) -> str:
        """The colour of the page."""
        return "#10161D" if self.dark else "#FFFFFF"

    @property
    def ink(self) -> str:
        """The colour of text."""
        return "#F1F3F5" if self.dark else "#1B2430"

    @property
    def quiet(self) -> str:
        """The colour of text that stands back."""
        return "#B4BCC6" if self.dark else "#56606C"

    @property
    def grid(self) -> str:
        """The colour of lines that only guide the eye."""
        return "#2B343E" if self.dark else "#E6E9ED"

    @property
    def band(self) -> str:
        """The colour of a band behind lines."""
        return "#222B35" if self.dark else "#EEF1F5"

    @property
    def shades(self) -> tuple[str, str]:
        """Grounds of cells of a table that lie outside the middle, and far outside it."""
        return ("#1C2A38", "#33485E") if self.dark else ("#E8EEF5", "#C9D7E6")

    @property
    def size(self) -> int:
        """The size of ordinary text in pixels."""
        return 18 if self.large else 14

    def config(self) -> dict[str, Any]:
        """The Vega-Lite configuration of every chart."""
        text = {"font": FONT, "fontSize": self.size, "color": self.ink}
        axis = {
            "labelFont": FONT,
            "labelFontSize": self.size - 1,
            "labelColor": self.quiet,
            "titleFont": FONT,
            "titleFontSize": self.size - 1,
            "titleFontWeight": "normal",
            "titleColor": self.quiet,
            "gridColor": self.grid,
            "domainColor": self.grid,
            "tickColor": self.grid,
        }
        return {
            "background": "transparent",
            "font": FONT,
            "view": {"stroke": None},
            # the chart's own sentence and its table speak; dots that speak one by one do not help
            "mark": {"aria": False},
            "axis": axis,
            "text": text,
            "legend": {"disable": True},
        }

    def scale(self, what: Literal["colour", "shape", "dash"]) -> tuple[list[str], list[Any]]:
        """Domain and range of the scale that gives each role its colour, shape or dash."""
        tables: dict[str, dict[str, Any]] = {
            "colour": dict(self.colours),
            "shape": dict(SHAPES),
            "dash": dict(DASHES),
        }
        table = tables[what]
        return list(ROLES), [table[role] for role in ROLES]


PAPER = Theme()  # of pictures that leave the app
