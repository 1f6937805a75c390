"""Asking a server: ends, limits, redirections, and what is said when it does not answer."""

import gzip
import socket
import ssl
import threading
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpcore
import httpx
import pytest

from cscdash.errors import CscdashError
from cscdash.publishers.causes import why_no_answer
from cscdash.publishers.client import Web
from cscdash.publishers.connections import public_address
from cscdash.publishers.manifest import is_inside, place_of
from cscdash.publishers.retries import StoppedError, UnansweredError, asked_to_wait
from cscdash.publishers.unpacking import unpacked
from cscdash.publishers.verification import git_blob, verify
from cscdash.publishers.visit import Item
from tests.standin.server import Fault, Standin, bomb, running
from tests.standin.small import FAR, HURRIED, world


def certificate_error() -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_message = "self-signed certificate in certificate chain"
    return error


LETTERS = "https://content.explore-education-statistics.service.gov.uk/api/publications/letters"


@pytest.fixture
def standin() -> Iterator[Standin]:
    with running(world(1)) as one:
        yield one


@pytest.fixture
def web(standin: Standin) -> Iterator[Web]:
    with Web(HURRIED, standin.url) as one:
        yield one


def test_an_answer(web: Web) -> None:
    assert web.json(LETTERS)[0]["latestRelease"]["slug"] == "2025"


@pytest.mark.parametrize("kind", ["429", "500", "503", "504", "reset", "wrong length"])
def test_it_asks_again(web: Web, standin: Standin, kind: str) -> None:
    standin.faults = [Fault("letters", kind, 2)]
    assert web.json(LETTERS)[0]["slug"] == "letters"


@pytest.mark.parametrize(("kind", "times"), [("404", 1), ("410", 1), ("500", 3), ("429 after", 3)])
def test_it_gives_up(web: Web, standin: Standin, kind: str, times: int) -> None:
    standin.faults = [Fault("letters", kind)]
    with pytest.raises(UnansweredError) as caught:
        web.json(LETTERS)
    assert caught.value.absent == (kind in ("404", "410"))
    assert caught.value.status == int(kind[:3])
    assert "content.explore-education-statistics.service.gov.uk" in str(caught.value)
    assert len(standin.asked) == times


def test_retry_after_is_honoured() -> None:
    assert asked_to_wait("7") == 7
    assert asked_to_wait("-3") == 0
    assert asked_to_wait("soon") is None
    for text in ("", "nan", "inf", "Thu, 99 Nov 99999 09:00:00 GMT"):
        assert asked_to_wait(text) is None
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    assert asked_to_wait(later) == pytest.approx(30, abs=2)
    earlier = format_datetime(datetime.now(UTC) - timedelta(seconds=30), usegmt=True)
    assert asked_to_wait(earlier) == 0


def test_a_server_that_wants_to_be_left_alone_is_asked_no_more(web: Web, standin: Standin) -> None:
    standin.faults = [Fault("letters", "429 hour")]
    with pytest.raises(UnansweredError, match=r"asked us to come back at \d\d:\d\d") as caught:
        web.json(LETTERS)
    assert caught.value.kind == "later"
    with pytest.raises(UnansweredError, match="come back"):
        web.json(LETTERS.replace("letters", "numbers"))
    assert len(standin.asked) == 1


def test_a_limit_of_questions_says_when_it_ends(web: Web, standin: Standin) -> None:
    standin.faults = [Fault("letters", "403 limit")]
    said = r"has answered the 60 questions an hour that it allows one network; it answers again at"
    with pytest.raises(UnansweredError, match=said):
        web.json(LETTERS)
    assert len(standin.asked) == 1


def test_nobody_answers() -> None:
    with (
        Web(HURRIED, "http://127.0.0.1:9") as web,
        pytest.raises(UnansweredError, match="refused the connection") as caught,
    ):
        web.json(LETTERS)
    assert len(web.requests) == HURRIED.failures
    assert "IT department" in caught.value.advice


def test_a_stop_is_heeded(web: Web, standin: Standin) -> None:
    standin.faults = [Fault("letters", "silent")]
    standin.silence = 60.0
    threading.Timer(0.1, web.stopped.set).start()
    begun = time.monotonic()
    with pytest.raises(StoppedError):
        web.json(LETTERS)
    assert time.monotonic() - begun < standin.silence / 3, "it did not wait for the server"


@pytest.mark.parametrize("kind", ["silent", "slow headers", "drip"])
def test_every_answer_has_an_end(standin: Standin, kind: str) -> None:
    standin.faults = [Fault("letters", kind)]
    standin.silence, standin.drip = 60.0, 0.05
    once = replace(HURRIED, attempts=1)
    begun = time.monotonic()
    with Web(once, standin.url) as web, pytest.raises(UnansweredError, match="too long"):
        web.json(LETTERS)
    assert time.monotonic() - begun < standin.silence / 3, "it did not wait for the server"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("gzip bomb", "larger than 20 MB"),
        ("two gzip bombs", "larger than 20 MB"),
        ("deflate bomb", "larger than 20 MB"),
        ("damaged deflate", "damaged"),
        ("half gzip", "not whole"),
        ("brotli", "packed in a way that was not asked for"),
        ("html", "a web page instead of data"),
        ("deep json", "something other than JSON"),
        ("unasked 304", "which was not asked"),
        ("unasked 206", "a part without being asked"),
        ("307 http", "an address without encryption"),
        ("307 nowhere", "no address at all"),
        ("307 loop", "round in a circle"),
    ],
)
def test_answers_that_are_of_no_use(standin: Standin, kind: str, said: str) -> None:
    bomb(31), bomb(15)  # made before the clock runs
    standin.faults = [Fault("letters", kind)]
    tracemalloc.start()
    with Web(HURRIED, standin.url) as web, pytest.raises(UnansweredError, match=said):
        if kind in ("307 http", "307 nowhere"):
            web._transport._mirror = ""
            web._transport._onward(
                httpx.URL(LETTERS), "http://x.org/" if kind.endswith("http") else "https://[::1"
            )
        web.json(LETTERS)
    assert tracemalloc.get_traced_memory()[1] < 60_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    "place",
    ["https://127.0.0.1/", "https://10.1.2.3/", "https://[::1]/", "https://localhost/x",
     "https://169.254.169.254/latest", "https://[fd00::1]/", "https://100.64.0.1/"],
)  # fmt: skip
def test_a_redirect_never_leads_into_this_network(place: str) -> None:
    with Web(HURRIED, "") as web, pytest.raises(UnansweredError, match="inside this network"):
        web._transport._onward(httpx.URL(LETTERS), place)


def test_nor_does_a_name_that_resolves_into_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", ("93.184.215.14", 443)), (2, 1, 6, "", ("192.168.1.1", 443))]

    monkeypatch.setattr("socket.getaddrinfo", resolve)
    with pytest.raises(UnansweredError, match="inside this network"):
        public_address("rebound.example.org", 443)


def test_a_sound_gzip_in_two_members_is_read_whole() -> None:
    packed = gzip.compress(b"first,") + gzip.compress(b"second")
    for size in (1, 7, 1000):
        pieces = [packed[at : at + size] for at in range(0, len(packed), size)]
        assert b"".join(unpacked(pieces, "gzip", 100, "x")) == b"first,second"
    raw = zlib.compressobj(wbits=-15)
    sent = raw.compress(b"plain" * 100_000) + raw.flush()
    assert b"".join(unpacked([sent], "deflate", 10**6, "x")) == b"plain" * 100_000
    assert b"".join(unpacked([zlib.compress(b"plain")], "deflate", 10**6, "x")) == b"plain"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("HTTPS_PROXY", "htp://proxy:8080", "HTTPS_PROXY is no address of a proxy"),
        ("HTTPS_PROXY", "http://user:secret@[proxy:8080", "HTTPS_PROXY is no address of a proxy"),
        ("SSL_CERT_FILE", "/nowhere/ca.pem", "SSL_CERT_FILE names /nowhere/ca.pem, which is not"),
        ("SSL_CERT_FILE", __file__, "which holds no certificates"),
    ],
)
def test_settings_of_the_network_that_cannot_be_used(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(CscdashError, match=said) as caught:
        Web(HURRIED, "")
    assert "secret" not in str(caught.value)


def test_an_address_of_version_6_among_those_without_a_proxy(
    standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "::1,[fe80::1]:80,127.0.0.1")
    with Web(HURRIED, standin.url) as web:
        assert web.json(LETTERS)[0]["slug"] == "letters"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (socket.gaierror(-2, "Name or service not known"), "cannot be found by name (DNS)"),
        (ConnectionRefusedError(111, "refused"), "refused the connection"),
        (OSError(101, "unreachable"), "cannot be reached from this network"),
        (certificate_error(), "a certificate that this computer does not trust (self-signed"),
        (ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER]"), "did not agree on an encrypted"),
    ],
)
def test_it_says_what_is_in_the_way(error: Exception, said: str) -> None:
    wrapped = httpcore.ConnectError(str(error))
    wrapped.__cause__ = error
    told = why_no_answer(wrapped, "x.gov.uk")
    assert said in str(told)
    assert told.advice


def test_a_proxy_that_is_in_the_way_is_named() -> None:
    refused = httpcore.ConnectError("refused")
    refused.__cause__ = ConnectionRefusedError(111, "refused")
    assert "the proxy p:8080 does not answer" in str(why_no_answer(refused, "x", "p:8080"))
    wants = httpcore.ProxyError("407 Proxy Authentication Required")
    assert "the proxy p:8080 asks for a sign-in" in str(why_no_answer(wants, "x", "p:8080"))


@pytest.mark.parametrize(
    ("names", "path"),
    [
        (("letters", "../../x", "a.csv"), "letters/_.._x/a.csv"),
        (("letters", "..", ".hidden"), "letters/_/hidden"),
        (("letters", "2025/26", "C:\\a b.csv"), "letters/2025_26/C__a_b.csv"),
        (("letters", "con.csv"), "letters/_con.csv"),
        (("letters", ""), "letters/_"),
    ],
)
def test_names_from_answers_are_names(names: tuple[str, ...], path: str) -> None:
    assert place_of(*names) == path
    assert is_inside(place_of(*names))


@pytest.mark.parametrize(
    "path", ["../a", "a/../b", "/a", "a//b", "a\\b", "C:/a", ".hidden/a", "a/", "", "a\0"]
)
def test_paths_that_lead_elsewhere(path: str) -> None:
    assert not is_inside(path)


def test_proxies_come_from_the_environment(
    standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    with Web(HURRIED, standin.url) as web, pytest.raises(UnansweredError):
        web.json(LETTERS)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with Web(HURRIED, standin.url) as web:
        assert web.json(LETTERS)[0]["slug"] == "letters"


def item(name: str, **more: object) -> Item:
    return Item("letters", "alpha", (f"https://{FAR}",), f"letters/{name}", **more)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"<!DOCTYPE html><html></html>\n", "is a web page"),
        ("a.csv", b"", "is empty"),
        ("a.csv", b"time_period,geographic_level\n2025,Nat", "ends in the middle of a line"),
        ("a.csv", b"time_period,geographic_level\n", "holds no rows"),
        ("a.csv", b"time_period,level\n1,2\n", "has no column ‘geographic_level’"),
        ("a.parquet", b"PAR1", "no whole Parquet file"),
        ("a.ods", b"PK\3\4", "not a whole spreadsheet"),
        ("a.geojson", b'{"error": {"code": 400}}', "that edition is not there"),
        ("a.geojson", b'{"features": [], "exceededTransferLimit": true}', "only a part of the map"),
    ],
)
def test_files_that_do_not_hold(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(CscdashError, match=said):
        verify(file, item(name), "ees")


def test_counts_and_checksums(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"time_period,geographic_level\n2025,National\n2025,National\n")
    assert verify(file, item("a.csv", rows=2, blob=git_blob(file)), "ees") == 2
    with pytest.raises(CscdashError, match="2 rows instead of 3"):
        verify(file, item("a.csv", rows=3), "ees")
    with pytest.raises(CscdashError, match="checksum differs"):
        verify(file, item("a.csv", blob="0" * 40), "ees")
    file.write_bytes(b"time_period,geographic_level\n2025,National\n2025,National")
    with pytest.raises(CscdashError, match="in the middle of a line"):
        verify(file, item("a.csv", rows=2), "ees")
    assert verify(file, item("a.csv", blob=git_blob(file)), "ees") == 2
    file.write_bytes(b"hello\n")
    assert git_blob(file) == "ce013625030ba8dba906f756967f9e9ca394464a"
