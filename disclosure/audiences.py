"""Who may see what: one table, read by everything that shows or writes anything."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from data.errors import UsageError
from data.settings import Disclosure


class Audience(StrEnum):
    """Someone that a view is released to."""

    ANALYST = "analyst"
    INSPECTOR = "inspector"
    STEERING = "steering"
    COUNCILLOR = "councillor"
    PUBLIC = "public"


VIEWERS = (Audience.ANALYST, Audience.INSPECTOR, Audience.STEERING)
"""Audiences who use the screens. A councillor gets documents, the public gets files that are marked as safe."""


@dataclass(frozen=True)
class Permission:
    """What one audience may have."""

    exact: bool = False
    """Exact counts, rates and risks; else suppressed and rounded counts, and risks in bands."""
    categories: bool = False
    """Filters by type of concern, sector and strand: slices are smaller, so easier to tell people from."""
    any_window: bool = False
    """Any window and threshold; else the windows that `disclosure.ledger` tells, safe beside each other."""
    windows: tuple[int, ...] = ()
    """Lengths of window, in quarters, where not any."""
    counts: bool = True
    """Counts by ward, suppressed and rounded at least; else bands and words alone."""
    wards: bool = True
    """Anything by ward; else by areas of wards alone."""
    provision: bool = True
    """What is provided in each ward: what it is, for whom, from when to when."""
    provision_cost: bool = False
    """What that costs, and who pays."""


@dataclass(frozen=True)
class Reader:
    """An audience, and the districts of which it may see wards: all of them if none are named."""

    audience: Audience
    districts: tuple[str, ...] | None = None


COARSE_WINDOWS = (4, 12)
"""Lengths of window, in quarters, for audiences without exact values."""

_EXACT = Permission(exact=True, categories=True, any_window=True, provision_cost=True)
_COARSE = Permission(windows=COARSE_WINDOWS, provision_cost=True)
_PERMISSIONS = {
    Audience.ANALYST: _COARSE,
    Audience.INSPECTOR: _COARSE,
    Audience.STEERING: _COARSE,
    Audience.COUNCILLOR: Permission(windows=COARSE_WINDOWS, counts=False),
    Audience.PUBLIC: Permission(windows=COARSE_WINDOWS[-1:], counts=False, wards=False, provision=False),
}


def permission(audience: Audience, *, rule: Disclosure) -> Permission:
    """What `audience` may have under the partnership's rule."""
    return _EXACT if audience is Audience.ANALYST and rule.analyst_exact else _PERMISSIONS[audience]


def parse_audience(name: str, *, offered: Collection[Audience] = tuple(Audience)) -> Audience:
    """Read the name of an audience.

    Parameters
    ----------
    offered
        Those that can be chosen here, for the sentence about a name that there is not. Any other audience is read as well, so
        that whoever asks can say why it is not offered.

    Raises
    ------
    UsageError
        If there is no such audience.
    """
    try:
        return Audience(name.strip().lower())
    except ValueError as error:
        known = ", ".join(offered)
        raise UsageError(f"There is no such audience. Choose one of: {known}.") from error
