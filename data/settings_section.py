"""What every section of the settings is: known keys only, never changed, no value taken for another type."""

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """One section of the settings file."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
