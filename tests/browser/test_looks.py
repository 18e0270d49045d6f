"""Each screen's main path, walked, and what it then looks like: held to the pictures in `looks/pictures`.

The server has a store of its own and a clock that stands still (`looks/surroundings`). A new look is stored by
`python -m tests.browser.looks`; where the browser or the fonts are others than those of the pictures, the tests are skipped.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from ingest.places import SETTINGS_VARIABLE, STORE_VARIABLE
from tests.browser.conftest import Serve
from tests.browser.looks.taking import (
    ACCEPT,
    HEIGHT,
    WIDTH,
    Looks,
    note_what_they_are_taken_with,
    wait_until_drawn,
    why_not_comparable,
)
from tests.browser.map_on_page import MapOnPage
from tests.browser.serving import PROJECT

WINDOW = {
    "viewport": {"width": WIDTH, "height": HEIGHT},
    "color_scheme": "light",
    "locale": "en-GB",
    "timezone_id": "Europe/London",
    "reduced_motion": "reduce",
}
pytestmark = pytest.mark.browser
in_a_tall_window = pytest.mark.parametrize("page", [WINDOW], ids=["1280"], indirect=True)

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
def served(looks: Looks, serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of a dashboard on the demonstration area on a day that never passes, with a store that no other test writes to."""
    path = os.pathsep.join([str(SURROUNDINGS), str(PROJECT)])
    store = str(tmp_path_factory.mktemp("looks"))
    env = {STORE_VARIABLE: store, SETTINGS_VARIABLE: "", "PYTHONPATH": path, "TZ": "UTC"}
    return serve(PROJECT / "dashboard.py", env=env)


@pytest.fixture(scope="module")
def narrowed_audit(served: str, contexts: Callable[..., BrowserContext]) -> Page:
    """The audit, checked and narrowed to what was checked, before anything else was recorded.

    The table gives its columns the width of the first entries that it showed, whatever it is narrowed to.
    """
    audit = contexts(**WINDOW).new_page()
    opened(audit, f"{served}/audit")
    button(audit, "Check every row again").click()
    expect(audit.get_by_text("as written")).to_be_visible()
    wait_until_drawn(audit)
    choose(audit, "Did", "verified")
    audit.keyboard.press("Escape")
    return audit


@pytest.fixture(scope="module")
def still(served: str, narrowed_audit: Page) -> str:
    """Address of that dashboard, now that anything may be recorded."""
    return served


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def choose(page: Page, label: str, option: str) -> None:
    """Choose in a select box by typing."""
    box = page.get_by_role("combobox", name=label)
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).click()


def opened(page: Page, address: str) -> None:
    """Open a screen and wait until it is drawn."""
    page.goto(address)
    wait_until_drawn(page)


def turn_dark(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", "rgb(15, 19, 23)")


@in_a_tall_window
def test_the_overview_in_both_themes(page: Page, still: str, looks: Looks) -> None:
    opened(page, still)
    looks.check(page, "overview")
    turn_dark(page)
    looks.check(page, "overview-dark", height=SEEN_FIRST)


@in_a_tall_window
def test_a_ward_chosen_in_the_overview_opens_in_explore_with_another_measure(
    page: Page, still: str, looks: Looks
) -> None:
    opened(page, still)
    button(page, FLAGGED).click()
    shown = MapOnPage(page)
    shown.wait_selected(ITS_CODE)
    before = shown.stamp()
    page.get_by_role("radio", name="Incident risk").click()
    shown.wait(after=before)
    looks.check(page, "explore")
    turn_dark(page)
    looks.check(page, "explore-dark", height=SEEN_FIRST)


@in_a_tall_window
def test_the_meeting_turns_from_what_is_now_to_what_persists(page: Page, still: str, looks: Looks) -> None:
    opened(page, f"{still}/hotspots")
    looks.check(page, "hotspots-now")
    page.keyboard.press("ArrowRight")  # nothing is new: that slide is left out
    expect(page.get_by_role("heading", name="still high")).to_be_visible()
    looks.check(page, "hotspots-persistent")


@in_a_tall_window
def test_a_ward_is_found_by_its_name(page: Page, still: str, looks: Looks) -> None:
    opened(page, f"{still}/ward")
    choose(page, "Ward", f"{FLAGGED} (Wendcaster)")
    expect(page.get_by_role("heading", level=1)).to_have_text(FLAGGED)
    looks.check(page, "ward")


@in_a_tall_window
def test_a_ward_that_is_due_gets_a_draft(page: Page, still: str, looks: Looks) -> None:
    opened(page, f"{still}/briefings")
    looks.check(page, "briefings-due")
    button(page, "Begin").first.click()
    page.get_by_label("Context").fill("A vigil is planned on the green.")
    page.get_by_label("Context").blur()
    expect(page.get_by_text("A vigil is planned on the green.")).to_have_count(2)
    expect(page.get_by_role("img", name=re.compile("^Map of "))).to_be_visible()
    looks.check(page, "briefings-draft")


@in_a_tall_window
def test_a_paper_is_made_and_offered(page: Page, still: str, looks: Looks) -> None:
    opened(page, f"{still}/briefings?show=papers")
    page.get_by_label("Day of the meeting").fill("12 March 2027")
    page.get_by_label("Day of the meeting").press("Enter")
    expect(page.get_by_text("12 March 2027").first).to_be_visible()
    button(page, "Make the steering group pack").click()
    expect(page.get_by_text("Made at")).to_be_visible(timeout=60_000)
    looks.check(page, "briefings-papers")


@in_a_tall_window
def test_a_file_is_understood_read_and_shown_before_anything_is_stored(
    page: Page, still: str, looks: Looks, tmp_path: Path
) -> None:
    file = tmp_path / "October 2026.csv"
    file.write_text(INCIDENTS, encoding="utf-8")
    opened(page, f"{still}/data")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("Step 3: read and check")).to_be_visible()
    looks.check(page, "data-load")
    button(page, "Discard this load").click()
    expect(page.get_by_text("nothing was stored")).to_be_visible()
    wait_until_drawn(page)
    page.get_by_role("radio", name="What is loaded").click()
    looks.check(page, "data-loaded")


@in_a_tall_window
def test_methods_say_it_for_statisticians(page: Page, still: str, looks: Looks) -> None:
    opened(page, f"{still}/methods")
    page.get_by_role("radio", name="For statisticians").click()
    looks.check(page, "methods")


def test_the_audit_is_narrowed_to_one_kind_of_entry(narrowed_audit: Page, looks: Looks) -> None:
    looks.check(narrowed_audit, "audit")
