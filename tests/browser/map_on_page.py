"""The ward map as a test uses it: wait for it, read it, click a ward."""

from playwright.sync_api import Frame, Page

_FRAME = "iframe[src*='streamlit_folium.st_folium']"

_POINT_IN_WARD = """code => {
    const path = Object.values(map._layers).find(l => l.feature && l.feature.properties.code === code);
    const box = path._pxBounds, steps = [...Array(21).keys()].map(i => i / 20), near = [[-2, 0], [2, 0], [0, -2], [0, 2]];
    const inside = (x, y) => path._containsPoint(L.point(x, y));
    const middle = box.getCenter();
    const points = steps.flatMap(i => steps.map(j => L.point(box.min.x + i * (box.max.x - box.min.x),
                                                             box.min.y + j * (box.max.y - box.min.y))));
    const good = points.filter(p => inside(p.x, p.y) && near.every(([dx, dy]) => inside(p.x + dx, p.y + dy)));
    good.sort((a, b) => a.distanceTo(middle) - b.distanceTo(middle));
    if (!good.length) return null;
    const point = map.layerPointToContainerPoint(good[0]);
    return [point.x, point.y];
}"""


class MapOnPage:
    """The map on a page; `place` is the map's number if there are several."""

    def __init__(self, page: Page, *, place: int = 0) -> None:
        self.page = page
        self.element = page.locator(_FRAME).nth(place)
        self.inside = self.element.content_frame
        self.container = self.inside.locator("#map_div")

    def wait(self, *, after: str | None = None) -> str:
        """Wait until the map is painted, or painted anew since the stamp `after`; give the stamp."""
        painted = "#map_div[data-painted]" if after is None else f"#map_div[data-painted]:not([data-painted='{after}'])"
        self.inside.locator(painted).wait_for(timeout=60_000)
        return self.stamp()

    def stamp(self) -> str:
        """Stamp of the view on the screen."""
        return self.container.get_attribute("data-painted") or ""

    def frame(self) -> Frame:
        """The map's frame, to evaluate script in."""
        frame = self.element.element_handle().content_frame()
        assert frame is not None
        return frame

    def point_in(self, code: str, *, scroll: bool = True) -> tuple[float, float]:
        """A point of the page that lies well inside a ward, after scrolling the map into view unless told not to."""
        if scroll:
            self.element.scroll_into_view_if_needed()
        point = self.frame().evaluate(_POINT_IN_WARD, code)
        assert point is not None, f"no room to click in {code}: zoom in first"
        box = self.element.bounding_box()
        assert box is not None
        return box["x"] + point[0], box["y"] + point[1]

    def click(self, code: str) -> None:
        """Click a ward."""
        self.page.mouse.click(*self.point_in(code))

    def hover(self, code: str) -> str:
        """Move the pointer to a ward; give the tooltip's text."""
        x, y = self.point_in(code)
        self.page.mouse.move(x - 1, y)
        self.page.mouse.move(x, y)
        return self.inside.locator(".ward-tip").inner_text()

    def wait_selected(self, code: str) -> None:
        """Wait until the map outlines this ward."""
        self.inside.locator(f"#map_div[data-selected='{code}']").wait_for()

    def fills(self) -> list[str]:
        """Fill of each ward in the outlines' order; SVG maps only (above 2,000 wards there are no elements to ask)."""
        paths = "Object.values(map._layers).filter(l => l.place !== undefined).sort((a, b) => a.place - b.place)"
        return list(self.frame().evaluate(f"{paths}.map(l => l.getElement().getAttribute('fill'))"))

    def view(self) -> list[float]:
        """Zoom, latitude and longitude of the middle."""
        return list(self.frame().evaluate("[map.getZoom(), map.getCenter().lat, map.getCenter().lng]"))
