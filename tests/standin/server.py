"""The stand-in's server: everything under ``/host/path``, with faults where a test wants them."""

import gzip
import hashlib
import json
import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from .answers import answer
from .world import World

PAGE = b"<!DOCTYPE html><html><head><title>Sorry</title></head><body>Try later</body></html>"


RENAMED = ("renamed column", "renamed category", "renamed group")


class _Quiet(ThreadingHTTPServer):
    """A server that says nothing of clients that hang up: that is what the tests make them do."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Let it pass."""


@dataclass
class Fault:
    """What goes wrong with answers to addresses that hold a text, and how many times.

    A text that ends in ``$`` has to stand at the end of the address.
    """

    where: str
    kind: str
    times: int = 10**9


@dataclass
class Reply:
    """An answer before it is sent."""

    status: int = 200
    body: bytes = b""
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


class Standin:
    """A running stand-in."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.faults: list[Fault] = []
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.most: dict[str, int] = {}  # host -> the most requests at once
        self.delay = 0.0
        self.drip = 0.02
        self.silence = 0.7  # seconds before an answer that is to be silent begins
        self.validators = True
        self.after: list[tuple[str, Callable[[], None]]] = []  # done once, before the answer
        self.mutated: tuple[str, object] | None = None  # a field of all answers, and its value
        self.packs = False  # whether text is packed for those who accept it
        self._now: dict[str, int] = {}
        self._lock = threading.Lock()
        standin = self

        class Handler(_Handler):
            of = standin

        self._server = _Quiet(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def fault(self, path: str) -> str:
        """What goes wrong with this request."""
        with self._lock:
            for one in self.faults:
                ends = one.where.endswith("$") and path.endswith(one.where[:-1])
                if (ends or one.where in path) and one.times > 0:
                    one.times -= 1
                    return one.kind
        return ""

    @contextmanager
    def counted(self, host: str) -> Iterator[None]:
        with self._lock:
            self._now[host] = self._now.get(host, 0) + 1
            self.most[host] = max(self.most.get(host, 0), self._now[host])
        try:
            yield
        finally:
            with self._lock:
                self._now[host] -= 1


@contextmanager
def running(world: World) -> Iterator[Standin]:
    standin = Standin(world)
    standin.start()
    try:
        yield standin
    finally:
        standin.stop()


class _Handler(BaseHTTPRequestHandler):
    of: Standin
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        split = urlsplit(self.path)
        _, host, *rest = split.path.split("/", 2)
        path = "/" + unquote(rest[0] if rest else "")
        with self.of.counted(host):
            self.of.asked.append(f"{host}{path}" + (f"?{split.query}" if split.query else ""))
            self.of.agents.add(self.headers.get("User-Agent", ""))
            if self.of.delay:
                time.sleep(self.of.delay)
            query = {name: values[-1] for name, values in parse_qs(split.query).items()}
            kind = self.of.fault(self.path)
            if kind == "unasked 304" and "If-None-Match" in self.headers:
                kind = ""  # it was asked
            reply = _failing(kind) or Reply(*answer(self.of.world, host, path, query))
            for one in [one for one in self.of.after if one[0] in self.path]:
                self.of.after.remove(one)
                one[1]()
        # counted until the answer begins: a client may ask again before we have noticed its end
        try:
            self._send(reply, kind)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _send(self, reply: Reply, kind: str) -> None:
        body = reply.body
        if reply.status == 200:
            body = mutated(spoilt(body, kind), self.of.mutated)
            tagged = body if kind in ("new code", *RENAMED) else reply.body
            tag = f'"{hashlib.sha256(tagged).hexdigest()[:16]}"'
            if self.of.validators and kind not in ("404", "html"):
                reply.headers.setdefault("ETag", tag)
                if self.headers.get("If-None-Match") == tag:
                    reply = Reply(304, headers=reply.headers)
                    body = b""
        coding, body = packed(body, kind) if reply.status == 200 else ("", body)
        if coding:
            reply.headers["Content-Encoding"] = coding
        packs = self.of.packs and "gzip" in self.headers.get("Accept-Encoding", "")
        if reply.status == 200 and (kind in ("gzip", "half gzip") or packs):
            body = gzip.compress(body, 1, mtime=0)
            reply.headers["Content-Encoding"] = "gzip"
            if kind == "half gzip":
                body = body[: len(body) // 2]
        asked = self.headers.get("Range", "")
        if reply.status == 200 and asked.startswith("bytes=") and self.of.validators:
            begin = int(asked[6:].split("-")[0])
            if self.headers.get("If-Range") == reply.headers["ETag"]:
                if begin >= len(body):
                    reply = Reply(416)
                    body = b""
                else:
                    total = len(body)
                    reply.headers["Content-Range"] = f"bytes {begin}-{total - 1}/{total}"
                    reply.status, body = 206, body[begin:]
        if kind == "silent":
            time.sleep(self.of.silence)
        if kind == "unasked 206":
            reply.status = 206
            reply.headers["Content-Range"] = f"bytes 0-{len(body) - 1}/{len(body)}"
        if kind == "other version" and reply.status == 206:  # it ignores what If-Range asks
            reply.headers["ETag"] = '"of another version"'
        if kind == "strange headers":
            reply.headers["ETag"] = '"\xe9t\xe9"'
            reply.headers["X-Strange"] = "caf\xe9"
        if reply.kind.endswith("; gzip"):  # packed whatever was asked for, as the data API does
            reply.headers["Content-Encoding"] = "gzip"
        self.send_response(reply.status)
        if kind == "slow headers":
            for at in range(200):
                self.wfile.write(f"X-Slow-{at}: yes\r\n".encode())
                self.wfile.flush()
                time.sleep(self.of.drip)
        self.send_header("Content-Type", reply.kind)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        length = len(body) + (1000 if kind == "wrong length" else 0)
        if kind == "no length":
            self.send_header("Connection", "close")
            self.close_connection = True
        else:
            self.send_header("Content-Length", str(length))
        self.end_headers()
        if reply.status == 304:
            return
        if kind == "reset":
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            time.sleep(0.01)
            hard = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, hard)
            self.close_connection = True
            self.connection.close()
            return
        if kind == "drip":
            for at in range(len(body)):
                self.wfile.write(body[at : at + 1])
                self.wfile.flush()
                time.sleep(self.of.drip)
            return
        self.wfile.write(body)
        if kind == "wrong length":
            self.wfile.flush()
            self.close_connection = True


def _failing(kind: str) -> Reply | None:
    if kind == "html":
        return Reply(200, PAGE, "text/html")
    if kind == "empty":
        return Reply(200, b"", "text/csv")
    if kind == "odd json":
        return Reply(200, json.dumps({"surprise": [1]}).encode())
    if kind == "deep json":
        return Reply(200, b"[" * 200_000)
    if kind == "unasked 304":
        return Reply(304)
    if not kind[:3].isdecimal():
        return None
    headers = {}
    if kind.endswith("hour"):
        headers["Retry-After"] = "3600"
    if kind.endswith("limit"):
        reset = str(int(time.time()) + 1800)
        headers |= {"X-RateLimit-Limit": "60", "X-RateLimit-Remaining": "0"}
        headers["X-RateLimit-Reset"] = reset
    if kind.startswith("307"):
        headers["Location"] = "/content.explore-education-statistics.service.gov.uk/letters"
    if kind.endswith("after"):
        headers["Retry-After"] = "0"
    if kind.endswith("date"):
        at = datetime.now(UTC) + timedelta(seconds=0)
        headers["Retry-After"] = format_datetime(at, usegmt=True)
    return Reply(int(kind[:3]), b'{"title":"sorry","status":0}', headers=headers)


def packed(body: bytes, kind: str) -> tuple[str, bytes]:
    """How a body is packed, and what it then is; bombs hold 200 MB in 200 kB."""
    match kind:
        case "gzip bomb":
            return "gzip", bomb(31)
        case "two gzip bombs":
            return "gzip", gzip.compress(body) + bomb(31)
        case "deflate bomb":
            return "deflate", bomb(15)
        case "damaged deflate":
            sent = bytearray(zlib.compress(body, 9))
            sent[len(sent) // 2 :] = b"\xff" * (len(sent) - len(sent) // 2)
            return "deflate", bytes(sent)
        case "deflate":
            return "deflate", zlib.compress(body)
        case "brotli":
            return "br", body
    return "", body


@cache
def bomb(wbits: int) -> bytes:
    packing = zlib.compressobj(9, wbits=wbits)
    piece = bytes(1_000_000)
    return b"".join(packing.compress(piece) for _ in range(200)) + packing.flush()


def spoilt(body: bytes, kind: str) -> bytes:
    """A file as a publisher should not have it."""
    match kind:
        case "cut off":
            return body[: len(body) * 2 // 3]
        case "fewer rows":
            return b"".join(body.splitlines(keepends=True)[:-1])
        case "bom":
            return body if body.startswith(b"\xef\xbb\xbf") else b"\xef\xbb\xbf" + body
        case "truncated zip":
            return body[: len(body) - 40]
        case "renamed column":
            return body.replace(b"pct", b"percent", 1)
        case "renamed category":
            return body.replace(b",All,", b",All children,")
        case "renamed group":
            return body.replace(b",Foster care,", b",Foster carer,")
        case "empty list" | "short list" | "dots" if body.startswith(b"{"):
            return respoken(body, kind)
        case "new code":
            return body.replace(b",331,", b",999,")
    return body


ABSENT = object()


def mutated(body: bytes, field: tuple[str, object] | None) -> bytes:
    """JSON in which a field, wherever it stands, has another value or is absent."""
    if field is None or body[:1] not in (b"{", b"["):
        return body
    name, value = field

    def other(part: Any) -> Any:
        if isinstance(part, list):
            return [other(one) for one in part]
        if not isinstance(part, dict):
            return part
        new = {key: value if key == name else other(one) for key, one in part.items()}
        return {key: one for key, one in new.items() if one is not ABSENT}

    return json.dumps(other(json.loads(body))).encode()


def respoken(body: bytes, kind: str) -> bytes:
    """An answer whose list is not what it should be."""
    said = json.loads(body)
    results = said.get("results", [])
    needed = ("alpha", "gamma")
    match kind:
        case "empty list" if results:
            said["results"] = []
        case "short list" if results:
            said["results"] = [r for r in results if not r["filename"].startswith(needed)]
        case "dots":
            for one in results:
                one["filename"] = f"../../{one['filename']}"
                one["release"]["slug"] = "../../../../x"
            for key in ("slug", "latestRelease"):
                if isinstance(said.get(key), str) and "isLatestRelease" in said:
                    said[key] = "../../../../x"
    return json.dumps(said).encode()
