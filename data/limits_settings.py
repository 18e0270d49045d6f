"""How much of a file is read: limits that an honest file stays far under, and a hostile or mistaken one does not."""

from typing import Annotated

from pydantic import Field

from data.settings_section import Section


class Limits(Section):
    """Where reading stops. A file beyond a limit is refused before it is read to its end, and the sentence names the limit.

    What is read is held in memory, so these are also what bounds the memory: about 1 kB a row, and three times the
    size of a boundary file.
    """

    file_megabytes: Annotated[int, Field(ge=1, le=100_000)] = 500
    """Size of a file, and of what is packed in a zipped boundary file."""
    workbook_megabytes: Annotated[int, Field(ge=1, le=100_000)] = 250
    """Size of an Excel workbook when it is unpacked, which takes a computer far longer to read than text."""
    rows: Annotated[int, Field(ge=1, le=1_000_000_000)] = 2_000_000
    """Rows of one table, all its files together."""
    columns: Annotated[int, Field(ge=1, le=1_000_000)] = 2_000
    """Columns of one file, and cells of one row."""
    cell_characters: Annotated[int, Field(ge=1, le=10_000_000)] = 10_000
    """Length of one cell."""
    wards: Annotated[int, Field(ge=1, le=10_000_000)] = 20_000
    """Wards of a boundary file; the United Kingdom has some 8,400."""
    vertices: Annotated[int, Field(ge=100, le=1_000_000_000)] = 10_000_000
    """Corners of all outlines together."""
    crossings: Annotated[int, Field(ge=0, le=100_000_000)] = 10_000
    """How often the rings of one outline may cross themselves or each other, and still be mended."""
    query_seconds: Annotated[int, Field(ge=1, le=86_400)] = 600
    """How long a database may take to give what a query asks for."""


LIMITS = Limits()
"""Those of a settings file that says nothing of limits."""
RAISE = "If the file is what it should be, raise"


def how_to_raise(limit: str, *, to: int) -> str:
    """Say what to do about a limit, in the words of every refusal."""
    return f"{RAISE} [limits] {limit} in the settings (it is {to:,})."
