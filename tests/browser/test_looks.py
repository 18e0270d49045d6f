"""Each screen's main path, walked, and what it then looks like: held to the pictures in `looks/pictures`.

The server has a store of its own and a clock that stands still (`looks/surroundings`). A new look is stored by
`python -m tests.browser.looks`; where the browser or the fonts are others than those of the pictures, the tests are skipped.
"""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from ingest.places import SETTINGS_VARIABLE, STORE_VARIABLE
from tests.browser.conftest import Serve
from tests.browser.looks.taking import ACCEPT, HEIGHT, WIDTH, Looks, note_what_they_are_taken_with, why_not_comparable
from tests.browser.map_on_page import MapOnPage
from tests.browser.serving import PROJECT

WINDOW = {
    "viewport": {"width": WIDTH, "height": HEIGHT},
    "color_scheme": "light",
    "locale": "en-GB",
    "timezone_id": "Europe/London",
    "reduced_motion": "reduce",
}
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("page", [WINDOW], ids=["1280"], indirect=True)]

SEEN_FIRST = 1000
"""Pixels from the top: as much as a window shows without scrolling."""
FLAGGED, ITS_CODE = "Garrelsbank", "X05000022"
SURROUNDINGS = Path(__file__).parent / "looks" / "surroundings"
INCIDENTS = "date,easting,northing,strand\n2026-10-15,616003,472168,race\n,616003,472168,race\n"


@pytest.fixture(scope="module")
def looks(browser: Browser, pytestconfig: pytest.Config) -> Looks:
    accept = pytestconfig.stash.get(ACCEPT, False)
    if accept:
        note_what_they_are_taken_with(browser)
    elif reason := why_not_comparable(browser):
        pytest.skip(reason)
    return Looks(accept)


@pytest.fixture(scope="module")
def still(looks: Looks, browser: Browser, serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of a dashboard on the demonstration area on a day that never passes, with a store that no other test writes to.

    The audit trail has been checked as the first thing done here, so that this stands in the same row of it each time.
    """
    path = os.pathsep.join([str(SURROUNDINGS), str(PROJECT)])
    store = str(tmp_path_factory.mktemp("looks"))
    env = {STORE_VARIABLE: store, SETTINGS_VARIABLE: "", "PYTHONPATH": path, "TZ": "UTC"}
    address = serve(PROJECT / "dashboard.py", env=env)
    first = browser.new_page()
    first.goto(f"{address}/audit")
    button(first, "Check every row again").click(timeout=60_000)
    expect(first.get_by_text("as written")).to_be_visible()
    first.context.close()
    return address


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def choose(page: Page, label: str, option: str) -> None:
    """Choose in a select box by typing."""
    box = page.get_by_role("combobox", name=label)
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).click()


def turn_dark(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", "rgb(15, 19, 23)")


def test_the_overview_in_both_themes(page: Page, still: str, looks: Looks) -> None:
    page.goto(still)
    looks.check(page, "overview")
    turn_dark(page)
    looks.check(page, "overview-dark", height=SEEN_FIRST)


def test_a_ward_chosen_in_the_overview_opens_in_explore_with_another_measure(
    page: Page, still: str, looks: Looks
) -> None:
    page.goto(still)
    button(page, FLAGGED).click()
    shown = MapOnPage(page)
    shown.wait_selected(ITS_CODE)
    before = shown.stamp()
    page.get_by_role("radio", name="Incident risk").click()
    shown.wait(after=before)
    looks.check(page, "explore")
    turn_dark(page)
    looks.check(page, "explore-dark", height=SEEN_FIRST)


def test_the_meeting_turns_from_what_is_now_to_what_persists(page: Page, still: str, looks: Looks) -> None:
    page.goto(f"{still}/hotspots")
    looks.check(page, "hotspots-now")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="newly high")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="still high")).to_be_visible()
    looks.check(page, "hotspots-persistent")


def test_a_ward_is_found_by_its_name(page: Page, still: str, looks: Looks) -> None:
    page.goto(f"{still}/ward")
    choose(page, "Ward", f"{FLAGGED} (Wendcaster)")
    expect(page.get_by_role("heading", level=1)).to_have_text(FLAGGED)
    looks.check(page, "ward")


def test_a_ward_that_is_due_gets_a_draft(page: Page, still: str, looks: Looks) -> None:
    page.goto(f"{still}/briefings")
    looks.check(page, "briefings-due")
    button(page, "Begin").first.click()
    page.get_by_label("Context").fill("A vigil is planned on the green.")
    page.get_by_label("Context").blur()
    expect(page.get_by_text("A vigil is planned on the green.")).to_have_count(2)
    expect(page.get_by_role("img", name=re.compile("^Map of "))).to_be_visible()
    looks.check(page, "briefings-draft")


def test_a_paper_is_made_and_offered(page: Page, still: str, looks: Looks) -> None:
    page.goto(f"{still}/briefings?show=papers")
    button(page, "Make the steering group pack").click()
    expect(page.get_by_text("Made at")).to_be_visible(timeout=60_000)
    looks.check(page, "briefings-papers")


def test_a_file_is_understood_read_and_shown_before_anything_is_stored(
    page: Page, still: str, looks: Looks, tmp_path: Path
) -> None:
    file = tmp_path / "October 2026.csv"
    file.write_text(INCIDENTS, encoding="utf-8")
    page.goto(f"{still}/data")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("What was understood")).to_be_visible()
    looks.check(page, "data-load")
    button(page, "Discard this load").click()
    expect(page.get_by_text("nothing was stored")).to_be_visible()
    page.get_by_role("radio", name="What is loaded").click()
    looks.check(page, "data-loaded")


def test_methods_say_it_for_statisticians(page: Page, still: str, looks: Looks) -> None:
    page.goto(f"{still}/methods")
    page.get_by_role("radio", name="For statisticians").click()
    looks.check(page, "methods")


def test_the_audit_is_narrowed_to_one_kind_of_entry(page: Page, still: str, looks: Looks) -> None:
    page.goto(f"{still}/audit")
    choose(page, "Did", "verified")
    page.keyboard.press("Escape")
    looks.check(page, "audit")
