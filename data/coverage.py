"""Which quarters a table of events covers as a whole: a quarter with a month missing would look like a fall."""

import pandas as pd

from data.quarters import FREQUENCY, parse_quarter, quarter_label

_ENOUGH = 5.0
"""Events expected in the months that hold none, from which their absence says that they are missing rather than quiet: the
chance of none where five are expected is under one in a hundred (Poisson)."""


def whole_quarters(events: pd.DataFrame) -> list[str]:
    """List the quarters from the first to the last event, without a first or last one of which months are missing.

    Parameters
    ----------
    events : DataFrame
        `quarter`, `count`, and `date` where dates are known. Where only quarters are known all count as whole. A month
        that has begun counts as there: a last month cut short cannot be told from a quiet one.

    Returns
    -------
    list of str
        Labels in time order; empty if there are no events.
    """
    if events.empty:
        return []
    quarters = pd.period_range(parse_quarter(events["quarter"].min()), parse_quarter(events["quarter"].max()))
    cut = incomplete_quarters(events)
    return [label for label in map(quarter_label, quarters) if label not in cut]


def incomplete_quarters(events: pd.DataFrame) -> dict[str, str]:
    """Name the first and last quarter if months of them are missing, and say from or until when there are events."""
    dated = events.dropna(subset="date") if "date" in events else events.iloc[:0]
    if dated.empty:
        return {}
    months = dated["date"].dt.to_period("M")
    first, last = months.min(), months.max()
    a_month = float(dated["count"].sum()) / ((last - first).n + 1)
    begins, ends = first.asfreq(FREQUENCY), last.asfreq(FREQUENCY)
    missing_before = (first - begins.asfreq("M", how="start")).n
    missing_after = (ends.asfreq("M", how="end") - last).n
    said = {}
    if missing_before * a_month >= _ENOUGH:
        said[quarter_label(begins)] = f"begin in {first.start_time:%B %Y}"
    if missing_after * a_month >= _ENOUGH:
        said[quarter_label(ends)] = f"end in {last.start_time:%B %Y}"
    return said
