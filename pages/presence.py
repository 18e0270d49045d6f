"""Who is at this browser: read anew in every run, from Streamlit's signed cookie and from what this server keeps of sign-ins."""

import time
from enum import Enum, auto
from typing import Any

import streamlit as st

from data.account import account_name
from data.settings import Settings
from disclosure.people import Person, is_session_over, person_from_claims, person_without_sign_in
from disclosure.sign_ins import SignIns
from ingest.places import records_file

_NOBODY = Person(id="nobody", name="")


class Standing(Enum):
    """Whether somebody is there."""

    PRESENT = auto()
    SIGNED_OUT = auto()
    """Nobody has signed in here, or they have signed out, in whatever tab."""
    OVER = auto()
    """They signed in too long ago."""


def standing(settings: Settings) -> Standing:
    """Say whether somebody is there now. Without sign-in somebody is: the server answers its own machine only."""
    if settings.access is None:
        return Standing.PRESENT
    claims = claims_now()
    if claims.get("is_logged_in") is not True or sign_ins(settings).is_ended(claims):
        return Standing.SIGNED_OUT
    over = is_session_over(claims.get("iat"), now=time.time(), access=settings.access)
    return Standing.OVER if over else Standing.PRESENT


def person_now(settings: Settings) -> Person:
    """Say who is there; someone who may have nothing if nobody is."""
    if standing(settings) is not Standing.PRESENT:
        return _NOBODY
    if settings.access is None:
        return person_without_sign_in(account_name())
    return person_from_claims(claims_now(), access=settings.access)


def seconds_left(settings: Settings) -> float | None:
    """Say how long the session of whoever is there still lasts; `None` if it has no end."""
    if settings.access is None:
        return None
    return float(claims_now()["iat"]) + settings.access.session_hours * 3600 - time.time()


def claims_now() -> dict[str, Any]:
    """What the identity provider says of whoever has signed in here."""
    return dict(st.user.to_dict())


def sign_ins(settings: Settings) -> SignIns:
    """What this server keeps of sign-ins."""
    return SignIns(records_file(settings).with_name("sign-ins"))


def auth_configured() -> bool:
    """Whether the server has been given an identity provider."""
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets
