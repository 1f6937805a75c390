"""Servers with secrets of their own: those that ask for signing in, and those that should."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cscdash.catalogue import catalogue
from cscdash.places import places
from tests.serving import ROOT, Server, running
from tests.standin.identity import Identity

DOMAINS = '[sign_in]\ndomains = ["Example.org", "council.example.net"]\n'


def server_with(data: Path, folder: Path, *options: str, **environment: str) -> Server:
    """A server, not yet started, with secrets of its own and its log beside them."""
    secrets = f"--secrets.files={folder / 'secrets.toml'}"
    server = Server(data, ROOT / "app.py", secrets, *options, NO_PROXY="127.0.0.1", **environment)
    server.log = folder / "log.txt"
    return server


@contextmanager
def guarded(
    data: Path, folder: Path, provider: Identity, section: str = DOMAINS
) -> Iterator[Server]:
    """A new server whose secrets ask for signing in."""
    server = server_with(data, folder)
    (folder / "secrets.toml").write_text(
        f'[auth]\nredirect_uri = "{server.base}/oauth2callback"\n'
        f'cookie_secret = "of this test alone"\n'
        f'client_id = "cscdash"\nclient_secret = "of this test"\n'
        f'server_metadata_url = "{provider.url}/.well-known/openid-configuration"\n'
        f"{section}\n"
    )
    with running(server):
        yield server


def words_of_the_app() -> list[bytes]:
    """Words that nobody may receive before being let in."""
    names = [area.name for area in places().areas.values()]
    titles = [indicator.title for indicator in catalogue().indicators]
    titles += [chapter.title for chapter in catalogue().chapters]
    return [word.encode() for word in {*names, *titles} if len(word) > 8]
