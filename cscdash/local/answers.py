"""What the person who brings a file says where it can be read in two ways."""

from dataclasses import dataclass
from typing import Literal

from cscdash.local.named_periods import Quarters


@dataclass(frozen=True)
class Answers:
    """Answers to what would otherwise be asked.

    Attributes
    ----------
    quarters : str
        What ``2025 Q1`` is: ``calendar`` (January to March) or ``financial`` (April to June).
    fractions : str
        What 0.214 is in a column of percentages without a sign: a ``share`` (21.4%), or a
        ``percentage`` (0.214%).
    sheet : str
        Which sheet of a workbook is meant, where several fit.
    area : str
        Of which area a file is that does not say so: a code or a name.
    """

    quarters: Quarters = ""
    fractions: Literal["", "share", "percentage"] = ""
    sheet: str = ""
    area: str = ""


ASK = Answers()
