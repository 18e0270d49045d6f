"""The dashboard in a real browser: what only a browser can show."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect
from pypdf import PdfReader

from data.demo.files import SETTINGS_TOML, write_demo
from data.settings import load_settings
from data.snapshots import SnapshotStore
from ingest.pipeline import Inputs, ingest
from ingest.places import STORE_VARIABLE, snapshot_folder
from pages.session import SETTINGS_VARIABLE
from tests.browser.map_on_page import MapOnPage
from tests.browser.serving import PROJECT

pytestmark = pytest.mark.browser

DASHBOARD = PROJECT / "dashboard.py"
HOSTILE = '<img src=x onerror="window.top.hurt=1;window.hurt=1">'
EMERGING = "X05000022"
Serve = Callable[..., str]


@pytest.fixture(scope="session")
def hostile(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of a dashboard on the same area, whose first ward and district are named to do harm."""
    folder = tmp_path_factory.mktemp("hostile")
    write_demo(folder)
    wards = folder / "wards.geojson"
    text = wards.read_text(encoding="utf-8")
    first = re.search(r'"ward_name": ?"([^"]*)"', text)
    assert first is not None
    wards.write_text(text.replace(first[0], f'"ward_name": {_json(HOSTILE)}', 1), encoding="utf-8")
    settings = folder / "settings.toml"
    settings.write_text(SETTINGS_TOML.replace("Wendshire", _json(HOSTILE)[1:-1] + " Wendshire"), encoding="utf-8")
    loaded = load_settings(settings)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(STORE_VARIABLE, str(folder / "store"))
        store = SnapshotStore(snapshot_folder(loaded))
    inputs = Inputs(wards, folder / "population.csv", folder / "referrals.csv", (folder / "incidents.csv",))
    ingest(inputs, settings=loaded, store=store)
    return serve(DASHBOARD, env={STORE_VARIABLE: str(folder / "store"), SETTINGS_VARIABLE: str(settings)})


def _json(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'


def opened(page: Page, address: str) -> MapOnPage:
    """Open an address and wait for the map."""
    page.goto(address)
    shown = MapOnPage(page)
    shown.wait()
    return shown


def choose(page: Page, label: str, option: str) -> None:
    """Choose in a select box by its label, by keyboard."""
    box = page.get_by_role("combobox", name=label)
    box.click()
    page.get_by_role("option", name=option, exact=True).click()


def show_measure(page: Page, title: str) -> None:
    """Choose what the map shows."""
    page.get_by_role("radio", name=title).click()


def test_a_deep_link_as_the_first_visit_to_a_new_server_opens_its_screen(
    page: Page, serve: Serve, tmp_path: Path
) -> None:
    address = serve(DASHBOARD, env={STORE_VARIABLE: str(tmp_path), SETTINGS_VARIABLE: ""})
    shown = opened(page, f"{address}/explore?ward={EMERGING}&measure=probability")
    shown.wait_selected(EMERGING)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Explore October 2025")


def test_overview_is_marked_shows_the_map_and_asks_no_other_machine(page: Page, demonstration: str) -> None:
    shown = opened(page, demonstration)
    expect(page.get_by_role("note", name="Protective marking")).to_contain_text("OFFICIAL-SENSITIVE")
    expect(page.get_by_role("note", name="Protective marking")).to_contain_text("FICTIONAL AREA")
    expect(page.get_by_role("heading", level=1)).to_contain_text("flagged as high on both")
    assert len(set(shown.fills())) >= 4


def test_another_measure_recolours_the_map_and_keeps_its_zoom(page: Page, demonstration: str) -> None:
    shown = opened(page, f"{demonstration}/explore")
    before, fills = shown.stamp(), shown.fills()
    shown.frame().evaluate("map.setZoom(map.getZoom() + 2, {animate: false}); window.kept = true; 0")
    view = shown.view()
    show_measure(page, "Incident risk")
    shown.wait(after=before)
    assert shown.fills() != fills
    assert shown.view() == view
    assert shown.frame().evaluate("window.kept === true"), "the map was built anew"


def test_another_measure_is_on_the_map_before_the_server_answers_and_off_it_again_if_it_never_does(
    page: Page, demonstration: str
) -> None:
    held: list[str | bytes] = []
    holding = []

    def between(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda said: held.append(said) if holding else socket.send(said))

    page.route_web_socket(re.compile("/_stcore/stream"), between)
    shown = opened(page, f"{demonstration}/explore?ward={EMERGING}")
    caption, legend = shown.inside.locator(".ward-caption .ward-class"), page.get_by_role("list", name="Legend")
    before, first, said = shown.stamp(), shown.fills(), caption.inner_text()
    shown.frame().evaluate(
        "() => { const later = setTimeout; setTimeout = (f, ms) => (ms < 1000 ? later(f, ms) : ((window.overdue = f), 0)); }"
    )
    holding.append(True)
    page.get_by_role("radio", name="Incident risk").press("Enter")
    ahead = shown.wait(after=before)
    fills = shown.fills()
    assert fills != first
    expect(caption).not_to_have_text(said)
    shown.frame().evaluate("overdue()")
    shown.wait(after=ahead)
    assert (shown.stamp(), shown.fills(), caption.inner_text()) == (before, first, said)
    expect(legend).to_have_accessible_name("Legend: Overlap")
    holding.clear()
    page.get_by_role("radio", name="Certainty").click()
    expect(legend).to_have_accessible_name("Legend: Certainty")
    page.get_by_role("radio", name="Incident risk").press("Space")
    expect(legend).to_have_accessible_name("Legend: Incident risk")
    assert held
    shown.inside.locator(f"#map_div[data-painted='{ahead}']").wait_for()
    assert shown.fills() == fills, "what the server says is what was shown ahead of it"


def test_a_click_on_the_map_shows_the_ward_and_puts_it_into_the_address(page: Page, demonstration: str) -> None:
    shown = opened(page, f"{demonstration}/explore")
    shown.click("X05000090")
    shown.wait_selected("X05000090")
    expect(page).to_have_url(re.compile("ward=X05000090"))
    expect(page.get_by_text("Referrals are high")).to_be_visible()


@pytest.mark.parametrize("page", [{"viewport": {"width": 1280, "height": 800}}], indirect=True)
def test_the_first_click_counts_even_where_the_map_is_cut_off_by_the_window(page: Page, demonstration: str) -> None:
    shown = opened(page, f"{demonstration}/explore")
    box = shown.element.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] > 800, "the map is wholly in the window, so this tests nothing"
    x, y = shown.point_in("X05000090", scroll=False)
    assert y < 800, "the ward is below the window, so nothing is clicked"
    page.mouse.click(x, y, delay=80)
    shown.wait_selected("X05000090")


def test_a_deep_link_shows_the_same_in_a_fresh_browser(page: Page, browser: Browser, demonstration: str) -> None:
    shown = opened(page, f"{demonstration}/explore?ward={EMERGING}")
    before = shown.stamp()
    show_measure(page, "Referral risk")
    shown.wait(after=before)
    before = shown.stamp()
    choose(page, "High above", "2.0")
    expect(page).to_have_url(re.compile("threshold=2.0"))
    heading, fills, address = page.get_by_role("heading", level=1).inner_text(), shown.fills(), page.url
    elsewhere = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
    again = opened(elsewhere, address)
    again.wait_selected(EMERGING)
    assert again.fills() == fills
    assert elsewhere.get_by_role("heading", level=1).inner_text() == heading
    assert elsewhere.url == address
    elsewhere.context.close()


@pytest.mark.parametrize("screen", ["", "/explore"])
def test_a_hostile_name_is_only_text_on_every_screen(page: Page, hostile: str, screen: str) -> None:
    shown = opened(page, f"{hostile}{screen}?ward=X05000001" if screen else hostile)
    assert "onerror" in shown.hover("X05000001")
    assert page.locator("img[src='x']").count() == 0
    assert shown.frame().evaluate("document.querySelectorAll('img[src=x]').length") == 0
    assert page.evaluate("window.hurt") is None
    assert shown.frame().evaluate("window.hurt") is None


def test_a_hostile_name_is_only_text_in_the_scatter(page: Page, hostile: str) -> None:
    opened(page, f"{hostile}/explore?below=risks&wards=X05000001")
    expect(page.locator(".scatterlayer path.point").first).to_be_visible()
    page.locator(".scatterlayer path.point").nth(-2).hover(force=True)  # the ward selected, below its ring
    expect(page.locator(".hoverlayer .hovertext")).to_contain_text(f"X05000001 {HOSTILE}")
    assert page.locator(".hoverlayer").locator("a, image, foreignObject").count() == 0
    assert page.evaluate("window.hurt") is None


def test_a_reload_in_the_middle_shows_the_same_ward(page: Page, demonstration: str) -> None:
    shown = opened(page, f"{demonstration}/explore")
    shown.click("X05000090")
    shown.wait_selected("X05000090")
    expect(page).to_have_url(re.compile("ward=X05000090"))
    page.reload()
    MapOnPage(page).wait()
    MapOnPage(page).wait_selected("X05000090")


def test_the_table_leaves_the_tool_only_with_its_marking(page: Page, demonstration: str) -> None:
    opened(page, f"{demonstration}/explore")
    page.get_by_test_id("stDataFrame").scroll_into_view_if_needed()
    page.get_by_test_id("stDataFrame").hover()
    expect(page.get_by_label(re.compile("^Search"))).to_be_visible()
    expect(page.get_by_label(re.compile("^Download as"))).to_be_hidden()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download this table").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert all("OFFICIAL-SENSITIVE" in line for line in lines[1:])
    assert "X0500" not in download.value.suggested_filename


@pytest.mark.parametrize("page", [{"viewport": {"width": 400, "height": 900}}], indirect=True)
def test_on_a_phone_nothing_runs_off_the_side(page: Page, demonstration: str) -> None:
    opened(page, f"{demonstration}/explore?ward={EMERGING}")
    screens = (
        "hotspots?slide=last",
        "briefings?show=papers",
        "data?part=history",
        "methods?method=statistics",
        "audit",
    )
    for screen in ("", *screens):
        if screen:
            page.goto(f"{demonstration}/{screen}")
            page.locator("h1").wait_for()
            page.locator("[data-test-script-state=notRunning]").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), screen
        main = "document.querySelector('[data-testid=stMain]')"
        assert page.evaluate(f"{main}.scrollWidth <= {main}.clientWidth + 1"), screen


@pytest.mark.parametrize("page", [{"color_scheme": "dark"}], indirect=True)
def test_a_printed_page_is_whole_light_and_marked_on_every_sheet(page: Page, demonstration: str) -> None:
    opened(page, demonstration)
    page.get_by_text("Snapshot 20").wait_for()
    sheets = [sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(format="A4"))).pages]
    assert len(sheets) > 1
    for number, sheet in enumerate(sheets, start=1):
        assert re.search(r"OFFICIAL-SENSITIVE\. Wendshire \S+\. For members", " ".join(sheet.split()))
        assert "FICTIONAL AREA" in sheet
        assert f"Page {number} of {len(sheets)}" in sheet
    printed = "".join(sheets)
    assert "Garrelsbank" in printed
    assert "Snapshot 20" in printed
    assert "View for" not in printed
    page.emulate_media(media="print")
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("h1").evaluate("e => getComputedStyle(e).color") == "rgb(22, 25, 29)"
