"""The page that `recolour.py` times: the same made-up wards and classes, drawn either way (`?way=ours` or `?way=rebuild`)."""

import json
import os
from pathlib import Path

import folium
import streamlit as st
from streamlit_folium import st_folium

from pages.components.map_layers import LEAFLET, publish_map_files
from pages.components.static_files import publish_static
from pages.components.ward_map import ClassStyle, MapOutlines, publish_outlines, ward_map

ROOT = Path(__file__).parent / "static"
FILLS = ("#12436d", "#28a197", "#f46a25", "#e9ecef", "#801650")
MEASURES = ("first", "second", "third")
Class = int


@st.cache_resource
def wards() -> tuple[MapOutlines, dict[str, object]]:
    """Publish the outlines for one way, keep the GeoJSON for the other; both once a server."""
    geojson = Path(os.environ["BENCH_OUTLINES"]).read_text(encoding="utf-8")
    collection = json.loads(geojson)
    return publish_outlines(geojson, [f["properties"]["code"] for f in collection["features"]], root=ROOT), collection


def draw_ours(outlines: MapOutlines, codes: list[Class]) -> None:
    """One class code a ward to a map that is already there."""
    styles = [ClassStyle(fill, "none", fill) for fill in FILLS]
    ward_map(outlines, codes=codes, styles=styles, selected=None, key="ours", root=ROOT)


def draw_rebuilt(outlines: MapOutlines, collection: dict[str, object], codes: list[Class]) -> None:
    """The usual way: a new folium map each run. Its Leaflet comes from here too, so that only the way differs."""
    leaflet = publish_static((LEAFLET / "leaflet.js").read_bytes(), name="vendor/leaflet.js", root=ROOT)
    styles = publish_map_files(ROOT)["leaflet_css"]
    west, south, east, north = outlines.bounds
    rebuilt = folium.Map(tiles=None, prefer_canvas=outlines.n > 2000)
    rebuilt.default_js, rebuilt.default_css = [("leaflet", leaflet)], [("leaflet_css", styles)]
    rebuilt.fit_bounds([[south, west], [north, east]])
    fills = {code: FILLS[one] for code, one in zip(outlines.ward_codes, codes, strict=True)}
    folium.GeoJson(
        collection,
        style_function=lambda feature: {
            "fillColor": fills[feature["properties"]["code"]],
            "color": "#59616b",
            "weight": 0.6,
            "fillOpacity": 1,
        },
        tooltip=folium.GeoJsonTooltip(["name"]),
    ).add_to(rebuilt)
    st_folium(rebuilt, height=560, use_container_width=True, returned_objects=["last_active_drawing"])


st.set_page_config(layout="wide")
step = MEASURES.index(st.radio("Measure", MEASURES, horizontal=True))
drawn, features = wards()
classes = [(place + step) % len(FILLS) for place in range(drawn.n)]
if st.query_params.get("way") == "ours":
    draw_ours(drawn, classes)
else:
    draw_rebuilt(drawn, features, classes)
