"""Certificates and proxies, tried on loopback with a certificate authority of our own."""

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from cscdash.publishers.client import Web
from cscdash.publishers.retries import UnansweredError
from tests.standin.small import HURRIED


class _Sound(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def do_CONNECT(self) -> None:
        self.send_response(407, "Proxy Authentication Required")
        self.send_header("Content-Length", "0")
        self.end_headers()


def signed(folder: Path) -> tuple[Path, Path]:
    """A file with an authority's certificate, and one with a key and what it signed."""
    authority, key = (
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP256R1()),
    )
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, n)]) for n in ("Council", "here")]
    now = datetime.now(UTC)

    def certificate(subject: int, public: ec.EllipticCurvePublicKey, ca: bool) -> bytes:
        made = (
            x509.CertificateBuilder()
            .subject_name(names[subject])
            .issuer_name(names[0])
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca, None), critical=True)
        )
        if not ca:
            address = x509.IPAddress(ip_address("127.0.0.1"))
            made = made.add_extension(x509.SubjectAlternativeName([address]), critical=False)
        return made.sign(authority, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    trusted, served = folder / "authority.pem", folder / "server.pem"
    trusted.write_bytes(certificate(0, authority.public_key(), ca=True))
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    served.write_bytes(private + certificate(1, key.public_key(), ca=False))
    return trusted, served


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing: most of these connections are meant to break off."""


@pytest.fixture
def encrypted(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of a server, and the file of the authority that signed its certificate."""
    trusted, served = signed(tmp_path)
    server = _Quiet(("127.0.0.1", 0), _Sound)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(served)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"https://127.0.0.1:{server.server_address[1]}/", trusted
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_authority_that_this_computer_does_not_know(encrypted: tuple[str, Path]) -> None:
    with Web(HURRIED, "") as web, pytest.raises(UnansweredError) as caught:
        web.json(encrypted[0])
    assert "127.0.0.1 showed a certificate that this computer does not trust" in str(caught.value)
    assert "SSL_CERT_FILE" in caught.value.advice
    assert len(web.requests) == 1  # asking again would not help


def test_an_authority_that_a_file_names(
    encrypted: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(encrypted[1]))
    with Web(HURRIED, "") as web:
        assert web.json(encrypted[0])[0] == {}


def test_a_proxy_that_asks_for_a_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Sound)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    port = server.server_address[1]
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("NO_PROXY", "")
    with Web(HURRIED, "") as web, pytest.raises(UnansweredError) as caught:
        web.json("https://content.example.org/a")
    server.shutdown()
    server.server_close()
    said = f"content.example.org cannot be reached: the proxy 127.0.0.1:{port} asks for a sign-in"
    assert str(caught.value) == said


def test_a_proxy_that_is_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    with Web(HURRIED, "") as web, pytest.raises(UnansweredError, match="does not answer"):
        web.json("https://content.example.org/a")
    assert len(web.requests) == HURRIED.failures
