"""The public-safe version of a run: areas of wards in bands, over a long window."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import geopandas as gpd

from analysis.question import Question
from data.errors import UsageError
from disclosure.export import origin_facts, table_csv
from disclosure.output_files import as_json, make_folder, write_whole
from disclosure.views import SnapshotView
from disclosure.ward_areas import ReleasedAreas


def write_public(
    view: SnapshotView,
    *,
    question: Question,
    folder: Path,
    progress: Callable[[str], None] = lambda _: None,
    before_writing: Callable[[Question], None] = lambda _: None,
) -> list[Path]:
    """Write `areas.csv`, `areas.geojson` (EPSG:4326) and `run.json`.

    Parameters
    ----------
    view : SnapshotView
        For an audience that may have nothing by ward.
    before_writing
        Called with the question that is answered, to record it; what it raises leaves nothing written.

    Raises
    ------
    UsageError
        If the audience may not ask this, there is no area that may be shown, or the folder cannot be written.
    """
    make_folder(folder)
    progress("Putting wards together into areas")
    areas = view.areas(question)
    if areas.table.empty:
        raise UsageError(" ".join(areas.statements))
    table = _table(areas, view=view)
    before_writing(replace(question, last_quarter=areas.window.last))
    progress("Writing the results")
    if said := view.shown_before(areas.window):
        progress(said)
    facts = {
        **origin_facts(view, question=question, window=areas.window),
        "shown_before": view.shown_before(areas.window),
        "areas": len(table),
        "statements": list(areas.statements),
    }
    return [
        write_whole(folder / "areas.csv", table_csv(table.drop(columns="geometry"))),
        write_whole(folder / "areas.geojson", table.to_json()),
        write_whole(folder / "run.json", as_json(facts)),
    ]


def _table(areas: ReleasedAreas, *, view: SnapshotView) -> gpd.GeoDataFrame:
    outlines = view.outlines()
    outlines = outlines.assign(area_code=areas.ward_area.reindex(outlines["ward_code"]).to_numpy())
    dissolved = outlines.dissolve("area_code")[["geometry"]]
    marked = areas.table.assign(
        window=areas.window.in_words(), snapshot=view.manifest.id, marking=" ".join(view.marking.lines())
    )
    return gpd.GeoDataFrame(marked.merge(dissolved, on="area_code", validate="1:1"), crs=outlines.crs)
