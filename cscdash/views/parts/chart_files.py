"""What files of charts are called, what stands in them, and the numbers as CSV."""

from cscdash.analysis.numbers_csv import numbers_csv, table_csv
from cscdash.charts.drawing import Drawing
from cscdash.views.loaded import store

NOT_FOR_JUDGING = "For learning: no targets, not for judging."
INVENTED = "Demonstration data: every value is invented."


def as_csv(drawing: Drawing) -> bytes:
    """The numbers of a chart as a file; of one that shows no observations, its table."""
    invented = store().demonstration
    if drawing.cells:
        return numbers_csv(drawing.cells, invented)
    return table_csv(drawing.table, invented)


def file_name(name: str, ending: str) -> str:
    """A file name that says what it holds, and that it is invented if it is."""
    words = "".join(c if c.isalnum() else " " for c in name.lower()).split()
    return f"{'demonstration-' if store().demonstration else ''}{'-'.join(words)}.{ending}"
