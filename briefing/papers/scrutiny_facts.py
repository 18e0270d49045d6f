"""What may be published for a committee that meets in public: areas of several wards in bands, and what they are made of."""

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
import shapely

from briefing.area_facts import share_placed
from briefing.map_shapes import Polygonal, polygons_of
from data.settings import Break
from data.version import software_version
from disclosure.audit import mark_of_settings
from disclosure.marking import Marking
from disclosure.permitted import Question
from disclosure.public_export import public_areas, wards_named
from disclosure.views import SnapshotView
from disclosure.ward_areas import ReleasedAreas
from geo.group_outlines import group_outlines

MEASURES = ("referrals", "incidents")


@dataclass(frozen=True)
class ScrutinyFacts:
    """What the public may have of one snapshot."""

    partnership: str
    vintage: int
    snapshot_id: str
    settings_mark: str
    software: str
    marking: Marking
    stand_in: tuple[str, ...]
    """What stands in for hate crimes, where the incidents are none."""
    areas: ReleasedAreas
    """With at least one area; by name."""
    ward_names: tuple[str, ...]
    """Names of the wards of each area, in the order of the areas."""
    outlines: Mapping[str, Polygonal]
    """Of each area by its code, EPSG:27700."""
    districts: tuple[Polygonal, ...]
    """Outlines, EPSG:27700."""
    placed: float
    """Share of the incident records that could be put in a ward, to a hundredth."""
    shown_before: bool
    """Whether the window was first shown from another snapshot."""
    breaks: tuple[Break, ...]
    """Known breaks within the window."""
    references: str

    @property
    def incidents_in_words(self) -> str:
        """What the second measure is called: never hate crime where it is none."""
        return "recorded incidents" if self.stand_in else "recorded hate crime"

    @property
    def numbers(self) -> Mapping[str, str]:
        """Number of each area on the map and in the tables, by its code."""
        return {str(code): f"{place}" for place, code in enumerate(self.areas.table["area_code"], start=1)}


def gather_scrutiny(view: SnapshotView, *, question: Question) -> ScrutinyFacts:
    """Gather what may be published.

    Raises
    ------
    UsageError
        As of `disclosure.public_export.public_areas`.
    """
    areas = public_areas(view, question=question)
    outlines = view.outlines()
    joined = _joined(outlines, by=areas.ward_area.reindex(outlines["ward_code"]))
    return ScrutinyFacts(
        partnership=view.manifest.partnership,
        vintage=view.manifest.vintage,
        snapshot_id=view.manifest.id,
        settings_mark=mark_of_settings(view.settings),
        software=software_version(),
        marking=view.marking,
        stand_in=view.stand_in,
        areas=areas,
        ward_names=tuple(wards_named(areas, view=view)["ward_names"]),
        outlines=joined,
        districts=tuple(_joined(outlines, by=outlines["district"]).values()),
        placed=share_placed(view),
        shown_before=bool(view.shown_before(areas.window)),
        breaks=tuple(one for one in view.settings.analysis.breaks if one.quarter in areas.window.labels),
        references=view.settings.briefing.references,
    )


def _joined(outlines: gpd.GeoDataFrame, *, by: "pd.Series[str]") -> dict[str, Polygonal]:
    shapes = group_outlines(outlines, group=by)
    return {str(name): polygons_of(shapely.make_valid(shape)) for name, shape in shapes.items()}
