"""A stand-in identity provider on loopback: OpenID Connect as far as signing in goes."""

import json
import secrets
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa


def coded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


class Identity:
    """A provider that signs in, without asking, whoever `email` names."""

    def __init__(self) -> None:
        self.email = "someone@example.org"
        self.verified: bool | None = True
        self._key = rsa.generate_private_key(65537, 2048)
        self._nonces: dict[str, str] = {}
        provider = self

        class Handler(_Handler):
            of = provider

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def about(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def keys(self) -> dict[str, Any]:
        numbers = self._key.public_key().public_numbers()
        n = numbers.n.to_bytes(256, "big")
        key = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "1", "n": coded(n)}
        return {"keys": [{**key, "e": coded(numbers.e.to_bytes(3, "big"))}]}

    def code(self, nonce: str) -> str:
        code = secrets.token_urlsafe(16)
        self._nonces[code] = nonce
        return code

    def token(self, code: str, client: str) -> dict[str, Any]:
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.url, "sub": self.email, "aud": client, "iat": now, "exp": now + 600,
            "nonce": self._nonces.pop(code), "email": self.email, "name": "Somebody",
        }  # fmt: skip
        if self.verified is not None:
            claims["email_verified"] = self.verified
        head = coded(json.dumps({"alg": "RS256", "kid": "1", "typ": "JWT"}).encode())
        body = f"{head}.{coded(json.dumps(claims).encode())}"
        signed = self._key.sign(body.encode(), padding.PKCS1v15(), hashes.SHA256())
        return {
            "access_token": "a",
            "token_type": "Bearer",
            "expires_in": 600,
            "id_token": f"{body}.{coded(signed)}",
        }


@contextmanager
def providing() -> Iterator[Identity]:
    provider = Identity()
    try:
        yield provider
    finally:
        provider.stop()


class _Handler(BaseHTTPRequestHandler):
    of: Identity

    def log_message(self, *_: Any) -> None:
        pass

    def _json(self, what: Any) -> None:
        body = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        split = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(split.query).items()}
        match split.path:
            case "/.well-known/openid-configuration":
                self._json(self.of.about())
            case "/keys":
                self._json(self.of.keys())
            case "/authorize":
                back = {"code": self.of.code(query.get("nonce", "")), "state": query["state"]}
                self.send_response(302)
                self.send_header("Location", f"{query['redirect_uri']}?{urlencode(back)}")
                self.send_header("Content-Length", "0")
                self.end_headers()
            case _:
                self.send_error(404)

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        form = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
        client = form.get("client_id") or "cscdash"
        self._json(self.of.token(form["code"], client))
