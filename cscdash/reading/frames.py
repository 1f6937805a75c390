"""What the app and its child process say to each other: a head in JSON, then bytes.

JSON and Arrow only, never pickle: whatever a file does to the child, its answer is data.
"""

import json
from typing import Any, BinaryIO

_HEAD = 1_000_000  # bytes of a head; a message or a list of column names is far shorter


class BrokenFrameError(Exception):
    """The other side ended, or said something that is no frame."""


def send(stream: BinaryIO, head: dict[str, Any], body: bytes | memoryview = b"") -> None:
    """Write a head and the bytes that follow it."""
    text = json.dumps({**head, "bytes": len(body)}).encode()
    stream.write(len(text).to_bytes(8, "big"))
    stream.write(text)
    stream.write(body)
    stream.flush()


def receive_head(stream: BinaryIO) -> dict[str, Any]:
    """Read a head; ``bytes`` says how many follow.

    Raises
    ------
    BrokenFrameError
        If the other side ended.
    """
    size = int.from_bytes(_exactly(stream, 8), "big")
    if size > _HEAD:
        raise BrokenFrameError
    try:
        head = json.loads(_exactly(stream, size))
    except ValueError as error:
        raise BrokenFrameError from error
    if not isinstance(head, dict) or not isinstance(head.get("bytes"), int):
        raise BrokenFrameError
    return head


def receive_body(stream: BinaryIO, head: dict[str, Any]) -> bytes:
    """Read the bytes that follow a head.

    Raises
    ------
    BrokenFrameError
        If the other side ended.
    """
    return _exactly(stream, head["bytes"])


def _exactly(stream: BinaryIO, size: int) -> bytes:
    found = stream.read(size)
    if len(found) < size:
        raise BrokenFrameError
    return found
