"""What the identity provider gave us, for `st.login`: from the server's secrets file, or from its environment.

No message here ever quotes a value.
"""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from data.errors import UsageError
from server.loopback import LOOPBACK_NAMES

FILE_VARIABLE = "WARD_OVERLAP_AUTH_FILE"
"""Names a TOML file with a section `[auth]`, as in `.streamlit/secrets.toml`."""

VARIABLES = {
    "server_metadata_url": "WARD_OVERLAP_AUTH_METADATA_URL",
    "client_id": "WARD_OVERLAP_AUTH_CLIENT_ID",
    "client_secret": "WARD_OVERLAP_AUTH_CLIENT_SECRET",
    "redirect_uri": "WARD_OVERLAP_AUTH_REDIRECT_URI",
    "cookie_secret": "WARD_OVERLAP_AUTH_COOKIE_SECRET",
}
_OF_A_PROVIDER = ("server_metadata_url", "client_id", "client_secret")
_CALLBACK = "/oauth2callback"
_SHORTEST_SECRET = 32

Auth = dict[str, Any]


def auth_from_environment(environ: Mapping[str, str]) -> Auth | None:
    """Read the section `[auth]` from the environment; `None` if it is not given there.

    Raises
    ------
    UsageError
        If only a part is given, both ways are used at once, or the file cannot be read.
    """
    given = {key: environ[variable] for key, variable in VARIABLES.items() if environ.get(variable)}
    file = environ.get(FILE_VARIABLE)
    if file and given:
        raise UsageError(
            f"Give the identity provider either by {FILE_VARIABLE} or by {', '.join(VARIABLES.values())}, not both."
        )
    if file:
        return _auth_of_file(Path(file))
    missing = [variable for key, variable in VARIABLES.items() if key not in given]
    if given and missing:
        raise UsageError(f"The identity provider is given in part only. Set {', '.join(missing)} too.")
    return dict(given) or None


def check_auth(auth: Mapping[str, Any]) -> None:
    """Refuse a section `[auth]` with which nobody could sign in, or anybody could pretend to have.

    Raises
    ------
    UsageError
        One sentence for each mistake.
    """
    mistakes = [*_mistakes(auth), *_unsafe_providers(auth)]
    if mistakes:
        raise UsageError("\n".join(f"[auth] of the server's secrets: {mistake}" for mistake in mistakes))


def public_host(auth: Mapping[str, Any]) -> str:
    """Name by which people's browsers call the server, without port."""
    return urlsplit(auth["redirect_uri"]).hostname or ""


def _mistakes(auth: Mapping[str, Any]) -> Iterator[str]:
    text = {key: value for key in VARIABLES if isinstance(value := auth.get(key), str)}
    named = [section for section in auth.values() if isinstance(section, Mapping) and "client_id" in section]
    for key in VARIABLES:
        if not text.get(key) and not (key in _OF_A_PROVIDER and named):
            yield f"{key} is missing. Add it."
    if text.get("redirect_uri"):
        if not text["redirect_uri"].partition("?")[0].endswith(_CALLBACK):
            yield f"redirect_uri does not end with {_CALLBACK}. Correct it, here and with the identity provider."
        if not _is_safe(text["redirect_uri"]):
            yield "redirect_uri does not begin with https://. Put a proxy with TLS in front of the server."
    if 0 < len(text.get("cookie_secret", "")) < _SHORTEST_SECRET:
        yield f"cookie_secret has fewer than {_SHORTEST_SECRET} characters, so sign-in could be forged. Make a longer one."


def _unsafe_providers(auth: Mapping[str, Any]) -> Iterator[str]:
    sections = {"": auth} | {f"{name}.": section for name, section in auth.items() if isinstance(section, Mapping)}
    for place, section in sections.items():
        address = section.get("server_metadata_url")
        if isinstance(address, str) and address and not _is_safe(address):
            yield (
                f"{place}server_metadata_url does not begin with https://, so whoever is on the way to the provider could "
                "sign in as anybody. Give the provider's address with https://."
            )


def _is_safe(address: str) -> bool:
    """Whether what goes to an address cannot be read or changed on the way: by TLS, or because it stays on this machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.hostname is not None and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK_NAMES)
    )


def _auth_of_file(path: Path) -> Auth:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"The file that {FILE_VARIABLE} names cannot be read. Check its path and permissions."
        ) from error
    except tomllib.TOMLDecodeError:  # its message may quote the line
        raise UsageError(f"The file that {FILE_VARIABLE} names is not valid TOML. Correct it.") from None
    auth = content.get("auth")
    if not isinstance(auth, dict):
        raise UsageError(f"The file that {FILE_VARIABLE} names has no section [auth]. Add it.")
    return auth
