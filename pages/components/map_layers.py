"""The map as folium sees it: one map that draws the published outlines, one empty layer that recolours them.

folium asks four other hosts for Leaflet, Bootstrap, jQuery and Font Awesome, even without tiles. Here a map names its own files,
for itself only: folium's class attributes stay as they are.
"""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import folium
import js_lib_leaflet
from folium.template import Template

from pages.components.map_outlines import MapOutlines
from pages.components.script_text import as_script
from pages.components.static_files import STATIC_ROOT, publish_static

_LEAFLET = Path(js_lib_leaflet.__file__).parent / "static" / "js_lib_leaflet"
_OWN = Path(__file__).parent / "assets"
_FILES = {
    "leaflet_css": ("vendor/leaflet.css", _LEAFLET / "leaflet.css"),
    "ward_map_css": ("map/ward_map.css", _OWN / "ward_map.css"),
    "leaflet": ("vendor/leaflet.js", _LEAFLET / "leaflet.js"),
    "ward_map": ("map/ward_map.js", _OWN / "ward_map.js"),
    "ward_canvas": ("map/ward_canvas.js", _OWN / "ward_canvas.js"),
    "ward_groups": ("map/ward_groups.js", _OWN / "ward_groups.js"),
}


@cache
def publish_map_files(root: Path = STATIC_ROOT) -> Mapping[str, str]:
    """Publish Leaflet (from the package that carries it) and the map's own script and styles; give their addresses.

    Leaflet's pictures are left out: they are for markers and layer controls, and this map has neither. Done once a process.
    """
    return {key: publish_static(source.read_bytes(), name=name, root=root) for key, (name, source) in _FILES.items()}


class WardMap(folium.Map):
    """The outlines, one class colour each, drawn by `assets/ward_map.js`.

    Nothing here may depend on what is shown: streamlit-folium builds the map anew when this script changes, and keeps it (and
    with it zoom and position) when it does not.
    """

    _template = Template("""{% macro header(this, kwargs) %}
        <style>html, body { margin: 0; padding: 0; overflow: hidden; }</style>
    {% endmacro %}
    {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = wardMap.create({{ this.get_name()|tojson }}, {{ this.settings }});
    {% endmacro %}""")

    def __init__(self, outlines: MapOutlines, *, label: str, source: str, root: Path) -> None:
        super().__init__(tiles=None)
        files = publish_map_files(root)
        self._id = "div"  # the name streamlit-folium gives it anyway; a random one would count as a change on every run
        self.default_css = [(key, files[key]) for key in ("leaflet_css", "ward_map_css")]
        scripts = [(key, files[key]) for key in ("ward_map", "leaflet", "ward_canvas", "ward_groups")] + [
            ("wards", outlines.url)
        ]
        borders = [] if outlines.districts_url is None else [("districts", outlines.districts_url)]
        self.default_js = scripts + borders
        west, south, east, north = outlines.bounds
        self.settings = as_script({"bounds": [[south, west], [north, east]], "label": label, "source": source})


class Paint(folium.FeatureGroup):
    """An empty layer whose script hands the classes to the map that is already there.

    streamlit-folium runs it only when its text has changed, so a run that changes nothing paints nothing.
    """

    _template = Template("""{% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.featureGroup();
        wardMap.paint({{ this.view }});
    {% endmacro %}""")

    def __init__(self, view: Mapping[str, object]) -> None:
        super().__init__()
        stamp = hashlib.sha256(as_script(view).encode()).hexdigest()[:12]
        self.view = as_script({**view, "stamp": stamp})
