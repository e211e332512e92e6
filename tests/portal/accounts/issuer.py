"""A small OpenID Connect issuer on loopback, as a broker for eHerkenning is one: discovery, keys, token, userinfo."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

KEY_ID = "sleutel-1"


@dataclass
class Issuer:
    """`claims` and `told` add to, or replace, what the token and the userinfo say; None leaves a claim out."""

    client_id: str = "portaal"
    secret: str = "een-geheim-van-het-portaal"
    claims: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    #: What to sign with instead of our key, and by which algorithm.
    signs_with: Any = None
    algorithm: str = "RS256"
    #: Answers that replace the real ones, by path.
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._codes: dict[str, dict[str, Any]] = {}
        handler = type("Handler", (_Handler,), {"issuer": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def authorize(self, target: str) -> str:
        """As a person who agrees: where the browser goes back to."""
        url = urlsplit(target)
        assert f"{url.scheme}://{url.netloc}{url.path}" == f"{self.url}/authorize"
        asked = {name: values[0] for name, values in parse_qs(url.query).items()}
        assert (asked["client_id"], asked["response_type"]) == (self.client_id, "code")
        assert set(asked["scope"].split()) == {"openid", "profile", "email"}
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    # --- what the portal asks ------------------------------------------------------------------------------------

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        key = RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**key, "kid": KEY_ID, "use": "sig", "alg": "RS256"}]}

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        """A code is good for one time, for who has the secret and the verifier."""
        asked = self._codes.pop(form.get("code", ""), None)
        challenge = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        encoded = base64.urlsafe_b64encode(challenge).rstrip(b"=").decode()
        is_ours = (form.get("client_id"), form.get("client_secret")) == (self.client_id, self.secret)
        if asked is None or not is_ours or asked["code_challenge"] != encoded:
            return {"error": "invalid_grant"}
        return {"access_token": "toegang", "token_type": "Bearer", "id_token": self.id_token(asked["nonce"])}

    def id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {
            "iss": self.url,
            "sub": "kvk-12345678-sanne",
            "aud": self.client_id,
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            **self.claims,
        }
        kept = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(
            kept,
            self.key if self.signs_with is None else self.signs_with,
            self.algorithm,
            headers={"kid": KEY_ID},
        )

    def userinfo(self) -> dict[str, Any]:
        person = {"sub": "kvk-12345678-sanne", "name": "Sanne de Vries", "email": "sanne@bedrijf.example"}
        return {**person, "email_verified": True, **self.told}


class _Handler(BaseHTTPRequestHandler):
    issuer: Issuer

    def do_GET(self) -> None:
        answers = {
            "/.well-known/openid-configuration": self.issuer.discovery,
            "/keys": self.issuer.keys,
            "/userinfo": self.issuer.userinfo,
        }
        self._answer(answers.get(urlsplit(self.path).path))

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        form = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
        self._answer(lambda: self.issuer.token(form))

    def _answer(self, make: Any) -> None:
        path = urlsplit(self.path).path
        self.issuer.asked.append(path)
        if path in self.issuer.answers:
            status, body = self.issuer.answers[path]
        else:
            told = make() if make else {"error": "not_found"}
            status, body = (400 if "error" in told else 200), json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on the screen of the tests."""
