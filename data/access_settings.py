"""Settings of who may sign in, and what they may see: the section `[access]`."""

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from data.settings_section import Section

Claim = Annotated[str, Field(min_length=1, max_length=200)]
Named = Annotated[str, Field(min_length=1, max_length=300)]
SignedIn = Literal["analyst", "inspector", "steering"]
"""Audiences that people sign in as."""

USUAL_CLAIMS = ("groups", "roles", "realm_access.roles")
"""Where Entra ID (`groups`, `roles`) and Keycloak (`groups`, `realm_access.roles`) put what a person belongs to."""
_NEVER_SIGN_IN = ("councillor", "public")


def _check_audiences(audiences: object) -> object:
    """Refuse the audiences that get documents only, with the reason and not as a spelling mistake."""
    if isinstance(audiences, (list, tuple)):
        for one in _NEVER_SIGN_IN:
            if one in audiences:
                raise ValueError(f"the {one} audience gets documents only and never signs in: take it out")
    return audiences


def _check_blanks(name: str) -> str:
    if name != name.strip():
        raise ValueError("names are compared exactly, so it may not begin or end with a blank")
    return name


class AccessGroup(Section):
    """What one group, or one person, of the identity provider may see."""

    group: Named | None = None
    """The group as the provider writes it: object id (Entra ID), path (Keycloak) or role. Compared exactly."""
    person: Named | None = None
    """One person instead: their `sub`, `oid` or verified `email`."""
    audiences: tuple[SignedIn, ...] = Field(default=(), strict=False)
    districts: tuple[Named, ...] = Field(default=(), strict=False)
    """Districts whose wards they see, as the boundaries name them; all if empty."""
    administrator: bool = False
    """Whether they may see the audit."""

    _documents_only = field_validator("audiences", mode="before")(_check_audiences)

    @field_validator("group", "person")
    @classmethod
    def _has_no_blanks_around(cls, name: str | None) -> str | None:
        return name if name is None else _check_blanks(name)

    @model_validator(mode="after")
    def _says_who_and_what(self) -> "AccessGroup":
        if bool(self.group) == bool(self.person):
            raise ValueError("say who this is: either group or person, and not both")
        if not self.audiences and not self.administrator:
            raise ValueError("say what they may see: audiences, or administrator = true")
        if self.districts and not self.audiences:
            raise ValueError("districts limit what audiences see, so say which audiences")
        return self


class Operator(Section):
    """What one account of this machine may make without a screen."""

    user: Named
    """Name of the account."""
    audiences: tuple[SignedIn | Literal["councillor", "public"], ...] = Field(default=(), strict=False)
    """Audiences for whom they may write files."""
    administrator: bool = False
    """Whether they may load data, delete what is out of date and see the audit."""

    @model_validator(mode="after")
    def _may_do_something(self) -> "Operator":
        if not self.audiences and not self.administrator:
            raise ValueError("say for whom they may write: audiences, or administrator = true")
        return self


class Access(Section):
    """Who may sign in. Without this section there is no sign-in, and the server serves one person on its own machine."""

    contact: Named
    """Whom to ask for access; shown to those who have none."""
    session_hours: Annotated[float, Field(gt=0, le=24, strict=False)] = 8.0
    """Hours after which a person signs in again."""
    claims: tuple[Claim, ...] = Field(default=USUAL_CLAIMS, strict=False)
    """Where in the identity token groups are looked for; a dot goes one level down."""
    groups: tuple[AccessGroup, ...] = Field(strict=False)
    operators: tuple[Operator, ...] = Field(default=(), strict=False)
    """If there are any, only these accounts may use the command line."""

    @field_validator("groups")
    @classmethod
    def _lets_someone_in(cls, groups: tuple[AccessGroup, ...]) -> tuple[AccessGroup, ...]:
        if not groups:
            raise ValueError("name at least one group or person, or nobody can sign in")
        return groups
