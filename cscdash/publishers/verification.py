"""Whether a downloaded file is what it should be, before anything else believes it."""

import hashlib
import json
from pathlib import Path

from cscdash.errors import CscdashError
from cscdash.publishers.visit import Item
from cscdash.reading import (
    PUBLISHED,
    check_container,
    parquet_header,
    read_header,
    read_json,
    read_member,
    zip_members,
)

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
            return parquet_header(content, name)[1]
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
    for member in zip_members(archive, "The release's zip"):
        if member.rsplit("/", 1)[-1].lower() == name.lower():
            return read_member(archive, member, "The release's zip")
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


def _boundaries(content: bytes, name: str) -> int:
    try:
        found = json.loads(read_json(content, name, PUBLISHED))
        features = found["features"]
        more = found.get("exceededTransferLimit") or found.get("properties", {}).get(
            "exceededTransferLimit"
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CscdashError(f"{name} is no map: that edition is not there.") from error
    if more or len(features) < _FEATURES:
        raise CscdashError(f"{name} holds only a part of the map ({len(features)} areas).")
    return len(features)
