"""What is settled before the server starts: whether it may start at all, who may ask it, and what it knows of sign-in."""

import logging
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from streamlit import config, file_util

from data.errors import UsageError
from data.partnerships import PARTNERSHIPS_VARIABLE
from data.server_settings import Server
from data.settings import Settings, load_settings
from data.version import software_version
from disclosure.people import why_not_serve
from disclosure.upload_permits import PERMITS
from ingest.places import SETTINGS_VARIABLE
from server.asking import WhoMayAsk
from server.closed import ClosedAddresses
from server.headers import SecurityHeaders
from server.log_lines import LogRequests
from server.places import Places
from server.several import check_door, check_one_of_several
from server.sign_in_faults import SignInFaults
from server.sign_in_secrets import auth_from_environment, check_auth, public_host
from server.unknown_districts import warn_of_unknown_districts

_MUST_BE: dict[str, object] = {
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "global.developmentMode": False,
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "server.trustedUserHeaders": {},
}
"""Options without which the promises of this tool do not hold."""

_log = logging.getLogger(__name__)
Auth = Mapping[str, Any]


@dataclass(frozen=True)
class Start:
    """A server that may start."""

    auth_given: Auth | None
    """The section `[auth]`, where it comes from the environment."""
    hosts: frozenset[str]
    """What people call the server, besides the names of its own machine."""
    this_machine_only: bool
    sessions: int
    settings: Settings | None = None
    """Of the partnership; `None` for the demonstration area."""
    script: str = "navigation.py"
    """What is run for each session, in `pages/`."""

    @property
    def secrets(self) -> dict[str, Any] | None:
        """What `st.App` is to know beside its secrets file."""
        return None if self.auth_given is None else {"auth": dict(self.auth_given)}

    @property
    def middleware(self) -> list[Middleware]:
        """What stands around every answer, the outermost first."""
        index = Path(file_util.get_static_dir()) / "index.html"
        around = [
            Middleware(LogRequests, base_path=base_path()),
            Middleware(SecurityHeaders, index=index, base_path=base_path()),
            Middleware(WhoMayAsk, hosts=self.hosts, this_machine_only=self.this_machine_only),
            Middleware(ClosedAddresses, may_send=PERMITS.holds),
            Middleware(Places, sessions=self.sessions, base_path=base_path()),
        ]
        if self.settings is not None and self.settings.access is not None:
            handling, contact = self.settings.disclosure.handling, self.settings.access.contact
            around.append(Middleware(SignInFaults, handling=handling, contact=contact, base_path=base_path()))
        return around


def may_start() -> Start:
    """Settle how the server starts, or end the program with a sentence that says why it does not."""
    try:
        start = _settle(os.environ.get(SETTINGS_VARIABLE))
    except UsageError as error:
        sys.exit(f"The server does not start. {error}")
    _log.info("The server starts", extra={"facts": {"version": software_version()}})
    return start


def base_path() -> str:
    """Path under which everything is served; usually none."""
    return str(config.get_option("server.baseUrlPath") or "")


def _settle(settings_file: str | None) -> Start:
    _check_options()
    settings = load_settings(Path(settings_file)) if settings_file else None
    # The demonstration area has no sign-in.
    access, limits = (settings.access, settings.server) if settings else (None, Server())
    given = auth_from_environment(os.environ)
    auth = given if given is not None else _auth_of_secrets_file()
    if auth is not None:
        check_auth(auth)
    address = config.get_option("server.address")
    folder = None if settings_file else os.environ.get(PARTNERSHIPS_VARIABLE)
    if folder:
        check_door(Path(folder), environ=os.environ, auth=auth)
        return Start(given, hosts=_hosts(auth), this_machine_only=False, sessions=limits.sessions, script="door.py")
    check_one_of_several(settings, environ=os.environ, auth=auth, base_path=base_path())
    why_not = why_not_serve(address, access=access, auth_configured=auth is not None)
    if why_not is not None:
        raise UsageError(why_not)
    if settings is not None:
        warn_of_unknown_districts(settings)
    return Start(
        given, hosts=_hosts(auth), this_machine_only=access is None, sessions=limits.sessions, settings=settings
    )


def _check_options() -> None:
    wrong = [name for name, value in _MUST_BE.items() if (config.get_option(name) or type(value)()) != value]
    if wrong:
        raise UsageError(
            f"These options are not what they must be: {', '.join(wrong)}. Start it from the project's folder, where "
            ".streamlit/config.toml sets them, and let no flag or variable change them."
        )


def _auth_of_secrets_file() -> Auth | None:
    auth = st.secrets.get("auth") if st.secrets.load_if_toml_exists() else None
    return auth if isinstance(auth, Mapping) else None


def _hosts(auth: Auth | None) -> frozenset[str]:
    named = {*config.get_option("server.allowedHosts"), config.get_option("browser.serverAddress") or ""}
    if auth is not None:
        named.add(public_host(auth))
    return frozenset(named - {""})
