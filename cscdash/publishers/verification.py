"""Whether a downloaded file is what it should be, before anything else believes it.

Files are read in pieces: one may have 500 MB.
"""

import hashlib
import json
from pathlib import Path

from cscdash.errors import CscdashError
from cscdash.publishers.visit import Item
from cscdash.reading import PUBLISHED, check_container, parquet_header, read_header, read_json

_FEATURES = 100  # a country has more counties and unitary authorities than this
_LARGEST_WHOLE = 100_000_000  # bytes of a file that cannot be read in pieces
_LONGEST_HEADER = 1_000_000  # bytes
_PIECE = 1 << 20


def verify(file: Path, item: Item, format: str) -> int | None:
    """The number of rows of a downloaded file.

    Parameters
    ----------
    file : Path
        Where it lies.
    item : Item
        What was said of it.
    format : str
        Its format in the catalogue; empty for a file that is no table.

    Returns
    -------
    int or None
        None where the format has no rows to count cheaply.

    Raises
    ------
    CscdashError
        If it is not whole, not of its kind, or has fewer rows than its publisher says.
    """
    name = item.path.rsplit("/", 1)[-1]
    size = file.stat().st_size
    if item.size is not None and size != item.size:
        raise CscdashError(f"{name} has {size:,} bytes instead of {item.size:,}.")
    if item.blob and git_blob(file) != item.blob:
        raise CscdashError(f"{name} is not the file that was listed (its checksum differs).")
    match name.rsplit(".", 1)[-1].lower():
        case "csv":
            return _csv(file, item, format, name)
        case "parquet":
            return parquet_header(_content(file, name), name)[1]
        case "ods" | "xlsx":
            check_container(_content(file, name), name)
        case "geojson":
            return _boundaries(file, name)
    return None


def git_blob(file: Path) -> str:
    """The checksum by which git knows the content of a file."""
    summed = hashlib.sha1(f"blob {file.stat().st_size}\0".encode(), usedforsecurity=False)
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE):
            summed.update(piece)
    return summed.hexdigest()


def _csv(file: Path, item: Item, format: str, name: str) -> int:
    lines, last = 0, b""
    with file.open("rb") as stream:
        start = stream.read(_LONGEST_HEADER)
        stream.seek(0)
        while piece := stream.read(_PIECE):
            lines += piece.count(b"\n")
            last = piece[-1:]
    head = start.partition(b"\n")[0] if start.strip() else b""
    # what follows the last line end is looked at here: the header alone is handed on
    header = read_header(head + b"\n" if lines else start, name)
    if format == "ees":
        for column in ("geographic_level", "time_period"):
            if column not in header:
                raise CscdashError(f"{name} has no column ‘{column}’.")
    if last != b"\n" and not item.blob:  # a checksum proves that it is whole; else we cannot know
        raise CscdashError(f"{name} ends in the middle of a line, so it was cut off.")
    rows = lines - 1 + (last != b"\n")
    if item.rows is not None and rows < item.rows:
        raise CscdashError(f"{name} has {rows:,} rows instead of {item.rows:,}: it was cut off.")
    if rows < 1:
        raise CscdashError(f"{name} holds no rows.")
    return rows


def _boundaries(file: Path, name: str) -> int:
    try:
        found = json.loads(read_json(_content(file, name), name, PUBLISHED))
        features = found["features"]
        more = found.get("exceededTransferLimit") or found.get("properties", {}).get(
            "exceededTransferLimit"
        )
        number = len(features)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CscdashError(f"{name} is no map: that edition is not there.") from error
    if more or number < _FEATURES:
        raise CscdashError(f"{name} holds only a part of the map ({number} areas).")
    return number


def _content(file: Path, name: str) -> bytes:
    if file.stat().st_size > _LARGEST_WHOLE:
        raise CscdashError(
            f"{name} is larger than {_LARGEST_WHOLE / 1e6:.0f} MB, as none ever was."
        )
    return file.read_bytes()
