"""A running server, asked by hand what no browser of ours would ask."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from ingest.places import STORE_VARIABLE
from tests.browser.serving import HOST, PROJECT, StreamlitServer

PROTOCOLS = ["streamlit"]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Port of a dashboard that gives up on a silent tab after two seconds."""
    env = {STORE_VARIABLE: str(tmp_path_factory.mktemp("store")), "WARD_OVERLAP_SETTINGS": ""}
    server = StreamlitServer(PROJECT / "dashboard.py", env=env, arguments=("--server.websocketPingInterval", "1"))
    server.wait()
    yield server.port
    server.stop()


def status(port: int, path: str = "/_stcore/health", *, host: str = HOST, **headers: str) -> int:
    """Ask and give the status."""
    asked = http.client.HTTPConnection(host, port, timeout=10)
    try:
        asked.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        return asked.getresponse().status
    finally:
        asked.close()


def opened(port: int, *, name: str = HOST, origin: str | None = None) -> ClientConnection:
    """Open a session's websocket at this machine, calling it by a name."""
    raw = socket.create_connection((HOST, port), timeout=10)
    return connect(
        f"ws://{name}:{port}/_stcore/stream", sock=raw, origin=origin, subprotocols=PROTOCOLS, open_timeout=10
    )  # type: ignore[arg-type, list-item]


def why_closed(port: int, message: str | bytes) -> int:
    """Send this, and give the code with which the session is closed; 1006 if it is without one."""
    with opened(port) as session:
        try:
            session.send(message)
            while True:
                session.recv(timeout=20)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006


def test_no_page_and_no_session_under_a_foreign_name_or_from_a_foreign_page(port: int) -> None:
    assert status(port) == 200
    assert status(port, Host=f"evil.example:{port}") == 403
    assert status(port, Host=f"evil.example:{port}", Origin=f"http://evil.example:{port}") == 403
    assert status(port, Origin="http://localhost:3000") == 403
    assert status(port, X_Forwarded_For="192.0.2.7") == 403
    for foreign in (
        {"name": "evil.example", "origin": f"http://evil.example:{port}"},
        {"origin": "http://localhost:3000"},
        {"origin": "null"},
    ):
        with pytest.raises(InvalidStatus, match="403"):
            opened(port, **foreign)


def test_a_session_from_our_own_page_gets_its_screen(port: int) -> None:
    with opened(port, origin=f"http://{HOST}:{port}") as session:
        session.send(BackMsg(rerun_script={}).SerializeToString())
        assert ForwardMsg.FromString(session.recv(timeout=20)).WhichOneof("type") == "new_session"


def test_headers_and_messages_beyond_their_limits_are_refused(port: int) -> None:
    assert status(port, X_Large="x" * 30_000) == 200
    assert status(port, X_Large="x" * 600_000) == 400
    assert why_closed(port, bytes(2_000_000)) == 1009  # beyond maxWidgetStateSize
    assert why_closed(port, bytes(17_000_000)) in (
        1009,
        1006,
    )  # beyond maxMessageSize: it may be cut off while still being sent


def test_what_is_no_message_ends_its_own_session_only(port: int) -> None:
    with opened(port) as good:
        for nonsense in ("text", b"\xff\xff\xff"):
            assert why_closed(port, nonsense) in (1000, 1002, 1006)
        good.ping().wait(10)
        assert good.close_code is None


def test_a_tab_that_takes_nothing_in_is_cut_off(port: int) -> None:
    with socket.create_connection((HOST, port), timeout=20) as silent:
        silent.sendall(
            f"GET /_stcore/stream HTTP/1.1\r\nHost: {HOST}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
        )
        assert silent.recv(12) == b"HTTP/1.1 101"
        while silent.recv(65536):  # never answers a ping; ends with the connection, or with the test's own time limit
            continue


def test_started_in_another_way_on_every_address_it_still_answers_its_own_machine_only() -> None:
    """`uvicorn dashboard:app --host 0.0.0.0`: the address is then not known when the program starts."""
    other = _address_of_this_machine()
    with socket.socket() as probe:
        probe.bind(("", 0))
        port = int(probe.getsockname()[1])
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "dashboard:app",
        "--host",
        "0.0.0.0",
        "--port",
        str(port),
        "--log-level",
        "error",
    ]
    running = subprocess.Popen(command, cwd=PROJECT)
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not _listens(port):
            time.sleep(0.05)
        assert status(port) == 200
        if other is None:
            pytest.skip("this machine has no address but its own, so it cannot be asked at another")
        assert status(port, host=other) == 403
        assert status(port, host=other, Host=HOST) == 403
    finally:
        running.terminate()
        running.wait(timeout=20)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def _address_of_this_machine() -> str | None:
    """Its address in a network: from the routing table, nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.7", 9))
        except OSError:
            return None
        address = str(probe.getsockname()[0])
    return None if address.startswith("127.") else address
