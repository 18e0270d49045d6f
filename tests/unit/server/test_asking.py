"""Who may ask the server, and who is refused."""

import pytest

from server.asking import WhoMayAsk
from tests.unit.server.asgi import ask, says_yes, scope_of

ALONE = WhoMayAsk(says_yes, hosts=["overlap.example"], this_machine_only=True)
SIGNED_IN = WhoMayAsk(says_yes, hosts=["Overlap.example"], this_machine_only=False)
ELSEWHERE = "192.0.2.7"


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost", "LOCALHOST:1", "[::1]:8501"])
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_without_sign_in_the_machine_itself_is_answered(kind: str, host: str) -> None:
    assert ask(ALONE, scope_of(kind=kind, host=host)).status in (200, 101)


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "ends", [(ELSEWHERE, ELSEWHERE), (ELSEWHERE, "127.0.0.1"), ("127.0.0.1", ELSEWHERE), ("::ffff:192.0.2.7", "::1")]
)
def test_without_sign_in_another_machine_is_refused_whatever_it_calls_us(kind: str, ends: tuple[str, str]) -> None:
    assert ask(ALONE, scope_of(kind=kind, ends=ends)).status == 403


def test_ipv4_in_ipv6_form_is_still_this_machine() -> None:
    assert ask(ALONE, scope_of(ends=("::ffff:127.0.0.1", "::ffff:127.0.0.1"))).status == 200


@pytest.mark.parametrize("end", ["client", "server"])
def test_without_sign_in_a_connection_that_does_not_say_where_it_is_from_is_refused(end: str) -> None:
    assert ask(ALONE, scope_of() | {end: None}).status == 403


def test_without_sign_in_a_unix_socket_is_refused_since_a_proxy_stands_behind_it() -> None:
    assert ask(ALONE, scope_of() | {"client": None, "server": ("/run/overlap.sock", None)}).status == 403


@pytest.mark.parametrize("name", ["x_forwarded_for", "forwarded", "x_real_ip", "x_forwarded_host"])
def test_without_sign_in_what_a_proxy_brings_is_refused(name: str) -> None:
    assert ask(ALONE, scope_of(**{name: "127.0.0.1"})).status == 403
    assert ask(SIGNED_IN, scope_of(**{name: "127.0.0.1"})).status == 200


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "evil@127.0.0.1",
        "127.0.0.1:x",
        "127.0.0.1/evil",
        "overlap.example",
        "",
        None,
    ],
)
def test_a_name_that_was_pointed_at_this_machine_is_refused(kind: str, host: str | None) -> None:
    assert ask(ALONE, scope_of(kind=kind, host=host)).status == 403


def test_two_hosts_are_refused() -> None:
    scope = scope_of()
    scope["headers"].append((b"host", b"127.0.0.1:8501"))
    assert ask(ALONE, scope).status == 403


def test_with_sign_in_other_machines_are_answered_under_our_name_only() -> None:
    ends = (ELSEWHERE, ELSEWHERE)
    assert ask(SIGNED_IN, scope_of(ends=ends, host="overlap.example")).status == 200
    assert ask(SIGNED_IN, scope_of(ends=ends, host="evil.example")).status == 403


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://127.0.0.1:3000", "http://localhost:8501", "null", "http://[", "file://"]
)
def test_a_page_of_another_origin_is_refused_even_if_it_is_on_this_machine(kind: str, origin: str) -> None:
    assert ask(ALONE, scope_of(kind=kind, origin=origin)).status == 403
    assert ask(ALONE, scope_of(kind=kind, origin="http://127.0.0.1:8501")).status in (200, 101)


@pytest.mark.parametrize(
    ("site", "mode", "dest", "status"),
    [
        ("same-origin", "cors", "empty", 200),
        ("none", "navigate", "document", 200),
        ("cross-site", "navigate", "document", 200),
        ("cross-site", "navigate", "iframe", 403),
        ("cross-site", "no-cors", "image", 403),
        ("same-site", "no-cors", "script", 403),
    ],
)
def test_a_page_of_another_site_may_lead_here_but_take_nothing_in(site: str, mode: str, dest: str, status: int) -> None:
    fetch = {"sec_fetch_site": site, "sec_fetch_mode": mode, "sec_fetch_dest": dest}
    assert ask(ALONE, scope_of(**fetch)).status == status
