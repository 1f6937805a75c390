"""A look at the returns of an invented authority, beside the answers that are known."""

from pathlib import Path
from tempfile import TemporaryDirectory

from cscdash.local.own_measures import Known
from cscdash.local.published_figures import Published
from cscdash.local.row import Figure
from cscdash.returns.invented.answers import Answers
from cscdash.returns.invented.lives import draw
from cscdash.returns.invented.written import write
from cscdash.returns.look import INVENTED, Look, look
from cscdash.returns.reconcile import Beside

_SEED = 18


def look_at_invented(known: Known, every: str = "") -> Look:
    """Draw an authority, write its returns to a folder that goes again, and look at them.

    Nothing that is published is read: each figure stands beside the answer that is known.
    """
    lives = draw(_SEED)
    with TemporaryDirectory() as folder:
        write(lives, Path(folder), INVENTED)
        answers: dict[object, Answers] = {}

        def beside(figure: Figure) -> Beside | None:
            end = figure.when.end
            if end not in answers:
                answers[end] = Answers(lives, end)
            counts = answers[end].counts
            above, below = counts.get(figure.indicator, (0.0, 0.0))
            unit = known.measures[figure.indicator].unit
            if unit == "count":
                return Beside(above)
            if not below:
                return None
            return Beside(above / below * (100 if unit == "percent" else 1), above)

        return look(Path(folder), known, Published(), every=every, beside=beside)
