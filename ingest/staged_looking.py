"""Looking at the files of a load: what each seems to be, what its columns and times are taken for. Nothing is read for good."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from data.errors import PersonLevelError, RefusedInputError
from data.raw_tables import WORKBOOK_SUFFIXES
from data.settings import Settings
from data.settings_columns import with_columns
from data.snapshots import Snapshot, SnapshotStore
from ingest.presetting import Recognised, recognise_columns
from ingest.recognising import Known
from ingest.staged_files import StagedFile, StagedFiles, State
from ingest.times import Standing, stand_beside
from ingest.understanding import Understood, guess_kind, understand

FOLDER = ".staging"


class StagedLooking:
    """The files of one person's load, to be looked at."""

    def __init__(self, store: SnapshotStore, *, who: str, settings: Settings) -> None:
        """Name the partnership's store, the person by their stable id, and the settings in force."""
        place = store.folder / FOLDER / hashlib.sha256(who.encode()).hexdigest()[:16]
        self._files, self._store, self._in_force = StagedFiles(place), store, settings

    @property
    def state(self) -> State | None:
        """What is known of the load; none if there is none."""
        return self._files.state

    @property
    def settings(self) -> Settings:
        """The settings in force with the columns mapped by hand. Errors as of `data.settings_columns.with_columns`."""
        now = self.state
        return with_columns(self._in_force, now.columns) if now and now.columns else self._in_force

    def understood(self, file: StagedFile) -> Understood:
        """Say what the columns of a file are taken for.

        Raises
        ------
        RefusedInputError
            If it cannot be opened. If it is for what it tells of people, it is not kept.
        """
        assert file.kind is not None
        with self._not_keeping(file, only=PersonLevelError):
            return understand(self._files.path_of(file), file.kind, settings=self.settings)

    def recognised(self, file: StagedFile, understood: Understood) -> Recognised:
        """Look into the columns of a file: what they hold, and what they could be taken for. Errors as of `understood`."""
        assert file.kind is not None
        known = Known.of(self._newest())
        with self._not_keeping(file, only=PersonLevelError):
            path = self._files.path_of(file)
            return recognise_columns(path, file.kind, understood, settings=self.settings, known=known)

    def standing(self, kind: str) -> Standing | None:
        """Put the times of the files of `referrals` or `incidents` beside those that were loaded before.

        Returns
        -------
        Standing or None
            None where nothing was loaded before, or the files do not say their times.
        """
        newest = self._newest()
        paths = [self._files.path_of(one) for one in self._files.now().files if one.kind == kind]
        if newest is None or not paths:
            return None
        try:
            return stand_beside(paths, kind, settings=self.settings, loaded=getattr(newest, kind)())
        except RefusedInputError:
            return None  # said where the file is looked at, and when it is read

    def _newest(self) -> Snapshot | None:
        return self._store.newest() if self._store.ids() else None

    @contextmanager
    def _not_keeping(self, file: StagedFile, *, only: type[RefusedInputError] = RefusedInputError) -> Iterator[None]:
        try:
            yield
        except only:
            self._files.drop(file.number)
            raise

    def _refuse_people(self, file: StagedFile) -> None:
        try:
            self.understood(file)
        except RefusedInputError as error:
            if isinstance(error, PersonLevelError):
                raise  # anything else is said where the file is looked at

    def _guess(self, file: StagedFile) -> str | None:
        try:
            return guess_kind(self._files.path_of(file), settings=self.settings)
        except RefusedInputError:
            if file.name.lower().endswith(WORKBOOK_SUFFIXES):
                return None  # which sheet it is, or where its headings stand, can be said on the screen
            raise
