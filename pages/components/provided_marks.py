"""What is provided on Explore and Overview: marks on the map (at a point of the file, else in a ward's middle), and words."""

from collections import Counter
from html import escape
from typing import NoReturn

import geopandas as gpd
import shapely
import streamlit as st

from briefing.provision_words import in_short, known_on, so_it_stands
from disclosure.gate import Released
from disclosure.permitted import Question
from disclosure.provision import ReleasedProvision, Status, Window, kinds_in_words
from pages.components.choosing import Chosen
from pages.components.map_groups import Group, marks_of
from pages.components.selection import select
from pages.components.steps import ask_as_settings_do
from pages.components.url_state import go_to
from pages.provision_facts import provided_beside

_TITLE = "Wards in which something is known to run"
_METRES = "EPSG:27700"


def provided_group(question: Question, chosen: Chosen) -> Group:
    """Mark what runs; where nothing is known to run, say that."""
    window = Window(question.last_quarter, question.quarters)
    provision = provided_beside(chosen.snapshot_id, chosen.reader, window)
    if provision is None or not provision.running_in:
        said = (
            "No file of what is provided was loaded." if provision is None else "Nothing is known to run in any ward."
        )
        return Group("provision", _TITLE, (), statements=(said,))
    points = _points(provision, chosen=chosen)
    return Group(
        "provision",
        _TITLE,
        tuple(_names(provision, chosen=chosen)),
        marks=marks_of(gpd.GeoSeries(list(points), crs=_METRES), counts=list(points.values())),
        statements=("A mark says how many things run there.", so_it_stands(provision)),
    )


def runs_by_ward(released: Released, *, chosen: Chosen) -> dict[str, str] | None:
    """Count by kind what runs in each ward in which anything does; none where no file of it was loaded."""
    provision = provided_beside(chosen.snapshot_id, chosen.reader, released.window)
    if provision is None:
        return None
    return {code: kinds_in_words(provision.of(code, Status.RUNNING)) for code in provision.running_in}


def show_in_short(released: Released, *, chosen: Chosen, ward: str) -> None:
    """Say in a line beside the map what is provided in a ward; nothing where no file of it was loaded."""
    provision = provided_beside(chosen.snapshot_id, chosen.reader, released.window)
    if provision is not None:
        st.html(f"<div>{escape(in_short(provision, ward))}</div>")


def flagged_without(released: Released, *, chosen: Chosen) -> tuple[str, ...]:
    """Give the flagged wards in which nothing is known to run, the surest first; none where no file of it was loaded."""
    provision = provided_beside(chosen.snapshot_id, chosen.reader, released.window)
    return () if provision is None else provision.gaps(released).flagged_without


def show_gap(released: Released, *, chosen: Chosen) -> bool:
    """Say in a line in how many of the flagged wards nothing is known to run; give whether they are to be shown on *Explore*.

    Nothing is said where no file of it was loaded.
    """
    provision = provided_beside(chosen.snapshot_id, chosen.reader, released.window)
    if provision is None or released.flagged.empty:
        return False
    without, flagged = len(flagged_without(released, chosen=chosen)), len(released.flagged)
    where = f"In {without} of the {flagged}" if flagged > 1 else "There" if without else "In none of them"
    told = f"{where} nothing is known to be provided, {known_on(provision)}."
    st.html(f'<div class="wo-quiet">{escape(told)}</div>')
    return without > 0 and st.button("Show where", key="gap_on_explore", type="tertiary", icon=":material/map:")


def show_gap_on_explore(released: Released, *, chosen: Chosen) -> NoReturn:
    """Go to *Explore*: the question of the settings, those wards selected, what is provided on the map, the table below it."""
    ask_as_settings_do()
    select(flagged_without(released, chosen=chosen))
    go_to("also", "provision")
    go_to("below", "table")
    st.switch_page("views/explore.py")


def _names(provision: ReleasedProvision, *, chosen: Chosen) -> list[str]:
    wards = chosen.view.wards.sort_values(["ward_name", "ward_code"])
    return [
        f"{name} ({kinds_in_words(provision.of(str(code), Status.RUNNING))})"
        for code, name in zip(wards["ward_code"], wards["ward_name"], strict=True)
        if code in provision.running_in
    ]


def _points(provision: ReleasedProvision, *, chosen: Chosen) -> dict[shapely.Point, int]:
    """Count what runs by the place where it is marked, EPSG:27700."""
    outlines = chosen.view.outlines()
    covered = outlines[outlines["ward_code"].isin(provision.running_in)]
    middles = dict(zip(covered["ward_code"], covered.representative_point().to_crs(_METRES), strict=True))
    # In the order of the wards, and once a place: one thing of several wards may have one point.
    placed = dict.fromkeys(
        (thing.number, shapely.Point(thing.point) if thing.point else middles[code])
        for code in sorted(provision.running_in)
        for thing in provision.of(code, Status.RUNNING)
    )
    return dict(Counter(point for _, point in placed))
