"""What is asked of a zip archive (a workbook is one, too) before anything in it is opened.

A small archive can unpack to more than a machine holds, by honest compression, by lies about its sizes, or by entries that
share one body (Fifield, `A better zip bomb`, WOOT 2019). Its names may lead out of it. Nothing is ever unpacked to disk here.
"""

import stat
import struct
import zipfile
from pathlib import Path, PurePosixPath

from data.errors import RefusedInputError
from data.input_guard import MEGABYTE
from data.limits_settings import how_to_raise

MOST_ENTRIES = 2_000
_LONGEST_NAME = 200
_END = b"PK\x05\x06"
_END_LENGTH, _LONGEST_COMMENT = 22, 65_535


def entries_of(
    path: Path, *, most_megabytes: int, limit: str, most_entries: int = MOST_ENTRIES
) -> list[zipfile.ZipInfo]:
    """List what an archive holds, if all of it can be opened without harm.

    Parameters
    ----------
    path
        The archive.
    most_megabytes
        How much it may be when it is unpacked.
    limit
        The setting that says so.
    most_entries
        How many parts it may have.

    Raises
    ------
    RefusedInputError
        If it is not an archive or holds more than it should, names that lead elsewhere, links, secrets or overlaps.
    zipfile.BadZipFile
        If it is damaged.
    """
    _check_count(path, most=most_entries)
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > most_megabytes * MEGABYTE:
        raise RefusedInputError(
            f"{path.name}: unpacked it is {unpacked / MEGABYTE:,.0f} megabytes, more than are read. "
            + how_to_raise(limit, to=most_megabytes)
        )
    for entry in entries:
        _check_entry(entry, file=path.name)
    _check_overlaps(entries, file=path.name, size=path.stat().st_size)
    return entries


def _check_count(path: Path, *, most: int) -> None:
    """Read how many entries there are from the end of the archive: the list of them alone could fill the memory."""
    with path.open("rb") as stream:
        stream.seek(0, 2)
        stream.seek(max(0, stream.tell() - _END_LENGTH - _LONGEST_COMMENT))
        end = stream.read()
    place = end.rfind(_END)
    if place < 0 or len(end) < place + _END_LENGTH:
        raise zipfile.BadZipFile
    count, length = struct.unpack("<HI", end[place + 10 : place + 16])
    if count > most or length > most * 1_000:
        raise RefusedInputError(
            f"{path.name}: it holds more than {most:,} parts. Unpack it, and name the file that is wanted."
        )


def _check_entry(entry: zipfile.ZipInfo, *, file: str) -> None:
    name = PurePosixPath(entry.filename)
    if (
        name.is_absolute()
        or ".." in name.parts
        or "\\" in entry.orig_filename
        or ":" in entry.filename
        or len(entry.filename) > _LONGEST_NAME
        or not entry.orig_filename.isprintable()
        or any(part.casefold().startswith("vsi") for part in name.parts)
    ):
        raise RefusedInputError(
            f"{file}: a name inside the archive leads out of it or cannot be shown. Pack the files again, under plain names."
        )
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise RefusedInputError(f"{file}: the archive holds a link where a file is wanted. Pack the file itself.")
    if entry.flag_bits & 0x1:
        raise RefusedInputError(f"{file}: the archive is protected by a password. Pack it again without one.")


def _check_overlaps(entries: list[zipfile.ZipInfo], *, file: str, size: int) -> None:
    """Refuse entries that stand in the same place, or twice under one name: which of them counts is for guessing."""
    names = {entry.filename for entry in entries}
    places = {entry.header_offset for entry in entries}
    if len(names) < len(entries) or len(places) < len(entries) or sum(e.compress_size for e in entries) > size:
        raise RefusedInputError(f"{file}: parts of the archive overlap, or have one name. Pack the files again.")
