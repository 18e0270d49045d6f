"""The map in a real browser: what it draws, what a click does, what it asks for, and what a hostile name cannot do."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.made_up_wards import made_up_wards
from tests.browser.map_on_page import MapOnPage

pytestmark = pytest.mark.browser

APP = Path(__file__).with_name("map_app.py")
HOSTILE = {
    3: '<img src=x onerror="window.top.harmed = 1; window.harmed = 1">',
    4: "</script><script>window.harmed = 1</script>\u2028 & \"it's\" {{'x'}}",
}
DARK = {"color_scheme": "dark"}


@pytest.fixture(scope="session")
def address(serve: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Serve the map page with so many wards."""
    folder = tmp_path_factory.mktemp("outlines")

    def start(n: int = 60, *, base_path: str = "", districts: bool = True) -> str:
        wards, borders = folder / f"{n}.geojson", folder / f"{n}_districts.geojson"
        for path, text in zip((wards, borders), made_up_wards(n, names=HOSTILE), strict=True):
            path.write_text(text, encoding="utf-8")
        env = {"MAP_APP_OUTLINES": str(wards)} | ({"MAP_APP_DISTRICTS": str(borders)} if districts else {})
        return serve(APP, env=env, base_path=base_path)

    return start


@pytest.fixture
def shown(page: Page, address: Callable[..., str]) -> MapOnPage:
    """The map of 60 wards, painted."""
    return open_map(page, address())


@pytest.fixture(scope="module")
def still(contexts: Callable[..., BrowserContext], address: Callable[..., str]) -> Iterator[MapOnPage]:
    """The same, opened once, for tests that change nothing; whether it does wrong is watched where it is `shown`."""
    page = contexts(viewport={"width": 1280, "height": 1000}).new_page()
    yield open_map(page, address())
    page.close()


def open_map(page: Page, url: str) -> MapOnPage:
    """Open the page and wait for its map."""
    page.goto(url)
    shown = MapOnPage(page)
    shown.wait()
    return shown


def choose(page: Page, measure: str) -> None:
    """Choose another measure."""
    page.get_by_text(measure, exact=True).click()


def runs(page: Page, n: int) -> None:
    """Wait for the n-th run of the script to end."""
    expect(page.get_by_text(f"runs {n}", exact=True)).to_be_visible()


def test_each_ward_has_the_fill_of_its_class(still: MapOnPage) -> None:
    # First measure: class is (place * 7 // 3) % 6; classes 4 and 5 have patterns.
    fills = ["#12436D", "#28A197", "#F46A25", "#E9ECEF", "url(#ward-class-4)", "url(#ward-class-5)"]
    assert still.fills() == [fills[(place * 7 // 3) % 6] for place in range(60)]


def test_a_pattern_is_really_drawn(still: MapOnPage) -> None:
    tiles = still.frame().evaluate("""[...document.querySelectorAll('pattern')].map(
        p => [p.id, p.querySelector('rect').getAttribute('fill'), p.querySelector('path').getAttribute('d').length > 5])""")
    assert tiles == [["ward-class-4", "#C9D0D8", True], ["ward-class-5", "#FFFFFF", True]]


def test_another_measure_recolours_and_keeps_the_view(page: Page, shown: MapOnPage) -> None:
    before, fills = shown.stamp(), shown.fills()
    shown.frame().evaluate("map.setView([52.6, -1.1], 12, {animate: false}); 0")
    shown.frame().evaluate("window.kept = true; 0")
    view = shown.view()
    choose(page, "second")
    shown.wait(after=before)
    assert shown.fills() != fills
    assert shown.view() == view
    assert shown.frame().evaluate("window.kept"), "the map was built anew"


def test_a_click_selects_the_ward_and_is_given_once(page: Page, shown: MapOnPage) -> None:
    shown.click("E05000017")
    runs(page, 3)  # the click's own, then the one the page asks for with st.rerun
    shown.wait_selected("E05000017")
    expect(shown.inside.locator(".ward-caption")).to_contain_text("Ward 17")
    before = shown.stamp()
    choose(page, "second")
    shown.wait(after=before)
    runs(page, 4)  # were the old click given again, the page would ask for a fifth


def test_the_same_ward_can_be_clicked_again_after_another_was_chosen_elsewhere(page: Page, shown: MapOnPage) -> None:
    shown.click("E05000017")
    runs(page, 3)
    page.get_by_role("combobox", name="Ward").fill("E05000020")
    page.keyboard.press("Enter")
    shown.wait_selected("E05000020")
    runs(page, 4)
    shown.click("E05000017")
    runs(page, 6)
    shown.wait_selected("E05000017")


def test_several_wards_are_outlined_and_each_click_adds_or_takes_away(page: Page, address: Callable[..., str]) -> None:
    shown = open_map(page, address() + "/?adding=1")
    for n, (ward, chosen) in enumerate(
        [("E05000017", "E05000017"), ("E05000020", "E05000017 E05000020"), ("E05000017", "E05000020")]
    ):
        shown.click(ward)
        runs(page, 3 + 2 * n)
        expect(shown.container).to_have_attribute("data-chosen", chosen)
    drawn = shown.frame().evaluate("map.getPane('chosen').querySelectorAll('path').length")
    assert drawn == 2, "one ward, a casing and a line"
    expect(shown.container).to_have_attribute("data-selected", "")


def test_groups_are_lines_over_the_same_map_told_apart_by_their_dashes(page: Page, shown: MapOnPage) -> None:
    before, fills = shown.stamp(), shown.fills()
    shown.frame().evaluate("window.kept = true; 0")
    assert shown.frame().evaluate("map.getPane('groups-areas') === undefined"), "made only when asked for"
    for n, kind in enumerate(["districts", "areas", "places"]):
        page.get_by_role("button", name=kind, exact=True).press("Enter")
        runs(page, 2 + n)
        before = shown.wait(after=before)
    dashes, names, edges = shown.frame().evaluate(_GROUPS)
    assert dashes == [["none"], ["9 5"], ["2 2"]]
    assert sorted(names) == [f"District {n}" for n in range(1, 5)]
    assert edges["drawn"] == edges["wanted"] > 20, "the pieces of border whose wards lie in different areas"
    assert edges["place"] == [[52.6, -1.0], [52.7, -0.9]]
    assert "Area: East" in shown.hover("E05000017")
    assert shown.fills() == fills
    assert shown.frame().evaluate("window.kept"), "the map was built anew"
    for n, kind in enumerate(["districts", "areas", "places"]):
        page.get_by_role("button", name=kind, exact=True).press("Enter")
        runs(page, 5 + n)
        before = shown.wait(after=before)
    assert shown.frame().evaluate(_GROUPS)[:2] == [[[], [], []], []]


def test_clicking_the_selected_ward_runs_nothing(page: Page, shown: MapOnPage) -> None:
    shown.click("E05000017")
    runs(page, 3)
    shown.click("E05000017")
    before = shown.stamp()
    choose(page, "third")  # long after the click would have been sent
    shown.wait(after=before)
    runs(page, 4)


def test_moving_and_zooming_run_nothing(page: Page, shown: MapOnPage) -> None:
    shown.frame().evaluate("map.setZoom(map.getZoom() + 2, {animate: false}); map.panBy([80, 40], {animate: false}); 0")
    before = shown.stamp()
    choose(page, "second")
    shown.wait(after=before)
    runs(page, 2)


def test_a_run_that_changes_nothing_paints_nothing(page: Page, shown: MapOnPage) -> None:
    shown.frame().evaluate(
        "() => { const p = wardMap.paint; paints = 0; wardMap.paint = view => { paints += 1; p(view); }; }"
    )
    page.get_by_role("button", name="Run again").click()
    runs(page, 2)
    page.get_by_role("button", name="Run again").click()
    runs(page, 3)
    assert shown.frame().evaluate("paints") == 0
    before = shown.stamp()
    choose(page, "second")
    shown.wait(after=before)
    assert shown.frame().evaluate("paints") == 1


def test_the_tooltip_says_ward_district_class_and_note(still: MapOnPage) -> None:
    assert still.hover("E05000020").split("\n")[0] == "Ward 20"
    assert still.hover("E05000020").split("\n")[2:] == ["Too uncertain to say", "Note 4 of first"]


@pytest.mark.parametrize("place", HOSTILE)
def test_a_hostile_name_is_only_text(page: Page, shown: MapOnPage, place: int) -> None:
    code = f"E05{place:06d}"
    first_line = HOSTILE[place].replace("\u2028", "")
    assert first_line[:20] in shown.hover(code)
    shown.click(code)
    shown.wait_selected(code)
    runs(page, 3)
    assert HOSTILE[place] == shown.inside.locator(".ward-caption .ward-name").text_content()
    assert shown.inside.locator("img, script:not([src]):has-text('harmed')").count() == 0
    assert page.evaluate("window.harmed") is None
    assert shown.frame().evaluate("window.harmed") is None


def test_the_reset_button_works_by_keyboard(shown: MapOnPage) -> None:
    whole = shown.view()
    shown.frame().evaluate("map.setView([52.45, -0.6], 13, {animate: false}); 0")
    shown.inside.get_by_role("button", name="Show the whole area").press("Enter")
    assert shown.view() == pytest.approx(whole, abs=0.01)


def test_no_ward_is_a_tab_stop_and_the_map_has_a_name(still: MapOnPage) -> None:
    assert still.inside.locator("path[tabindex='-1']").count() >= 60
    assert still.inside.locator("path.leaflet-interactive:not([tabindex='-1'])").count() == 0
    expect(still.inside.get_by_role("region", name="Map of wards")).to_be_visible()


def test_nothing_on_the_map_leads_outside(still: MapOnPage) -> None:
    links = still.frame().evaluate("[...document.querySelectorAll('a')].map(a => a.getAttribute('href'))")
    assert set(links) == {"#"}


@pytest.mark.parametrize("page", [DARK], indirect=True)
def test_a_dark_page_has_a_dark_map(shown: MapOnPage) -> None:
    expect(shown.container).to_have_attribute("data-theme", "dark")
    expect(shown.container).to_have_css("background-color", "rgb(20, 24, 29)")


def test_a_change_of_theme_recolours_the_same_map(page: Page, shown: MapOnPage) -> None:
    shown.frame().evaluate("window.kept = true; 0")
    page.emulate_media(color_scheme="dark")
    shown.inside.locator("#map_div[data-theme='dark']").wait_for()
    assert shown.fills()[0] == "#5694CA"
    assert shown.frame().evaluate("window.kept")


def test_outlines_come_from_the_browser_on_the_next_visit(page: Page, shown: MapOnPage) -> None:
    again = open_map(page, page.url)
    sizes = again.frame().evaluate("""performance.getEntriesByType('resource')
        .filter(one => /wards-|districts-|leaflet-|ward_map-/.test(one.name)).map(one => [one.name, one.transferSize])""")
    assert len({name for name, _ in sizes}) == 5, "two of outlines, two of styles, one program"
    assert all(size == 0 for _, size in sizes), sizes


def test_it_works_under_a_base_path(page: Page, address: Callable[..., str]) -> None:
    shown = open_map(page, address(60, base_path="/community/wards"))
    shown.click("E05000017")
    shown.wait_selected("E05000017")
    runs(page, 3)


@pytest.mark.parametrize("page", [{"reduced_motion": "reduce"}], indirect=True)
def test_reduced_motion_is_respected(shown: MapOnPage) -> None:
    assert (
        shown.frame().evaluate("[map.options.zoomAnimation, map.options.fadeAnimation, map.options.inertia]")
        == [False] * 3
    )


def test_a_measure_chosen_while_the_outlines_load_is_the_one_drawn(page: Page, address: Callable[..., str]) -> None:
    held: list[Route] = []
    page.route("**/outlines/wards-*.js", lambda route: held.append(route))
    with page.expect_request("**/outlines/wards-*.js"):
        page.goto(address())
    choose(page, "second")
    runs(page, 2)
    held[0].continue_()
    shown = MapOnPage(page)
    shown.inside.locator("#map_div[data-painted]").wait_for()
    expect(shown.inside.locator("path.leaflet-interactive").nth(0)).to_have_attribute(
        "fill", "#28A197"
    )  # (0 * 8 // 3 + 1) % 6


def test_outlines_that_cannot_be_fetched_are_said_to_be_missing(
    page: Page, address: Callable[..., str], page_faults: list[str]
) -> None:
    page.route("**/outlines/wards-*.js", lambda route: route.fulfill(status=404))
    with page.expect_event("pageerror"):
        page.goto(address())
    expect(MapOnPage(page).container).to_contain_text("The map could not be fetched")
    page_faults.clear()


def test_a_map_in_a_closed_tab_fits_its_area_when_opened(page: Page, address: Callable[..., str]) -> None:
    page.goto(address() + "/?in_tab=1")
    page.get_by_role("tab", name="Map").click()
    shown = MapOnPage(page)
    shown.wait()
    shown.frame().wait_for_function("map.getSize().x > 500")
    inside, tight = shown.frame().evaluate("""() => {
        const all = L.geoJson(window.wardOutlines).getBounds();
        return [map.getBounds().contains(all), map.getBoundsZoom(all) - map.getZoom()]; }""")
    assert inside
    assert tight < 0.75


def test_above_two_thousand_wards_a_canvas_is_recoloured_patterns_and_all(
    page: Page, address: Callable[..., str]
) -> None:
    shown = open_map(page, address(2400))
    expect(shown.container).to_have_attribute("data-renderer", "canvas")
    kinds = shown.frame().evaluate("""Object.values(map._layers).filter(l => l.place !== undefined)
        .sort((a, b) => a.place - b.place).slice(0, 6).map(l => typeof l.options.fillColor)""")
    # Classes 0, 2, 4, 1, 3, 5 by place: a colour is text, a pattern is an object that the canvas takes.
    assert kinds == ["string", "string", "object", "string", "string", "object"]
    colours = shown.frame().evaluate(_COLOURS_IN, "E05000002")
    assert colours["201,208,216"] > 100, "the fill of the class"
    assert colours["74,82,92"] > 20, "the lines of its hatching"
    before = shown.stamp()
    choose(page, "second")
    shown.wait(after=before)
    shown.frame().evaluate("map.setView([52.7, -0.9], 13, {animate: false}); 0")
    shown.click(_in_view(shown))
    runs(page, 4)


_GROUPS = """() => {
    const lines = kind => Object.values(map._layers).filter(l => l.options.pane === "groups-" + kind && l.getLatLngs);
    const dashed = kind => lines(kind).slice(1).map(l => l.getElement().getAttribute("stroke-dasharray") || "none");
    const names = [...document.querySelectorAll(".group-name")].map(one => one.textContent);
    const pieces = ring => ring.slice(1).map((end, i) => [ring[i], end].map(String).sort().join(";"));
    const owners = {};
    wardOutlines.features.forEach((f, place) => f.geometry.coordinates.forEach(ring => pieces(ring).forEach(
        piece => (owners[piece] = owners[piece] || []).push(place ? place % 2 : null))));
    const wanted = Object.values(owners).filter(([a, b = null]) => a !== b).length;
    const drawn = lines("areas").slice(1).flatMap(l => l.getLatLngs()).reduce((sum, line) => sum + line.length - 1, 0);
    const box = lines("places").map(l => l.getBounds())[0];
    const place = box && [box.getSouthWest(), box.getNorthEast()].map(p => [p.lat, p.lng]);
    return [["districts", "areas", "places"].map(dashed), names, {wanted, drawn, place}]; }"""

_COLOURS_IN = """code => {
    const path = Object.values(map._layers).find(l => l.feature && l.feature.properties.code === code);
    map.fitBounds(path.getBounds(), {animate: false});
    const {_ctx: pen, _bounds: drawn} = path._renderer, box = path._pxBounds, size = box.getSize();
    const pixels = pen.getImageData(box.min.x - drawn.min.x, box.min.y - drawn.min.y, size.x, size.y).data;
    const seen = {};
    for (let x = 0; x < size.x; x += 3) for (let y = 0; y < size.y; y += 3) {
        if (!path._containsPoint(L.point(box.min.x + x, box.min.y + y))) continue;
        const at = 4 * (y * Math.floor(size.x) + x), colour = pixels.slice(at, at + 3).join(",");
        seen[colour] = (seen[colour] || 0) + 1;
    }
    return seen; }"""


def _in_view(shown: MapOnPage) -> str:
    return str(
        shown.frame().evaluate("""(() => { const middle = map.getCenter();
            const near = Object.values(map._layers).filter(l => l.place !== undefined);
            near.sort((a, b) => a.getCenter().distanceTo(middle) - b.getCenter().distanceTo(middle));
            return near[0].feature.properties.code; })()""")
    )
