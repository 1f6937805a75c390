"""The views of an indicator: all that the app knows of each is said here.

From this table come the row of views, the addresses, the guide's *How to read*, and the tests that
walk through every view.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cscdash.analysis.extract import Extract
from cscdash.views.frame.chosen_area import ChosenArea
from cscdash.views.indicator import examples
from cscdash.views.indicator.all_authorities import all_authorities
from cscdash.views.indicator.deprivation import deprivation
from cscdash.views.indicator.map import map_view
from cscdash.views.indicator.neighbours import beside_neighbours
from cscdash.views.indicator.over_time import over_time
from cscdash.views.indicator.table import table
from cscdash.views.indicator.who import who

Draw = Callable[[Extract, ChosenArea, str], None]


@dataclass(frozen=True)
class View:
    """A view of an indicator.

    Attributes
    ----------
    code : str
        Its name in an address.
    name : str
        As the reader sees it.
    draw : callable or None
        Draws it: an extract, the chosen area and the page. None for *About*, which needs no
        figures.
    how_to_read : str
        For the guide.
    example : callable
        A sentence from an extract and an area, for the guide; empty where there is none.
    """

    code: str
    name: str
    draw: Draw | None
    how_to_read: str
    example: Callable[[Extract, ChosenArea], str] = lambda _, __: ""


_VIEWS = (
    View(
        "time",
        "Over time",
        over_time,
        "The bold line is the chosen area. Lines stop where a year has no value, and never"
        " cross a break. Ask first whether the latest change is larger than chance alone often"
        " gives, then whether England moved the same way. A trend is only named if five years"
        " pass a test.",
        examples.over_time,
    ),
    View(
        "neighbours",
        "Neighbours",
        beside_neighbours,
        "Ten places that resemble this one, listed by closeness and never by value. The band"
        " around each dot shows what chance alone could give: where two bands overlap a lot,"
        " the difference is not worth discussing.",
        examples.neighbours,
    ),
    View(
        "all",
        "All authorities",
        all_authorities,
        "Every ring is an authority, and the shaded part holds the middle half of them."
        " Height means nothing. The last sentence says how many authorities are as far from"
        " the middle, after allowing for how much authorities ordinarily differ.",
        examples.all_authorities,
    ),
    View(
        "map",
        "Map",
        map_view,
        "The same values on a map or as hexagons of equal size. Shades of one colour tell"
        " lower from higher numbers and nothing else; a place without a value stays empty, and"
        " says why. Large rural counties fill a map, so look at the hexagons as well.",
    ),
    View(
        "deprivation",
        "Deprivation",
        deprivation,
        "Each dot is an authority: further right it has more of the measure named below,"
        " further up a higher value. The line is what is typical for places with a similar"
        " measure, and the band holds most of them. A link across places is not a cause, and"
        " where it is weak no line is drawn.",
        examples.deprivation,
    ),
    View(
        "who",
        "Who",
        who,
        "The same indicator by age, ethnicity, placement or whatever breakdown is published."
        " Small groups move a lot; hidden ones show the letter of the reason. What is not"
        " published or not collected is said too: a gap is a finding.",
        examples.who,
    ),
    View(
        "table",
        "Table",
        table,
        "Every area and year; the whole extract as a file.",
    ),
    View(
        "about",
        "About",
        None,
        "What is counted, from which return, what the figure cannot tell, and where a series"
        " changed its meaning.",
        lambda held, _: held.indicator.limits,
    ),
)
VIEWS: Mapping[str, View] = {view.code: view for view in _VIEWS}
NAMES: Mapping[str, str] = {code: view.name for code, view in VIEWS.items()}
