"""What one audience may have of one snapshot: the way in for screens and headless runs."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from analysis.changes import changes_between
from analysis.question import Question
from analysis.refitting import Progress, tell_nobody
from analysis.stability import check_stability
from analysis.study import Study, study_overlap
from analysis.windows import Window, choose_window
from data.errors import UsageError
from data.settings import Settings
from data.snapshots import SnapshotStore
from disclosure.area_totals import coarse_totals, exact_totals
from disclosure.audiences import Audience, Reader, permission
from disclosure.breakdown import ReleasedBreakdown, release_breakdown
from disclosure.changes import ReleasedChanges, check_comparable, release_changes
from disclosure.data_power import ReleasedChance, ReleasedPower, tell_chance, tell_power
from disclosure.familiar import release_familiar
from disclosure.few_counts import with_neither_explained
from disclosure.gate import Released, release
from disclosure.incident_areas import ReleasedIncidentAreas, release_incident_areas
from disclosure.layers import Layer
from disclosure.permitted import check_permitted
from disclosure.snapshot_counts import snapshots_before
from disclosure.snapshot_facts import SnapshotFacts
from disclosure.stability import WardCheck, release_stability
from disclosure.told_book import open_book
from disclosure.trend import coarse_trend, exact_trend
from disclosure.ward_areas import ReleasedAreas, release_ward_areas

NEWEST = "newest"


class SnapshotView(SnapshotFacts):
    """One snapshot as one audience may have it. Made by `open_view`; reads each table once."""

    def answer(self, question: Question) -> Released:
        """Model and release.

        Raises
        ------
        UsageError
            If the audience may not ask this, or the data do not cover the window.
        RefusedInputError
            If no ward has a denominator.
        """
        released = release(self._study(question), self.audience, self.settings.disclosure)
        return with_neither_explained(self._districts.answer(released))

    def check(self, question: Question) -> None:
        """Refuse a question that this view does not answer, before anything is computed. Errors as of `answer`."""
        self._check(question, by_ward=permission(self.audience, rule=self.settings.disclosure).wards)
        choose_window(self.choices.quarters, quarters=question.quarters, last=question.last_quarter)

    def shown_before(self, window: Window) -> str:
        """Say that a window was first shown from another snapshot; empty where it was not.

        It does not say whether anything was corrected: that would tell of the counts.
        """
        first = self._counts.first_shown(window)
        if first is None:
            return ""
        return (
            f"This window was first shown from snapshot {first}. What was corrected since then shows here only as far as it "
            "agrees with what was shown; the analyst has the corrected figures."
        )

    def familiar(self, released: Released) -> dict[str, Layer]:
        """Give the familiar statistics of an answer of this view as layers, by key (`disclosure.familiar`).

        Raises
        ------
        UsageError
            If the audience may not have them.
        """
        return release_familiar(released, wards=self._districts.rows(self._counts.tables.wards))

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
        return self._districts.by_code(release_stability(found, self.audience, self.settings.disclosure))

    def changes(self, question: Question, *, progress: Progress = tell_nobody) -> ReleasedChanges:
        """Compare the window of a question with the one just before, across the known breaks that the settings name.

        Parameters as of `stability`, errors as of `answer`, also where the audience may not have both windows.
        """
        question = self._dated(question)
        self._check(question)
        self._check_comparable(question)
        breaks = self.settings.analysis.breaks
        found = changes_between(self._counts.source, question=question, breaks=breaks, progress=progress)
        return self._districts.changes(release_changes(found, self.audience, self.settings.disclosure))

    def why_no_changes(self, question: Question) -> str | None:
        """Say why a question cannot be compared with the window before; `None` where it can."""
        try:
            self._check_comparable(self._dated(question))
        except UsageError as error:
            return str(error)
        return None

    def areas(self, question: Question) -> ReleasedAreas:
        """Put contiguous wards together into areas, with their totals (`disclosure.ward_areas`). Errors as of `answer`."""
        question = self._dated(question)
        self._check(question, by_ward=False)
        rule, counts = self.settings.disclosure, self._counts
        may = permission(self.audience, rule=rule)
        areas = release_ward_areas(
            counts.tables,
            question=question,
            rule=rule,
            cells=counts.cells,
            counted=may.counts,
            single_wards=may.wards,
        )
        return self._districts.areas(areas)

    def incident_areas(self, question: Question) -> ReleasedIncidentAreas:
        """Draw areas where recorded incidents lie close together (`disclosure.incident_areas`).

        Raises
        ------
        UsageError
            If the audience may not have them, the data do not cover the window, or there are too many incidents.
        """
        self._check_exact()
        found = release_incident_areas(self._counts.tables, question=question, rule=self.settings.disclosure)
        return self._districts.incident_areas(found)

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
        self._check_counted(question)
        cells = self._counts.cells
        if cells is None:
            return self._districts.of_wards(exact_trend(self._counts.tables, question=question))
        trend = coarse_trend(cells, question=question, rule=self.settings.disclosure)
        return self._districts.of_wards(trend)

    def totals(self, question: Question) -> pd.DataFrame:
        """Counts and rates of the whole area by year (`disclosure.area_totals`). Errors as of `trend`."""
        self._check_counted(question)
        cells = self._counts.cells
        if cells is None:
            return exact_totals(self._counts.tables, question=question, wards=set(self.wards["ward_code"]))
        return coarse_totals(cells, question=question, rule=self.settings.disclosure)

    def breakdown(self, question: Question) -> ReleasedBreakdown:
        """Counts by district and year, by quarter and category (`disclosure.breakdown`). Errors as of `power`."""
        self._check_exact()
        self.check(question)
        codes = set(self.wards["ward_code"])
        return release_breakdown(self._counts.tables, question=self._dated(question), wards=codes)

    def _study(self, question: Question) -> Study:
        """Give the exact answer to a question that the audience may ask; none to any other."""
        self._check(question)
        choose_window(self.choices.quarters, quarters=question.quarters, last=question.last_quarter)
        return self._fields.using(study_overlap, self._counts.source, question=self._dated(question))

    def _dated(self, question: Question) -> Question:
        """Name the newest quarter with which the audience may have a window, where none is named."""
        ends = self.ends(question.quarters)
        return replace(question, last_quarter=ends[0]) if ends and question.last_quarter is None else question

    def _check(self, question: Question, *, by_ward: bool = True) -> None:
        rule, analysis = self.settings.disclosure, self.settings.analysis
        if by_ward and not permission(self.audience, rule=rule).wards:
            raise UsageError(f"The {self.audience} audience may not have anything by ward. Ask for areas.")
        check_permitted(question, self.audience, rule=rule, analysis=analysis, covered=self.choices.quarters)

    def _check_counted(self, question: Question) -> None:
        self._check(question)
        if not permission(self.audience, rule=self.settings.disclosure).counts:
            raise UsageError(f"The {self.audience} audience may not have counts. Ask for the classes.")

    def _check_exact(self) -> None:
        if not self._exact:
            raise UsageError(
                f"The {self.audience} audience may not have what follows from exact counts alone. Ask the analyst."
            )

    def _check_comparable(self, question: Question) -> None:
        rule, analysis = self.settings.disclosure, self.settings.analysis
        check_comparable(question, self.audience, rule=rule, analysis=analysis, covered=self.choices.quarters)


def open_view(
    store: SnapshotStore,
    snapshot_id: str,
    *,
    settings: Settings,
    audience: Audience,
    districts: Sequence[str] | None = None,
) -> SnapshotView:
    """Open a snapshot for an audience.

    Parameters
    ----------
    snapshot_id : str
        An id, or `newest`.
    districts : sequence of str or None
        Of which wards may be seen; of all if none are named.

    Raises
    ------
    UsageError
        If there is no such snapshot, or none at all.
    """
    snapshot = store.newest() if snapshot_id == NEWEST else store.open(snapshot_id)
    reader = Reader(audience, None if districts is None else tuple(sorted(districts)))
    exact = permission(audience, rule=settings.disclosure).exact
    book = open_book(store.folder, settings=settings)
    earlier = [] if exact else snapshots_before(snapshot, store=store)
    return SnapshotView(snapshot, settings=settings, reader=reader, book=book, earlier=earlier)
