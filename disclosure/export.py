"""What a run leaves behind: overlap.csv, overlap.geojson and run.json, as one audience may have them."""

import math
import platform
import time
from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import geopandas as gpd
import pandas as pd

from analysis.counting import MEASURES
from analysis.question import Question
from analysis.windows import Window
from data.spreadsheet_text import harmless_table
from data.version import software_version
from disclosure.gate import PROBABILITIES, Released
from disclosure.output_files import as_json, make_folder, write_whole
from disclosure.views import SnapshotView

LIBRARIES = ("geopandas", "libpysal", "numpy", "pandas", "scipy", "shapely")
_RISK_STEMS = ("observed", "expected", "rate", "relative_risk", "relative_risk_low", "relative_risk_high")
SIGNIFICANT_DIGITS = 6


def write_run(
    view: SnapshotView,
    *,
    question: Question,
    folder: Path,
    progress: Callable[[str], None] = lambda _: None,
    before_writing: Callable[[Question], None] = lambda _: None,
) -> list[Path]:
    """Model, release and write.

    Parameters
    ----------
    view : SnapshotView
        The snapshot as the audience may have it.
    folder : Path
        Made if it is not there; files of the same names are replaced.
    before_writing
        Called with the question that is answered, to record it; what it raises leaves nothing written.

    Returns
    -------
    list of Path
        The files written; `run.json` last, so that where it is the others are as well.

    Raises
    ------
    UsageError
        If the audience may not ask this, or the folder cannot be written.
    RefusedInputError
        If no ward has a denominator.
    """
    view.check(question)
    make_folder(folder)
    progress("Fitting the overlap model")
    started = time.perf_counter()
    released = view.answer(question)
    seconds = time.perf_counter() - started
    before_writing(released.question)
    progress("Writing the results")
    if said := view.shown_before(released.window):
        progress(said)
    table = result_table(released, view=view)
    return [
        write_whole(folder / "overlap.csv", table_csv(table)),
        write_whole(folder / "overlap.geojson", _geojson(table, view=view)),
        write_whole(folder / "run.json", as_json(run_facts(released, view=view, seconds=seconds))),
    ]


def result_table(released: Released, *, view: SnapshotView) -> pd.DataFrame:
    """Arrange the released wards for a file: one row a ward, the marking in its own column.

    A name that a spreadsheet would run as a formula gets an apostrophe before it; counts lose the comma of thousands.
    """
    stems = [f"{stem}_{measure}" for measure in MEASURES for stem in _RISK_STEMS]
    columns = ["ward_code", "ward_name", "district", *stems, *PROBABILITIES, "certainty", "class", "flagged"]
    present = [column for column in columns if column in released.wards]
    table = released.wards[present].assign(
        made_from=_origin(released, view=view), marking=" ".join(view.marking.lines())
    )
    names = ["ward_code", "ward_name", "district"]
    table[names] = harmless_table(table[names])
    written = () if released.exact else [f"observed_{measure}" for measure in MEASURES]
    for column in (column for column in written if column in table):
        table[column] = table[column].str.replace(",", "")
    return table


def _origin(released: Released, *, view: SnapshotView) -> str:
    question = released.question
    chosen = [*question.concerns, *question.sectors, *question.strands]
    parts = [
        f"snapshot {view.manifest.id}",
        released.window.in_words(),
        f"threshold {question.threshold:g}",
        f"incidents per {question.denominator}",
        f"only {', '.join(chosen)}" if chosen else "all categories",
        f"for {released.audience}",
        f"software {software_version()}",
    ]
    return "; ".join(parts)


def table_csv(table: pd.DataFrame) -> str:
    """Write a table as CSV, with no more digits than mean anything, and no cell or heading that a spreadsheet would run."""
    return harmless_table(table).to_csv(index=False, float_format=f"%.{SIGNIFICANT_DIGITS}g", lineterminator="\n")


def run_facts(released: Released, *, view: SnapshotView, seconds: float) -> dict[str, object]:
    """All that is needed to say where a figure came from, and to make it again."""
    mean, low, high = (None if math.isnan(value) else round(value, 3) for value in released.correlation)
    return {
        **origin_facts(view, question=released.question, window=released.window),
        "seed": released.question.seed,
        "counts": {
            "wards": len(released.wards),
            "wards_flagged": int(released.wards["flagged"].sum()),
            "flags_expected_false": round(released.flags_expected_false, 2),
            "wards_by_class": dict(
                zip(released.layers["overlap"].classes, released.layers["overlap"].class_counts(), strict=True)
            ),
            "referrals_in_window": _number(released.total_referrals),
            "incidents_in_window": _number(released.total_incidents),
            "rows": {one.table: _numbers({"read": one.read, "used": one.used, **one.not_used}) for one in view.reports},
        },
        "shown_before": view.shown_before(released.window),
        "no_denominator": list(released.no_denominator),
        "islands": list(released.islands),
        "correlation": {"mean": mean, "low": low, "high": high},
        "seconds": round(seconds, 1),
    }


def origin_facts(view: SnapshotView, *, question: Question, window: Window) -> dict[str, object]:
    """Where figures came from: snapshot, window, question, settings, versions."""
    manifest = view.manifest
    return {
        "marking": view.marking.lines(),
        "audience": view.audience.value,
        "snapshot": manifest.id,
        "partnership": manifest.partnership,
        "vintage": manifest.vintage,
        "invented": list(manifest.invented),
        "stand_in": list(view.stand_in),
        "window": {"first_quarter": window.first, "last_quarter": window.last, "quarters": window.quarters},
        "question": asdict(question),
        "settings": {**manifest.settings, **view.settings.model_dump(mode="json", include={"analysis", "disclosure"})},
        "versions": {
            "ward_overlap": software_version(),
            "python": platform.python_version(),
            **{library: version(library) for library in LIBRARIES},
        },
    }


def _number(said: str) -> int | str:
    """Make a figure a number again for those who compute with it; `7 or fewer` stays text."""
    digits = said.replace(",", "")
    return int(digits) if digits.isdecimal() else said


def _numbers(said: dict[str, str]) -> dict[str, int | str]:
    return {name: _number(text) for name, text in said.items()}


def _geojson(table: pd.DataFrame, *, view: SnapshotView) -> str:
    outlines = view.outlines()[["ward_code", "geometry"]]
    return gpd.GeoDataFrame(table.merge(outlines, on="ward_code", validate="1:1"), crs=outlines.crs).to_json()
