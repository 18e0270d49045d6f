"""Zip files that are the same every time: without the time at which they were packed."""

import io
import zipfile

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first date that a zip can hold."""


def without_times(packed: bytes) -> bytes:
    """Pack a zip file again, its parts in the same order, all with the same date."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, date_time=_EARLIEST)
            # A PNG is compressed as it is.
            part.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            part.create_system = 0
            new.writestr(part, old.read(name))
    return file.getvalue()
