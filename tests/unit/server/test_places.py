"""How many are served at once."""

import asyncio
from typing import Any

import pytest

from server.closed import ClosedAddresses
from server.places import Places
from tests.unit.server.asgi import ask, says_yes, scope_of

SOCKET = scope_of("/_stcore/stream", kind="websocket")
HTML = {"accept": "text/html,*/*"}


def test_places_are_taken_and_come_free_again_even_after_a_fault() -> None:
    seen: list[str] = []

    async def falls_over(scope: Any, receive: Any, send: Any) -> None:
        await app(SOCKET, receive, note)
        raise ConnectionError

    async def note(message: Any) -> None:
        seen.append(message["type"])

    app = Places(falls_over, sessions=1)
    for _ in range(2):
        with pytest.raises(ConnectionError):
            ask(app, SOCKET)
    assert seen == ["websocket.close"] * 2, "a second was let in beside the first, or the first kept its place"


def test_when_all_places_are_taken_a_page_says_so_and_what_others_need_is_served() -> None:
    full = Places(says_yes, sessions=0)
    page = ask(full, scope_of("/explore", **HTML))
    assert page.status == 503
    assert "All places on this server are taken" in page.body
    assert int(page.header("retry-after")) > 0
    assert ask(full, scope_of("/wards/_stcore/host-config")).status == 503
    for path in ("/_stcore/health", "/static/js/index.js", "/media/table.csv", "/component/x/index.html"):
        assert ask(full, scope_of(path, **HTML)).status == 200, path


def test_addresses_that_no_screen_needs_are_not_there() -> None:
    app = ClosedAddresses(says_yes)
    for path in ("/_stcore/upload_file/session/file", "/wards/_stcore/metrics", "/_stcore/agent/interact"):
        assert ask(app, scope_of(path)).status == 404, path
    assert ask(app, scope_of("/_stcore/health")).status == 200


def test_files_are_taken_from_a_session_that_may_send_them_and_from_no_other() -> None:
    app = ClosedAddresses(says_yes, may_send=lambda session: session == "mine")
    for base in ("", "/wards"):
        assert ask(app, scope_of(f"{base}/_stcore/upload_file/mine/1234")).status == 200
        for path in ("other/1234", "mine", "", "/mine/1234", "other/mine", "mine%2F/1", "MINE/1234"):
            assert ask(app, scope_of(f"{base}/_stcore/upload_file/{path}")).status == 404, path
    assert ask(app, scope_of("/_stcore/upload_filemine/1234")).status == 404


def test_whoever_sends_a_file_too_slowly_gives_up_the_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    async def reads(scope: Any, receive: Any, send: Any) -> None:
        await receive()

    async def never() -> Any:
        await asyncio.Event().wait()

    async def try_it() -> list[Any]:
        said: list[Any] = []

        async def note(message: Any) -> None:
            said.append(message)

        app = ClosedAddresses(reads, may_send=lambda _: True)
        slow = [app(scope_of("/_stcore/upload_file/mine/1"), never, note) for _ in range(5)]
        await asyncio.gather(*slow)
        return [one["status"] for one in said if one["type"] == "http.response.start"]

    monkeypatch.setattr("server.closed._PATIENCE", 0.01)
    assert asyncio.run(try_it()) == [408] * 5
