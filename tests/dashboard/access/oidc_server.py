"""A small OpenID Connect provider on loopback: discovery, authorization code flow, signed tokens, log-out."""

import base64
import json
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, CLIENT_SECRET = "meta-med", "not-a-secret-outside-of-this-test"


@dataclass
class Provider:
    """The provider's state.

    Attributes:
        people: name -> claims; their page of the provider has a button each.
        lifetime: seconds until a token expires.

    """

    people: Mapping[str, Mapping[str, Any]]
    lifetime: float = 3600.0
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}))
    codes: dict[str, dict[str, Any]] = field(default_factory=dict)
    address: str = ""

    def token(self, code: str) -> dict[str, Any]:
        """What the token endpoint answers: each code once."""
        asked, now = self.codes.pop(code), int(time.time())
        claims = {
            "iss": self.address, "aud": CLIENT, "sub": asked["person"], "nonce": asked["nonce"],
            "iat": now, "exp": now + self.lifetime, **self.people[asked["person"]],
        }  # fmt: skip
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return {"access_token": secrets.token_hex(8), "token_type": "Bearer", "id_token": signed}

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "end_session_endpoint": f"{self.address}/log_out",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }


@contextmanager
def provider(people: Mapping[str, Mapping[str, Any]], **options: Any) -> Iterator[Provider]:
    """The provider on a free port, until the block ends."""
    served = Provider(people, **options)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(served))
    served.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def _handler(served: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            match parts.path:
                case "/.well-known/openid-configuration":
                    self._json(served.metadata())
                case "/keys":
                    self._json({"keys": [served.key.as_dict(private=False)]})
                case "/authorize":
                    self._log_in(asked)
                case "/chosen":
                    self._back(asked)
                case "/log_out":
                    self._redirect(asked["post_logout_redirect_uri"])
                case _:
                    self.send_error(404)

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            form = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
            given = base64.b64encode(f"{CLIENT}:{CLIENT_SECRET}".encode()).decode()
            if self.headers.get("Authorization") != f"Basic {given}" or form.get("code") not in served.codes:
                self.send_error(401)
                return
            self._json(served.token(form["code"]))

        def _log_in(self, asked: Mapping[str, str]) -> None:
            links = "".join(
                f'<p><a href="/chosen?{urlencode({**asked, "person": name})}">{name}</a></p>'
                for name in served.people
            )
            self._send(f"<h1>Who are you?</h1>{links}".encode(), "text/html")

        def _back(self, asked: Mapping[str, str]) -> None:
            code = secrets.token_hex(16)
            served.codes[code] = {"person": asked["person"], "nonce": asked["nonce"]}
            back = urlencode({"code": code, "state": asked["state"]})
            self._redirect(f"{asked['redirect_uri']}?{back}")

        def _redirect(self, address: str) -> None:
            self.send_response(302)
            self.send_header("Location", address)
            self.end_headers()

        def _json(self, content: Any) -> None:
            self._send(json.dumps(content).encode(), "application/json")

        def _send(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
