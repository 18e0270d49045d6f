"""The settings file that a partnership begins with: short, with a remark on what has to be looked at."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

_TEXT = """\
# Settings of one partnership. Every setting, with its default: docs/settings.md. A mistake is answered with a sentence.
# Headings are those of your files: change them here, never in the files.

[partnership]
name = {name}

[wards]                       # wards.gpkg, made by `init`; leave these lines as they are
vintage = {vintage}                # year of the boundaries
code = {code}
name = {ward_name}
district = {district}
{credit}
[population]                  # residents by ward
code = "ward_code"            # "" if its codes are of another year or wrong: wards then go by name and district
name = "ward_name"            # take this line and the next out if the file has no names
district = "district"
residents = "residents"
# workday = "workday"         # people there on a working day, if the file has them

[referrals]                   # counts by ward, quarter, type of concern and sector; never by person
ward_code = "ward_code"
quarter = "quarter"
category = "category"
sector = "sector"
count = "count"

[incidents]                   # recorded hate crimes and incidents, one row each
date = "date"
easting = "easting"           # or longitude and latitude, or ward_code: take out what the file does not have
northing = "northing"
category = "strand"
# stand_in = "police.uk Public order offences"   # if they are not hate crimes; every screen and file then says so

# [provision]                 # optional: projects, groups, training by ward (docs/provision.md); needs no line here
# costs_are = "yearly"        # if a cost is for a year, not for the whole time

[analysis]
threshold = 1.5               # relative risk above which a ward counts as high
fdr = 0.10                    # share of flagged wards that may be flagged wrongly
quarters = 4                  # length of the window

[disclosure]                  # the data owner's decision
suppress_up_to = 7
round_to = 5

# [access]                    # who may sign in: needed before anybody but you may look (docs/sign-in.md)
# contact = "whom to ask for access"
# [[access.groups]]
# group = "a group of your identity provider"
# audiences = ["analyst"]
"""


@dataclass(frozen=True)
class Beginning:
    """What a settings file begins with."""

    name: str
    vintage: int
    headings: Mapping[str, str]
    """`ward_code`, `ward_name` and `district_name` to the columns of the boundary file."""
    credit: str | None = None


def settings_text(beginning: Beginning) -> str:
    """Write the settings file."""
    said = beginning.headings
    return _TEXT.format(
        name=_quoted(beginning.name),
        vintage=beginning.vintage,
        code=_quoted(said["ward_code"]),
        ward_name=_quoted(said["ward_name"]),
        district=_quoted(said["district_name"]),
        credit=f"credit = {_quoted(beginning.credit)}\n" if beginning.credit else "",
    )


def _quoted(text: str) -> str:
    """Write a text as TOML reads it; what JSON escapes, TOML escapes alike."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
