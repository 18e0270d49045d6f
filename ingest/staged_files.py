"""The files of a load that is not finished, in a private folder, and what is known of each."""

import hashlib
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePath

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from data.durable import write_text
from data.errors import RefusedInputError, UsageError
from data.input_guard import check_file
from data.limits_settings import Limits
from data.report import TableReport
from ingest.understanding import UPLOADED

_STATE, _FILES = "load.json", "files"
_LONGEST_NAME = 120
MOST_FILES = 200
LEFT_AFTER = timedelta(hours=12)
"""A load that nobody went on with for so long is removed when somebody next looks at any."""
_KINDS_READ = tuple(f".{ending}" for ending in UPLOADED)
_DO = "Save tables as CSV or .xlsx, and boundaries as GeoJSON, GeoPackage, GeoParquet or a zipped shapefile."


class StagedFile(BaseModel):
    """One file that was brought."""

    model_config = ConfigDict(frozen=True)
    number: int
    name: str
    kind: str | None = None
    """`wards`, `population`, `referrals`, `incidents` or `provision`; none as long as nobody has said."""
    size: int = 0


class State(BaseModel):
    """What is known of a load."""

    model_config = ConfigDict(frozen=True)
    begun: datetime
    files: tuple[StagedFile, ...] = ()
    next_number: int = 1
    columns: dict[str, dict[str, str | int | None]] = {}
    """Mapped by hand, as `data.settings_columns` takes them."""
    added: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    """Tables of which it is settled whether they are added or not: by their quarters or by the person."""
    reading: bool = False
    """True while files are read: if it is found so, reading was broken off."""
    staged: str | None = None
    """Id of the snapshot that was made and is not accepted yet."""
    before: str | None = None
    """The newest snapshot when it was made."""
    reports: tuple[dict[str, object], ...] = ()
    """Of the files that were read for it; where reading was refused, of the one that it was refused for."""
    refused: str = ""
    """Why reading was refused, if it was."""

    @property
    def mark(self) -> str:
        """Short text that is another for another load, and for other columns."""
        return hashlib.sha256(f"{self.begun} {self.columns}".encode()).hexdigest()[:8]

    @property
    def accounts(self) -> tuple[TableReport, ...]:
        """The reports, as they were."""
        return tuple(_REPORT.validate_python(one, strict=False) for one in self.reports)


_REPORT = TypeAdapter(TableReport)


def report_as_plain(report: TableReport) -> dict[str, object]:
    """Write a report as plain data, for a state."""
    plain: dict[str, object] = _REPORT.dump_python(report, mode="json")
    return plain


class StagedFiles:
    """The folder of one load: its files and its state."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; it is made with the first file."""
        self.folder = folder

    @property
    def state(self) -> State | None:
        """What is known of the load; none if there is no load, or what is known cannot be read any more."""
        try:
            return State.model_validate_json((self.folder / _STATE).read_bytes())
        except (OSError, ValidationError):
            return None

    def now(self) -> State:
        """What is known of the load.

        Raises
        ------
        UsageError
            If the load is gone: discarded in another tab, or left too long.
        """
        found = self.state
        if found is None:
            raise UsageError(
                "This load is gone: it was discarded or accepted in another tab, or left too long. Begin anew."
            )
        return found

    def update(self, **changes: object) -> State:
        """Note that something is different now. Errors as of `now`."""
        changed = self.now().model_copy(update=changes)
        self._write(changed)
        return changed

    def take_in(self, name: str, content: bytes, *, limits: Limits) -> StagedFile:
        """Keep a file, for its owner alone.

        Raises
        ------
        RefusedInputError
            If it is empty, too large, of a kind that cannot be read, or there is one of its name.
        """
        plain = PurePath(name.replace("\\", "/")).name
        now = self.state or State(begun=datetime.now(UTC))
        _check(plain, content, others=[one.name for one in now.files])
        file = StagedFile(number=now.next_number, name=plain, size=len(content))
        place = self._make_folder(file)
        try:
            handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(handle, "wb") as stream:  # noqa: PTH123  # of the handle, with its mode
                stream.write(content)
            check_file(place, suffixes=_KINDS_READ, do=_DO, limits=limits)
        except OSError as error:
            self._remove(file)
            raise UsageError(
                f"{plain} cannot be kept here ({error.strerror}). Check that the disk has room."
            ) from error
        except RefusedInputError:
            self._remove(file)
            raise
        self._write(now.model_copy(update={"files": (*now.files, file), "next_number": file.number + 1}))
        return file

    def drop(self, number: int) -> None:
        """Take a file away; unknown numbers are passed over."""
        for file in self.now().files:
            if file.number == number:
                self._remove(file)
                self.update(files=tuple(one for one in self.now().files if one.number != number))

    def path_of(self, file: StagedFile) -> Path:
        """Where a file lies."""
        return self.folder / _FILES / str(file.number) / file.name

    def empty_folder(self, name: str) -> Path:
        """Name a folder beside the files in which nothing is left of before."""
        shutil.rmtree(self.folder / name, ignore_errors=True)
        return self.folder / name

    def remove_all(self) -> None:
        """Take the load away, files and all."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _make_folder(self, file: StagedFile) -> Path:
        place = self.path_of(file)
        try:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            for folder in (self.folder, self.folder / _FILES, place.parent):
                folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise UsageError(
                f"Files cannot be kept beside the snapshots ({error.strerror}). Check that the disk has room and that the "
                "server may write there."
            ) from error
        return place

    def _remove(self, file: StagedFile) -> None:
        shutil.rmtree(self.path_of(file).parent, ignore_errors=True)

    def _write(self, state: State) -> None:
        write_text(self.folder / _STATE, state.model_dump_json())


def clear_left(folder: Path, *, now: datetime | None = None) -> int:
    """Remove the loads in a folder that nobody went on with; give how many there were."""
    gone = 0
    for load in sorted(folder.iterdir()) if folder.is_dir() else ():
        changed = datetime.fromtimestamp(load.stat().st_mtime, tz=UTC)
        if (now or datetime.now(UTC)) - changed > LEFT_AFTER:
            StagedFiles(load).remove_all()
            gone += 1
    return gone


def _check(name: str, content: bytes, *, others: list[str]) -> None:
    if not name.isprintable() or name.startswith(".") or not name:
        raise RefusedInputError(
            "The name of this file holds characters that cannot be shown, or begins with a dot. Rename it."
        )
    if len(name) > _LONGEST_NAME:
        raise RefusedInputError(f"The name of a file is longer than {_LONGEST_NAME} characters. Rename it.")
    if not content:
        raise RefusedInputError(f"{name}: the file is empty. Export it again.")
    if name.casefold() in [one.casefold() for one in others]:
        raise RefusedInputError(
            f"{name}: a file of this name is here already. Remove that one first, or rename this one."
        )
    if len(others) >= MOST_FILES:
        raise RefusedInputError(
            f"{name}: {MOST_FILES} files are here already, and more are not taken. Put some of them together."
        )
