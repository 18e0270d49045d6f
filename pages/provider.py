"""Whether the identity provider answers: asked by the server before somebody is sent there.

They would else be left with Streamlit's words "Authentication error" on an empty page.
"""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx
import streamlit as st

from disclosure.audit import Action, AuditEntry, What, open_audit
from pages.session import settings_in_use

_log = logging.getLogger(__name__)
_PATIENCE = 5.0
"""Seconds to connect, and as many for each part of the answer. To look a name up may take the system longer."""
_ASKED_AGAIN_AFTER = timedelta(seconds=10)
_ALSO_FOR_HTTPX = ("verify", "cert", "proxy", "trust_env", "headers", "timeout", "follow_redirects")
"""Options of `[auth] client_kwargs` with which Authlib asks the provider too: what it takes to reach it at all."""


def provider_answers() -> bool:
    """Whether the provider can be asked for a sign-in now. If not, it is logged and recorded.

    All who press within ten seconds share one answer: whoever is not signed in could else fill the audit, and have the server
    ask on and on.

    Raises
    ------
    UnrecordedError
        If a refusal cannot be recorded.
    """
    auth = st.secrets["auth"].to_dict() if st.secrets.load_if_toml_exists() and "auth" in st.secrets else {}
    address = auth.get("server_metadata_url")
    if not isinstance(address, str):
        return True  # a provider under a name of its own: Streamlit says what it makes of that
    given = auth.get("client_kwargs")
    options = {key: given[key] for key in _ALSO_FOR_HTTPX if key in given} if isinstance(given, Mapping) else {}
    return _asked(address, options)


@st.cache_data(ttl=_ASKED_AGAIN_AFTER, show_spinner=False)
def _asked(address: str, options: dict[str, Any]) -> bool:
    fault = fault_of(address, options=options)
    if fault is None:
        return True
    _log.warning("The identity provider %s does not answer as one: %s", _host_of(address), fault)
    detail = {"reason": "provider does not answer"}
    open_audit(settings_in_use()).record(AuditEntry(Action.REFUSED, who="nobody", what=What.SIGN_IN, detail=detail))
    return False


def fault_of(address: str, *, options: Mapping[str, Any]) -> str | None:
    """Ask once for the provider's description of itself (OpenID Connect Discovery 1.0); name the kind of error, if there is one.

    Parameters
    ----------
    address
        `server_metadata_url` of `[auth]`.
    options
        For `httpx.Client`.
    """
    try:
        with httpx.Client(**{"timeout": _PATIENCE, **options}) as client:
            answer = client.get(address)
            answer.raise_for_status()
            described = answer.json()
    except httpx.HTTPStatusError as error:
        return f"status {error.response.status_code}"
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        return type(error).__name__
    if not isinstance(described, dict) or "authorization_endpoint" not in described:
        return "no description of a provider"
    return None


def _host_of(address: str) -> str:
    try:
        return httpx.URL(address).host
    except httpx.InvalidURL:
        return "of [auth]"
