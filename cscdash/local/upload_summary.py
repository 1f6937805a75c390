"""The proposal of a file: what was read, what is hidden and left out, where it will show."""

from collections import defaultdict
from collections.abc import Sequence

from cscdash.analysis.number_format import say
from cscdash.extracts import Status
from cscdash.local.named_periods import say_when
from cscdash.local.own_measures import Known
from cscdash.local.row import Figure
from cscdash.local.row_checks import Checked, sentence
from cscdash.places import places

_LISTED = 24  # figures that the terminal lists
_LEFT_OUT = 12  # lines of what was left out


def table(figures: Sequence[Figure], known: Known) -> list[dict[str, str]]:
    """What was read: a row for each measure and area, with the place where it will be shown."""
    groups: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in sorted(figures, key=lambda f: f.when.end):
        groups[figure.indicator, figure.area].append(figure)
    rows = []
    for (id, area), of in groups.items():
        measure = known.measures[id]
        first, last = (say_when(of[at].when, measure.period_means) for at in (0, -1))
        rows.append(
            {
                "Measure": measure.title,
                "Area": places().areas[area].short,
                "Periods": first if first == last else f"{first} to {last}",
                "Figures": str(len(of)),
                "Hidden": str(sum(figure.status == "c" for figure in of)),
                "Shown": f"{measure.chapter.replace('_', ' ')}, "
                + ("as not yet published" if measure.standing == "gap" else "Over time"),
            }
        )
    return rows


def each(figures: Sequence[Figure], known: Known) -> list[dict[str, str]]:
    """Every figure: where it stood, and what it was taken for, its value with its unit."""
    return [
        {
            "Where": figure.at,
            "Measure": known.measures[figure.indicator].short,
            "Area": places().areas[figure.area].short,
            "Period": say_when(figure.when, known.measures[figure.indicator].period_means),
            "Group": "everybody" if figure.breakdown == "total" else figure.category,
            "Value": _value(figure, known),
        }
        for figure in figures
    ]


def summary(checked: Checked, known: Known, shown: Sequence[Figure] | None = None) -> list[str]:
    """The proposal in lines.

    Parameters
    ----------
    checked : Checked
        What was read.
    known : Known
        What it may be of.
    shown : sequence of Figure, optional
        Its figures as they would be kept, where that is known.
    """
    figures = checked.figures if shown is None else shown
    lines = [
        f"{row['Measure']}, {row['Area']}: {row['Figures']} figures, {row['Periods']};"
        f" shown on {row['Shown']}."
        for row in table(figures, known)
    ]
    rows = each(figures, known)
    lines += [
        f"  {row['Where']}: {row['Measure']}, {row['Area']}, {row['Period']}, {row['Group']}:"
        f" {row['Value']}"
        for row in rows[:_LISTED]
    ]
    if len(rows) > _LISTED:
        lines.append(f"  and {len(rows) - _LISTED} more")
    lines += checked.words
    out = [f"Left out: {sentence(one)}" for one in checked.left_out]
    lines += out[:_LEFT_OUT]
    if len(out) > _LEFT_OUT:
        lines.append(f"Left out: {len(out) - _LEFT_OUT} more.")
    return lines


def _value(figure: Figure, known: Known) -> str:
    if figure.value is None:
        return Status.of(figure.status).spelled
    measure = known.measures[figure.indicator]
    return say(figure.value, measure.unit, measure.decimals)
