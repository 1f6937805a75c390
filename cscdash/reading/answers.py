"""In the child: what was read, as a head and bytes, kept within the limits while it grows."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from cscdash.errors import CscdashError
from cscdash.reading.limits import Limits

Answer = tuple[dict[str, Any], bytes | memoryview]


class Growing:
    """The rows of a table, refused as soon as they are more than the limits allow.

    Parameters
    ----------
    limits : Limits
        What the table may cost.
    label : str
        The file, for messages.
    """

    def __init__(self, limits: Limits, label: str) -> None:
        self.rows: list[list[Any]] = []
        self._limits, self._label = limits, label
        self._widest = self._characters = 0

    def add(self, row: Sequence[Any]) -> None:
        """Add a row.

        Raises
        ------
        CscdashError
            If the table grows too large.
        """
        self._widest = max(self._widest, len(row))
        self._characters += sum(len(cell) for cell in row if isinstance(cell, str))
        self._limits.check_shape(len(self.rows), self._widest, self._label)
        if self._characters > self._limits.characters:
            raise CscdashError(f"{self._label} holds too much text. {self._limits.advice}")
        self.rows.append(list(row))


def sheets_answer(sheets: Iterable[dict[str, Any]]) -> Answer:
    """Sheets as JSON; days and times as ``{"day": …}``, ``{"moment": …}``, ``{"time": …}``."""
    return {}, json.dumps(list(sheets), default=_dated, ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )


def _dated(cell: object) -> Any:
    if isinstance(cell, datetime):
        return {"moment": cell.isoformat()}
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    if isinstance(cell, time):
        return {"time": cell.isoformat()}
    return str(cell)[:2_000]
