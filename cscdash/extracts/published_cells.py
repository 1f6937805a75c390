"""Published cells: a number, or a symbol that says why there is none."""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from cscdash.errors import CscdashError
from cscdash.extracts.observation import Status

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]

STATUS = tuple(status.value for status in Status)  # the code of a status is its place here
OK, C, K, U, X, Z, NOT_LOADED, NOT_YET = range(8)

_SYMBOLS = {
    "c": C,
    "k": K,
    "low": K,  # the workforce's word for a number that rounds to zero
    "u": U,
    "x": X,
    "z": Z,
    "": X,
    "-": X,  # LAIT's one symbol for every reason
    ":": X,
    "..": X,
    "~": K,  # rounds to zero, before 2020
}
_PLAIN = r"^-?[0-9]{1,15}(\.[0-9]{1,15})?$"
_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d*)?", re.ASCII)
_TAG = re.compile(r"<[^<>]*>")  # tables copied from a page: <div class="no-data">-</div>
_NUMBER = re.compile(r"-?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?", re.ASCII)


@lru_cache(maxsize=200_000)
def read_cell(text: str) -> tuple[float, int]:
    """Read one published cell.

    Parameters
    ----------
    text : str
        A number, with or without commas between thousands, or a symbol of the Government
        Statistical Service with or without square brackets; ``low`` (workforce) and ``~`` are
        ``k``; blank, ``-``, ``:`` and ``..`` are ``x``. Tags of a web page round it are no part
        of it.

    Returns
    -------
    float
        The number; NaN if there is none.
    int
        The place of its status in `STATUS`.

    Raises
    ------
    CscdashError
        If it is neither a number nor a known symbol.
    """
    text = _TAG.sub("", text).strip()
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    if _NUMBER.fullmatch(text):
        number = float(text)
        if np.isfinite(number):
            return number, OK
    bare = text[1:-1].strip() if text[:1] == "[" and text[-1:] == "]" else text
    code = _SYMBOLS.get(bare.lower())
    if code is None:
        raise CscdashError(f"‘{text[:40]}’ is neither a number nor a known symbol")
    return float("nan"), code


def plain_numbers(texts: Sequence[str]) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Read at once all cells that are plain decimal numbers, as nearly all are.

    Returns
    -------
    array of float64
        The numbers; NaN for every other cell.
    array of bool
        Which cells are plain numbers; the others are for `read_cell`.
    """
    words = pa.array(texts, pa.string())
    plain = pc.match_substring_regex(words, _PLAIN).to_numpy(zero_copy_only=False)
    values = np.full(len(texts), np.nan)
    values[plain] = pc.cast(words.filter(pa.array(plain)), pa.float64()).to_numpy()
    return values, plain


def same(left: Floats, right: Floats) -> npt.NDArray[np.bool_]:
    """Where two columns of numbers agree; no number agrees with no number."""
    agree: npt.NDArray[np.bool_] = (left == right) | (np.isnan(left) & np.isnan(right))
    return agree
