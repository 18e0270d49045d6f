"""GeoParquet of a run: outlines in EPSG:27700, and in the file's own metadata where its figures came from."""

import io

import pyarrow as pa
import pyarrow.parquet as pq

from disclosure.export_sinks import METRES, Exported

PREFIX = "ward_overlap:"
"""Before the names of our own entries in the metadata of the file."""


def geoparquet_file(exported: Exported) -> dict[str, bytes]:
    """Write table and outlines as GeoParquet 1.0 (Open Geospatial Consortium).

    The metadata of the file has `ward_overlap:marking`, `:snapshot`, `:window`, `:audience` and `:software`, and as JSON
    `ward_overlap:origin`: question, settings and versions. The bytes are the same for the same run and
    the same pyarrow.
    """
    plain = io.BytesIO()
    exported.table.to_crs(METRES).to_parquet(plain, index=False, schema_version="1.0.0")
    table = pq.read_table(pa.BufferReader(plain.getvalue()))
    said = {**exported.origin_in_words(), "origin": exported.origin()}
    metadata = {**table.schema.metadata, **{f"{PREFIX}{name}".encode(): text.encode() for name, text in said.items()}}
    file = io.BytesIO()
    pq.write_table(table.replace_schema_metadata(metadata), file, compression="zstd")
    return {f"{exported.name}.parquet": file.getvalue()}
