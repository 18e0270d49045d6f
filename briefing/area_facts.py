"""All that is released of an area for papers about its wards: made once, used for every ward."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import geopandas as gpd

from data.errors import UsageError
from data.version import software_version
from disclosure.audiences import Audience
from disclosure.audit import mark_of_settings
from disclosure.changes import ReleasedChanges
from disclosure.gate import Released
from disclosure.marking import Marking
from disclosure.permitted import Question
from disclosure.provision import ReleasedProvision
from disclosure.views import SnapshotView
from geo.neighbours import ward_neighbours

METRES = "EPSG:27700"
MOST_YEARS = 5
"""Single years that a trend in bands goes back."""
_A_YEAR = 4

Progress = Callable[[str], None]
Rows = Mapping[str, Mapping[Hashable, Any]]


@dataclass(frozen=True)
class AreaFacts:
    """What one audience may have of one snapshot, for papers.

    `released` answers the question of the paper, `years` the same question of single years, the oldest first: those that end
    with the same quarter of the year as the window and may be told. `outlines` are for drawing: EPSG:27700, a row a ward, in
    the order of `released.wards`.
    """

    partnership: str
    vintage: int
    snapshot_id: str
    settings_mark: str
    """Short hash of the settings in force (`disclosure.audit.mark_of_settings`)."""
    software: str
    audience: Audience
    marking: Marking
    stand_in: tuple[str, ...]
    """What stands in for hate crimes, where the incidents are none."""
    released: Released
    years: tuple[Released, ...]
    changes: ReleasedChanges | None
    why_no_changes: str | None
    shown_before: str
    """That the window was first shown from another snapshot; empty where it was not."""
    placed: float
    """Share of the incident records read that count in a ward, to a hundredth."""
    outlines: gpd.GeoDataFrame
    provision: ReleasedProvision | None = None
    """What is provided where; none where no file of it was loaded."""

    @cached_property
    def neighbours(self) -> Mapping[str, tuple[str, ...]]:
        """Codes of the wards that touch each ward, in ward order."""
        touching = ward_neighbours(self.outlines).neighbors
        return {str(code): tuple(sorted(map(str, others))) for code, others in touching.items()}

    @cached_property
    def rows(self) -> tuple[Rows, ...]:
        """What is released of each ward: in the single years, then in the window; by ward code."""
        return tuple(
            {str(row["ward_code"]): row for row in one.wards.to_dict("records")} for one in (*self.years, self.released)
        )

    @property
    def incidents_in_words(self) -> str:
        """What the second measure is called: never hate crime where it is none."""
        return "recorded incidents" if self.stand_in else "recorded hate crime"

    @property
    def provenance(self) -> str:
        """What it takes to make the same again."""
        return (
            f"Window {self.released.window.in_words()}. Wards of {self.vintage}. Snapshot {self.snapshot_id}, settings "
            f"{self.settings_mark}, software {self.software}."
        )

    def check_ward(self, code: str) -> None:
        """Refuse a ward of which there is no paper to be made.

        Raises
        ------
        UsageError
            If there is no such ward in the snapshot (or among those this reader may see).
        """
        if code not in self.rows[-1]:
            raise UsageError(
                f"There is no ward {code} in snapshot {self.snapshot_id}. Wards change: look its code up in the list of wards "
                f"of {self.vintage}."
            )


def gather_area(view: SnapshotView, *, question: Question, progress: Progress = lambda _: None) -> AreaFacts:
    """Work out everything that papers about the wards of a snapshot need.

    Parameters
    ----------
    view : SnapshotView
        As the audience of the paper may have it.
    progress
        Called with what is about to be done.

    Raises
    ------
    UsageError, RefusedInputError
        As of `SnapshotView.answer`.
    """
    progress("Fitting the overlap model")
    released = view.answer(question)
    progress("Looking at the years before")
    years = _years(view, released)
    why_not = view.why_no_changes(released.question)
    progress("Comparing with the window before")
    return AreaFacts(
        partnership=view.manifest.partnership,
        vintage=view.manifest.vintage,
        snapshot_id=view.manifest.id,
        settings_mark=mark_of_settings(view.settings),
        software=software_version(),
        audience=view.audience,
        marking=view.marking,
        stand_in=view.stand_in,
        released=released,
        years=years,
        changes=None if why_not else view.changes(released.question),
        why_no_changes=why_not,
        shown_before=view.shown_before(released.window),
        placed=share_placed(view),
        outlines=view.outlines().to_crs(METRES),
        provision=view.provided(released.window),
    )


def _years(view: SnapshotView, released: Released) -> tuple[Released, ...]:
    """Answer the question of each single year that ends with the same quarter of the year, the oldest first."""
    last = released.window.last
    ends = [end for end in view.ends(_A_YEAR) if end <= last and end[-1] == last[-1]][:MOST_YEARS]
    return tuple(
        released
        if end == last and released.window.quarters == _A_YEAR
        else view.answer(replace(released.question, last_quarter=end, quarters=_A_YEAR))
        for end in reversed(ends)
    )


def share_placed(view: SnapshotView) -> float:
    """Give the share of incident records that count in a ward, to a hundredth, by the account as this audience may have it."""
    shares = [one.share_placed for one in view.reports if one.table == "incidents"]
    return round(min(shares, default=0.0), 2)
