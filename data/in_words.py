"""Days and lists as people write them, the same on screens and papers."""

from collections.abc import Sequence
from datetime import date


def say_day(day: date) -> str:
    """Write a day, e.g. `3 May 2026`."""
    return f"{day.day} {day:%B %Y}"


def listed(words: Sequence[str], *, last: str = "and") -> str:
    """Write words as a list, e.g. `one, two and three`; empty for none."""
    *others, final = words or [""]
    return f"{', '.join(others)} {last} {final}" if others else final
