"""What is said of a provider that is asked whether it is there."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from pages.provider import fault_of
from tests.oidc_provider import Provider

METADATA = "/.well-known/openid-configuration"


class _Answers(BaseHTTPRequestHandler):
    """Answers with what its path says."""

    def do_GET(self) -> None:
        status, _, body = self.path.strip("/").partition("/")
        self.send_response(int(status))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def answering() -> Iterator[str]:
    """Address of a server that answers with `/STATUS/BODY`."""
    server = HTTPServer(("127.0.0.1", 0), _Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_provider_has_no_fault_until_it_stops() -> None:
    provider = Provider({})
    assert fault_of(provider.issuer + METADATA, options={}) is None
    provider.stop()
    assert fault_of(provider.issuer + METADATA, options={}) == "ConnectError"


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/503/", "status 503"),
        ("/302/", "status 302"),
        ("/200/hello", "JSONDecodeError"),
        ("/200/[]", "no description of a provider"),
        ("/200/%7B%7D", "JSONDecodeError"),
    ],
)
def test_what_is_no_provider_is_named_by_its_kind(answering: str, path: str, fault: str) -> None:
    assert fault_of(answering + path, options={}) == fault


@pytest.mark.parametrize(
    ("address", "fault"),
    [("http://name:port/", "InvalidURL"), ("nothing", "UnsupportedProtocol"), ("https://", "UnsupportedProtocol")],
)
def test_what_is_no_address_is_named_by_its_kind(address: str, fault: str) -> None:
    assert fault_of(address, options={}) == fault


@pytest.mark.filterwarnings("ignore:.*cert=.* is deprecated")
def test_options_without_which_it_cannot_be_asked_are_a_fault_and_no_crash() -> None:
    assert fault_of("https://127.0.0.1:1/", options={"cert": "nowhere.pem"}) == "FileNotFoundError"
