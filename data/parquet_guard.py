"""What is asked of a Parquet file before its columns are read: a few kilobytes of it can stand for gigabytes."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from data.errors import RefusedInputError
from data.limits_settings import Limits, how_to_raise

_ROOM = 2**20
"""Bytes that a column may have beyond its cells: pages, dictionaries."""


def check_text_columns(
    columns: Sequence[str], *, schema: pa.Schema, said: pq.FileMetaData, file: str, limits: Limits
) -> None:
    """Refuse columns of codes and names that hold no texts or numbers, or unpack to more than such cells can be.

    Raises
    ------
    RefusedInputError
        Naming the column.
    """
    for column in columns:
        kind = schema.field(column).type
        if pa.types.is_dictionary(kind):
            kind = kind.value_type
        if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
            raise RefusedInputError(f"{file}: column '{column}' holds no texts. Write it as text.")
        if _unpacked(column, said) > limits.cell_characters * said.num_rows + _ROOM:
            raise RefusedInputError(
                f"{file}: cells of column '{column}' have more characters than are read. "
                + how_to_raise("cell_characters", to=limits.cell_characters)
            )


def _unpacked(column: str, said: pq.FileMetaData) -> int:
    groups = [said.row_group(number) for number in range(said.num_row_groups)]
    chunks = [group.column(place) for group in groups for place in range(group.num_columns)]
    return sum(int(chunk.total_uncompressed_size) for chunk in chunks if chunk.path_in_schema == column)
