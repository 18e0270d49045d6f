"""Archives as data.police.uk gives them: a folder for each month, in it a file of crimes for each force, and others beside it.

`2022-10/2022-10-leicestershire-street.csv` is read, as if it lay in a folder; `-outcomes` and `-stop-and-search` are passed over.
Files are read where they are, piece by piece: nothing is unpacked to disk or into memory as a whole.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal, TextIO, overload

from data.archives import entries_of
from data.errors import RefusedInputError
from data.input_guard import check_file
from data.limits_settings import LIMITS, Limits
from data.queried import InputFile, QueriedTable

ARCHIVE_SUFFIX = ".zip"
MOST_ENTRIES = 20_000
"""Three files for each of 43 forces and every month of ten years are 15,480."""
_STREET = re.compile(r"\d{4}-\d{2}-[a-z0-9-]+-street\.csv")
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


@dataclass(frozen=True)
class ArchivedFile:
    """One text file in an archive, opened as a path is."""

    archive: Path
    member: str

    @property
    def name(self) -> str:
        """What the file is called, without its folder."""
        return PurePosixPath(self.member).name

    @property
    def suffix(self) -> str:
        """The ending of its name."""
        return PurePosixPath(self.member).suffix

    @overload
    def open(self, mode: Literal["rb"]) -> io.BufferedReader: ...
    @overload
    def open(self, *, encoding: str, newline: str) -> TextIO: ...
    def open(
        self, mode: str = "r", *, encoding: str | None = None, newline: str | None = None
    ) -> io.BufferedReader | TextIO:
        """Open it as bytes, or as text.

        Raises
        ------
        RefusedInputError
            If the archive cannot be opened, or the file in it turns out to be damaged, then or while it is read.
        """
        stream: io.BufferedReader = io.BufferedReader(_Member(self), buffer_size=2**16)
        return stream if mode == "rb" else io.TextIOWrapper(stream, encoding=encoding, newline=newline)


class _Member(io.RawIOBase):
    """The bytes of a file in an archive. It ends where the archive says, however much is packed there."""

    def __init__(self, file: ArchivedFile) -> None:
        self._file = file
        try:
            self._whole = zipfile.ZipFile(file.archive)
            self._stream = self._whole.open(file.member)
        except (*_UNREADABLE, KeyError) as error:
            raise _damaged(file) from error

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            piece = self._stream.read(len(buffer))
        except _UNREADABLE as error:
            raise _damaged(self._file) from error
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        if hasattr(self, "_stream"):
            self._stream.close()
            self._whole.close()
        super().close()


def _damaged(file: ArchivedFile) -> RefusedInputError:
    return RefusedInputError(
        f"{file.archive.name}, {file.name}: the file in the archive is damaged or packed in a way that cannot be read. "
        "Download the archive again."
    )


def open_archives(
    paths: Sequence[InputFile], *, limits: Limits = LIMITS
) -> tuple[list[InputFile | ArchivedFile], tuple[str, ...]]:
    """Put the street files of an archive in its place, in natural order; other files stay.

    Returns
    -------
    list of Path or ArchivedFile
        Files to read.
    tuple of str
        What is to be noted: how many files of each archive are read, and how many are not.

    Raises
    ------
    RefusedInputError
        If an archive cannot be opened without harm (`data.archives`), is larger unpacked than a file may be, holds no street
        file, or two of one name.
    """
    files: list[InputFile | ArchivedFile] = []
    notes = []
    for path in paths:
        if isinstance(path, QueriedTable) or path.suffix.lower() != ARCHIVE_SUFFIX:
            files.append(path)
            continue
        members, others = _street_files(path, limits=limits)
        files.extend(members)
        notes.append(f"{path.name}: {len(members):,} street files were read; other files in it, not read: {others:,}.")
    return files, tuple(notes)


def _street_files(path: Path, *, limits: Limits) -> tuple[list[ArchivedFile], int]:
    check_file(path, suffixes=(ARCHIVE_SUFFIX,), do="", limits=limits)
    try:
        entries = entries_of(
            path, most_megabytes=limits.file_megabytes, limit="file_megabytes", most_entries=MOST_ENTRIES
        )
    except _UNREADABLE as error:
        raise RefusedInputError(
            f"{path.name}: this is not a zip archive that can be opened; it may be damaged. Download it again."
        ) from error
    held = [entry.filename for entry in entries if not entry.is_dir()]
    found = sorted(name for name in held if _STREET.fullmatch(PurePosixPath(name).name))
    files = [ArchivedFile(path, name) for name in found]
    if not files:
        raise RefusedInputError(
            f"{path.name}: the archive holds no file called as police.uk calls them, such as "
            "2022-10/2022-10-leicestershire-street.csv. Unpack it, and name its files or their folder."
        )
    if len({one.name for one in files}) < len(files):
        raise RefusedInputError(
            f"{path.name}: two street files in the archive have one name. Take one of them out, or unpack it and name the files."
        )
    return files, len(held) - len(files)
