"""Every screen against WCAG 2.2 AA, as far as a program can tell (axe-core), in the light theme and in the dark one.

What it cannot tell: whether a text equivalent says what the picture says, or whether an order of reading makes sense.
"""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

FLAGGED = "X05000090"
SCREENS: dict[str, tuple[tuple[str, str], ...]] = {
    "": (),
    f"explore?ward={FLAGGED}": (),
    "explore?below=risks&also=provision": (),
    f"ward?ward={FLAGGED}": (),
    "hotspots": (("Now", ""), ("Persistent", "persistent"), ("Provided", "provided"), ("Decide", "decide")),
    "briefings": (("Due", ""), ("Register", "register")),
    "methods": (("In plain words", ""), ("For statisticians", "statistics"), ("Words", "words")),
    "data": (("Load files", ""), ("What is loaded", "history")),
    "audit": (),
}
"""Addresses, and what can be chosen there: the name of each view, and what it puts into the address; it opens with the first."""
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""What the dark theme can change."""
_A_FIT = 60_000
"""Milliseconds that a screen may take which is the first to ask for fits, on a busy machine."""


@pytest.fixture(scope="module")
def axe() -> Axe:
    return Axe()


def settled(page: Page) -> None:
    """Wait until the screen is drawn and nothing runs any more."""
    expect(page.locator("h1").first).to_be_visible(timeout=_A_FIT)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=_A_FIT)
    expect(page.locator("[data-stale=true]")).to_have_count(0)


def faults(axe: Axe, page: Page, options: dict[str, Any]) -> list[str]:
    found = axe.run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {node['html'][:200]} {node['any'][0]['message'] if node['any'] else ''}"
        for one in found
        for node in one["nodes"]
    ]


def turn(page: Page, view: tuple[str, str], *, views: tuple[tuple[str, str], ...]) -> None:
    """Choose a view of the screen, and wait until it is there."""
    name, said = view
    others = [f"={other}" for _, other in views if other and other != said]
    page.get_by_role("radio", name=name, exact=True).click()
    page.wait_for_url(lambda url: (f"={said}" in url or not said) and not any(other in url for other in others))
    settled(page)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen or "overview")
def test_a_screen_has_no_fault_that_axe_can_find_in_either_theme(
    page: Page, demonstration: str, axe: Axe, screen: str
) -> None:
    views = SCREENS[screen]
    page.goto(f"{demonstration}/{screen}")
    settled(page)
    found = {("light", screen): faults(axe, page, RULES)}
    for view in views[1:]:
        turn(page, view, views=views)
        found["light", *view] = faults(axe, page, RULES)
    page.emulate_media(color_scheme="dark")
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", "rgb(15, 19, 23)")
    settled(page)
    found["dark", screen] = faults(axe, page, COLOURS)
    for view in views[-2::-1]:
        turn(page, view, views=views)
        found["dark", *view] = faults(axe, page, COLOURS)
    assert {where: what for where, what in found.items() if what} == {}
    assert len(found) == 2 * max(len(views), 1)
