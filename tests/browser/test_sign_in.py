"""Signing in: without a permitted identity no page shows anything but that."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.app.reading import PAGES
from tests.browser.looking import Sight
from tests.serving import ROOT, Server, running

pytest.importorskip("authlib", reason="signing in needs Authlib: pip install 'cscdash[sign-in]'")
from tests.standin.identity import Identity, providing

DOMAINS = 'domains = ["Example.org", "council.example.net"]'


@contextmanager
def guarded(data: Path, folder: Path, provider: Identity, section: str = DOMAINS) -> Iterator[str]:
    """A new server whose secrets ask for signing in."""
    secrets = folder / "secrets.toml"
    server = Server(data, ROOT / "app.py", f"--secrets.files={secrets}", NO_PROXY="127.0.0.1")
    secrets.write_text(
        f'[auth]\nredirect_uri = "{server.base}/oauth2callback"\n'
        f'cookie_secret = "of this test alone"\n'
        f'client_id = "cscdash"\nclient_secret = "of this test"\n'
        f'server_metadata_url = "{provider.url}/.well-known/openid-configuration"\n'
        f"[sign_in]\n{section}\n"
    )
    with running(server):
        yield server.base


@pytest.fixture(scope="module")
def provider() -> Iterator[Identity]:
    with providing() as one:
        yield one


def only_the_sign_in(sight: Sight) -> None:
    page = sight.page
    assert page.locator("h1").all_inner_texts() == ["Sign in"]
    assert page.get_by_role("navigation").count() == 0
    assert page.locator('[data-testid="stSidebar"]').count() == 0
    for kind in ("stVegaLiteChart", "stDataFrame", "stTable", "stSelectbox", "stException"):
        assert page.locator(f'[data-testid="{kind}"]').count() == 0
    assert page.get_by_role("dialog").count() == 0
    assert "Birmingham" not in page.content()


@pytest.mark.parametrize("name", PAGES)
def test_the_first_visitor_of_any_page_sees_only_the_sign_in(
    name: str, data: Path, tmp_path: Path, provider: Identity, sights: Callable[..., Sight]
) -> None:
    with guarded(data, tmp_path, provider) as base:
        sight = sights(base).open(f"{'' if name == 'home' else name}?area=330")
        only_the_sign_in(sight)
        assert "example.org, council.example.net" in sight.page.content()


def test_who_is_let_in(
    data: Path, tmp_path: Path, provider: Identity, sights: Callable[..., Sight]
) -> None:
    with guarded(data, tmp_path, provider) as base:
        for email, verified, let_in in (
            ("someone@council.example.net", True, True),
            ("Some.One@EXAMPLE.ORG", None, True),
            ("someone@example.org", False, False),
            ("someone@example.org.evil.example", True, False),
            ("example.org", True, False),
            ("someone@sub.example.org", True, False),
        ):
            provider.email, provider.verified = email, verified
            sight = sights(base).open("data")
            sight.page.get_by_role("button", name="Sign in").click()
            sight.page.get_by_text(
                "Sign out" if let_in else "You are signed in as", exact=let_in
            ).first.wait_for(timeout=20_000)
            sight.settle()
            if let_in:
                assert sight.page.locator("h1").all_inner_texts() != ["Sign in"]
                assert sight.page.get_by_role("navigation").count() >= 1
            else:
                only_the_sign_in(sight)
                assert "not among those" in sight.page.content()


def test_secrets_that_do_not_say_whom_let_nobody_in(
    data: Path, tmp_path: Path, provider: Identity, sights: Callable[..., Sight]
) -> None:
    with guarded(data, tmp_path, provider, "domains = []") as base:
        sight = sights(base).open("data")
        only_the_sign_in(sight)
        assert "Nobody can sign in yet" in sight.page.content()
        assert sight.page.get_by_role("button", name="Sign in").count() == 0
