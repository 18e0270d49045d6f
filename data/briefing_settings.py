"""Settings of briefings for councillors: the section `[briefing]`."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import Field

from data.settings_section import Section


class Briefing(Section):
    """Which wards are due for a briefing, and what goes into every one. Places are relative to the settings file."""

    brief_new: bool = True
    """Whether a new flag makes a ward due."""
    persistent_after_quarters: Annotated[int, Field(ge=1, le=40)] = 2
    """After how many quarters without a briefing a ward that stays flagged is due again."""
    brief_easing: bool = True
    """Whether a ward that eases, or is cleared, after a briefing is due."""
    valid_days: Annotated[int, Field(ge=1, le=3_650)] = 120
    """How long an issued briefing is valid."""
    councillors: str | None = Field(default=None, min_length=1)
    """A table of wards and their councillors."""
    second_person: bool = True
    """Whether others than the author check and approve it. Without, every document says that no second person approved it."""
    contact: Annotated[str, Field(max_length=120)] = ""
    """Where to send concerns; the officer may change it."""
    references: Annotated[str, Field(max_length=160)] = ""
    """Data protection and equality impact references; the officer may change them."""
    word_template: str | None = Field(default=None, min_length=1)
    """A Word document to take styles from."""

    def resolved(self, folder: Path) -> Self:
        """Give the same with full paths.

        Raises
        ------
        OSError, RuntimeError, ValueError
            If one is no path.
        """
        given = {name: place for name in ("councillors", "word_template") if (place := getattr(self, name)) is not None}
        return self.model_copy(update={name: str((folder / place).resolve()) for name, place in given.items()})
