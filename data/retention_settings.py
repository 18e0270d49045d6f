"""Settings of how long snapshots and exports are kept: the section `[retention]`."""

from typing import Annotated

from pydantic import Field

from data.settings_section import Section

Days = Annotated[int, Field(ge=1, le=36_500)]


class Retention(Section):
    """After how many days what is kept is due to be deleted. Nothing is ever deleted by itself."""

    snapshots_days: Days | None = None
    """Counted from when the snapshot was made; without it none is ever due."""
    exports_days: Days | None = None
    """Counted from when the files were written; without it none is ever due."""
    keep_newest: Annotated[int, Field(ge=1, le=1_000)] = 1
    """So many of the newest snapshots are never due, however old they are."""
