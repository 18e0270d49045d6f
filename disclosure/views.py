"""What one audience may have of one snapshot: the way in for screens and headless runs."""

from collections.abc import Sequence
from functools import cached_property

import geopandas as gpd
import pandas as pd

from analysis.changes import changes_between
from analysis.question import Question
from analysis.refitting import Progress, tell_nobody
from analysis.stability import check_stability
from analysis.study import Study, study_overlap
from analysis.windows import choose_window
from data.errors import UsageError
from data.manifest import Manifest
from data.settings import Settings
from data.snapshots import Snapshot, SnapshotStore
from disclosure.audiences import Audience, permission
from disclosure.changes import ReleasedChanges, check_comparable, release_changes
from disclosure.choices import Choices, offered_choices
from disclosure.data_power import ReleasedChance, ReleasedPower, tell_chance, tell_power
from disclosure.familiar import release_familiar
from disclosure.gate import Released, release
from disclosure.incident_areas import ReleasedIncidentAreas, release_incident_areas
from disclosure.layers import Layer
from disclosure.marking import Marking, make_marking
from disclosure.permitted import check_permitted, permitted_ends
from disclosure.reports import ReleasedReport, release_report
from disclosure.snapshot_counts import SnapshotCounts, snapshots_before
from disclosure.stability import WardCheck, release_stability
from disclosure.trend import coarse_trend, exact_trend
from disclosure.ward_areas import ReleasedAreas, release_ward_areas

NEWEST = "newest"


class SnapshotView:
    """One snapshot as one audience may have it. Made by `open_view`; reads each table once."""

    def __init__(
        self, snapshot: Snapshot, *, settings: Settings, audience: Audience, earlier: Sequence[Snapshot] = ()
    ) -> None:
        """Tie a snapshot to an audience; `earlier` are the snapshots before it, the oldest first."""
        self._snapshot = snapshot
        rule = settings.disclosure
        self._exact = permission(audience, rule=rule).exact
        self._counts = SnapshotCounts(snapshot, earlier=earlier, rule=rule, exact=self._exact)
        self.settings = settings
        self.audience = audience

    @property
    def manifest(self) -> Manifest:
        """What the snapshot is made of. Without the numbers of rows where the audience has no exact values."""
        whole = self._snapshot.manifest
        if self._exact:
            return whole
        return whole.model_copy(update={"reports": (), "rows": {}, "files": {}, "sources": (), "key": ""})

    @property
    def marking(self) -> Marking:
        """What stands on everything made from this snapshot."""
        return make_marking(
            handling=self.settings.disclosure.handling,
            invented=self.manifest.invented,
            stand_in=self._stand_in,
        )

    @property
    def reports(self) -> tuple[ReleasedReport, ...]:
        """The account of every row read, as the audience may have it."""
        rule = self.settings.disclosure
        return tuple(release_report(one, exact=self._exact, rule=rule) for one in self._snapshot.manifest.reports)

    @cached_property
    def wards(self) -> pd.DataFrame:
        """`ward_code`, `ward_name`, `district`, in map order."""
        return pd.DataFrame(self._counts.tables.wards[["ward_code", "ward_name", "district"]])

    def outlines(self) -> gpd.GeoDataFrame:
        """Outlines for drawing, EPSG:4326, in the order of `wards`."""
        return self._snapshot.outlines()

    @cached_property
    def choices(self) -> Choices:
        """What this audience may choose."""
        return offered_choices(self._counts.tables, audience=self.audience, settings=self.settings)

    def ends(self, quarters: int) -> list[str]:
        """Last quarters that may be chosen for a window of that length, newest first."""
        rule = self.settings.disclosure
        return permitted_ends(self.audience, rule=rule, covered=self.choices.quarters, quarters=quarters)

    def answer(self, question: Question) -> Released:
        """Model and release.

        Raises
        ------
        UsageError
            If the audience may not ask this, or the data do not cover the window.
        RefusedInputError
            If no ward has a denominator.
        """
        return release(self._study(question), self.audience, self.settings.disclosure)

    def familiar(self, released: Released) -> dict[str, Layer]:
        """Give the familiar statistics of an answer of this view as layers, by key (`disclosure.familiar`).

        Raises
        ------
        UsageError
            If the audience may not have them.
        """
        return release_familiar(released, wards=self._counts.tables.wards)

    def stability(self, question: Question, *, progress: Progress = tell_nobody) -> dict[str, WardCheck]:
        """Ask a question in the other reasonable ways, and say how each flagged ward fares, by ward code.

        Parameters
        ----------
        progress
            Called before the first and after each step, with how many are done and of how many.

        Raises
        ------
        UsageError
            If the audience may not ask this, or the data do not cover the window.
        """
        found = check_stability(self._study(question), source=self._counts.source, progress=progress)
        return release_stability(found, self.audience, self.settings.disclosure)

    def changes(self, question: Question, *, progress: Progress = tell_nobody) -> ReleasedChanges:
        """Compare the window of a question with the one just before, across the known breaks that the settings name.

        Parameters as of `stability`, errors as of `answer`, also where the audience may not have both windows.
        """
        self._check_comparable(question)
        breaks = self.settings.analysis.breaks
        found = changes_between(self._counts.source, question=question, breaks=breaks, progress=progress)
        return release_changes(found, self.audience, self.settings.disclosure)

    def why_no_changes(self, question: Question) -> str | None:
        """Say why a question cannot be compared with the window before; `None` where it can."""
        try:
            self._check_comparable(question)
        except UsageError as error:
            return str(error)
        return None

    def areas(self, question: Question) -> ReleasedAreas:
        """Put contiguous wards together into areas, with their totals (`disclosure.ward_areas`).

        Raises
        ------
        UsageError
            If the audience may not ask this, or the data do not cover the window.
        RefusedInputError
            If nobody is known to live in any ward.
        """
        self._check(question)
        rule = self.settings.disclosure
        return release_ward_areas(self._counts.tables, question=question, rule=rule, cells=self._counts.cells)

    def incident_areas(self, question: Question) -> ReleasedIncidentAreas:
        """Draw areas where recorded incidents lie close together (`disclosure.incident_areas`).

        Raises
        ------
        UsageError
            If the audience may not have them, the data do not cover the window, or there are too many incidents.
        """
        self._check_exact()
        return release_incident_areas(self._counts.tables, question=question, rule=self.settings.disclosure)

    def power(self, question: Question, *, progress: Progress = tell_nobody) -> ReleasedPower:
        """Say what this much data can find (`disclosure.data_power`). Parameters and errors as of `stability`."""
        self._check_exact()
        return tell_power(self._study(question), wards=self._counts.tables.wards, progress=progress)

    def chance(self, question: Question, *, progress: Progress = tell_nobody) -> ReleasedChance:
        """Say how many wards chance alone would flag (`disclosure.data_power`). Parameters and errors as of `stability`."""
        self._check_exact()
        return tell_chance(self._study(question), wards=self._counts.tables.wards, progress=progress)

    def trend(self, question: Question) -> pd.DataFrame:
        """Counts and rates of every ward by year (`disclosure.trend`)."""
        self._check(question)
        cells = self._counts.cells
        if cells is None:
            return exact_trend(self._counts.tables, question=question)
        return coarse_trend(cells, question=question, rule=self.settings.disclosure)

    @property
    def _stand_in(self) -> tuple[str, ...]:
        """What was said when the files were read, and what the settings have come to say since."""
        now = self.settings.incidents.stand_in
        return tuple(dict.fromkeys([*self.manifest.stand_in, *([now] if now else [])]))

    def _study(self, question: Question) -> Study:
        """Give the exact answer to a question that the audience may ask; none to any other."""
        choose_window(self.choices.quarters, quarters=question.quarters, last=question.last_quarter)
        self._check(question)
        return study_overlap(self._counts.source, question=question)

    def _check(self, question: Question) -> None:
        rule, analysis = self.settings.disclosure, self.settings.analysis
        check_permitted(question, self.audience, rule=rule, analysis=analysis, covered=self.choices.quarters)

    def _check_exact(self) -> None:
        if not self._exact:
            raise UsageError(
                f"The {self.audience} audience may not have what follows from exact counts alone. Ask the analyst."
            )

    def _check_comparable(self, question: Question) -> None:
        rule, analysis = self.settings.disclosure, self.settings.analysis
        check_comparable(question, self.audience, rule=rule, analysis=analysis, covered=self.choices.quarters)


def open_view(store: SnapshotStore, snapshot_id: str, *, settings: Settings, audience: Audience) -> SnapshotView:
    """Open a snapshot for an audience.

    Parameters
    ----------
    snapshot_id : str
        An id, or `newest`.

    Raises
    ------
    UsageError
        If there is no such snapshot, or none at all.
    """
    snapshot = store.newest() if snapshot_id == NEWEST else store.open(snapshot_id)
    return SnapshotView(snapshot, settings=settings, audience=audience, earlier=snapshots_before(snapshot, store=store))
