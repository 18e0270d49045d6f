"""A page with nothing but the map, for the browser tests: the real component, made-up classes.

`MAP_APP_OUTLINES` names a GeoJSON file with properties code, name, district; `MAP_APP_DISTRICTS` one with district borders.
"""

import json
import os
from pathlib import Path

import geopandas as gpd
import shapely
import streamlit as st

from pages.components.map_groups import Group, rings_of
from pages.components.ward_map import ClassStyle, MapOutlines, publish_outlines, ward_map

ROOT = Path(__file__).parent / "static"
FILLS = (
    ("#12436D", "#5694CA", "none", "High on both"),
    ("#28A197", "#28A197", "none", "High on referrals"),
    ("#F46A25", "#F46A25", "none", "High on hate crime"),
    ("#E9ECEF", "#2F363E", "none", "Neither"),
    ("#C9D0D8", "#59636F", "hatch", "Too uncertain to say"),
    ("#FFFFFF", "#171C22", "dots", "No denominator"),
)


@st.cache_resource
def outlines() -> MapOutlines:
    """Publish the outlines once a server."""
    geojson = Path(os.environ["MAP_APP_OUTLINES"]).read_text(encoding="utf-8")
    districts = os.environ.get("MAP_APP_DISTRICTS")
    return publish_outlines(
        geojson,
        [feature["properties"]["code"] for feature in json.loads(geojson)["features"]],
        district_lines=Path(districts).read_text(encoding="utf-8") if districts else None,
        root=ROOT,
    )


st.set_page_config(page_title="Map", layout="wide")
st.session_state.runs = st.session_state.get("runs", 0) + 1
st.title("Map under test")
measure = st.radio("Measure", ["first", "second", "third"], horizontal=True)
drawn = outlines()
step = ["first", "second", "third"].index(measure)
dark = st.context.theme.type == "dark"
codes = [(place * (7 + step) // 3 + step) % 6 for place in range(drawn.n)]
wards = [None, *drawn.ward_codes]
if "ward" not in st.session_state:
    st.session_state.ward = None
if (asked := st.session_state.pop("clicked", None)) is not None:
    st.session_state.ward = asked
st.selectbox("Ward", wards, key="ward")
also = st.pills("Also show", ["districts", "areas", "places"], selection_mode="multi")
box = gpd.GeoSeries([shapely.box(-1.0, 52.6, -0.9, 52.7)], crs="EPSG:4326")
groups = {
    "districts": Group("districts", "Districts", ("District 1", "District 2", "District 3", "District 4")),
    "areas": Group("areas", "Areas", ("West", "East"), of=tuple(None if i == 0 else i % 2 for i in range(drawn.n))),
    "places": Group("places", "Places", ("Place",), rings=rings_of(box)),
}
adding = "adding" in st.query_params
chosen: set[str] = st.session_state.setdefault("chosen", set())
place = st.tabs(["Words", "Map"])[1] if "in_tab" in st.query_params else st.container()
with place:
    clicked = ward_map(
        drawn,
        codes=codes,
        styles=[ClassStyle(fills[dark], fills[2], fills[3]) for fills in FILLS],
        selected=st.session_state.ward,
        key="map",
        notes=[f"Note {code} of {measure}" for code in codes] if measure != "third" else None,
        neighbours=drawn.ward_codes[1:3] if measure == "second" else (),
        chosen=chosen,
        adding=adding,
        groups=[groups[kind] for kind in also],
        source="Ward boundaries: made up",
        root=ROOT,
    )
if clicked:
    if adding:
        st.session_state.chosen = chosen ^ {clicked}
    else:
        st.session_state.clicked = clicked
    st.rerun()
st.button("Run again")
st.text(f"runs {st.session_state.runs}")
