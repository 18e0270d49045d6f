"""On what terms what was fetched may be used, and whom to name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.sources.ons import ONS

LICENCE = "Open Government Licence v3.0, https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
_LONGEST_CREDIT = 500


@dataclass(frozen=True)
class Terms:
    """A licence, and the lines that name those whose data these are."""

    licence: str | None
    attribution: tuple[str, ...]
    note: str | None = None

    def credit(self) -> str | None:
        """Give the attribution in one line, as `[wards] credit` takes it."""
        return ". ".join(one.rstrip(".") for one in self.attribution)[:_LONGEST_CREDIT] or None


def terms_of(addresses: Sequence[str], credits: Sequence[str], *, today: date) -> Terms:
    """Say the terms: those of the ONS if all of it came from the ONS, else what the service says, if it says anything.

    Source: ONS, *Licences* (ons.gov.uk/methodology/geography/licences): boundaries and lookups are under the Open Government
    Licence v3.0, and two lines of attribution are asked for.

    Parameters
    ----------
    addresses
        Of the layers that were read.
    credits
        What the layers say of copyright.
    today
        Its year stands in the line of Ordnance Survey.
    """
    said = tuple(dict.fromkeys(one for one in credits if one))
    if not all(address.startswith(f"{ONS}/") for address in addresses):
        return Terms(None, said, "Not from the address of the ONS: ask whoever runs the service for its terms.")
    lines = (
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0",
        f"Contains OS data © Crown copyright and database right {today.year}",
    )
    return Terms(LICENCE, (*lines, *said))
