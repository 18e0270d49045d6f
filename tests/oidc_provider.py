"""A small OpenID provider on this machine, for tests: made-up people, keys made at its start, nothing kept.

It does what OpenID Connect Core asks of the code flow and refuses what it must (unknown client or return address, used code,
wrong verifier), so that a test passes only if the other side does its part too. It asks for no password: whoever is picked is in.
"""

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

HOST = "127.0.0.1"
CLIENT_ID = "ward-overlap"
LIFETIME = 300
"""Seconds that a token is good for, which is not how long a session lasts."""


@dataclass
class Provider:
    """People by name with their claims; `iat` among these says when the token was made, for tests of old sessions."""

    people: Mapping[str, Mapping[str, Any]]
    client_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    redirect_uri: str = ""
    """The return address that is registered; set it before anybody signs in."""
    ended: list[str] = field(default_factory=list)
    """The `sub` of everyone who was signed out here."""
    _codes: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make a key and start to answer."""
        self._key = RSAKey.generate_key(2048, parameters={"kid": "test"}, private=True)
        routes = [
            Route("/.well-known/openid-configuration", self._metadata),
            Route("/authorize", self._authorize),
            Route("/approve", self._approve),
            Route("/token", self._token, methods=["POST"]),
            Route("/jwks", self._jwks),
            Route("/end", self._end),
        ]
        config = uvicorn.Config(Starlette(routes=routes), host=HOST, port=0, log_level="error", ws="none")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.issuer = f"http://{HOST}:{port}"

    def stop(self) -> None:
        """Stop answering."""
        self._server.should_exit = True
        self._thread.join(timeout=10)

    def secrets_toml(self, *, cookie_secret: str) -> str:
        """Write what an app's server has to know of this provider."""
        return (
            f'[auth]\nredirect_uri = "{self.redirect_uri}"\ncookie_secret = "{cookie_secret}"\n'
            f'client_id = "{CLIENT_ID}"\nclient_secret = "{self.client_secret}"\n'
            f'server_metadata_url = "{self.issuer}/.well-known/openid-configuration"\n'
        )

    async def _metadata(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/jwks",
                "end_session_endpoint": f"{self.issuer}/end",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def _jwks(self, _: Request) -> Response:
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        if why_not := self._why_not_authorize(asked):
            return PlainTextResponse(why_not, status_code=400)
        links = "".join(
            f'<p><a href="/approve?{escape(urlencode({**asked, "person": name}))}">{escape(name)}</a></p>'
            for name in self.people
        )
        head = '<!doctype html><html lang="en"><head><link rel="icon" href="data:,"></head>'
        return HTMLResponse(f"{head}<body><h1>Who are you?</h1>{links}</body></html>")

    def _why_not_authorize(self, asked: dict[str, str]) -> str | None:
        if asked.get("client_id") != CLIENT_ID or asked.get("redirect_uri") != self.redirect_uri:
            return "unknown client or return address"
        if asked.get("response_type") != "code" or "openid" not in asked.get("scope", "").split():
            return "not an OpenID code flow"
        if not asked.get("state") or not asked.get("nonce") or asked.get("code_challenge_method") != "S256":
            return "state, nonce and an S256 challenge are required"
        return None

    async def _approve(self, request: Request) -> Response:
        asked = dict(request.query_params)
        if self._why_not_authorize(asked) or asked.get("person") not in self.people:
            return PlainTextResponse("refused", status_code=400)
        code = secrets.token_urlsafe(16)
        self._codes[code] = (asked["person"], asked)
        return RedirectResponse(f"{self.redirect_uri}?{urlencode({'code': code, 'state': asked['state']})}")

    async def _token(self, request: Request) -> Response:
        form = {key: str(value) for key, value in (await request.form()).items()}
        person, asked = self._codes.pop(form.get("code", ""), ("", {}))
        proven = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if (
            not person
            or not self._is_client(request, form)
            or proven.rstrip(b"=").decode() != asked["code_challenge"]
            or form.get("redirect_uri") != self.redirect_uri
        ):
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + LIFETIME, "nonce": asked["nonce"]}
        token = jwt.encode({"alg": "RS256", "kid": "test"}, {**claims, **self.people[person]}, self._key)
        return JSONResponse(
            {"token_type": "Bearer", "expires_in": LIFETIME, "id_token": token, "access_token": secrets.token_hex(8)}
        )

    def _is_client(self, request: Request, form: Mapping[str, str]) -> bool:
        basic = base64.b64encode(f"{CLIENT_ID}:{self.client_secret}".encode()).decode()
        posted = (form.get("client_id"), form.get("client_secret")) == (CLIENT_ID, self.client_secret)
        return posted or request.headers.get("Authorization") == f"Basic {basic}"

    async def _end(self, request: Request) -> Response:
        hint = jwt.decode(request.query_params["id_token_hint"], self._key, algorithms=["RS256"])
        self.ended.append(hint.claims["sub"])
        if request.query_params.get("post_logout_redirect_uri") != self.redirect_uri:
            return PlainTextResponse("unknown return address", status_code=400)
        return RedirectResponse(self.redirect_uri)
