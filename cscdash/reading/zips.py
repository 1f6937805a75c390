"""In the child: zips, and the zips that workbooks are."""

import io
import lzma
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from cscdash.errors import CscdashError
from cscdash.reading.answers import Answer
from cscdash.reading.limits import Limits

DAMAGE = (  # all that zipfile raises for an archive that is not what it should be
    OSError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    RuntimeError,
    EOFError,
    ValueError,
    KeyError,
)


def members(content: bytes | Path, label: str, limits: Limits) -> Answer:
    """The names of the files in a zip, and when each was last changed."""
    try:
        with zipfile.ZipFile(as_stream(content)) as archive:
            inside = archive.infolist()
    except DAMAGE as error:
        raise CscdashError(f"{label} is not a whole zip file ({error}). {limits.advice}") from error
    check_members(inside, label, limits)
    files = [one for one in inside if not one.is_dir()]
    return {
        "members": [one.filename for one in files],
        "changed": [one.date_time for one in files],
    }, b""


def member(content: bytes | Path, label: str, limits: Limits, name: str) -> Answer:
    """The bytes of a file in a zip."""
    try:
        with zipfile.ZipFile(as_stream(content)) as archive:
            if archive.getinfo(name).file_size > limits.content:
                raise limits.too_large(label)
            return {}, archive.read(name)
    except DAMAGE as error:
        raise CscdashError(f"{label} cannot be read: {error}.") from error


def container(content: bytes | Path, label: str, limits: Limits) -> Answer:
    """Nothing, if a workbook is a whole zip of a sensible size."""
    check_container(content, label, limits)
    return {}, b""


def check_container(content: bytes | Path, label: str, limits: Limits) -> None:
    """Refuse a workbook that is damaged or unpacks to too much.

    Raises
    ------
    CscdashError
        Saying which.
    """
    try:
        with zipfile.ZipFile(as_stream(content)) as archive:
            check_members(archive.infolist(), label, limits)
            # What is claimed may be less than what would be unpacked: unpack no more than that.
            torn = archive.testzip()
    except DAMAGE as error:
        raise CscdashError(
            f"{label} is not a whole spreadsheet ({error}). {limits.advice}"
        ) from error
    if torn:
        raise CscdashError(
            f"{label} is not a whole spreadsheet ({torn} is damaged). {limits.advice}"
        )


def check_members(inside: list[zipfile.ZipInfo], label: str, limits: Limits) -> None:
    """Refuse what would unpack to too many files or bytes."""
    if len(inside) > limits.members:
        raise CscdashError(
            f"{label} holds more than {limits.members:,} files, so it was not opened."
        )
    if sum(one.file_size for one in inside) > limits.unpacked:
        raise limits.too_large_inside(label)


def as_stream(content: bytes | Path) -> BinaryIO | Path:
    """What `zipfile` opens."""
    return io.BytesIO(content) if isinstance(content, bytes) else content
