"""Incidents of any number of files, block by block: never a whole file in memory.

A **piece** is what one process reads at a time: a CSV file, which has to be read from its beginning, or some row groups of a
Parquet file. A **block** is so many rows of it. Neither changes what comes out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from data.errors import RefusedInputError, UsageError
from data.incident_columns import IncidentColumns, find_incident_columns, mapped_headings
from data.input_files import Paths, expand_paths
from data.input_guard import regular_size
from data.limits_settings import Limits
from data.manifest import hash_file
from data.parquet_blocks import PARQUET_SUFFIXES, open_parquet, parquet_blocks, runs_of_groups
from data.person_level import refuse_person_texts, refuse_person_vocabulary
from data.queried import InputFile, QueriedTable
from data.raw_tables import TEXT_SUFFIXES, open_table, take_blocks
from data.settings import Incidents

BLOCK_SUFFIXES = (*TEXT_SUFFIXES, *PARQUET_SUFFIXES)
ROWS_OF_A_PIECE = 1_000_000
_MOST_KINDS = 50_000


@dataclass(frozen=True)
class Piece:
    """What one process reads at a time."""

    path: InputFile
    groups: tuple[int, ...] = ()
    """Row groups of a Parquet file."""
    first: bool = True
    """Whether the file begins with it."""


@dataclass
class Words:
    """The different texts of the columns of one file that are looked at for a person's details, and how many cells are filled."""

    file: str
    headings: dict[str, str]
    distinct: dict[str, dict[str, None]] = field(default_factory=dict)
    filled: dict[str, int] = field(default_factory=dict)

    def look_at(self, cells: pd.DataFrame) -> None:
        """Take in a block.

        Raises
        ------
        PersonLevelError
            If a text looks like a person's details, or there are more different ones than a column of kinds or wards has.
        """
        for key, heading in self.headings.items():
            known = self.distinct.setdefault(key, {})
            texts = cells[key].dropna()
            new = [text for text in texts.unique() if text not in known]
            refuse_person_texts(new, key=key, file=self.file, column=heading)
            known.update(dict.fromkeys(new))
            self.filled[key] = self.filled.get(key, 0) + len(texts)
            self._refuse_too_many(key)

    def add(self, other: "Words") -> None:
        """Take in another piece of the same file."""
        for key, texts in other.distinct.items():
            self.distinct.setdefault(key, {}).update(texts)
            self.filled[key] = self.filled.get(key, 0) + other.filled[key]
            self._refuse_too_many(key)

    def judge(self) -> None:
        """Judge the columns as a whole, when all of the file has been read.

        Raises
        ------
        PersonLevelError
            As `refuse_person_values`.
        """
        for key, heading in self.headings.items():
            texts = list(self.distinct.get(key, {}))
            refuse_person_vocabulary(texts, rows=self.filled.get(key, 0), key=key, file=self.file, column=heading)

    def _refuse_too_many(self, key: str) -> None:
        if len(self.distinct[key]) > _MOST_KINDS:
            raise RefusedInputError(
                f"{self.file}, column '{self.headings[key]}': it holds more than {_MOST_KINDS:,} different texts, which no "
                "column of categories or wards does. Check which column the settings name, or take it out."
            )


@dataclass(frozen=True)
class OpenPiece:
    """A piece that is being read."""

    columns: IncidentColumns
    notes: tuple[str, ...]
    blocks: Iterator[pd.DataFrame]
    digest: str
    """SHA-256 of the file; empty if the file does not begin with this piece."""


def list_pieces(paths: Paths, *, limits: Limits) -> list[Piece]:
    """List the pieces of the files that are meant, in natural order.

    Raises
    ------
    RefusedInputError
        If no file is found, or a Parquet file cannot be opened.
    """
    pieces: list[Piece] = []
    for path in expand_paths(paths, suffixes=BLOCK_SUFFIXES):
        if isinstance(path, QueriedTable):
            pieces.append(Piece(path))
            continue
        regular_size(path)
        if path.suffix.lower() not in PARQUET_SUFFIXES:
            pieces.append(Piece(path))
            continue
        runs = runs_of_groups(path, rows=ROWS_OF_A_PIECE, limits=limits) or [()]
        pieces += [Piece(path, run, first=number == 0) for number, run in enumerate(runs)]
    return pieces


def check_countable(settings: Incidents) -> None:
    """Refuse settings whose incidents cannot be read block by block.

    Raises
    ------
    UsageError
        If they map no coordinates, or an identifier: the row that repeats another may be in any other block.
    """
    if not (settings.longitude or settings.easting):
        raise UsageError(
            "[incidents] names no coordinates: these are counts or ward codes already. Load the file with ingest as it is."
        )
    if settings.id:
        raise UsageError(
            "[incidents] id is set, and identifiers that come again in another part of the data cannot be found while it is "
            "counted part by part. Take repeats out at the source, and take id out of the settings of this count."
        )


def open_piece(piece: Piece, settings: Incidents, *, rows: int, limits: Limits) -> OpenPiece:
    """Open a piece to be read, so many rows at a time.

    Raises
    ------
    RefusedInputError
        If it cannot be read, lacks a mapped column, or announces a person's details.
    """
    digest = hash_file(piece.path) if piece.first else ""
    if isinstance(piece.path, Path) and piece.path.suffix.lower() in PARQUET_SUFFIXES:
        return _open_parquet(piece.path, settings, groups=piece.groups, rows=rows, limits=limits, digest=digest)
    many = limits.model_copy(update={"rows": 10**9})
    grid = open_table(piece.path, settings, wanted=list(mapped_headings(settings).values()), limits=many)
    columns = find_incident_columns(grid.headings, settings, file=piece.path.name)
    blocks = (columns.complete(cells) for cells in take_blocks(grid, columns.positions, rows=rows))
    return OpenPiece(columns, grid.notes, blocks, digest)


def _open_parquet(
    path: Path, settings: Incidents, *, groups: tuple[int, ...], rows: int, limits: Limits, digest: str
) -> OpenPiece:
    file = path.name
    with open_parquet(path, limits=limits) as opened:
        headings = opened.schema_arrow.names
    columns = find_incident_columns(headings, settings, file=file)
    wanted = {key: headings[place] for key, place in columns.positions.items()}

    def blocks() -> Iterator[pd.DataFrame]:
        with open_parquet(path, limits=limits) as opened:
            taken = parquet_blocks(opened, wanted, groups=groups, rows=rows, file=file, limits=limits)
            yield from map(columns.complete, taken)

    return OpenPiece(columns, (), blocks(), digest)
