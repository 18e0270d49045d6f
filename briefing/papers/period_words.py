"""Periods in a few words, for the headings and rows of tables, and the marks of known breaks in a series."""

from collections.abc import Sequence

from data.quarters import months_of
from data.settings import Break
from disclosure.permitted import Window

MARK = "*"
"""Stands at every figure of a period in which a series breaks."""
_A_YEAR = 4
_OF = {"referrals": "the referrals", "incidents": "the incidents", "both": "the referrals and the incidents"}


def short_period(window: Window) -> str:
    """Say a window by its length and its last month, e.g. `Year to September 2025`."""
    last = months_of(window.last).partition(" to ")[2]
    if window.quarters == _A_YEAR:
        return f"Year to {last}"
    if window.quarters % _A_YEAR == 0:
        return f"{window.quarters // _A_YEAR} years to {last}"
    return f"Quarter to {last}" if window.quarters == 1 else f"{window.quarters} quarters to {last}"


def breaks_within(window: Window, breaks: Sequence[Break], *, measure: str = "both") -> list[Break]:
    """List the breaks that begin within a window; of one measure, or of any."""
    return [
        one
        for one in breaks
        if one.quarter in window.labels and ("both" in (measure, one.measure) or measure == one.measure)
    ]


def marked(text: str, window: Window, breaks: Sequence[Break], *, measure: str = "both") -> str:
    """Put the mark behind a figure of a window in which its series breaks."""
    return f"{text} {MARK}" if breaks_within(window, breaks, measure=measure) else text


def note_of_breaks(windows: Sequence[Window], breaks: Sequence[Break]) -> str:
    """Say what the mark means where it stands in one of some windows; empty where it does not."""
    if not any(breaks_within(one, breaks) for one in windows):
        return ""
    return f"{MARK} A series breaks within this period or as it begins: what is before is not comparable with what is after."


def say_break(one: Break) -> str:
    """Say a break in a sentence."""
    month, _, rest = months_of(one.quarter).partition(" to ")
    return f"From {month} {rest.rpartition(' ')[2]} ({one.quarter}), {_OF[one.measure]}: {one.because.rstrip('.')}."


def in_a_sentence(window: Window) -> str:
    """Say a window within a sentence, e.g. `year to September 2025`."""
    said = short_period(window)
    return said[0].lower() + said[1:]
