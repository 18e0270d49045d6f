"""Which encoding a text file is in, found by reading it once, piece by piece."""

import codecs
from collections.abc import Callable
from pathlib import Path

from data.errors import RefusedInputError
from data.police_archives import ArchivedFile

_SIGNATURES = {
    b"PK\x03\x04": "an Excel workbook or a zip archive",
    b"\xd0\xcf\x11\xe0": "an old or password-protected Excel workbook",
    b"%PDF": "a PDF",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "a GeoPackage or another database",
    b"\x1f\x8b": "a compressed archive",
    b"GIF8": "a picture",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
}
_PIECE = 2**20
UTF8, WINDOWS = "utf-8-sig", "cp1252"


def find_encoding(path: Path | ArchivedFile) -> tuple[str, tuple[str, ...]]:
    """Tell UTF-8 (with or without byte-order mark), UTF-16 with one, and Windows-1252 apart.

    Returns
    -------
    str, tuple of str
        Python's name of the encoding, and what is to be noted about it.

    Raises
    ------
    RefusedInputError
        If the file is not text, is empty, or is in none of these.
    """
    with path.open("rb") as stream:
        first = stream.read(16)
    for signature, kind in _SIGNATURES.items():
        if first.startswith(signature):
            raise RefusedInputError(
                f"{path.name}: this is {kind}, not text, whatever its name says. Give it its right ending."
            )
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _first_that_fits(path, {"utf-16": (f"{path.name} is UTF-16 text.",)})
    # Windows-1252 text with a letter beyond ASCII is practically never valid UTF-8, so trying in this order is safe.
    noted = (f"{path.name} is not UTF-8; it was read as Windows-1252.",)
    return _first_that_fits(path, {UTF8: (), WINDOWS: noted})


def _first_that_fits(path: Path | ArchivedFile, encodings: dict[str, tuple[str, ...]]) -> tuple[str, tuple[str, ...]]:
    for encoding, notes in encodings.items():
        try:
            _read_through(path, codecs.getincrementaldecoder(encoding)().decode)
        except UnicodeDecodeError:
            continue
        return encoding, notes
    raise RefusedInputError(f"{path.name}: the text is neither UTF-8 nor Windows-1252. Export it again as CSV (UTF-8).")


def _read_through(path: Path | ArchivedFile, decode: Callable[[bytes, bool], str]) -> None:
    blank = True
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            text = decode(piece, False)
            blank = blank and not text.strip()
            _refuse_null(text, file=path.name)
        decode(b"", True)
    if blank:
        raise RefusedInputError(f"{path.name}: the file is empty. Export it again.")


def _refuse_null(text: str, *, file: str) -> None:
    if "\0" in text:
        raise RefusedInputError(f"{file}: the file holds bytes that no text has. Export it again as CSV (UTF-8).")
