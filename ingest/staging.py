"""A load before it is accepted: files are brought, looked at, read into a snapshot beside the store, then accepted or discarded.

One load a person, in a folder for the server's account alone. It outlives a reload of the page and a restart of the server, and
goes when it is accepted, discarded, or left for long.
"""

from data.adopting import adopt, store_beside
from data.errors import PersonLevelError, UsageError, WardOverlapError
from data.manifest import Manifest
from data.report import NothingUsedError
from data.settings_columns import Columns, with_columns
from data.snapshots import Snapshot, SnapshotStore
from ingest.keeping import EVENTS
from ingest.preparing import Progress, prepare
from ingest.staged_files import StagedFile, report_as_plain
from ingest.staged_load import load_of, why_not_read
from ingest.staged_looking import FOLDER, StagedLooking

__all__ = ["FOLDER", "Staging"]

_NOTHING_READ = {"staged": None, "reports": (), "refused": ""}
_STORE = "store"


class Staging(StagedLooking):
    """The load of one person, if there is one."""

    def take_in(self, name: str, content: bytes) -> StagedFile:
        """Keep a file and say what it seems to be.

        Raises
        ------
        RefusedInputError
            If it cannot be used whatever it is; it is not kept then.
        """
        file = self._files.take_in(name, content, limits=self._in_force.limits)
        self._forget_result()
        with self._not_keeping(file):
            kind = self._guess(file)
        if kind:
            self.choose(file.number, kind)
        return file

    def choose(self, number: int, kind: str) -> None:
        """Say what a file is.

        Raises
        ------
        PersonLevelError
            If it is of referrals, and a heading announces a person's details: it is not kept then.
        """
        said = {
            one.number: one.model_copy(update={"kind": kind}) for one in self._files.now().files if one.number == number
        }
        self._files.update(files=tuple(said.get(one.number, one) for one in self._files.now().files))
        self._forget_result()
        for file in said.values():
            self._refuse_people(file)

    def drop(self, number: int) -> None:
        """Take a file away again."""
        self._files.drop(number)
        self._forget_result()

    def map_columns(self, columns: Columns) -> None:
        """Map columns by hand: what is named here anew, and what was mapped before and is not named stays.

        Raises
        ------
        UsageError
            If no file could be read so.
        """
        merged = dict(self._files.now().columns)
        for section, keys in columns.items():
            merged[section] = {**merged.get(section, {}), **keys}
        with_columns(self._in_force, merged)
        self._files.update(columns=merged, settled=(), **_NOTHING_READ)

    def add(self, tables: frozenset[str]) -> None:
        """Say of which tables the files are added to what was loaded before, not put in its place."""
        self._files.update(added=tuple(sorted(tables)), settled=EVENTS, **_NOTHING_READ)

    def why_not_read(self) -> str:
        """Say what is missing before the files can be read; nothing if they can."""
        return why_not_read(self._files.now().files)

    def read(self, *, progress: Progress = lambda _: None) -> Snapshot:
        """Read the files and make a snapshot of them beside the store.

        Raises
        ------
        RefusedInputError
            If a file cannot be used. If it is for what it tells of people, it is not kept.
        UsageError
            If the files do not make a whole.
        """
        if why_not := self.why_not_read():
            raise UsageError(why_not)
        now = self._files.update(reading=True, **_NOTHING_READ)
        newest = self._newest()
        load = load_of(now, path_of=self._files.path_of, first=newest is None)
        try:
            prepared = prepare(load, settings=self.settings, before=newest, progress=progress)
            progress("Keeping what was read, to be looked at")
            beside = store_beside(self._store, self._files.empty_folder(_STORE))
            id = beside.write(prepared.contents)
        except PersonLevelError as error:
            self._drop_named(str(error))
            raise
        except WardOverlapError as error:
            report = error.report if isinstance(error, NothingUsedError) else None
            self._files.update(refused=str(error), reports=(report_as_plain(report),) if report else ())
            raise
        finally:
            self._files.update(reading=False)
        self._files.update(
            staged=id, before=newest.id if newest else None, reports=tuple(map(report_as_plain, prepared.read))
        )
        return beside.open(id)

    def staged(self) -> Snapshot | None:
        """Give the snapshot that was made and is not accepted yet; one that cannot be opened is forgotten, the files stay."""
        now = self.state
        try:
            return SnapshotStore(self._files.folder / _STORE).open(now.staged) if now and now.staged else None
        except WardOverlapError:
            self._forget_result()
            return None

    def overtaken_by(self) -> str | None:
        """Give the snapshot that somebody else accepted since this one was compared; none if nobody did."""
        newest = self._newest()
        now = self._files.now()
        return newest.id if newest is not None and newest.id not in (now.before, now.staged) else None

    def accept(self, *, by: str) -> Manifest:
        """Store the snapshot for good, as the newest, and let go of the files.

        Raises
        ------
        UsageError
            If nothing was read yet, or somebody else accepted a load since it was compared.
        """
        now = self.state
        if now is None or now.staged is None:
            raise UsageError("There is nothing to accept: this load was discarded or accepted in another tab.")
        if now.staged in self._store.ids():
            raise UsageError(
                f"The very same input is stored already, as snapshot {now.staged}. To show it again, withdraw those after it."
            )
        if (other := self.overtaken_by()) is not None:
            raise UsageError(
                f"Somebody else accepted snapshot {other} since this one was compared. Read and compare again before accepting."
            )
        beside = SnapshotStore(self._files.folder / _STORE)
        manifest = adopt(now.staged, source=beside, target=self._store, by=by)
        self.discard()
        return manifest

    def discard(self) -> None:
        """Let go of the load, files and all."""
        self._files.remove_all()

    def _forget_result(self) -> None:
        """What was read is not of these files any more."""
        if self.state is not None:
            self._files.update(settled=(), **_NOTHING_READ)

    def _drop_named(self, sentence: str) -> None:
        """Take away the files that a refusal names; all, if it names none."""
        files = self._files.now().files
        for file in [one for one in files if one.name in sentence] or files:
            self._files.drop(file.number)
