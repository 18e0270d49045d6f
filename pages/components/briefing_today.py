"""The day that briefings go by on screens."""

from datetime import UTC, date, datetime


def today() -> date:
    """Give today as the register counts it."""
    return datetime.now(UTC).date()
