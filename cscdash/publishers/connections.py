"""Connections that end: they heed a stop and a deadline, however silent the other side is."""

import ipaddress
import math
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from cscdash.publishers.retries import StoppedError, UnansweredError

SLICE = 0.2  # seconds after which a silent connection looks whether it is to stop


class Clock(threading.local):
    """Until when the request of this thread may last, and whether it may go anywhere.

    Attributes
    ----------
    end : float
        On the monotonic clock.
    public : bool
        Whether only addresses of the open internet may be connected to.
    """

    end: float = math.inf
    public: bool = False

    def left(self) -> float:
        """The seconds until the end, at least 0."""
        return max(self.end - time.monotonic(), 0.0)


class Connections(httpcore.NetworkBackend):
    """Connections that heed the clock and a stop, however silent the other side is."""

    def __init__(self, clock: Clock, stopped: threading.Event) -> None:
        self._clock, self._stopped, self._plain = clock, stopped, httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect, within what is left of the time."""
        wait = min(timeout or math.inf, self._clock.left())
        if wait <= 0:
            raise httpcore.ConnectTimeout
        if self._clock.public:
            host = public_address(host, port)
        stream = self._plain.connect_tcp(host, port, wait, local_address, socket_options)
        return _Stream(stream, self._clock, self._stopped)


class _Stream(httpcore.NetworkStream):
    """A connection that is read in short turns."""

    def __init__(
        self, stream: httpcore.NetworkStream, clock: Clock, stopped: threading.Event
    ) -> None:
        self._stream, self._clock, self._stopped = stream, clock, stopped

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        end = time.monotonic() + min(timeout or math.inf, self._clock.left())
        while True:
            if self._stopped.is_set():
                raise StoppedError
            left = end - time.monotonic()
            if left <= 0:
                raise httpcore.ReadTimeout
            try:
                return self._stream.read(max_bytes, min(left, SLICE))
            except httpcore.ReadTimeout:
                continue

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        wait = min(timeout or math.inf, self._clock.left())
        if wait <= 0:
            raise httpcore.ConnectTimeout
        stream = self._stream.start_tls(ssl_context, server_hostname, wait)
        return _Stream(stream, self._clock, self._stopped)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def public_address(host: str, port: int) -> str:
    """The address of a host, if all that it has are of the open internet."""
    try:
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except OSError as error:
        raise httpcore.ConnectError(str(error)) from error
    for address in found:
        if not ipaddress.ip_address(address.split("%")[0]).is_global:
            raise UnansweredError(f"sent us on to {host}, an address inside this network")
    return found[0]
