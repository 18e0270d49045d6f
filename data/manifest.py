"""The manifest of a snapshot: what went in, what is in it, who made it, and the id that follows from what went in."""

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from data.errors import RefusedInputError
from data.police_archives import ArchivedFile
from data.queried import InputFile, QueriedTable
from data.report import TableReport

FORMAT_VERSION = 1
"""Raised when the layout of a snapshot changes, or when the same input is read to other tables than before."""
MANIFEST = "manifest.json"
_ID = re.compile(r"(?:\d{4}-\d{2}-q[1-4]|no-quarter)-[0-9a-f]{12}")
_DIGITS = 12
_LARGEST = 50 * 2**20
"""Bytes of a manifest: its findings are the most of it."""
TableFile = Annotated[str, Field(pattern=r"^[a-z]+\.parquet$")]


@dataclass(frozen=True, order=True)
class SourceFile:
    """One file that went in."""

    role: str
    """`wards`, `population`, `referrals`, `incidents` or `provision`."""
    file: str
    """Its name, without the folder."""
    sha256: str
    bytes: int


class StoredFile(BaseModel):
    """One file of the snapshot."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    sha256: str
    bytes: int


class Manifest(BaseModel):
    """What is known of a snapshot without opening its tables. It never holds a value of a record."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    format_version: int
    created_at: datetime
    """UTC."""
    created_by: str
    """User of the operating system, or `unknown`."""
    software_version: str
    partnership: str
    vintage: int
    """Year of the ward boundaries."""
    first_quarter: str | None
    last_quarter: str | None
    """Of referrals and incidents together; none where there are no records."""
    rows: dict[str, int]
    """Rows of each stored table."""
    sources: tuple[SourceFile, ...]
    settings: dict[str, JsonValue]
    """The settings that matter to reading."""
    key: str = ""
    """With which the id was made: the same for all snapshots of a store, so that the same input gives the same id there. It
    is shown to nobody."""
    invented: tuple[str, ...] = ()
    """Tables that are invented: a demonstration, not data."""
    stand_in: tuple[str, ...] = ()
    """Sentences about data that stands in for other data."""
    provision_as_at: date | None = None
    """Of which day the file of what is provided is; none where there is no such file."""
    reports: tuple[TableReport, ...]
    files: Annotated[dict[TableFile, StoredFile], Field(min_length=4)]


def hash_file(path: InputFile | ArchivedFile) -> str:
    """Give the SHA-256 of a file, in hex, without reading it into memory.

    Raises
    ------
    RefusedInputError
        If the file cannot be read.
    """
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise RefusedInputError(f"{path.name} cannot be read. Check the path and its permissions.") from error


def describe_source(role: str, path: InputFile) -> SourceFile:
    """Describe what goes in, a file or what a query gave: its name, hash and size.

    Raises
    ------
    RefusedInputError
        If the file cannot be read.
    """
    digest = hash_file(path)
    size = path.size if isinstance(path, QueriedTable) else path.stat().st_size
    return SourceFile(role=role, file=path.name, sha256=digest, bytes=size)


def snapshot_id(
    sources: Iterable[SourceFile], settings: Mapping[str, JsonValue], *, last_quarter: str | None, key: str = ""
) -> str:
    """Name a snapshot by what went in.

    The last quarter, to be read by people, and 12 hex digits of a keyed hash over the content of the input files (in any
    order, whatever they are called and wherever they lie), the settings that matter to reading and the format version.
    Without the key, whoever knew all of the files but one count could try every count until the name fits.

    Parameters
    ----------
    sources
        The files that went in.
    settings
        Plain data, as for JSON. The order of keys does not matter.
    last_quarter
        Such as `2025/26 Q2`; none if there are no records.
    key
        Of the store; empty for snapshots that were made before there were keys.
    """
    went_in = {
        "format": FORMAT_VERSION,
        "settings": settings,
        "sources": sorted([source.role, source.sha256] for source in sources),
    }
    text = json.dumps(went_in, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    digest = hmac.digest(key.encode("ascii"), text.encode("ascii"), "sha256").hex() if key else _plain_digest(text)
    prefix = last_quarter.lower().replace("/", "-").replace(" ", "-") if last_quarter else "no-quarter"
    return f"{prefix}-{digest[:_DIGITS]}"


def _plain_digest(text: str) -> str:
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def is_snapshot_id(text: str) -> bool:
    """Say whether a text has the form of a snapshot id, and so cannot lead to another folder."""
    return _ID.fullmatch(text) is not None


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of the snapshot in a folder.

    Raises
    ------
    RefusedInputError
        If it is missing, damaged, of another snapshot, or written by a newer version.
    """
    try:
        content = json.loads(_text_of(folder))
        version = content["format_version"]
        if isinstance(version, int) and version != FORMAT_VERSION:
            raise RefusedInputError(
                f"Snapshot {folder.name} has format {version} and this version reads format {FORMAT_VERSION}. "
                "Ingest the same files again, or use the version of the software that wrote it."
            )
        manifest = Manifest.model_validate(content)
    except (OSError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise damaged(folder.name, "its manifest cannot be read") from error
    if manifest.id != folder.name:
        raise damaged(folder.name, "its manifest is that of another snapshot")
    return manifest


def _text_of(folder: Path) -> str:
    path = folder / MANIFEST
    if path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST:
        raise damaged(folder.name, "its manifest is missing, or no file of its own, or larger than one can be")
    return path.read_text(encoding="utf-8")


def damaged(name: str, what: str) -> RefusedInputError:
    """Say that a snapshot is damaged and what to do about it."""
    return RefusedInputError(
        f"Snapshot {name} is damaged: {what}. "
        "Restore its folder from a backup, or move it out of the snapshots folder and ingest the same files again."
    )
