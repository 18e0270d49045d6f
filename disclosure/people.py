"""Who is who: from what an identity provider says of a person to the audiences and districts they may have.

Pure: nothing here knows of screens or the network. What cannot be read is taken to give nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from data.access_settings import Access, AccessGroup
from disclosure.audiences import VIEWERS, Audience

Claims = Mapping[str, Any]

_CLOCKS_DIFFER = 300.0
"""Seconds by which the provider's clock may be ahead of ours."""
_LONGEST_NAME = 80
_NOBODY = "nobody"
"""In place of an id, where the token names no one; such a person gets nothing."""


@dataclass(frozen=True)
class Grant:
    """One audience, and the districts that go with it; all districts if `None`."""

    audience: Audience
    districts: frozenset[str] | None = None


@dataclass(frozen=True)
class Person:
    """Someone who uses the tool, and what they may have."""

    id: str
    """Stands in the audit: `oid:…` or `sub:…` of the provider, or `os:…` for an account of this machine."""
    name: str
    """Shown on the screen. Decides nothing: people may change it themselves."""
    grants: tuple[Grant, ...] = ()
    administrator: bool = False
    groups_left_out: bool = False
    """Whether the provider said that the person is in groups but did not say which."""

    @property
    def audiences(self) -> tuple[Audience, ...]:
        """Audiences whose view they may take."""
        return tuple(grant.audience for grant in self.grants)

    @property
    def may_load(self) -> bool:
        """Whether they may load data and go back: as analysts of all districts, who hold the files of all."""
        return self.districts_for(Audience.ANALYST) is None

    def districts_for(self, audience: Audience) -> frozenset[str] | None:
        """Districts they may see as `audience`: all if `None`, nothing if they may not be that audience."""
        for grant in self.grants:
            if grant.audience is audience:
                return grant.districts
        return frozenset()


def person_from_claims(claims: Claims, *, access: Access) -> Person:
    """Say who signed in, from the claims of a verified identity token.

    Several groups add up, audience by audience: an analyst of one district who is an inspector of all is an analyst of
    that one district. `sub` and `oid` are what the provider vouches for; an email address counts only where the provider
    says that it has verified it, since elsewhere people choose it themselves. `name` and `preferred_username` are only shown.
    """
    who = _id_of(claims)
    entries = [entry for entry in access.groups if who and _applies(entry, claims=claims, access=access)]
    return Person(
        id=who or _NOBODY,
        name=_name_of(claims),
        grants=tuple(_grants(entries)),
        administrator=any(entry.administrator for entry in entries),
        groups_left_out=_are_groups_left_out(claims),
    )


def person_without_sign_in(os_user: str) -> Person:
    """Whoever sits at this machine, where there is no sign-in: they hold the files, so they may have every view."""
    grants = tuple(Grant(audience) for audience in VIEWERS)
    return Person(id=f"os:{os_user}", name=_printable(os_user), grants=grants, administrator=True)


def is_session_over(issued_at: object, *, now: float, access: Access) -> bool:
    """Whether a person has to sign in again.

    Parameters
    ----------
    issued_at
        The claim `iat`: seconds since 1970. A session that does not say when it began, or began in the future, is over.
    now
        Seconds since 1970.
    """
    if isinstance(issued_at, bool) or not isinstance(issued_at, (int, float)):
        return True
    return not -_CLOCKS_DIFFER <= now - issued_at < access.session_hours * 3600


def why_not_serve(address: str | None, *, access: Access | None, auth_configured: bool) -> str | None:
    """Say why the server may not start as it is set up; `None` if it may.

    Parameters
    ----------
    address
        What the server listens on (`server.address`); every address of the machine if empty.
    access
        The section `[access]` of the settings.
    auth_configured
        Whether the identity provider is given (the section `[auth]` of the server's secrets).
    """
    if access is not None and not auth_configured:
        return (
            "The settings say who may sign in ([access]), but not with which identity provider: the server's secrets have "
            "no section [auth]. Add it (docs/sign-in.md says how), or take [access] out."
        )
    if access is None and auth_configured:
        return (
            "An identity provider is given ([auth] in the server's secrets), but the settings do not say what those who sign "
            "in may see. Add [access] to the settings file (docs/settings.md says how), or take [auth] out."
        )
    if access is None and not is_loopback(address):
        return (
            f"Without sign-in the server serves one person on this machine, and {address or 'every address'} can be reached "
            "from others. Set server.address to 127.0.0.1, or set up sign-in (docs/sign-in.md)."
        )
    return None


def is_loopback(address: str | None) -> bool:
    """Whether an address (no port) is reached from this machine only; of names, only `localhost` is taken on trust."""
    if not address:
        return False
    if address.lower() == "localhost":
        return True
    try:
        return ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def _grants(entries: list[AccessGroup]) -> Iterator[Grant]:
    for audience in VIEWERS:
        giving = [entry for entry in entries if audience.value in entry.audiences]
        if giving:
            everywhere = any(not entry.districts for entry in giving)
            districts = frozenset(district for entry in giving for district in entry.districts)
            yield Grant(audience, None if everywhere else districts)


def _applies(entry: AccessGroup, *, claims: Claims, access: Access) -> bool:
    if entry.group is not None:
        return entry.group in _groups_of(claims, access)
    return entry.person is not None and _is_person(entry.person, claims)


def _is_person(person: str, claims: Claims) -> bool:
    if person in (claims.get("sub"), claims.get("oid")):
        return True
    email = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(email, str):
        return False
    if not (email.isascii() and person.isascii()):
        return email == person  # in lower case, other letters than these become one of these
    return email.lower() == person.lower()


def _groups_of(claims: Claims, access: Access) -> set[str]:
    found = (_at(claims, path) for path in access.claims)
    listed = (value if isinstance(value, (list, tuple)) else [value] for value in found)
    return {one for values in listed for one in values if isinstance(one, str)}


def _at(claims: object, path: str) -> object:
    """Follow a dotted path; a claim whose own name has dots in it goes first."""
    if not isinstance(claims, Mapping):
        return None
    if path in claims:
        return claims[path]
    first, dot, rest = path.partition(".")
    return _at(claims.get(first), rest) if dot else None


def _are_groups_left_out(claims: Claims) -> bool:
    """Tell Entra ID's "groups overage": over 200 groups, and the token names a place to ask instead."""
    elsewhere = claims.get("_claim_names")
    return claims.get("hasgroups") is True or (isinstance(elsewhere, Mapping) and "groups" in elsewhere)


def _id_of(claims: Claims) -> str | None:
    for claim in ("oid", "sub"):
        value = claims.get(claim)
        if isinstance(value, str) and value:
            return f"{claim}:{_printable(value, longest=255)}"
    return None


def _name_of(claims: Claims) -> str:
    for claim in ("name", "preferred_username", "email", "sub"):
        value = claims.get(claim)
        if isinstance(value, str) and _printable(value):
            return _printable(value)
    return "Someone without a name"


def _printable(text: str, *, longest: int = _LONGEST_NAME) -> str:
    """Take out what does not print, so that no name turns a line around or breaks it."""
    return "".join(letter for letter in text if letter.isprintable())[:longest].strip()
