"""What a run leaves behind: overlap.csv, overlap.geojson and run.json, as one audience may have them."""

import json
import math
import platform
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import geopandas as gpd
import pandas as pd

from analysis.counting import MEASURES
from analysis.question import Question
from data.errors import UsageError
from data.version import software_version
from disclosure.gate import PROBABILITIES, Released
from disclosure.spreadsheets import without_formulas
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
    before_writing: Callable[[Released], None] = lambda _: None,
) -> list[Path]:
    """Model, release and write.

    Parameters
    ----------
    view : SnapshotView
        The snapshot as the audience may have it.
    folder : Path
        Made if it is not there; files of the same names are replaced.
    before_writing
        Called with what is about to be written, to record it; what it raises leaves nothing written.

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
    _make(folder)
    progress("Fitting the overlap model")
    started = time.perf_counter()
    released = view.answer(question)
    seconds = time.perf_counter() - started
    before_writing(released)
    progress("Writing the results")
    table = result_table(released, view=view)
    return [
        _write(folder / "overlap.csv", table_csv(table)),
        _write(folder / "overlap.geojson", _geojson(table, view=view)),
        _write(folder / "run.json", _json(run_facts(released, view=view, seconds=seconds))),
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
    table = without_formulas(table, columns=["ward_code", "ward_name", "district"])
    for measure in MEASURES if not released.exact else ():
        table[f"observed_{measure}"] = table[f"observed_{measure}"].str.replace(",", "")
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
    """Write a result table as CSV, with no more digits than mean anything."""
    return table.to_csv(index=False, float_format=f"%.{SIGNIFICANT_DIGITS}g", lineterminator="\n")


def run_facts(released: Released, *, view: SnapshotView, seconds: float) -> dict[str, object]:
    """All that is needed to say where a figure came from, and to make it again."""
    manifest = view.manifest
    mean, low, high = (None if math.isnan(value) else round(value, 3) for value in released.correlation)
    return {
        "marking": view.marking.lines(),
        "audience": released.audience.value,
        "snapshot": manifest.id,
        "partnership": manifest.partnership,
        "vintage": manifest.vintage,
        "invented": list(manifest.invented),
        "stand_in": list(manifest.stand_in),
        "window": {
            "first_quarter": released.window.first,
            "last_quarter": released.window.last,
            "quarters": released.window.quarters,
        },
        "question": asdict(released.question),
        "settings": {**manifest.settings, **view.settings.model_dump(mode="json", include={"analysis", "disclosure"})},
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
        "no_denominator": list(released.no_denominator),
        "islands": list(released.islands),
        "correlation": {"mean": mean, "low": low, "high": high},
        "versions": {
            "ward_overlap": software_version(),
            "python": platform.python_version(),
            **{library: version(library) for library in LIBRARIES},
        },
        "seconds": round(seconds, 1),
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


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _write(path: Path, text: str) -> Path:
    """Write beside and rename, so that nobody reads half a file."""
    beside = path.with_name(f"{path.name}.tmp")
    try:
        beside.write_text(text, encoding="utf-8", newline="")
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise _unwritable(path, error) from error
    return path


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(
        f"{path} cannot be written ({error.strerror}). Check the folder, its permissions and the space left."
    )


def _json(facts: dict[str, object]) -> str:
    return json.dumps(facts, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
