"""The first visitor of a fresh server who is not let in: what the server says, to the last byte.

Without a browser, as Streamlit's own client would ask. `tests/browser` sees what is drawn of it.
"""

from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import pytest

from tests.app.reading import PAGES
from tests.security.visitor import elements, told
from tests.serving import ROOT, Server, running
from tests.standin.guarded import guarded, server_with, words_of_the_app
from tests.standin.secrets_files import LISTED, NOT_SURELY_OPEN

pytest.importorskip("authlib", reason="signing in needs Authlib: pip install 'cscdash[sign-in]'")
from tests.standin.identity import Identity, providing

DATA = ROOT / "data" / "demonstration"

# Of the secrets that unit tests go through, those that reach the app in another way each.
WRITTEN = [
    "an empty file",
    "only [auth]",
    "only [sign_in]",
    "[Auth]",
    "[signin]",
    "[sign-in] alone",
    "domains without a section",
    "[sign_in] is text",
    "[auth] is empty",
    "no domains",
    "domains are text",
    "a domain is a number",
    "a domain is a star",
    "a misspelt list",
    "no cookie_secret",
    "a short cookie_secret",
    "no server_metadata_url",
    "a setting that is not text",
    "an unknown setting",
    "something of another program",
]


def unreadable(file: Path) -> None:
    file.write_text("[auth\nredirect_uri = ")


def given_twice(file: Path) -> None:
    file.write_text(LISTED + LISTED)


def a_link_to_nowhere(file: Path) -> None:
    file.symlink_to("nowhere.toml")


def absent(file: Path) -> None:
    assert not file.exists()


BROKEN = [unreadable, given_twice, a_link_to_nowhere, absent]


@pytest.fixture(scope="module")
def provider() -> Iterator[Identity]:
    with providing() as one:
        yield one


@pytest.fixture(scope="module")
def words() -> list[bytes]:
    return words_of_the_app()


def heard(server: Server, name: str, words: list[bytes]) -> list[tuple[str, str]]:
    """Kind and words of each thing that a deep link shows; nothing else may have been said."""
    said = told(server.base.replace("http", "ws"), name, "area=330")
    whole = b"\n".join(said)
    assert [word for word in words if word in whole] == []
    return elements(said)


@pytest.mark.parametrize("name", PAGES)
def test_of_any_page_is_told_only_to_sign_in(
    name: str, tmp_path: Path, provider: Identity, words: list[bytes]
) -> None:
    with guarded(DATA, tmp_path, provider) as server:
        heading, text, button = heard(server, "" if name == "home" else name, words)
    assert heading == ("heading", "Sign in")
    assert text[0] == "markdown" and "example.org, council.example.net" in text[1]
    assert button == ("button", "Sign in")


@pytest.mark.parametrize(
    ("how", "name"),
    list(zip([*WRITTEN, *BROKEN, "an option", "a variable"], cycle(PAGES), strict=False)),
)
def test_is_told_nothing_where_the_app_is_not_surely_open(
    how: str | Callable[[Path], None], name: str, tmp_path: Path, words: list[bytes]
) -> None:
    file = tmp_path / "secrets.toml"
    options, environment = [], {}
    match how:
        case "an option":
            file.write_text('CSCDASH_HOSTED = "1"')
            options = ['--server.trustedUserHeaders={"X-User": "email"}']
        case "a variable":
            file.write_text('CSCDASH_HOSTED = "1"')
            environment = {"CSCDASH_SIGN_IN": "council.gov.uk"}
        case str():
            file.write_text(NOT_SURELY_OPEN[how])
        case _:
            how(file)
    with running(server_with(DATA, tmp_path, *options, **environment)) as server:
        heading, text = heard(server, "" if name == "home" else name, words)
    assert heading == ("heading", "Sign in")  # and no button
    assert text[0] == "alert" and "Nobody can sign in yet" in text[1]
    assert "has to look at its settings" in text[1]
    assert "Nobody is let in: " in (tmp_path / "log.txt").read_text()
