"""All that is released for a refresh of the local profile: gathered once, for one audience."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd

from briefing.area_facts import AreaFacts
from data.errors import UsageError
from data.settings import Break
from disclosure.audiences import VIEWERS
from disclosure.breakdown import ReleasedBreakdown
from disclosure.gate import Released
from disclosure.reports import ReleasedReport
from disclosure.views import SnapshotView
from disclosure.ward_areas import ReleasedAreas


@dataclass(frozen=True)
class ProfileFacts:
    """What one audience may have of one snapshot, for the authors of the profile."""

    area: AreaFacts
    districts: tuple[str, ...] | None
    """Of which the reader may see wards; all where none are named."""
    totals: pd.DataFrame
    """Of the whole area by year (`disclosure.area_totals`)."""
    areas: tuple[ReleasedAreas, ...]
    """Of wards, of each of `area.years`; none for those who have counts by district."""
    breakdown: ReleasedBreakdown | None
    """Exact counts by district, quarter and category, for those who may have them."""
    earlier: Released | None
    """The same question of the window that may be told just before: the refresh before this one."""
    reports: tuple[ReleasedReport, ...]
    breaks: tuple[Break, ...]
    references: str
    """To the assessments of data protection and of equality."""

    @property
    def exact(self) -> bool:
        """Whether it holds exact counts."""
        return self.area.released.exact

    @property
    def periods(self) -> tuple[Released, ...]:
        """The single years, the oldest first, and the window of the refresh where it is none of them."""
        shown = self.area.released
        return self.area.years if shown.window in [one.window for one in self.area.years] else (*self.area.years, shown)


def gather_profile(
    area: AreaFacts, view: SnapshotView, *, progress: Callable[[str], None] = lambda _: None
) -> ProfileFacts:
    """Gather what the refresh needs beside the facts of the area.

    Parameters
    ----------
    area : AreaFacts
        `gather_area(view, question=...)`.
    view : SnapshotView
        As an audience that uses the screens may have it.
    progress
        Called with what is about to be done.

    Raises
    ------
    UsageError
        If the audience is another one, or the facts are not those of this view.
    """
    if view.audience not in VIEWERS:
        raise UsageError(
            f"There is no refresh of the local profile for the {view.audience} audience. Choose one of: {', '.join(VIEWERS)}."
        )
    if (area.audience, area.snapshot_id) != (view.audience, view.manifest.id):
        raise UsageError(
            "The facts of the area are for another audience, or of another snapshot. Gather them from this view."
        )
    question = area.released.question
    progress("Looking at the refresh before")
    earlier = _earlier(area, view)
    progress("Counting by year and by quarter")
    exact = area.released.exact
    years = [replace(question, last_quarter=one.window.last, quarters=one.window.quarters) for one in area.years]
    return ProfileFacts(
        area=area,
        districts=view.reader.districts,
        totals=view.totals(question),
        areas=() if exact else tuple(view.areas(one) for one in years),
        breakdown=view.breakdown(question) if exact else None,
        earlier=earlier,
        reports=view.reports,
        breaks=tuple(view.settings.analysis.breaks),
        references=view.settings.briefing.references,
    )


def _earlier(area: AreaFacts, view: SnapshotView) -> Released | None:
    """Answer the same question of the newest window that may be told and ends before this one."""
    window, question = area.released.window, area.released.question
    ends = [end for end in view.ends(window.quarters) if end < window.last]
    return view.answer(replace(question, last_quarter=ends[0])) if ends else None
