"""A small area as papers get it, made by hand: four wards in a row, no model."""

from dataclasses import replace

import geopandas as gpd
import shapely

from analysis.change_classes import ChangeClass
from analysis.windows import Window
from briefing.area_facts import AreaFacts
from data.settings import Disclosure
from disclosure.audiences import Audience
from disclosure.changes import ReleasedChanges
from disclosure.gate import Released, release
from disclosure.layers import Layer
from disclosure.marking import make_marking
from tests.studies import make_study

RULE = Disclosure()
CODES = [f"X0590{number:04d}" for number in range(4)]
FLAGGED, UNSURE, NEITHER, UNKNOWN = CODES


def make_area(
    *,
    names: tuple[str, ...] = ("Castle", "Mill & Bridge", "St Anne's", "Weir"),
    changes: ChangeClass | None = ChangeClass.NEW,
    classes: dict[str, str] | None = None,
    years: int = 3,
    stand_in: tuple[str, ...] = (),
    invented: tuple[str, ...] = (),
    cautions: tuple[str, ...] = (),
    audience: Audience = Audience.COUNCILLOR,
) -> AreaFacts:
    """The first ward flagged, the second too uncertain, the third as `classes` say, the last without a denominator."""
    released = _named(release(make_study(told_by=RULE), audience, RULE), names=names, classes=classes or {})
    window = released.window
    ends = [f"{int(window.last[:4]) - ago}/{int(window.last[5:7]) - ago:02d}{window.last[7:]}" for ago in range(years)]
    return AreaFacts(
        partnership="Sixwards",
        vintage=2023,
        snapshot_id="2024-25-q4-0123456789ab",
        settings_mark="0123456789ab",
        software="0.1.0",
        audience=audience,
        marking=make_marking(handling="Do not forward.", invented=invented, stand_in=stand_in),
        stand_in=stand_in,
        released=released,
        years=tuple(replace(released, window=Window(end, 4)) for end in reversed(ends)),
        changes=None if changes is None else _changes(released, changes, cautions),
        why_no_changes=None if changes else "There is nothing to compare with.",
        shown_before="",
        placed=0.97,
        outlines=_in_a_row(released),
    )


def _named(released: Released, *, names: tuple[str, ...], classes: dict[str, str]) -> Released:
    wards = released.wards.assign(ward_name=list(names))
    for code, said in classes.items():
        wards.loc[wards["ward_code"] == code, "class"] = said
    return replace(released, wards=wards)


def _changes(released: Released, one: ChangeClass, cautions: tuple[str, ...]) -> ReleasedChanges:
    wards = released.wards[["ward_code"]].assign(change=one.phrase, sentence=f"{one.phrase}.")
    return ReleasedChanges(
        audience=released.audience,
        exact=False,
        question=released.question,
        now=released.window,
        before=released.window.just_before,
        layer=Layer("change", "Change", "", (one.phrase,), (0,) * len(wards)),
        wards=wards,
        cautions=cautions,
    )


def _in_a_row(released: Released) -> gpd.GeoDataFrame:
    squares = [shapely.box(450_000 + 1_000 * n, 300_000, 451_000 + 1_000 * n, 301_000) for n in range(4)]
    places = released.wards[["ward_code", "ward_name", "district"]]
    return gpd.GeoDataFrame(places, geometry=squares, crs="EPSG:27700")
