"""Whether a reader is on this machine: only if nothing speaks against it."""

import pytest

from cscdash.views.frame import reader
from cscdash.views.frame.permission import OPEN, SignIn, closed
from cscdash.views.frame.reader import Connection, direct_from_here

BROWSER = {
    "host": "127.0.0.1:8501",
    "connection": "Upgrade",
    "pragma": "no-cache",
    "cache-control": "no-cache",
    "user-agent": "Mozilla/5.0",
    "upgrade": "websocket",
    "origin": "http://127.0.0.1:8501",
    "sec-websocket-version": "13",
    "accept-encoding": "gzip, deflate, br, zstd",
    "accept-language": "en-GB,en;q=0.9",
    "cookie": "_streamlit_xsrf=1",
    "sec-websocket-key": "x",
    "sec-fetch-site": "same-origin",
}


@pytest.mark.parametrize(
    ("peer", "host"),
    [
        ("127.0.0.1", "127.0.0.1:8501"),
        ("127.0.0.1", "localhost:8501"),
        ("127.0.0.1", "LOCALHOST"),
        ("127.1.2.3", "127.1.2.3:80"),
        ("::1", "[::1]:8501"),
        ("::ffff:127.0.0.1", "localhost:8501"),
    ],
)
def test_a_browser_on_this_machine(peer: str, host: str) -> None:
    assert direct_from_here(Connection(peer, {**BROWSER, "host": host}))
    named = {name.title(): value for name, value in BROWSER.items()}
    assert direct_from_here(Connection(peer, named))


@pytest.mark.parametrize(
    "peer",
    [
        None,
        "",
        "unknown",
        "localhost.example",
        "192.168.1.20",
        "10.0.0.2",
        "172.17.0.1",
        "169.254.1.1",
        "0.0.0.0",
        "::",
        "fe80::1",
        "::ffff:192.168.1.20",
        "127.0.0.1.example",
        "127.0.0.1, 192.168.1.20",
    ],
)
def test_another_or_unknown_peer(peer: str | None) -> None:
    assert not direct_from_here(Connection(peer, BROWSER))
    assert not direct_from_here(None)


@pytest.mark.parametrize(
    "header",
    [
        "Forwarded",
        "X-Forwarded-For",
        "x-forwarded-host",
        "X-Forwarded-Proto",
        "X-Forwarded-Server",
        "X-Original-Forwarded-For",
        "X-Real-IP",
        "X-Client-IP",
        "X-Cluster-Client-IP",
        "True-Client-IP",
        "CF-Connecting-IP",
        "CF-Ray",
        "Fly-Client-IP",
        "Fastly-Client-IP",
        "X-Envoy-External-Address",
        "X-Appengine-User-IP",
        "X-Azure-ClientIP",
        "X-ARR-LOG-ID",
        "X-Amzn-Trace-Id",
        "X-Cloud-Trace-Context",
        "X-Request-ID",
        "Via",
        "Tailscale-User-Login",
        "X-MS-Client-Principal",
        "Traceparent",
    ],
)
def test_a_header_that_something_in_between_added(header: str) -> None:
    for value in ("", "127.0.0.1", "192.168.1.20"):
        assert not direct_from_here(Connection("127.0.0.1", {**BROWSER, header: value}))


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("evil.example:8501", "http://evil.example:8501"),
        ("evil.example", None),
        ("127.0.0.1:8501", "https://evil.example"),
        ("127.0.0.1:8501", "null"),
        ("127.0.0.1:8501", ""),
        ("127.0.0.1.evil.example", "http://127.0.0.1.evil.example"),
        ("localhost.evil.example", None),
        ("192.168.1.10:8501", None),
        ("0.0.0.0:8501", None),
        ("", None),
        ("[::1", None),
    ],
)
def test_a_page_from_elsewhere_in_a_browser_on_this_machine(host: str, origin: str | None) -> None:
    headers = {**BROWSER, "host": host, "origin": origin}
    sent = {name: value for name, value in headers.items() if value is not None}
    assert not direct_from_here(Connection("127.0.0.1", sent))


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("HOSTED", "LOCAL_ON"):
        monkeypatch.delenv(f"CSCDASH_{name}", raising=False)
    monkeypatch.setattr(reader, "connection", lambda: Connection("127.0.0.1", BROWSER))
    monkeypatch.setattr(reader, "sign_in_settings", lambda: OPEN)
    monkeypatch.setattr(reader, "permitted", lambda: True)
    return monkeypatch


def test_who_may_see_local_figures(here: pytest.MonkeyPatch) -> None:
    assert reader.on_this_machine() and reader.may_see_local()
    here.setenv("CSCDASH_HOSTED", "1")
    assert not reader.on_this_machine() and not reader.may_see_local()
    here.setenv("CSCDASH_LOCAL_ON", "1")
    assert not reader.may_see_local(), "an open host knows nobody"
    here.setattr(reader, "sign_in_settings", lambda: closed("something."))
    assert not reader.may_see_local()
    here.setattr(reader, "sign_in_settings", lambda: SignIn(True, ("example.org",)))
    assert reader.may_see_local() and not reader.on_this_machine()
    here.setattr(reader, "permitted", lambda: False)
    assert not reader.may_see_local()
    here.delenv("CSCDASH_HOSTED")
    assert not reader.on_this_machine(), "where people sign in, the app is served to others"


def test_the_line_says_who_can_open_this_copy(here: pytest.MonkeyPatch) -> None:
    bound = {"server.address": None, "server.port": 8501}
    here.setattr(reader.config, "get_option", bound.get)
    assert "Anybody on the network" in reader.who_can_reach()
    for address in ("0.0.0.0", "192.168.1.10", "::"):
        bound["server.address"] = address
        assert "Anybody on the network" in reader.who_can_reach()
    for address in ("127.0.0.1", "localhost", "::1"):
        bound["server.address"] = address
        assert "Only somebody on this machine" in reader.who_can_reach()
    behind = Connection("127.0.0.1", {**BROWSER, "X-Forwarded-For": "1.2.3.4"})
    here.setattr(reader, "connection", lambda: behind)
    assert "Anybody with its address" in reader.who_can_reach()
    here.setenv("CSCDASH_HOSTED", "1")
    assert "Anybody with its address" in reader.who_can_reach()
    here.setattr(reader, "sign_in_settings", lambda: SignIn(True, ("example.org",)))
    assert "Those who sign in" in reader.who_can_reach()
