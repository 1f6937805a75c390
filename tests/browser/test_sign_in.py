"""Signing in: without a permitted identity no page shows anything but that."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.browser.looking import Sight
from tests.serving import running
from tests.standin.guarded import guarded, server_with, words_of_the_app
from tests.standin.secrets_files import LISTED

pytest.importorskip("authlib", reason="signing in needs Authlib: pip install 'cscdash[sign-in]'")
from tests.standin.identity import Identity, providing


@pytest.fixture(scope="module")
def provider() -> Iterator[Identity]:
    with providing() as one:
        yield one


@pytest.fixture(scope="module")
def secrets_of_the_app() -> list[bytes]:
    return words_of_the_app()


def listen(sight: Sight) -> list[bytes]:
    """Everything that the server tells this window from now on."""
    heard: list[bytes] = []

    def open_socket(socket: Any) -> None:
        socket.on("framereceived", lambda got: heard.append(as_bytes(got)))

    sight.page.on("websocket", open_socket)
    return heard


def as_bytes(got: str | bytes) -> bytes:
    return got.encode() if isinstance(got, str) else got


def only_the_sign_in(sight: Sight) -> None:
    page = sight.page
    assert page.locator("h1").all_inner_texts() == ["Sign in"]
    assert page.title() in ("cscdash", "Sign in")
    assert page.get_by_role("navigation").count() == 0
    assert page.locator('[data-testid="stSidebar"], .st-key-frame_bar').count() == 0
    for kind in ("stVegaLiteChart", "stDataFrame", "stTable", "stSelectbox", "stException"):
        assert page.locator(f'[data-testid="{kind}"]').count() == 0
    assert page.get_by_role("dialog").count() == 0
    assert "Birmingham" not in page.content()


def nothing_told(heard: list[bytes], words: list[bytes]) -> None:
    told = b"\n".join(heard)
    assert heard and [word for word in words if word in told] == []


def test_the_first_visitor_sees_only_the_sign_in(
    data: Path,
    tmp_path: Path,
    provider: Identity,
    sights: Callable[..., Sight],
    secrets_of_the_app: list[bytes],
) -> None:
    with guarded(data, tmp_path, provider) as server:
        sight = sights(server.base)
        heard = listen(sight)
        sight.open("outcome_4?area=330")
        only_the_sign_in(sight)
        nothing_told(heard, secrets_of_the_app)
        assert "example.org, council.example.net" in sight.page.content()


def test_an_app_that_is_not_surely_open_shows_only_the_sign_in(
    data: Path,
    tmp_path: Path,
    sights: Callable[..., Sight],
    secrets_of_the_app: list[bytes],
) -> None:
    """`tests/security` goes through the ways in which it may not be."""
    (tmp_path / "secrets.toml").write_text(LISTED)
    with running(server_with(data, tmp_path)) as server:
        sight = sights(server.base)
        heard = listen(sight)
        sight.open("outcome_3?area=330")
        only_the_sign_in(sight)
        nothing_told(heard, secrets_of_the_app)
        assert "Nobody can sign in yet" in sight.page.content()
        assert "has to look at its settings" in sight.page.content()
        assert sight.page.get_by_role("button", name="Sign in").count() == 0
    assert "Nobody is let in: " in (tmp_path / "log.txt").read_text()


def not_utf_8(file: Path) -> None:
    file.write_bytes('[sign_in]\ndomains = ["münchen.example"]'.encode("latin-1"))


def a_folder(file: Path) -> None:
    file.unlink(missing_ok=True)
    file.mkdir()


@pytest.mark.parametrize("how", [not_utf_8, a_folder])
def test_secrets_over_which_the_server_stumbles_serve_nobody(
    how: Callable[[Path], None], data: Path, tmp_path: Path, sights: Callable[..., Sight]
) -> None:
    """Streamlit does not start with them; should they come later, the app closes."""
    file = tmp_path / "secrets.toml"
    how(file)
    with (
        pytest.raises(RuntimeError, match="the server ended"),
        running(server_with(data, tmp_path)),
    ):
        pass
    with suppress(OSError):
        file.rmdir()
    file.write_text('CSCDASH_HOSTED = "1"')
    with running(server_with(data, tmp_path)) as server:
        sight = sights(server.base).open("plain?area=330")
        assert sight.area == "Birmingham"
        how(file)
        sight.page.wait_for_timeout(1500)
        other = sights(server.base)
        heard = listen(other)
        other.page.goto(f"{server.base}/outcome_4?area=330")
        other.page.wait_for_timeout(3000)
        assert other.page.locator("h1").all_inner_texts() in ([], ["Sign in"])
        assert not any(b"Birmingham" in told for told in heard)


def test_settings_in_the_secrets_leave_the_app_open(
    data: Path, tmp_path: Path, sights: Callable[..., Sight]
) -> None:
    (tmp_path / "secrets.toml").write_text('CSCDASH_HOSTED = "1"\nCSCDASH_HOME_AREA = "330"')
    with running(server_with(data, tmp_path)) as server:
        sight = sights(server.base).open("data")
        assert sight.title == "Data in use" and sight.area == "Birmingham"


def sign_in(sight: Sight, let_in: bool = True) -> None:
    page = sight.page
    page.get_by_role("button", name="Sign in").click()
    refusal = page.get_by_text("You are signed in with an address")
    (page.locator(".st-key-frame_bar") if let_in else refusal).first.wait_for(timeout=20_000)
    sight.settle()


def test_who_is_let_in(
    data: Path, tmp_path: Path, provider: Identity, sights: Callable[..., Sight]
) -> None:
    with guarded(data, tmp_path, provider) as server:
        for email, verified, let_in in (
            ("Some.One@EXAMPLE.ORG", None, True),  # `tests/security` tries the many forms
            ("someone@council.example.net", False, False),
            ("someone@example.org.evil.example", True, False),
        ):
            provider.email, provider.verified = email, verified
            sight = sights(server.base).open("data")
            sign_in(sight, let_in)
            if let_in:
                assert sight.page.locator("h1").all_inner_texts() != ["Sign in"]
                assert sight.page.get_by_role("navigation").count() >= 1
            else:
                only_the_sign_in(sight)
                assert "not among those" in sight.page.content()


@pytest.mark.parametrize("how", ["signed out in another tab", "removed from the list"])
def test_a_session_whose_permission_ends_gets_nothing_more(
    how: str, data: Path, tmp_path: Path, provider: Identity, sights: Callable[..., Sight]
) -> None:
    provider.email, provider.verified = "someone@council.example.net", True
    with guarded(data, tmp_path, provider) as server:
        sight = sights(server.base).open("outcome_4?area=926")
        sign_in(sight)
        other = Sight(sight.page.context.new_page(), server.base).open("data")
        heard = listen(sight)
        sight.open("outcome_4?area=926")
        assert sight.area == "Norfolk"
        if how.startswith("signed"):
            other.page.get_by_role("button", name="More").click()
            other.page.get_by_role("button", name="Sign out").click()
            other.page.get_by_role("button", name="Sign in").wait_for(timeout=20_000)
        else:
            file = tmp_path / "secrets.toml"
            file.write_text(file.read_text().replace(', "council.example.net"', ""))
            sight.page.wait_for_timeout(1500)
        before = len(heard)
        # a control of a part that is drawn again without the frame around it
        neighbours = sight.page.get_by_role("radio", name="Neighbours", exact=True).or_(
            sight.page.get_by_role("button", name="Neighbours", exact=True)
        )
        if neighbours.count():
            neighbours.first.click()
        sight.page.locator("h1", has_text="Sign in").wait_for(timeout=10_000)
        sight.settle()
        assert sight.page.locator("h1").all_inner_texts() == ["Sign in"]
        assert sight.page.locator('[data-testid="stVegaLiteChart"]').count() == 0
        assert "Norfolk" not in sight.page.locator('[data-testid="stApp"]').inner_text()
        told = b"\n".join(heard[before:])
        assert b"Norfolk" not in told and b"foster" not in told
