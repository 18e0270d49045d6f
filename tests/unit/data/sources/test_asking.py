"""Asking a service: what passes, what does not, and whom nothing is ever asked of."""

import ipaddress
import itertools
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from data.errors import UsageError
from data.sources.arcgis_layers import list_services
from data.sources.asking import Caller, Patience
from data.sources.faults import ServiceError, retry_after
from tests.arcgis_server import ArcgisServer, Reply, Served, arcgis_server, error_body
from tests.service_callers import HURRIED, Told, caller_of


@pytest.fixture
def server() -> Iterator[ArcgisServer]:
    with arcgis_server() as running:
        running.services["WD23_LAD23_UK_LU"] = Served([{"WD23CD": "E05000000"}])
        yield running


@pytest.mark.parametrize(
    "fault",
    [
        Reply(stall=True),
        Reply(b'{"services": [' + b" " * 100, cut_after=20),
        Reply(b'{"services": [{"name": "WD2'),
        Reply(status=503),
        Reply(status=502, body=b"<html>Bad gateway</html>"),
        Reply(b'{"services": []}'),
        Reply(b'{"services": NaN}'),
        error_body(504, "Your request has timed out."),
        error_body(429, "Too many requests"),
    ],
    ids=["time-out", "cut", "half a body", "503", "502 page", "empty list", "NaN", "error 504", "error 429"],
)
def test_a_fault_that_passes_is_waited_out_and_said(server, fault):
    server.fail("directory", fault)
    told = Told()
    with caller_of(server, told) as caller:
        assert list_services(caller) == ("WD23_LAD23_UK_LU",)
    assert told.waits == [1.0]
    assert "Asking again in 1 s (1 of 3)" in told.lines[0]


def test_a_fault_that_does_not_pass_ends_in_a_sentence_after_so_many_attempts(server):
    server.fail("directory", Reply(status=500), on=(1, 2, 3))
    told = Told()
    with (
        caller_of(server, told) as caller,
        pytest.raises(ServiceError, match=r"fault of its own \(500\), 3 times running.*Try later"),
    ):
        list_services(caller)
    assert told.waits == [1.0, 2.0]
    assert server.count("directory") == 3


@pytest.mark.parametrize("as_date", [False, True])
def test_it_waits_as_long_as_the_service_asks(server, as_date):
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=115), usegmt=True)
    server.fail("directory", Reply(status=429, headers={"Retry-After": until if as_date else "7"}))
    told = Told()
    with caller_of(server, told) as caller:
        list_services(caller)
    (waited,) = told.waits
    assert (10 < waited <= 115) if as_date else waited == 7
    assert "asked too often" in told.lines[0]


@pytest.mark.parametrize("header", ["soon", "-5", "", "Sun, 06 Nov 1994 08:49:37"])
def test_a_wait_that_cannot_be_read_is_taken_for_none(header):
    assert retry_after(header) is None


def test_a_wait_until_a_time_gone_by_is_none_at_all():
    assert retry_after("Sun, 06 Nov 1994 08:49:37 GMT") == 0.0


def test_it_does_not_wait_for_hours(server):
    server.fail("directory", Reply(status=429, headers={"Retry-After": "86400"}))
    told = Told()
    with caller_of(server, told) as caller, pytest.raises(ServiceError, match="left alone for 86,400 seconds"):
        list_services(caller)
    assert told.waits == []


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Reply(b"\n <!DOCTYPE html><html>Sign in</html>"), "sign-in page of a proxy"),
        (Reply(status=302, headers={"Location": "https://login.example/"}), r"another host \(login.example\)"),
        (Reply(status=301, headers={"Location": "http://127.0.0.1:1/"}), "another host"),
        (Reply(status=407), "The proxy wants a sign-in"),
        (Reply(status=403), "wants a sign-in, or a filter"),
        (Reply(status=404), "no such service any more"),
        (Reply(status=418), "status 418"),
        (error_body(400, "Invalid URL"), r"no such service any more.*\(400: Invalid URL\)"),
        (error_body(499, "Token Required"), "wants a sign-in"),
        (Reply(b"[1, 2]"), "not what such a service answers"),
        (Reply(b"[" * 200_000), "not what such a service answers"),
        (Reply(b'{"services": 5}'), "not that of a list of services"),
        (Reply(b'{"x": "' + b"y" * 2**20 + b'"}'), "more than 1 megabytes"),
    ],
)
def test_a_fault_that_will_not_pass_is_not_asked_about_again(server, fault, sentence):
    server.fail("directory", fault)
    told = Told()
    small = Patience(connect=5.0, read=5.0, attempts=3, answer_megabytes=1)
    with caller_of(server, told, patience=small) as caller, pytest.raises(ServiceError, match=sentence):
        list_services(caller)
    assert server.count("directory") == 1
    assert told.waits == []


def test_what_a_service_says_is_shown_as_one_harmless_line(server):
    server.fail("directory", error_body(400, "no\x1b[2J\u202e such\nservice " + "x" * 5_000))
    with caller_of(server) as caller, pytest.raises(ServiceError) as raised:
        list_services(caller)
    said = str(raised.value)
    assert "no[2J such service xxx" in said
    assert len(said) < 500


@pytest.mark.parametrize(
    "name", ["../WD_DEC_2023_UK_BGC", "a/WD_2023_UK_BGC", "WD\x1b_2023_UK_BGC", "W" * 201, "WD?x=1", ""]
)
def test_names_that_could_lead_elsewhere_are_passed_over(server, name):
    server.services[name] = Served([])
    with caller_of(server) as caller:
        assert list_services(caller) == ("WD23_LAD23_UK_LU",)


def test_a_redirect_on_the_same_host_is_followed_but_not_for_ever(server):
    there = server.address.partition("/ORG")[2]
    server.fail("directory", Reply(status=302, headers={"Location": f"/ORG{there}?f=json"}))
    with caller_of(server) as caller:
        assert list_services(caller) == ("WD23_LAD23_UK_LU",)
    server.fail("directory", Reply(status=302, headers={"Location": f"/ORG{there}?f=json"}), on=range(1, 9))
    with caller_of(server) as caller, pytest.raises(ServiceError, match="round in circles"):
        list_services(caller)


def test_an_answer_that_trickles_is_given_up(server):
    ticks = itertools.count(0.0, 200.0)
    with (
        caller_of(server, clock=lambda: next(ticks), patience=Patience(attempts=1, answer=100.0, run=1e9)) as caller,
        pytest.raises(ServiceError, match="an answer takes too long"),
    ):
        list_services(caller)


def test_a_run_that_takes_too_long_stops_and_says_that_it_goes_on(server):
    ticks = itertools.count(0.0, 4_000.0)
    with (
        caller_of(server, clock=lambda: next(ticks)) as caller,
        pytest.raises(ServiceError, match=r"more than 60 minutes.*goes on from where it stopped"),
    ):
        list_services(caller)
    assert server.asked == []


def test_no_network_is_a_sentence_that_names_another_way():
    told = Told()
    caller = Caller("https://service.invalid/rest/services", patience=HURRIED, sleep=told.waits.append)
    with caller, pytest.raises(ServiceError, match=r"service.invalid: it cannot be reached.*docs/boundaries.md"):
        list_services(caller)


@pytest.mark.parametrize(
    "address",
    [
        *("http://services1.arcgis.com/x", "ftp://127.0.0.1/x", "file:///etc/passwd", "services1.arcgis.com", ""),
        *("https://", "https://me:secret@host/x", "https://host/x?token=1", "https://host/x#y"),
        *("http://127.0.0.1.evil.example/", "http://0.0.0.0/", "http://169.254.169.254/latest"),
    ],
)
def test_only_https_is_asked_and_http_on_this_machine_alone(address):
    with pytest.raises(UsageError) as raised:
        Caller(address)
    assert "secret" not in str(raised.value)


def test_a_proxy_in_the_environment_is_not_used(server, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with caller_of(server) as caller:
        assert list_services(caller) == ("WD23_LAD23_UK_LU",)


def test_a_proxy_that_is_named_is_used(server):
    with arcgis_server() as proxy, caller_of(server, proxy=proxy.address.partition("/ORG")[0]) as caller:
        list_services(caller)
        assert server.asked == []


def test_what_is_no_proxy_is_refused():
    with pytest.raises(UsageError, match="--proxy"):
        Caller("https://host.example", proxy="gopher://x")


@pytest.fixture
def untrusted(tmp_path) -> Iterator[str]:
    """Address of a server whose certificate nobody has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(1), now + timedelta(1))
    certificate = made.add_extension(here, critical=False).sign(key, hashes.SHA256())
    form = serialization.Encoding.PEM
    secret = key.private_bytes(form, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "both.pem").write_bytes(secret + certificate.public_bytes(form))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "both.pem")
    http = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    http.socket = context.wrap_socket(http.socket, server_side=True)
    http.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"https://127.0.0.1:{http.server_port}"
    http.shutdown()
    http.server_close()
    thread.join(5)


def test_a_certificate_that_is_not_trusted_ends_it_before_anything_is_asked(untrusted):
    told = Told()
    caller = Caller(untrusted, patience=HURRIED, sleep=told.waits.append)
    with (
        caller,
        pytest.raises(ServiceError, match=r"a certificate that this machine does not trust. Nothing was asked"),
    ):
        list_services(caller)
    assert told.waits == []
