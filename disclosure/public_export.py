"""The public-safe version of a run: areas of several wards in bands, over a long window."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd

from analysis.question import Question
from analysis.windows import Window
from data.errors import UsageError
from disclosure.audiences import permission
from disclosure.export_sinks import USUAL, Exported, Sink, write_exported
from disclosure.export_themes import themes_of_areas
from disclosure.output_files import make_folder
from disclosure.run_facts import origin_facts
from disclosure.views import SnapshotView
from disclosure.ward_areas import ReleasedAreas

_RULE = ("suppress_up_to", "round_to", "window_step")
"""Settings of `[disclosure]` that decided what is in the files."""


def write_public(
    view: SnapshotView,
    *,
    question: Question,
    folder: Path,
    progress: Callable[[str], None] = lambda _: None,
    before_writing: Callable[[Question], None] = lambda _: None,
    sinks: Sequence[Sink] = USUAL,
) -> list[Path]:
    """Write `areas.csv`, `areas.geojson` (EPSG:4326) and `run.json`, or other kinds of file.

    Parameters
    ----------
    view : SnapshotView
        For an audience that may have nothing by ward.
    before_writing
        Called with the question that is answered, to record it; what it raises leaves nothing written.
    sinks
        Kinds of file.

    Raises
    ------
    UsageError
        If the audience may not ask this, there is no area that may be shown, or the folder cannot be written.
    """
    view.check(question)
    make_folder(folder)
    progress("Putting wards together into areas")
    started = time.perf_counter()
    areas = public_areas(view, question=question)
    seconds = time.perf_counter() - started
    exported = exported_areas(areas, question=question, view=view)
    before_writing(replace(question, last_quarter=areas.window.last))
    progress("Writing the results")
    if said := view.shown_before(areas.window):
        progress(said)
    return write_exported(exported, folder=folder, sinks=sinks, seconds=seconds)


def exported_areas(areas: ReleasedAreas, *, question: Question, view: SnapshotView) -> Exported:
    """Arrange all that stands in the public's files."""
    table = _table(areas, view=view)
    facts = {
        **_origin(view, question=question, window=areas.window),
        "shown_before": view.shown_before(areas.window),
        "areas": len(table),
        "statements": list(areas.statements),
    }
    return Exported(
        name="areas",
        title="Areas of wards in bands",
        table=table,
        facts=facts,
        marking=view.marking,
        window=areas.window.in_words(),
        made_at=view.manifest.created_at,
        themes=themes_of_areas(areas),
        credit=view.settings.wards.credit or "",
    )


def public_areas(view: SnapshotView, *, question: Question) -> ReleasedAreas:
    """Give the areas that may be published, of which there is at least one.

    Raises
    ------
    UsageError
        If the audience may have something by ward, may not ask this, or there is no area that may be shown.
    """
    if permission(view.audience, rule=view.settings.disclosure).wards:
        raise UsageError(f"What is published is made for the public, and not for the {view.audience} audience.")
    view.check(question)
    areas = view.areas(question)
    if areas.table.empty:
        raise UsageError(" ".join(areas.statements))
    return areas


def _origin(view: SnapshotView, *, question: Question, window: Window) -> dict[str, object]:
    """Where the bands came from, without what is said among members alone and without settings of the model: none was fitted."""
    facts = origin_facts(view, question=question, window=window)
    rule = view.settings.disclosure.model_dump(mode="json", include=set(_RULE))
    return {**facts, "question": {"denominator": question.denominator}, "settings": {"disclosure": rule}}


def _table(areas: ReleasedAreas, *, view: SnapshotView) -> gpd.GeoDataFrame:
    outlines = view.outlines()
    outlines = outlines.assign(area_code=areas.ward_area.reindex(outlines["ward_code"]).to_numpy())
    dissolved = outlines.dissolve("area_code")[["geometry"]]
    table = areas.table.assign(**wards_named(areas, view=view))
    marked = table.assign(
        window=areas.window.in_words(), snapshot=view.manifest.id, marking=" ".join(view.marking.lines())
    )
    return gpd.GeoDataFrame(marked.merge(dissolved, on="area_code", validate="1:1"), crs=outlines.crs)


def wards_named(areas: ReleasedAreas, *, view: SnapshotView) -> dict[str, "pd.Series[str]"]:
    """Codes and names of the wards of each area, in the order of their codes: its outline tells which they are anyway."""
    wards = view.wards.sort_values("ward_code")
    area = areas.ward_area.reindex(wards["ward_code"]).to_numpy()
    listed = wards.groupby(area)[["ward_code", "ward_name"]].agg("; ".join).reindex(areas.table["area_code"])
    return {f"{column}s": listed[column].set_axis(areas.table.index) for column in listed}
