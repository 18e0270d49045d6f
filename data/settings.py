"""Settings of one partnership: what its columns are called, how it is analysed, what may be shown.

A TOML file, validated whole; each mistake is one sentence. Nothing about a place is written in code.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, field_validator, model_validator

from data.access_settings import Access
from data.briefing_settings import Briefing
from data.database_settings import Databases, Queries
from data.errors import UsageError
from data.limits_settings import Limits
from data.provision_settings import Provision
from data.quarter_labels import tidy_label
from data.referral_export_settings import ReferralExport
from data.retention_settings import Retention
from data.server_settings import Server
from data.settings_section import Column, Section
from data.settings_section import TableSection as TableSection
from data.storage_settings import Storage as Storage
from data.toml_files import read_toml

Words = Annotated[str, Field(max_length=500)]
"""What is shown with the data; a page of it would hide them."""
Denominator = Literal["residents", "workday"]


class Partnership(Section):
    """Who this is for."""

    name: Annotated[str, Field(min_length=1, max_length=200)]


class Wards(Section):
    """The ward boundaries file."""

    vintage: Annotated[int, Field(ge=1990, le=2100)]
    """Year of the boundaries: 2023 for WD23."""
    code: Column = "ward_code"
    name: Column = "ward_name"
    district: Column = "district"
    layer: str | None = None
    credit: Words | None = None
    """Whose boundaries these are, to be shown on the map."""
    crs: str | None = None
    """Stated only when the file itself does not say, e.g. `EPSG:27700`."""


class Population(TableSection):
    """Residents, and workday population where known, by ward."""

    code: str = "ward_code"
    """Empty if the file's codes are not to be read: wards then go by name and district."""
    name: Column | None = None
    district: Column | None = None
    residents: Column = "residents"
    workday: Column | None = None

    @model_validator(mode="after")
    def _says_which_ward(self) -> "Population":
        if not (self.code or self.name):
            raise ValueError("say which column holds the ward's code (code) or name (name, with district)")
        return self


class Referrals(TableSection):
    """Prevent referrals as ward x quarter x category counts. No other column may stand in the file."""

    ward_code: Column = "ward_code"
    ward_name: Column | None = None
    district: Column | None = None
    quarter: Column = "quarter"
    category: Column = "category"
    sector: Column = "sector"
    count: Column = "count"


class Incidents(TableSection):
    """Recorded hate crimes and incidents: points, or ward codes; one row each, or counts."""

    date: Column | None = None
    quarter: Column | None = None
    ward_code: Column | None = None
    ward_name: Column | None = None
    district: Column | None = None
    longitude: Column | None = None
    latitude: Column | None = None
    easting: Column | None = None
    northing: Column | None = None
    category: Column | None = None
    """The strand."""
    count: Column | None = None
    id: Column | None = None
    """If mapped, a repeated identifier is counted once. It is never stored."""
    keep: tuple[str, ...] = Field(default=(), strict=False)
    """Categories to keep; all if empty."""
    tolerance_metres: Annotated[float, Field(ge=0, le=1000, strict=False)] = 50.0
    """A point this far outside the outline still goes to the nearest ward, and is counted as such."""
    stand_in: Words | None = None
    """Set when these are not hate crimes but stand in for them; every screen and output then says so."""

    @model_validator(mode="after")
    def _says_when_and_where(self) -> "Incidents":
        if not (self.date or self.quarter):
            raise ValueError("say which column holds the date (date) or the quarter (quarter)")
        if bool(self.longitude) != bool(self.latitude) or bool(self.easting) != bool(self.northing):
            raise ValueError("longitude goes with latitude, and easting with northing")
        if self.longitude and self.easting:
            raise ValueError("give either longitude and latitude or easting and northing, not both")
        if not (self.longitude or self.easting or self.ward_code or self.ward_name):
            raise ValueError("say where an incident is: longitude and latitude, easting and northing, or ward_code")
        if self.keep and not self.category:
            raise ValueError("keep names categories, so say which column holds them (category)")
        return self


class Break(Section):
    """A quarter from which a series is not comparable with what was before."""

    measure: Literal["referrals", "incidents", "both"]
    quarter: Annotated[str, Field(min_length=1)]
    """The first quarter of the new series, e.g. `2024/25 Q1`."""
    because: Annotated[str, Field(min_length=1, max_length=300)]
    """Why, in one sentence. It is shown wherever a comparison crosses the break."""

    @field_validator("quarter")
    @classmethod
    def _is_a_quarter(cls, quarter: str) -> str:
        return tidy_label(quarter)


class Analysis(Section):
    """Defaults of the overlap analysis."""

    threshold: Annotated[float, Field(ge=1, le=10, strict=False)] = 1.5
    """Relative risk above which a ward counts as high."""
    fdr: Annotated[float, Field(gt=0, lt=0.5, strict=False)] = 0.10
    """Share of the flagged wards that may be flagged wrongly."""
    quarters: Annotated[int, Field(ge=1, le=40)] = 4
    """Length of the window."""
    denominator: Denominator = "residents"
    """What incidents are divided by. Referrals are always per resident."""
    certainty: Annotated[float, Field(gt=0.5, lt=1, strict=False)] = 0.8
    """Probability from which a ward's class (other than a flag) is said rather than called uncertain."""
    seed: Annotated[int, Field(ge=0)] = 0
    breaks: tuple[Break, ...] = Field(default=(), strict=False)
    """Known breaks in the two series. No comparison crosses one silently."""


class Disclosure(Section):
    """What may be shown."""

    analyst_exact: bool = True
    """Whether the analyst, who holds the files, sees exact counts. If not, the analyst sees what an inspector sees."""
    suppress_up_to: Annotated[int, Field(ge=0, le=100)] = 7
    round_to: Annotated[int, Field(ge=1, le=100)] = 5
    window_step: Literal[1, 2, 4] = 1
    """Quarters from the end of one window to the next for those without exact values, counted from a year to March."""
    incident_area_least: Annotated[int, Field(ge=2, le=10_000)] = 20
    """Incidents that an area where they lie close together has at least; never fewer than the smallest count that is shown."""
    incident_area_square: Annotated[float, Field(ge=50, le=10_000, strict=False)] = 250.0
    """Metres: side of the squares that such areas are made of. An outline tells no place more closely."""
    provision_cost_in_bids: bool = False
    """Whether what is provided stands with its cost and funder in the evidence for a bid, which leaves the partnership."""
    handling: Words = "For members of the partnership named here. Do not forward."


class Settings(Section):
    """All settings of one partnership."""

    partnership: Partnership
    wards: Wards
    population: Population = Population()
    referrals: Referrals = Referrals()
    referral_export: ReferralExport = ReferralExport()
    incidents: Incidents
    provision: Provision = Provision()
    analysis: Analysis = Analysis()
    disclosure: Disclosure = Disclosure()
    storage: Storage = Storage()
    limits: Limits = Limits()
    retention: Retention = Retention()
    server: Server = Server()
    briefing: Briefing = Briefing()
    access: Access | None = None
    databases: Databases = Field(default_factory=dict)
    queries: Queries = Field(default_factory=dict)


def load_settings(path: Path) -> Settings:
    """Read and validate a settings file.

    Raises
    ------
    UsageError
        One sentence for each mistake: section, key, what was expected, what to do.
    """
    content = read_toml(path)
    try:
        return _resolve(Settings.model_validate(content), folder=path.parent)
    except ValidationError as error:
        raise UsageError("\n".join(_sentence(path, dict(mistake)) for mistake in error.errors())) from error


def _resolve(settings: Settings, *, folder: Path) -> Settings:
    places: dict[str, Storage | Briefing] = {"storage": settings.storage, "briefing": settings.briefing}
    resolved = {}
    for name, section in places.items():
        try:
            resolved[name] = section.resolved(folder)
        except (ValueError, OSError, RuntimeError) as error:
            raise UsageError(f"[{name}]: there can be no file or folder of this name. Correct it.") from error
    return settings.model_copy(update=resolved)


def _sentence(path: Path, mistake: dict[str, object]) -> str:
    where = [str(part) for part in mistake["loc"]]  # type: ignore[attr-defined]
    place = f"[{where[0]}]" + (f" {'.'.join(where[1:])}" if len(where) > 1 else "") if where else "the file"
    if mistake["type"] == "missing":
        return f"{path.name}, {place}: it is missing. Add it."
    if mistake["type"] == "extra_forbidden":
        return f"{path.name}, {place}: there is no such setting. Remove it or correct its spelling."
    what = str(mistake["msg"]).removeprefix("Value error, ")
    return f"{path.name}, {place}: {what[:1].lower()}{what[1:]}. Correct it."
