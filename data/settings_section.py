"""What every section of the settings is: known keys only, never changed, no value taken for another type."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Column = Annotated[str, Field(min_length=1, max_length=300)]
"""A heading, as the file writes it."""


class Section(BaseModel):
    """One section of the settings file."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class TableSection(Section):
    """What every table may say of its own layout."""

    sheet: str | None = None
    """Sheet of an Excel workbook; the only sheet if it has one."""
    header_row: Annotated[int, Field(ge=1, le=1000)] = 1
    """Row that holds the headings, counted from 1 as a spreadsheet shows it."""
