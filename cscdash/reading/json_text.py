"""In the child: JSON, so that what reaches the app is known to be small, flat and whole."""

import json
from collections.abc import Iterator

from cscdash.errors import CscdashError
from cscdash.reading.answers import Answer
from cscdash.reading.limits import Limits

_DEEPEST = 40


def plain(content: bytes, label: str, limits: Limits) -> Answer:
    """The same JSON, written plainly, in UTF-8.

    Raises
    ------
    CscdashError
        If it is no JSON, or nests or holds more than anything saved here does.
    """
    try:
        found = json.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except RecursionError as error:
        raise CscdashError(f"{label} is nested too deeply.") from error
    except ValueError as error:  # no JSON, no UTF-8, or a number of thousands of digits
        raise limits.damaged(label, "JSON file") from error
    for count, (depth, _) in enumerate(_values(found)):
        if depth > _DEEPEST:
            raise CscdashError(f"{label} is nested too deeply.")
        if count > limits.cells:
            raise limits.too_costly(label)
    return {}, json.dumps(found, separators=(",", ":")).encode()


def _values(found: object) -> Iterator[tuple[int, object]]:
    """Every value and how deep it lies."""
    left: list[tuple[int, object]] = [(1, found)]
    while left:
        depth, value = left.pop()
        yield depth, value
        if isinstance(value, dict):
            left += [(depth + 1, one) for one in value.values()]
        elif isinstance(value, list):
            left += [(depth + 1, one) for one in value]
