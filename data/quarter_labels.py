"""How a quarter of the year to March is written, `2025/26 Q2`: its text alone, for what computes nothing with it."""

import re

EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
"""No window reaches from one end of history to the other."""
_LABEL = re.compile(r"^\s*(\d{4})\s*/\s*(\d{2}|\d{4})\s+Q\s*([1-4])\s*$", re.IGNORECASE)


def read_label(label: str) -> tuple[int, int]:
    """Read a label such as `2025/26 Q2`: the year in which its year to March ends, and which quarter of that it is.

    Raises
    ------
    ValueError
        If the text is not such a label, or its two years do not follow each other.
    """
    found = _LABEL.match(label)
    if not found:
        raise ValueError("expected a quarter of the year to March such as 2025/26 Q2")
    start, end, number = int(found[1]), int(found[2]), int(found[3])
    if end % 100 != (start + 1) % 100:
        raise ValueError("the two years of a quarter must follow each other, as in 2025/26 Q2")
    if not EARLIEST_YEAR <= start <= LATEST_YEAR:
        raise ValueError(f"the year of a quarter must lie between {EARLIEST_YEAR} and {LATEST_YEAR}")
    return start + 1, number


def write_label(year: int, number: int) -> str:
    """Name the quarter of that number in the year to March that ends in `year`."""
    return f"{year - 1}/{year % 100:02d} Q{number}"


def tidy_label(label: str) -> str:
    """Write a label as labels are written here, e.g. `2025/2026 q2` as `2025/26 Q2`.

    Raises
    ------
    ValueError
        As `read_label`.
    """
    return write_label(*read_label(label))
