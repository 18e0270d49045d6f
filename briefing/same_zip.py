"""Zip files that are the same every time: without the time at which they were packed."""

import io
import zipfile

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first date that a zip can hold."""
_COMPRESSED = (".png", ".pdf", ".docx")
"""What is compressed as it is."""


def part_of_zip(name: str) -> zipfile.ZipInfo:
    """Describe a part of a zip file, so that it is the same every time."""
    part = zipfile.ZipInfo(name, date_time=_EARLIEST)
    part.compress_type = zipfile.ZIP_STORED if name.endswith(_COMPRESSED) else zipfile.ZIP_DEFLATED
    part.create_system = 0
    return part


def without_times(packed: bytes) -> bytes:
    """Pack a zip file again, its parts in the same order, all with the same date."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(part_of_zip(name), old.read(name))
    return file.getvalue()
