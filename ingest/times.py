"""Which quarters the files of a load hold, beside those that were loaded before: whether they add to them or take their place."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.dates import parse_dates
from data.headings import find_columns
from data.quarter_texts import parse_quarters
from data.quarters import quarters_of
from data.raw_tables import open_table, take_columns
from data.settings import Settings, TableSection
from ingest.keeping import times_of_both

_MAPPED = ("date", "quarter")


@dataclass(frozen=True)
class Standing:
    """Files of events beside what was loaded before."""

    quarters: tuple[str, ...]
    """Those that the files hold, in time order."""
    before: tuple[str, ...]
    """Those that were loaded before."""
    twice: tuple[str, ...]
    """Months or quarters that both hold: added to each other they would count twice."""
    gone: tuple[str, ...]
    """Quarters that would be gone if the files took the place of what was loaded before."""

    @property
    def may_be_added(self) -> bool:
        """Whether nothing would count twice."""
        return not self.twice


def stand_beside(paths: Sequence[Path], kind: str, *, settings: Settings, loaded: pd.DataFrame) -> Standing | None:
    """Look at the times in files of `referrals` or `incidents`.

    Parameters
    ----------
    loaded
        The same table of the newest snapshot.

    Returns
    -------
    Standing or None
        None where no row of the files says a time that can be read.

    Raises
    ------
    RefusedInputError
        If a file cannot be opened, or lacks the column.
    """
    times = pd.concat([_times(path, kind, settings=settings) for path in paths], ignore_index=True)
    quarters, before = (tuple(sorted(one["quarter"].dropna().unique())) for one in (times, loaded))
    if not quarters:
        return None
    twice = tuple(times_of_both(loaded, times[times["quarter"].notna()]))
    return Standing(quarters, before, twice, tuple(one for one in before if one not in quarters))


def _times(path: Path, kind: str, *, settings: Settings) -> pd.DataFrame:
    """Give `quarter`, and for incidents `date`, of every row of a file."""
    section: TableSection = getattr(settings, kind)
    mapped = {key: heading for key in _MAPPED if (heading := getattr(section, key, None))}
    grid = open_table(path, section, wanted=list(mapped.values()), limits=settings.limits)
    places = find_columns(grid.headings, mapped, file=path.name, section=kind)
    cells = take_columns(grid, places, limits=settings.limits).cells
    if "date" not in places:
        found = pd.DataFrame({"quarter": parse_quarters(cells["quarter"]).labels})
        undated = pd.Series(pd.NaT, index=found.index, dtype="datetime64[ns]")
        return found.assign(date=undated) if kind == "incidents" else found
    dates = parse_dates(cells["date"]).dates
    quarters = quarters_of(dates)
    if "quarter" in places:
        quarters = quarters.fillna(parse_quarters(cells["quarter"]).labels)
    return pd.DataFrame({"date": dates, "quarter": quarters})
