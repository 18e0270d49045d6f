"""Settings of where things are kept."""

from pathlib import Path
from typing import Self

from pydantic import Field

from data.settings_section import Section


class Storage(Section):
    """Where snapshots and records are kept. Places are relative to the settings file."""

    snapshots: str | None = Field(default=None, min_length=1)
    """A folder. Without it `var/snapshots` beside the program."""
    records: str | None = Field(default=None, min_length=1)
    """Database of what people do. Without it, in a folder of its own beside that of the snapshots."""
    anchor: str | None = Field(default=None, min_length=1)
    """Small file that says how far the audit trail goes; better on another disk. Without it beside the database."""

    def resolved(self, folder: Path) -> Self:
        """Give the same places as full paths.

        Raises
        ------
        OSError, RuntimeError, ValueError
            If one is no path.
        """
        given = {name: place for name, place in self.model_dump().items() if place is not None}
        return self.model_copy(update={name: str((folder / place).resolve()) for name, place in given.items()})
