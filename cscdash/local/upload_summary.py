"""What was read, and where it will be shown."""

from collections import defaultdict

from cscdash.local.own_measures import Known
from cscdash.local.row_checks import Checked
from cscdash.places import places


def table(checked: Checked, known: Known) -> list[dict[str, str]]:
    """What was read: a row for each measure and area, with the place where it will be shown."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for figure in sorted(checked.figures, key=lambda f: f.when.end):
        groups[figure.indicator, figure.area].append(figure.when.text)
    rows = []
    for (id, area), periods in groups.items():
        measure = known.measures[id]
        first, last = periods[0], periods[-1]
        rows.append(
            {
                "Measure": measure.title,
                "Area": places().areas[area].short,
                "Periods": first if first == last else f"{first} to {last}",
                "Figures": str(len(periods)),
                "Shown": f"{measure.chapter.replace('_', ' ')}, "
                + ("as not yet published" if measure.standing == "gap" else "Over time"),
            }
        )
    return rows


def summary(checked: Checked, known: Known) -> list[str]:
    """The same in lines."""
    return [
        f"{row['Measure']}, {row['Area']}: {row['Figures']} figures, {row['Periods']};"
        f" shown on {row['Shown']}."
        for row in table(checked, known)
    ]
