"""What is said of a run beside its figures: where they came from, what there was in all, and hashes of what was written."""

import hashlib
import math
import platform
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import version
from io import StringIO

import pandas as pd

from analysis.question import Question
from analysis.windows import Window
from data.version import software_version
from disclosure.gate import Released
from disclosure.views import SnapshotView

LIBRARIES = ("geopandas", "libpysal", "numpy", "pandas", "qdldl", "scipy", "shapely")
KIND = "ward-overlap run"
KIND_VERSION = 2
"""Of `run.json`; the first had no hashes, and cannot be replayed."""
NOT_FIGURES = ("made_from", "snapshot", "marking")
"""Columns of a table that say where it came from: `run.json` has the same in parts."""


def run_facts(released: Released, *, view: SnapshotView) -> dict[str, object]:
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
    }


def origin_facts(view: SnapshotView, *, question: Question, window: Window) -> dict[str, object]:
    """Where figures came from: snapshot, window, question, settings, versions."""
    manifest = view.manifest
    return {
        "kind": KIND,
        "kind_version": KIND_VERSION,
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


def figures_facts(csv: str) -> dict[str, object]:
    """Say what the figures of a table are, without giving them: rows, and a hash of each column as it is written."""
    written = columns_as_written(csv)
    columns = {name: _hash_of("\n".join(values)) for name, values in written.items() if name not in NOT_FIGURES}
    return {"rows": len(next(iter(written.values()))), "sha256": columns}


def columns_as_written(csv: str) -> dict[str, list[str]]:
    """Give the cells of a table as they are written, by the heading of their column."""
    table = pd.read_csv(StringIO(csv), dtype=str, keep_default_na=False, na_filter=False)
    return {str(name): table[name].tolist() for name in table}


def file_hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    """Give the SHA-256 of each file by its name."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def _hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _number(said: str) -> int | str:
    """Make a figure a number again for those who compute with it; `7 or fewer` stays text."""
    digits = said.replace(",", "")
    return int(digits) if digits.isdecimal() else said


def _numbers(said: dict[str, str]) -> dict[str, int | str]:
    return {name: _number(text) for name, text in said.items()}
