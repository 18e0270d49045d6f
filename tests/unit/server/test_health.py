"""`/health`: ready or not to anybody, the parts to the machine itself and to whoever has the token."""

import json

import pytest
from starlette.applications import Starlette

from data.demo.files import demo_settings
from ingest.places import STORE_VARIABLE
from server.health import TOKEN_VARIABLE, health_route
from tests.unit.server.asgi import ask, scope_of

TOKEN = "0123456789abcdef"


@pytest.fixture
def app(tmp_path, monkeypatch):
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path))
    return Starlette(routes=[health_route(demo_settings(), environ={TOKEN_VARIABLE: TOKEN})])


def answer(app, **given):
    found = ask(app, scope_of("/health", **given))
    return found.status, json.loads(found.body)


PARTS = {"store": "ok", "records": "ok", "snapshot": "ok", "disk": "ok"}


def test_the_machine_itself_is_told_the_parts(app):
    assert answer(app) == (200, {"status": "ready", "parts": PARTS})


@pytest.mark.parametrize("given", [{"ends": ("192.0.2.7", "127.0.0.1")}, {"x_forwarded_for": "192.0.2.7"}])
def test_others_are_told_only_whether_it_is_ready(app, given):
    assert answer(app, **given) == (200, {"status": "ready"})
    assert answer(app, **given, authorization="Bearer wrong-wrong-wrong") == (200, {"status": "ready"})
    assert answer(app, **given, authorization=f"Bearer {TOKEN}") == (200, {"status": "ready", "parts": PARTS})


def test_a_short_token_is_none():
    app = Starlette(routes=[health_route(None, environ={TOKEN_VARIABLE: "short"})])
    assert answer(app, x_real_ip="192.0.2.7", authorization="Bearer short") == (200, {"status": "ready"})
    assert answer(Starlette(routes=[health_route(None, environ={})]), x_real_ip="1", authorization="Bearer ")[1] == {
        "status": "ready"
    }


def test_what_is_not_ready_is_503_and_not_looked_at_again_at_once(app, monkeypatch):
    monkeypatch.setattr("disclosure.health.ROOM", 2**62)
    assert answer(app, x_real_ip="192.0.2.7") == (503, {"status": "not ready"})
    monkeypatch.setattr("disclosure.health.ROOM", 0)
    assert answer(app)[0] == 503


def test_it_lies_under_the_path_of_the_program():
    app = Starlette(routes=[health_route(None, base_path="/overlap/")])
    assert ask(app, scope_of("/overlap/health")).status == 200
    assert ask(app, scope_of("/health")).status == 404
