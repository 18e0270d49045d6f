"""Runs as files get them, made by hand: four wards in a row, no model, names that mean something to XML and Excel."""

from dataclasses import asdict, replace
from datetime import UTC, datetime

import geopandas as gpd
import pandas as pd
import shapely

from data.settings import Disclosure
from disclosure.audiences import Audience
from disclosure.class_styles import ClassStyle
from disclosure.export_sinks import Exported
from disclosure.export_themes import Theme, themes_of_overlap
from disclosure.gate import Released, release
from disclosure.marking import make_marking
from disclosure.run_facts import KIND, KIND_VERSION
from tests.studies import make_study

NAMES = ["Castle", "Mill & <Bridge>", "'=1+1", "Weir"]
SNAPSHOT = "2025-26-q4-0123456789ab"
MADE_AT = datetime(2026, 4, 9, 12, 30, tzinfo=UTC)


def make_released(audience: Audience = Audience.ANALYST) -> Released:
    """Four wards in two districts: high on both, too uncertain, neither, and one without a denominator."""
    rule = Disclosure()
    exact = audience is Audience.ANALYST
    released = release(make_study(told_by=None if exact else rule), audience, rule)
    wards = released.wards.assign(ward_name=NAMES, district=["North", "North", "South", "South"])
    wards.loc[2, "class"] = "neither"
    return replace(released, wards=wards)


def make_exported(audience: Audience = Audience.ANALYST, **changes: object) -> Exported:
    """A run by ward, as `disclosure.export.exported_run` arranges it."""
    released = make_released(audience)
    marking = make_marking(handling="Do not forward & keep.", invented=("wards",))
    corners = [450_000 + 1_000 * place for place in range(4)]
    squares = [shapely.box(x, 300_000, x + 1_000, 301_000) for x in corners]
    table = released.wards.assign(made_from=f"snapshot {SNAPSHOT}", marking=" ".join(marking.lines()))
    exported = Exported(
        name="overlap",
        title="Where both are high",
        table=gpd.GeoDataFrame(table, geometry=squares, crs="EPSG:27700").to_crs("EPSG:4326"),
        facts=_facts(released),
        marking=marking,
        window=released.window.in_words(),
        made_at=MADE_AT,
        themes=themes_of_overlap(released),
        credit="Contains OS data & more.",
    )
    return replace(exported, **changes)  # type: ignore[arg-type]


def all_patterns() -> Exported:
    """The same wards in classes that have between them every pattern there is."""
    usual = make_exported()
    classes = ["hatch", "dots", "plus", "minus"]
    styles = {name: ClassStyle(fill="#eceef1", pattern=name, label=f"drawn as {name}") for name in classes}  # type: ignore[arg-type]
    table = usual.table.assign(**{"class": classes})
    return replace(usual, table=table, themes=(Theme("class", "Every pattern", styles),))


def changed(exported: Exported, column: str, values: list[object]) -> Exported:
    """The same run with one column changed."""
    return replace(exported, table=exported.table.assign(**{column: pd.array(values)}))


def _facts(released: Released) -> dict[str, object]:
    window = released.window
    return {
        "kind": KIND,
        "kind_version": KIND_VERSION,
        "marking": ["OFFICIAL-SENSITIVE."],
        "audience": released.audience.value,
        "snapshot": SNAPSHOT,
        "partnership": "Sixwards",
        "vintage": 2023,
        "window": {"first_quarter": window.first, "last_quarter": window.last, "quarters": window.quarters},
        "question": asdict(released.question),
        "settings": {"analysis": {"threshold": 1.5}, "disclosure": {"round_to": 5}},
        "versions": {"ward_overlap": "0.1.0", "numpy": "2.0.0"},
        "counts": {"wards": 4, "flags_expected_false": 0.07},
        "correlation": {"mean": 0.432, "low": 0.123, "high": 0.765},
        "no_denominator": ["Weir"],
    }
