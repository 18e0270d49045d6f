"""What is provided in the four wards of `tests.briefings`, by hand: the flagged one has what ended."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from briefing.area_facts import AreaFacts
from data.settings import Settings
from disclosure.audiences import Reader
from disclosure.provision import ReleasedProvision, release_provision
from tests.briefings import FLAGGED, NEITHER, UNSURE

AS_AT = date(2025, 3, 31)
_HEAD = ["ward_code", "provision", "name", "kind", "number", "start", "end", "cost", "funder", "for_whom"]
_ROWS = [
    (FLAGGED, 1, "Open Doors", "group", None, "2023-04-01", "2024-12-31", 9_000, "City fund", "young people"),
    (
        FLAGGED,
        2,
        "Drama in schools",
        "project",
        None,
        "2025-06-01",
        "2026-05-31",
        20_000,
        "Home Office",
        "ages 14 to 16",
    ),
    (UNSURE, 3, "Market forum", "forum", None, "2023-04-01", None, 1_200, "Council", "residents"),
    (NEITHER, 3, "Market forum", "forum", None, "2023-04-01", None, 1_200, "Council", "residents"),
    (NEITHER, 4, None, "champion", 3, "2024-04-01", None, None, None, None),
]
SETTINGS = Settings.model_validate(
    {
        "partnership": {"name": "Sixwards"},
        "wards": {"vintage": 2023},
        "incidents": {"date": "date", "ward_code": "ward_code"},
    }
)


def provision_rows(*, running: bool = False, wards: Sequence[str] = (FLAGGED, UNSURE, NEITHER)) -> pd.DataFrame:
    """The rows as a snapshot has them, in wards of these codes; `running` has what ended in the first of them run on."""
    table = pd.DataFrame(_ROWS, columns=_HEAD)
    table["ward_code"] = table["ward_code"].map(dict(zip((FLAGGED, UNSURE, NEITHER), wards, strict=True)))
    if running:
        table.loc[0, "end"] = None
    dates = {key: pd.to_datetime(table[key]) for key in ("start", "end")}
    return table.assign(**dates, easting=float("nan"), northing=float("nan"))


def make_provision(
    area: AreaFacts, *, settings: Settings = SETTINGS, running: bool = False
) -> ReleasedProvision | None:
    """What the area's audience may have of it."""
    return release_provision(
        provision_rows(running=running),
        as_at=AS_AT,
        window=area.released.window,
        newest=True,
        wards=area.released.wards["ward_code"].astype(str),
        reader=Reader(area.audience),
        settings=settings,
    )


def with_provision(area: AreaFacts, *, settings: Settings = SETTINGS, running: bool = False) -> AreaFacts:
    """The area with what is provided in it."""
    return replace(area, provision=make_provision(area, settings=settings, running=running))
