"""Settings of the file that says what is provided where: its columns, the partnership's kinds, what its costs are."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, JsonValue, field_validator

from data.referral_export_settings import plain_word
from data.settings_section import TableSection

Heading = Annotated[str, Field(max_length=300)]
"""Empty where the file's column is not to be read."""
Kind = Annotated[str, Field(min_length=1, max_length=60)]
OF_A_THING = ("name", "kind", "number", "start", "end", "cost", "funder", "for_whom")
"""What is said of a thing that is provided, wherever it is: read, stored and compared."""
NEEDED = ("name", "kind", "start")
"""Columns that the file must have. Every other may be absent unless the settings name it."""


class Provision(TableSection):
    """Projects, groups, forums, training and champions, one row each. The columns have these names unless it is said here."""

    name: Heading = "name"
    """What it is called. Never a person."""
    kind: Heading = "kind"
    ward_code: Heading = "ward_code"
    """One code, or several with semicolons between them."""
    ward_name: Heading = "ward_name"
    """One name, or several with semicolons between them, all of one district."""
    district: Heading = "district"
    longitude: Heading = "longitude"
    latitude: Heading = "latitude"
    easting: Heading = "easting"
    northing: Heading = "northing"
    start: Heading = "start"
    end: Heading = "end"
    """Its last day; blank while it has none."""
    number: Heading = "number"
    """How many of it there are: champions, sessions, schools."""
    cost: Heading = "cost"
    """Pounds."""
    funder: Heading = "funder"
    for_whom: Heading = "for_whom"
    """For whom it is, in a few words."""
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1, max_length=20, strict=False)] = (
        "project",
        "group",
        "forum",
        "training",
        "champion",
    )
    """What may stand in the column `kind`, in the singular."""
    without_names: Annotated[tuple[Kind, ...], Field(max_length=20, strict=False)] = ("champion",)
    """Kinds whose names are not kept, since they may be people's."""
    costs_are: Literal["total", "yearly"] = "total"
    """Whether a cost is for the whole time from start to end, or for a year."""

    @field_validator("name", "kind", "start")
    @classmethod
    def _is_there(cls, heading: str) -> str:
        if not heading:
            raise ValueError("this column must be in the file; say what its heading is")
        return heading

    @field_validator("kinds", "without_names")
    @classmethod
    def _are_told_apart(cls, kinds: tuple[str, ...]) -> tuple[str, ...]:
        tidy = tuple(map(plain_word, kinds))
        if len({plain_kind(kind) for kind in tidy}) < len(tidy) or not all(tidy):
            raise ValueError("each kind may be named once, and none may be blank")
        return tidy


def plain_kind(text: str) -> str:
    """Write a kind the one way in which kinds are compared: small letters, in the singular."""
    return plain_word(text).removesuffix("s")


def provision_as_read(settings: Mapping[str, JsonValue]) -> Provision:
    """Give the settings under which a snapshot's file was read, from those of its manifest, which leaves out defaults."""
    return Provision.model_validate(settings.get("provision", {}), strict=False)
