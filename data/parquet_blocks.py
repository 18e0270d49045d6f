"""Tables in Parquet files, so many rows at a time: text columns as cleaned texts, numbers as numbers, days as ISO dates.

Texts are read as dictionaries, so that a few kilobytes that stand for gigabytes stay what they are until they are looked at.
Rows are counted from 1. There are no blank rows and none with more cells than headings.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from data.codes import clean_texts
from data.errors import RefusedInputError
from data.input_guard import check_file
from data.limits_settings import Limits, how_to_raise
from data.parquet_guard import check_text_columns

PARQUET_SUFFIXES = (".parquet",)
NUMBERS = ("longitude", "latitude", "easting", "northing", "count")
"""Columns that may hold numbers, and then stay so."""
_MOST_CHARACTERS = 2**28
"""Of one column of one block."""


def open_parquet(path: Path, *, limits: Limits) -> pq.ParquetFile:
    """Look into a file without reading its columns.

    Raises
    ------
    RefusedInputError
        If it is no Parquet file, is damaged, or is larger than files may be.
    """
    check_file(path, suffixes=PARQUET_SUFFIXES, do="Write it as Parquet.", limits=limits)
    try:
        with pq.ParquetFile(path) as plain:
            texts = [
                one.name
                for one in plain.schema_arrow
                if pa.types.is_string(one.type) or pa.types.is_large_string(one.type)
            ]
        opened = pq.ParquetFile(path, read_dictionary=texts, pre_buffer=False)
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(path.name) from error
    if len(opened.schema_arrow.names) > limits.columns:
        opened.close()
        raise RefusedInputError(
            f"{path.name}: the file has more columns than are read. {how_to_raise('columns', to=limits.columns)}"
        )
    return opened


def runs_of_groups(path: Path, *, rows: int, limits: Limits) -> list[tuple[int, ...]]:
    """Split a file into runs of row groups of about so many rows each."""
    with open_parquet(path, limits=limits) as opened:
        sizes = [opened.metadata.row_group(number).num_rows for number in range(opened.num_row_groups)]
    runs: list[list[int]] = []
    filled = rows
    for number, size in enumerate(sizes):
        if filled >= rows:
            runs.append([])
            filled = 0
        runs[-1].append(number)
        filled += size
    return [tuple(run) for run in runs]


def parquet_blocks(
    opened: pq.ParquetFile,
    columns: Mapping[str, str],
    *,
    groups: Sequence[int],
    rows: int,
    file: str,
    limits: Limits,
) -> Iterator[pd.DataFrame]:
    """Give some columns of some row groups, so many rows at a time.

    Parameters
    ----------
    columns
        Canonical name to heading.
    groups
        Row groups, one after the other.

    Yields
    ------
    DataFrame
        The canonical columns (`str`, or float64 where `NUMBERS` are numbers), `source_row`, `source_file`, `is_blank`,
        `is_misshapen`, as `data.raw_tables` gives them of text files.

    Raises
    ------
    RefusedInputError
        If a column holds no texts, numbers or days, or the file is damaged.
    """
    headings = list(dict.fromkeys(columns.values()))
    check_text_columns(headings, schema=opened.schema_arrow, said=opened.metadata, file=file, limits=limits)
    row = 1 + sum(opened.metadata.row_group(number).num_rows for number in range(groups[0])) if groups else 1
    try:
        for batch in opened.iter_batches(batch_size=rows, row_groups=list(groups), columns=headings, use_threads=False):
            cells = pd.DataFrame(
                {key: _column(batch[heading], key=key, file=file, limits=limits) for key, heading in columns.items()},
                index=range(batch.num_rows),
            )
            yield cells.assign(
                source_row=range(row, row + len(cells)),
                source_file=pd.array([file], dtype="str").take([0] * len(cells)),
                is_blank=False,
                is_misshapen=False,
            )
            row += len(cells)
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(file) from error


def _column(column: pa.Array, *, key: str, file: str, limits: Limits) -> "pd.Series[str] | pd.Series[float]":
    kind = column.type
    if key in NUMBERS and (pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)):
        return pd.Series(column.cast(pa.float64()).to_numpy(zero_copy_only=False))
    if pa.types.is_timestamp(kind):
        column = column.cast(pa.timestamp(kind.unit)).cast(pa.date32(), safe=False)
    coded = column if pa.types.is_dictionary(column.type) else pc.dictionary_encode(column)
    # A null of the dictionary itself is one as well: neither has a place.
    places = np.asarray(coded.indices.fill_null(-1)).astype(np.int64)
    texts = pd.Series(coded.dictionary.cast(pa.string()).to_pylist(), dtype="str")
    lengths = texts.str.len().fillna(0).to_numpy().astype(np.int64)
    _refuse_long(lengths, places, file=file, limits=limits)
    cleaned = clean_texts(texts).array
    return pd.Series(cleaned.take(places, allow_fill=True), dtype="str")


def _refuse_long(lengths: NDArray[np.int64], places: NDArray[np.int64], *, file: str, limits: Limits) -> None:
    together = int(lengths[places[places >= 0]].sum())
    if lengths.max(initial=0) > limits.cell_characters or together > _MOST_CHARACTERS:
        raise RefusedInputError(
            f"{file}: cells of a column have more characters than are read. "
            + how_to_raise("cell_characters", to=limits.cell_characters)
        )


def _unreadable(file: str) -> RefusedInputError:
    return RefusedInputError(
        f"{file}: the file cannot be read as Parquet; it may be damaged, incomplete or written to. Save or copy it again."
    )
