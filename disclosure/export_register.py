"""The register of what headless runs wrote and where, so that it can be found again when it is due to be deleted.

One small file for each folder that was written to, beside the records of what people do. Downloads from a screen go to the
machine of the person who asked for them: they are in the audit trail, and beyond the reach of this register.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from data.durable import write_text
from data.errors import RefusedInputError
from data.manifest import StoredFile, hash_file
from data.settings import Settings
from ingest.places import records_file

PlainName = Annotated[str, Field(pattern=r"^[a-z0-9_-]+(\.[a-z0-9]+)+$")]
"""No file name that leads to another folder."""


class Export(BaseModel):
    """What was written into one folder by the last run that wrote there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    """As `export_id` gives it: for the audit trail."""
    folder: str
    made_at: datetime
    """UTC; when the run began to write."""
    audience: str
    snapshot: str
    files: dict[PlainName, StoredFile] = {}
    """None yet where the run was stopped before it had written them all."""


class ExportRegister:
    """The register of one partnership."""

    def __init__(self, folder: Path) -> None:
        """Name its folder. It is made with the first entry."""
        self.folder = folder

    def begin(self, folder: Path, *, audience: str, snapshot: str) -> Export:
        """Say that a run is about to write into a folder; takes the place of what was written there before.

        Raises
        ------
        OSError
            If that cannot be written down: the run must not go on, or nobody would find its files again.
        """
        export = Export(
            id=export_id(folder),
            folder=str(folder.resolve()),
            made_at=datetime.now(UTC),
            audience=audience,
            snapshot=snapshot,
        )
        self._write(export)
        return export

    def files_of(self, folder: Path) -> list[Path]:
        """Give the files that the last run into a folder wrote; what a new one leaves there must be told to `finish` again.

        Raises
        ------
        RefusedInputError
            If that entry is damaged.
        """
        place = self._place(export_id(folder))
        return [folder / name for name in self._read(place).files] if place.exists() else []

    def finish(self, folder: Path, written: Iterable[Path]) -> Export:
        """Say which files the run wrote into the folder that `begin` was told of."""
        files = {path.name: StoredFile(sha256=hash_file(path), bytes=path.stat().st_size) for path in written}
        return self.keep(self._read(self._place(export_id(folder))), files=files)

    def keep(self, export: Export, *, files: dict[str, StoredFile]) -> Export:
        """Say which files are left of an export; without any, it is forgotten."""
        if not files:
            self._place(export.id).unlink(missing_ok=True)
            return export
        left = export.model_copy(update={"files": files})
        self._write(left)
        return left

    def exports(self) -> list[Export]:
        """Give all entries, the oldest first.

        Raises
        ------
        RefusedInputError
            If one is damaged: to leave it out would be to forget files without a word.
        """
        found = [self._read(path) for path in sorted(self.folder.glob("*.json"))]
        return sorted(found, key=lambda export: (export.made_at, export.id))

    def _read(self, path: Path) -> Export:
        try:
            export = Export.model_validate_json(path.read_bytes())
        except (OSError, ValidationError) as error:
            raise _damaged(path) from error
        if path != self._place(export.id):
            raise _damaged(path)
        return export

    def _write(self, export: Export) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_text(self._place(export.id), export.model_dump_json(indent=1) + "\n")

    def _place(self, id: str) -> Path:
        return self.folder / f"{id}.json"


def export_id(folder: Path) -> str:
    """Name what is written into a folder: 16 hex digits that follow from the folder and do not tell it."""
    return hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]


def open_register(settings: Settings) -> ExportRegister:
    """Open the register of a partnership, which lies beside its records."""
    return ExportRegister(records_file(settings).parent / "exports")


def _damaged(path: Path) -> RefusedInputError:
    return RefusedInputError(
        f"The register of exports has a damaged entry, {path.name}. Restore it from a backup, or remove it and look for "
        "the files of that run yourself."
    )
