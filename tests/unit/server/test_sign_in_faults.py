"""A sign-in that fails inside Streamlit: what the person is shown, and what stands in the log."""

import logging
from typing import Any

import httpx
import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from streamlit.auth_util import encode_provider_token
from streamlit.web.server.starlette.starlette_auth_routes import create_auth_routes

from server.sign_in_faults import OneLine, SignInFaults
from tests.oidc_provider import Provider
from tests.unit.server.asgi import ask, says_yes, scope_of

WORDS = {"handling": "For <members>.", "contact": "the data team & co"}
STREAMLIT = "streamlit.web.server.starlette.starlette_auth_routes"


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> Provider:
    """A provider that the app knows and that has stopped."""
    provider = Provider({})
    provider.stop()
    auth = {
        "redirect_uri": "http://127.0.0.1:8501/oauth2callback",
        "cookie_secret": "x" * 40,
        "client_id": "ward-overlap",
        "client_secret": "HIDDEN",
        "server_metadata_url": f"{provider.issuer}/.well-known/openid-configuration",
    }
    monkeypatch.setattr(st.secrets, "_secrets", {"auth": auth})
    return provider


@pytest.fixture
def app(stopped: Provider) -> Starlette:
    """Streamlit's own sign-in, with ours around it."""
    around = [Middleware(SignInFaults, **WORDS), Middleware(SessionMiddleware, secret_key="x")]
    return Starlette(routes=create_auth_routes(""), middleware=around)


def test_streamlits_sign_in_that_fails_gives_a_marked_page_with_a_way_back(
    app: Starlette, caplog: pytest.LogCaptureFixture
) -> None:
    streamlits = logging.getLogger(STREAMLIT)
    streamlits.addHandler(caplog.handler)
    try:
        query = f"provider={encode_provider_token('default')}"
        answer = ask(app, scope_of("/auth/login") | {"query_string": query.encode()})
    finally:
        streamlits.removeHandler(caplog.handler)
    assert answer.status == 503
    assert "OFFICIAL-SENSITIVE</b> For &lt;members&gt;." in answer.body
    assert "Whom to ask: the data team &amp; co" in answer.body
    assert '<a href="/">' in answer.body
    assert "Authentication error" not in answer.body
    lines = [line for line in caplog.text.splitlines() if line]
    assert lines
    assert len(lines) == len(caplog.records)
    assert "httpx.ConnectError of 127.0.0.1, starlette_auth_routes.py:" in lines[0]
    assert "HIDDEN" not in caplog.text


def test_what_succeeds_and_what_is_elsewhere_stays_as_it_is(app: Starlette) -> None:
    assert ask(app, scope_of("/auth/login")).status == 302
    around = SignInFaults(says_yes, **WORDS)
    for path in ("/auth/login", "/explore", "/_stcore/health"):
        assert ask(around, scope_of(path)).body == "yes"
    assert ask(SignInFaults(_fails, **WORDS), scope_of("/explore")).body == "Authentication error"


def test_under_a_path_the_way_back_leads_there() -> None:
    app = SignInFaults(_fails, **WORDS, base_path="wards/")
    assert '<a href="/wards/">' in ask(app, scope_of("/wards/auth/login")).body


def test_a_record_without_an_error_and_an_error_without_a_request_are_fine() -> None:
    for raised in (None, httpx.ReadTimeout("HIDDEN"), ValueError("HIDDEN")):
        record = logging.LogRecord(STREAMLIT, logging.WARNING, "", 1, "Went %s.", ("wrong",), None)
        record.exc_info = None if raised is None else (type(raised), raised, None)
        assert OneLine().filter(record)
        assert record.getMessage().startswith("Went wrong.")
        assert "HIDDEN" not in record.getMessage()
        assert record.exc_info is None


async def _fails(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 400, "headers": []})
    await send({"type": "http.response.body", "body": b"Authentication error"})
