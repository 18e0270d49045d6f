"""Where the identity provider is read from, and what is refused, never with a value in the message."""

from pathlib import Path

import pytest

from data.errors import UsageError
from server.sign_in_secrets import FILE_VARIABLE, VARIABLES, auth_from_environment, check_auth, public_host

AUTH = {
    "server_metadata_url": "https://id.example/.well-known/openid-configuration",
    "client_id": "overlap",
    "client_secret": "HIDDEN-OF-THE-CLIENT",
    "redirect_uri": "https://overlap.example/oauth2callback",
    "cookie_secret": "HIDDEN-OF-THE-COOKIE-" + "x" * 20,
}
ENVIRONMENT = {VARIABLES[key]: value for key, value in AUTH.items()}


def test_the_environment_or_a_file_named_there_gives_the_provider(tmp_path: Path) -> None:
    path = tmp_path / "auth.toml"
    path.write_text("[auth]\n" + "\n".join(f'{key} = "{value}"' for key, value in AUTH.items()), encoding="utf-8")
    assert auth_from_environment(ENVIRONMENT) == AUTH
    assert auth_from_environment({FILE_VARIABLE: str(path)}) == AUTH
    assert auth_from_environment({}) is None
    check_auth(AUTH)
    assert public_host(AUTH) == "overlap.example"


@pytest.mark.parametrize("key", VARIABLES)
def test_a_provider_given_in_part_is_refused_by_the_name_of_what_is_missing(key: str) -> None:
    with pytest.raises(UsageError, match=VARIABLES[key]) as refused:
        auth_from_environment({name: value for name, value in ENVIRONMENT.items() if name != VARIABLES[key]})
    assert "HIDDEN" not in str(refused.value)
    with pytest.raises(UsageError, match=f"{key} is missing"):
        check_auth({name: value for name, value in AUTH.items() if name != key})


def test_a_provider_given_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not both"):
        auth_from_environment({**ENVIRONMENT, FILE_VARIABLE: str(tmp_path / "auth.toml")})


@pytest.mark.parametrize(
    "content", [None, b"[auth\nclient_secret = HIDDEN", b"\xff\xfe HIDDEN", b"[other]\na = 'HIDDEN'"]
)
def test_a_file_that_cannot_be_read_is_refused_without_what_is_in_it(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "auth.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=FILE_VARIABLE) as refused:
        auth_from_environment({FILE_VARIABLE: str(path)})
    assert "HIDDEN" not in str(refused.value)


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("cookie_secret", "HIDDEN", "fewer than 32"),
        ("redirect_uri", "https://overlap.example/", "oauth2callback"),
        ("redirect_uri", "http://overlap.example/oauth2callback", "https://"),
        ("redirect_uri", "https://[HIDDEN/oauth2callback", "https://"),
        ("server_metadata_url", "http://hidden.example/.well-known/openid-configuration", "https://"),
        ("server_metadata_url", "http://127.0.0.1.HIDDEN/.well-known/openid-configuration", "https://"),
        ("server_metadata_url", "file:///HIDDEN", "https://"),
        ("server_metadata_url", "http://[HIDDEN", "https://"),
        ("entra", {"client_id": "x", "server_metadata_url": "http://HIDDEN"}, r"entra\.server_metadata_url"),
    ],
)
def test_what_would_make_sign_in_unsafe_is_refused(key: str, value: object, why: str) -> None:
    with pytest.raises(UsageError, match=why) as refused:
        check_auth(AUTH | {key: value})
    assert "HIDDEN" not in str(refused.value)


@pytest.mark.parametrize("host", ["127.0.0.1:5556", "localhost:5556", "[::1]:5556"])
def test_a_provider_on_this_machine_may_go_without_tls(host: str) -> None:
    check_auth(AUTH | {"server_metadata_url": f"http://{host}/.well-known/openid-configuration"})


def test_a_provider_with_a_name_of_its_own_and_plain_http_on_this_machine_are_fine() -> None:
    own = {key: AUTH[key] for key in ("server_metadata_url", "client_id", "client_secret")}
    check_auth(
        {"entra": own, "cookie_secret": AUTH["cookie_secret"], "redirect_uri": "http://127.0.0.1:8501/oauth2callback"}
    )
