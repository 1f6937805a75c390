"""Whether a downloaded file is what it should be, before anything else believes it."""

import hashlib
import json
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from cscdash.errors import CscdashError
from cscdash.ingest.csv_text import read_header
from cscdash.ingest.published_files import check_container
from cscdash.publishers.visit import Item

_FEATURES = 100  # a country has more counties and unitary authorities than this


def verify(content: bytes, item: Item, format: str) -> int | None:
    """The number of rows of a downloaded file.

    Parameters
    ----------
    content : bytes
        The file.
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
    if item.blob and git_blob(content) != item.blob:
        raise CscdashError(f"{name} is not the file that was listed (its checksum differs).")
    if item.size is not None and len(content) != item.size:
        raise CscdashError(f"{name} has {len(content):,} bytes instead of {item.size:,}.")
    ending = name.rsplit(".", 1)[-1].lower()
    match ending:
        case "csv":
            return _csv(content, item, format, name)
        case "parquet":
            return _parquet(content, name)
        case "ods" | "xlsx":
            check_container(content, name)
        case "geojson":
            return _boundaries(content, name)
    return None


def git_blob(content: bytes) -> str:
    """The checksum by which git knows a content."""
    head = f"blob {len(content)}\0".encode()
    return hashlib.sha1(head + content, usedforsecurity=False).hexdigest()


def extract_member(archive: Path, item: Item) -> bytes:
    """A file out of a release's zip.

    Raises
    ------
    CscdashError
        If the zip is not whole or has no such file.
    """
    name = item.member.rsplit("/", 1)[-1]
    try:
        with zipfile.ZipFile(archive) as opened:
            for member in opened.namelist():
                if member.rsplit("/", 1)[-1].lower() == name.lower():
                    return opened.read(member)
    except (OSError, zipfile.BadZipFile, EOFError, ValueError, RuntimeError) as error:
        raise CscdashError(f"The release's zip is not whole ({error}).") from error
    raise CscdashError(f"The release's zip holds no {name}.")


def _csv(content: bytes, item: Item, format: str, name: str) -> int:
    header = read_header(content, name)
    if format == "ees":
        for column in ("geographic_level", "time_period"):
            if column not in header:
                raise CscdashError(f"{name} has no column ‘{column}’.")
    rows = content.count(b"\n") - 1
    if rows < 1:
        raise CscdashError(f"{name} holds no rows.")
    if item.rows is not None and rows < item.rows:
        raise CscdashError(f"{name} has {rows:,} rows instead of {item.rows:,}: it was cut off.")
    return rows


def _parquet(content: bytes, name: str) -> int:
    try:
        return int(pq.ParquetFile(pa.BufferReader(content)).metadata.num_rows)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise CscdashError(f"{name} is no whole Parquet file.") from error


def _boundaries(content: bytes, name: str) -> int:
    try:
        found = json.loads(content)
        features = found["features"]
        more = found.get("exceededTransferLimit") or found.get("properties", {}).get(
            "exceededTransferLimit"
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CscdashError(f"{name} is no map: that edition is not there.") from error
    if more or len(features) < _FEATURES:
        raise CscdashError(f"{name} holds only a part of the map ({len(features)} areas).")
    return len(features)
