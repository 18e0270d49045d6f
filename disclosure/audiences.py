"""Who may see what: one table, read by everything that shows or writes anything."""

from dataclasses import dataclass
from enum import StrEnum

from data.errors import UsageError
from data.settings import Disclosure


class Audience(StrEnum):
    """Someone that a view is released to."""

    ANALYST = "analyst"
    INSPECTOR = "inspector"
    STEERING = "steering"


@dataclass(frozen=True)
class Permission:
    """What one audience may have."""

    exact: bool
    """Exact counts, rates and risks; else suppressed and rounded counts, and risks in bands."""
    categories: bool
    """Filters by type of concern, sector and strand: slices are smaller, so easier to tell people from."""
    any_window: bool
    """Any window; else the windows that `disclosure.ledger` tells, safe beside each other."""


_EXACT = Permission(exact=True, categories=True, any_window=True)
_COARSE = Permission(exact=False, categories=False, any_window=False)
COARSE_WINDOWS = (4, 12)
"""Lengths of window, in quarters, for audiences without exact values."""


def permission(audience: Audience, *, rule: Disclosure) -> Permission:
    """What `audience` may have under the partnership's rule."""
    return _EXACT if audience is Audience.ANALYST and rule.analyst_exact else _COARSE


def parse_audience(name: str) -> Audience:
    """Read the name of an audience.

    Raises
    ------
    UsageError
        If there is no such audience.
    """
    try:
        return Audience(name.strip().lower())
    except ValueError as error:
        known = ", ".join(Audience)
        raise UsageError(f"There is no such audience. Choose one of: {known}.") from error
