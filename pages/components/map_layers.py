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

from pages.components.map_colours import Ahead, message
from pages.components.map_outlines import MapOutlines
from pages.components.script_text import as_script
from pages.components.static_files import STATIC_ROOT, publish_static

LEAFLET = Path(js_lib_leaflet.__file__).parent / "static" / "js_lib_leaflet"
_OWN = Path(__file__).parent / "assets"
_STYLES = {
    "leaflet_css": ("vendor/leaflet.css", LEAFLET / "leaflet.css"),
    "ward_map_css": ("map/ward_map.css", _OWN / "ward_map.css"),
}
_PROGRAM = (
    _OWN / "ward_map.js",
    LEAFLET / "leaflet.js",
    *(_OWN / name for name in ("ward_ahead.js", "ward_canvas.js", "ward_groups.js")),
)
"""In this order, as one file: streamlit-folium fetches one script after the other, which the first map would wait for."""


@cache
def publish_map_files(root: Path = STATIC_ROOT) -> Mapping[str, str]:
    """Publish Leaflet (from the package that carries it) and the map's own script and styles; give their addresses.

    Leaflet's pictures are left out: they are for markers and layer controls, and this map has neither. Done once a process.
    """
    styles = {key: publish_static(source.read_bytes(), name=name, root=root) for key, (name, source) in _STYLES.items()}
    program = b";\n".join(source.read_bytes() for source in _PROGRAM)
    return {**styles, "program": publish_static(program, name="map/ward_map.js", root=root)}


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
        scripts = [("program", files["program"]), ("wards", outlines.url)]
        borders = [] if outlines.districts_url is None else [("districts", outlines.districts_url)]
        self.default_js = scripts + borders
        west, south, east, north = outlines.bounds
        self.settings = as_script({"bounds": [[south, west], [north, east]], "label": label, "source": source})


class Paint(folium.FeatureGroup):
    """An empty layer whose script hands the classes to the map that is already there.

    streamlit-folium runs it only when its text has changed, so a run that changes nothing paints nothing.

    A view's stamp says what is on the screen. What is shown ahead of the run has the stamp that the run will give it.
    """

    _template = Template("""{% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.featureGroup();
        wardMap.paint({{ this.view }});
    {% endmacro %}""")

    def __init__(self, view: Mapping[str, object], *, ahead: Ahead | None = None) -> None:
        super().__init__()
        told = {} if ahead is None else {"ahead": _told_ahead(view, ahead)}
        self.view = as_script({**view, "stamp": _stamp(view), **told})


def _told_ahead(view: Mapping[str, object], ahead: Ahead) -> Mapping[str, object]:
    """Write what may be chosen next: what will be different of this view."""
    told = []
    for one in ahead.colours:
        colours = message(one.codes, styles=one.styles, n=len(one.codes))
        told.append({"title": one.title, **colours, "stamp": _stamp({**view, **colours})})
    return {"control": ahead.control, "colours": told}


def _stamp(view: Mapping[str, object]) -> str:
    return hashlib.sha256(as_script(view).encode()).hexdigest()[:12]
