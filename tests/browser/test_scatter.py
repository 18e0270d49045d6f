"""The lasso of the scatter, drawn with a mouse."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect
from shapely import Point, Polygon

from tests.browser.map_on_page import MapOnPage

pytestmark = pytest.mark.browser

_POINTS = """points => points.filter(one => one.__data__.id).map(one => {
    const at = one.getBoundingClientRect();
    return [one.__data__.id.split(" ")[0], at.x + at.width / 2, at.y + at.height / 2];
})"""
MIDDLE_OUT = [(0.03, 0.97), (0.97, 0.97), (0.97, 0.03)]
"""A triangle, in shares of the plot: the wards whose risk of referrals is the higher one, roughly."""
NEAR = 8
"""Pixels from the line, where this test does not say which side a point is on."""


def ready(page: Page) -> None:
    """Wait until the scatter is drawn and nothing runs any more."""
    MapOnPage(page).wait()
    expect(page.locator(".scatterlayer path.point").first).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.get_by_test_id("stPlotlyChart").scroll_into_view_if_needed()


def corners(page: Page) -> list[tuple[float, float]]:
    """Where the triangle is on the page."""
    plot: Any = page.locator(".nsewdrag.drag").bounding_box()
    return [(plot["x"] + across * plot["width"], plot["y"] + down * plot["height"]) for across, down in MIDDLE_OUT]


def draw(page: Page, around: list[tuple[float, float]]) -> None:
    page.mouse.move(*around[0])
    page.mouse.down()
    for x, y in (*around[1:], around[0]):
        page.mouse.move(x, y, steps=6)
    page.mouse.up()


def test_a_lasso_selects_the_wards_in_it_and_no_others_and_can_be_taken_back(page: Page, demonstration: str) -> None:
    page.goto(f"{demonstration}/explore?below=risks")
    ready(page)
    around = corners(page)
    lasso = Polygon(around)
    points = [(code, Point(x, y)) for code, x, y in page.locator(".scatterlayer path.point").evaluate_all(_POINTS)]
    surely = {code for code, at in points if lasso.buffer(-NEAR).contains(at)}
    perhaps = {code for code, at in points if lasso.buffer(NEAR).contains(at)}
    boxed = {code for code, at in points if lasso.envelope.buffer(-NEAR).contains(at)}
    assert surely, "no ward is in the lasso, so this tests nothing"
    assert boxed - perhaps, "a box would do as well, so this tests nothing"
    draw(page, around)
    expect(page).to_have_url(re.compile("wards="))
    inside = set(parse_qs(urlsplit(page.url).query)["wards"][0].split("~"))
    assert surely <= inside <= perhaps
    ready(page)
    expect(page.get_by_role("status").filter(has_text="selected")).to_contain_text(f"{len(inside)} wards selected")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page).not_to_have_url(re.compile("wards="))
    ready(page)
    expect(page).not_to_have_url(re.compile("wards="))  # the lasso is forgotten, and does not select again
