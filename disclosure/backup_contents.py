"""What a backup is: a folder of copies, and a list of them with their hashes, so that damage is found before it is restored."""

import hashlib
import re
from datetime import datetime
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from data.errors import RefusedInputError
from data.manifest import MANIFEST, StoredFile, hash_file, is_snapshot_id
from disclosure.told_book import ENTRY_FILES, is_entry

FORMAT_VERSION = 1
LIST = "backup.json"
SNAPSHOTS, EXPORTS, TOLD = "snapshots", "exports", "told"
RECORDS, ANCHOR = "records.db", "records.anchor"
SETTINGS = "settings.toml"
_TABLE = re.compile(r"[a-z]+\.parquet")
_EXPORT = re.compile(r"[0-9a-f]{16}\.json")


class BackupContents(BaseModel):
    """The list that lies in a backup."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format_version: Annotated[int, Field(ge=1)]
    made_at: datetime
    """UTC."""
    software_version: str
    partnership: str
    head: str
    """How far the audit trail goes in it, as `audit head` says it."""
    files: dict[str, StoredFile]
    """By their place in the backup, with `/` between folder and name."""
    checksum: str = ""
    """Of all the above: it finds damage, not forgery."""

    def with_checksum(self) -> Self:
        """Give the same with the checksum that belongs to it."""
        text = self.model_dump_json(exclude={"checksum"})
        return self.model_copy(update={"checksum": hashlib.sha256(text.encode()).hexdigest()})

    def snapshots(self) -> list[str]:
        """Ids of the snapshots that are in it, sorted."""
        return sorted({name.split("/")[1] for name in self.files if name.startswith(f"{SNAPSHOTS}/")})

    def exports(self) -> list[str]:
        """Names of the register's entries that are in it, sorted."""
        return sorted(name.split("/")[1] for name in self.files if name.startswith(f"{EXPORTS}/"))


def describe_files(folder: Path) -> dict[str, StoredFile]:
    """Give size and hash of every file of a backup but the list itself."""
    return {
        name: StoredFile(sha256=hash_file(folder / name), bytes=(folder / name).stat().st_size)
        for name in sorted(_files_in(folder))
    }


def check_backup(folder: Path) -> BackupContents:
    """Check every file of a backup against its list.

    Raises
    ------
    RefusedInputError
        Naming the first file that is missing, changed, or has no place in a backup.
    """
    contents = _read_list(folder)
    there = _files_in(folder)
    for name in sorted(there | set(contents.files)):
        if not _has_a_place(name):
            raise _damaged(folder, f"{name} has no place in a backup")
        if name not in there:
            raise _damaged(folder, f"{name} is missing")
        if name not in contents.files:
            raise _damaged(folder, f"{name} is not on its list")
        if hash_file(folder / name) != contents.files[name].sha256:
            raise _damaged(folder, f"{name} is not as it was written")
    for name in (RECORDS, ANCHOR):
        if name not in there:
            raise _damaged(folder, f"{name} is missing")
    return contents


def _read_list(folder: Path) -> BackupContents:
    try:
        contents = BackupContents.model_validate_json((folder / LIST).read_bytes())
    except OSError as error:
        raise RefusedInputError(
            f"{folder} holds no backup: {LIST} cannot be read. Name the folder of a backup."
        ) from error
    except ValidationError as error:
        raise _damaged(folder, f"{LIST} is not as it was written") from error
    if contents != contents.with_checksum():
        raise _damaged(folder, f"{LIST} is not as it was written")
    if contents.format_version != FORMAT_VERSION:
        raise RefusedInputError(
            f"The backup in {folder} has format {contents.format_version} and this version reads format {FORMAT_VERSION}. "
            "Use the version of the software that wrote it."
        )
    return contents


def _files_in(folder: Path) -> set[str]:
    """Names of all files, links among them: a link has a place in no backup, and is damage."""
    found = {path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()}
    for path in found:
        if path.is_symlink():
            raise _damaged(folder, f"{path.relative_to(folder).as_posix()} is a link")
    return {path.relative_to(folder).as_posix() for path in found} - {LIST}


def _has_a_place(name: str) -> bool:
    match name.split("/"):
        case [single]:
            return single in (RECORDS, ANCHOR, SETTINGS)
        case [first, entry]:
            return first == EXPORTS and _EXPORT.fullmatch(entry) is not None
        case [first, entry, file] if first == TOLD:
            return is_entry(entry) and file in ENTRY_FILES
        case [first, id, file]:
            return (
                first == SNAPSHOTS and is_snapshot_id(id) and (file == MANIFEST or _TABLE.fullmatch(file) is not None)
            )
    return False


def _damaged(folder: Path, what: str) -> RefusedInputError:
    return RefusedInputError(
        f"The backup in {folder} is damaged: {what}. Nothing was restored from it; use another backup."
    )
