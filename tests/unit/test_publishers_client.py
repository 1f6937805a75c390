"""Asking a server: waits, redirections, mirrors, and what is said when it does not answer."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from cscdash.errors import CscdashError
from cscdash.publishers.client import Web
from cscdash.publishers.retries import UnansweredError, asked_to_wait
from cscdash.publishers.verification import git_blob, verify
from cscdash.publishers.visit import Item
from tests.standin.server import Fault, Standin, running
from tests.standin.small import FAR, HURRIED, world

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


@pytest.mark.parametrize("kind", ["429", "500", "503", "504", "reset", "wrong length", "odd"])
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
    assert asked_to_wait("") is None
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    assert asked_to_wait(later) == pytest.approx(30, abs=2)
    earlier = format_datetime(datetime.now(UTC) - timedelta(seconds=30), usegmt=True)
    assert asked_to_wait(earlier) == 0


def test_a_server_may_not_make_us_wait_for_ever(
    web: Web, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(web.stopped, "wait", lambda seconds: waits.append(seconds))
    monkeypatch.setattr("cscdash.publishers.client.asked_to_wait", lambda _: 3600.0)
    standin.faults = [Fault("letters", "429", 1)]
    web.json(LETTERS)
    assert waits == [HURRIED.longest]


def test_nobody_answers() -> None:
    with (
        Web(HURRIED, "http://127.0.0.1:9") as web,
        pytest.raises(UnansweredError, match="cannot be reached"),
    ):
        web.json(LETTERS)


def test_a_stop_is_heeded(web: Web) -> None:
    web.stopped.set()
    begun = time.monotonic()
    with pytest.raises(UnansweredError, match="stopped"):
        web.json(LETTERS)
    assert time.monotonic() - begun < 0.5


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
def test_files_that_do_not_hold(name: str, content: bytes, said: str) -> None:
    with pytest.raises(CscdashError, match=said):
        verify(content, item(name), "ees")


def test_counts_and_checksums() -> None:
    content = b"time_period,geographic_level\n2025,National\n2025,National\n"
    assert verify(content, item("a.csv", rows=2, blob=git_blob(content)), "ees") == 2
    with pytest.raises(CscdashError, match="2 rows instead of 3"):
        verify(content, item("a.csv", rows=3), "ees")
    with pytest.raises(CscdashError, match="checksum differs"):
        verify(content, item("a.csv", blob="0" * 40), "ees")
    assert git_blob(b"hello\n") == "ce013625030ba8dba906f756967f9e9ca394464a"
