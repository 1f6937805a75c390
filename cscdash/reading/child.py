"""The child's side: ``python -m cscdash.reading.child`` reads files until its input ends."""

import importlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from cscdash.errors import CscdashError
from cscdash.reading.answers import Answer
from cscdash.reading.frames import BrokenFrameError, receive_body, receive_head, send
from cscdash.reading.limits import Limits

READERS = {  # each takes the file, its label and the limits, and gives back a head and a body
    "csv header": "csv_text:header",
    "csv columns": "arrow_tables:csv_columns",
    "csv rows": "csv_text:rows",
    "parquet columns": "arrow_tables:parquet_columns",
    "parquet rows": "arrow_tables:parquet_rows",
    "parquet header": "arrow_tables:parquet_header",
    "workbook sheets": "workbook:sheets",
    "workbook cells": "workbook_cells:cells",
    "ods cells": "ods_cells:cells",
    "json": "json_text:plain",
    "xml records": "xml_text:records",
    "zip members": "zips:members",
    "zip member": "zips:member",
    "container": "zips:container",
}
_AHEAD = ("arrow_tables", "workbook")  # what published files need


def main(ahead: bool) -> None:
    """Answer until the app closes its end."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    if ahead:
        for module in _AHEAD:
            importlib.import_module(f"cscdash.reading.{module}")
    content: bytes = b""
    while True:
        try:
            asked = receive_head(sys.stdin.buffer)
            body = receive_body(sys.stdin.buffer, asked)
        except BrokenFrameError:
            return
        if not asked.get("again"):
            content = body
        del body
        given = Path(asked["path"]) if "path" in asked else content
        _answer(out, asked, given)


def _answer(out: BinaryIO, asked: dict[str, Any], content: bytes | Path) -> None:
    limits, label = Limits(**asked["limits"]), asked["label"]
    try:
        read = _reader(asked["what"])
        limit_process(limits)
        head, body = read(content, label, limits, **asked["details"])
        if len(body) > limits.answer:
            raise MemoryError
    except CscdashError as error:
        head, body = {"refused": str(error)}, b""
    except MemoryError:  # Arrow's own is one too
        head, body = {"refused": str(limits.too_costly(label))}, b""
    except Exception:
        head, body = {"refused": str(limits.damaged(label, "file of its kind"))}, b""
    send(out, head, body)


def _reader(what: str) -> Callable[..., Answer]:
    module, _, name = READERS[what].partition(":")
    read: Callable[..., Answer] = getattr(
        importlib.import_module(f"cscdash.reading.{module}"), name
    )
    return read


if sys.platform == "linux":
    import resource

    def limit_process(limits: Limits) -> None:
        """Have the system hold this process to the memory and the time that a file may take."""
        if not limits.held_by_system:
            return
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        spent = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(spent.ru_utime + spent.ru_stime + 2 * limits.seconds) + 1
        _limit(resource.RLIMIT_AS, pages * resource.getpagesize() + limits.memory)
        _limit(resource.RLIMIT_CPU, seconds)
        _limit(resource.RLIMIT_CORE, 0)
        _limit(resource.RLIMIT_FSIZE, 0)  # reading writes no file

    def _limit(what: int, most: int) -> None:
        """Limit the next file; only the soft half, so that the one after may have another."""
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, hard))

else:

    def limit_process(limits: Limits) -> None:
        """Nothing: elsewhere what a file would cost is worked out before it is read."""


if __name__ == "__main__":
    main("ahead" in sys.argv[1:])
