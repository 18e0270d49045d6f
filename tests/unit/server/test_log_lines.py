"""What is logged of a request: its kind, status and time; never its address."""

import logging

import pytest

from server.log_lines import LogRequests
from tests.unit.server.asgi import ask, says_yes, scope_of

SECRET = "X05000001"


async def refuses(scope, receive, send):
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def fails(scope, receive, send):
    raise ValueError(SECRET)


def noted(caplog: pytest.LogCaptureFixture) -> list[tuple[str, int]]:
    return [(one.facts["kind"], one.facts["status"]) for one in caplog.records]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("path", "kind", "app", "expected"),
    [
        ("/", "http", says_yes, [("page", 200)]),
        ("/_stcore/stream", "websocket", says_yes, [("tab", 101)]),
        ("/static/js/a.js", "http", says_yes, []),
        ("/static/js/a.js", "http", refuses, [("program", 404)]),
        ("/health", "http", says_yes, []),
        ("/_stcore/health", "http", says_yes, []),
        (f"/media/{SECRET}", "http", refuses, [("data", 404)]),
    ],
)
def test_an_answer_is_logged_by_kind(path, kind, app, expected, caplog):
    caplog.set_level(logging.INFO)
    ask(LogRequests(app), scope_of(path, kind=kind) | {"query_string": SECRET.encode()})
    assert noted(caplog) == expected
    assert SECRET not in str([vars(one) for one in caplog.records])


def test_what_nothing_answered_is_logged_too(caplog):
    caplog.set_level(logging.INFO)
    with pytest.raises(ValueError, match=SECRET):
        ask(LogRequests(fails), scope_of("/"))
    assert noted(caplog) == [("page", 0)]
