"""Charts as narrow as a telephone: names leave the plot and stand above it, as a legend."""

from collections.abc import Iterator, Sequence

import altair as alt

from cscdash.charts.theme import Theme

# Asked of the page, for the plot is not yet laid out.
NARROW = "containerSize()[0] < 560"
_SHORT = 22  # characters of a name that leaves room for another beside it


def slots(names: Sequence[str]) -> list[float]:
    """The place of each name in the legend, two beside each other where all are short."""
    step = 1 if all(len(name) <= _SHORT for name in names) else 2
    return [float(at * step) for at in range(len(names))]


def legend(labels: alt.Chart, theme: Theme, colour: alt.Color) -> Iterator[alt.Chart]:
    """The legend above a narrow plot, a symbol and a name for each label.

    Parameters
    ----------
    labels : Chart
        The rows of the labels, with ``role``, ``name`` and ``slot`` as `slots` gives it.
    theme : Theme
        Of the page.
    colour : Color
        The scale of roles.
    """
    domain, shapes = theme.scale("shape")
    step = theme.size + 5
    along = "datum.slot % 2 * width / 2 + {dx}"
    up = f"{NARROW} ? -{step + 14} - {step} * floor(datum.slot / 2) : 0"
    shown = alt.value(alt.ExprRef(f"{NARROW} ? 1 : 0"))
    place = {"y": alt.value(alt.ExprRef(up)), "opacity": shown, "color": colour}
    shape = alt.Shape("role:N").scale(domain=domain, range=shapes).legend(None)
    x = alt.value(alt.ExprRef(along.format(dx=8)))
    yield labels.mark_point(filled=True, size=70).encode(x=x, shape=shape, **place)
    name = alt.ExprRef(f"{NARROW} ? datum.name : ''")
    yield labels.mark_text(align="left", fontSize=theme.size - 1, text=name).encode(
        x=alt.value(alt.ExprRef(along.format(dx=20))), **place
    )
