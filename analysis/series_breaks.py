"""Which known breaks of a series a comparison of two windows crosses."""

from collections.abc import Sequence

from analysis.windows import Window
from data.settings import Break


def breaks_crossed(breaks: Sequence[Break], *, before: Window, now: Window) -> tuple[Break, ...]:
    """List, in time order, the breaks that lie between the first quarter of `before` and the last of `now`.

    One that comes into force with the first quarter of `before` is not crossed: all that is compared lies after it. One
    within either window is: that window then holds some of both series.
    """
    crossed = [found for found in breaks if before.first < found.quarter <= now.last]
    return tuple(sorted(crossed, key=lambda found: (found.quarter, found.measure)))
