"""What a person waits for on the dashboard itself, in a browser: first map, recolour, refit, pan, and memory over many sessions.

    python -m bench.ui                    # the demonstration area, some three minutes
    python -m bench.ui --sessions 10

Beside the first map stands the usual way (a folium map built anew, `bench/map_app.py`), timed in turn in one run: read the ratio.
That page holds nothing but its map; ours holds the whole screen. `bench.recolour` has both ways of recolouring, also at 7,500
wards.

A map counts as drawn when a frame with its colours has been drawn; whether these are the colours that the server says is asked
afterwards. Another measure and another threshold are timed by the browser's own clock, from the click to that frame, and to the
end of all that the server sends for it: on the way between this script and the browser goes another tenth of a second. The first
map is timed from here, both ways alike.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Locator, Page, WebSocket, expect, sync_playwright

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from bench.load import memory  # noqa: E402
from disclosure.layers import layer_titles  # noqa: E402
from ingest.places import SETTINGS_VARIABLE, STORE_VARIABLE  # noqa: E402
from tests.browser.made_up_wards import made_up_wards  # noqa: E402
from tests.browser.map_on_page import MapOnPage  # noqa: E402
from tests.browser.serving import StreamlitServer, launch  # noqa: E402
from tests.get_browser import find_browser  # noqa: E402

WARDS = 180
REPEATS = 7
_USUAL_DRAWN = (
    "() => [...document.querySelectorAll('iframe')].some(f => f.contentDocument?.querySelectorAll('path').length > 100)"
)

_NOTE_TIMES = """if (window === top) {
    const now = () => performance.timeOrigin + performance.now();
    addEventListener("click", event => { window.clickedAt = performance.timeOrigin + event.timeStamp; }, true);
    const rested = () => document.querySelector("[data-test-script-state=notRunning]");
    const drawn = () => requestAnimationFrame(() => requestAnimationFrame(() => {
        document.documentElement.dataset.followed = now(); }));
    new MutationObserver(() => rested() && drawn()).observe(
        document, {subtree: true, attributeFilter: ["data-test-script-state"]});
}"""
_PAINTED_AT = "performance.timeOrigin + performance.getEntriesByName('ward-map-painted').pop().startTime"


class Waited(NamedTuple):
    """Seconds from a click."""

    painted: float
    """Until the map had its new colours."""
    followed: float
    """Until all that the server sends for it had been drawn."""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=50)
    options = parser.parse_args()
    path = find_browser()
    if path is None:
        sys.stderr.write("There is no browser to measure in: run python tests/get_browser.py\n")
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        outlines = Path(folder) / "wards.geojson"
        outlines.write_text(made_up_wards(WARDS)[0], encoding="utf-8")
        store = {STORE_VARIABLE: f"{folder}/store", SETTINGS_VARIABLE: ""}
        ours = StreamlitServer(PROJECT / "dashboard.py", env=store)
        usual = StreamlitServer(PROJECT / "bench" / "map_app.py", env={"BENCH_OUTLINES": str(outlines)})
        try:
            browser = launch(playwright, path=path)
            _measure(browser, ours=ours, usual=usual, sessions=options.sessions)
            browser.close()
        finally:
            ours.stop()
            usual.stop()
    return 0


def _measure(browser: Browser, *, ours: StreamlitServer, usual: StreamlitServer, sessions: int) -> None:
    address, rebuilt = ours.wait(), f"{usual.wait()}/?way=rebuild"
    for warm in (address, f"{address}/explore"):  # the fits of the demonstration are made once a server
        _cold(browser, warm, _our_map, patience=120)
    first = [(_cold(browser, address, _our_map), _cold(browser, rebuilt, _usual_map)) for _ in range(REPEATS)]
    mine, theirs = (statistics.median(one) for one in zip(*first, strict=True))
    print(
        f"first map of a browser that was never here   {mine:6.2f} s   the usual way {theirs:6.2f} s   x{theirs / mine:.1f}"
    )
    page = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
    page.add_init_script(_NOTE_TIMES)
    sent: list[str | bytes] = []
    page.on("websocket", lambda socket: _count(socket, sent))
    page.goto(f"{address}/explore")
    shown = MapOnPage(page)
    shown.wait()
    _say("another measure on Explore, recoloured", _recolours(page, shown))
    _say("another threshold on Explore, refitted", _refits(page, shown))
    page.wait_for_timeout(1500)
    sent.clear()
    _pan_and_zoom(page, shown)
    print(f"messages to the server on pan and zoom       {len(sent):6d}")
    _sessions(browser, address, server=ours, sessions=sessions)


def _cold(browser: Browser, address: str, wait: Callable[[Page], None], *, patience: float = 60) -> float:
    """Seconds until a browser with nothing stored shows its first map."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(1000 * patience)
    page = context.new_page()
    begun = time.perf_counter()
    page.goto(address)
    wait(page)
    took = time.perf_counter() - begun
    context.close()
    return took


def _our_map(page: Page) -> None:
    MapOnPage(page).wait()


def _usual_map(page: Page) -> None:
    page.wait_for_function(_USUAL_DRAWN)


def _count(socket: WebSocket, sent: list[str | bytes]) -> None:
    socket.on("framesent", lambda frame: sent.append(frame))


def _recolours(page: Page, shown: MapOnPage) -> list[Waited]:
    titles = list(layer_titles().values())[1:3] * 5
    measures = page.get_by_role("radiogroup", name="Measure")
    return [_timed(page, shown, measures.get_by_role("radio", name=one, exact=True)) for one in titles]


def _refits(page: Page, shown: MapOnPage) -> list[Waited]:
    """Choose thresholds that nobody has asked for: each is a fit and a map."""
    took = []
    for threshold in ("1.25", "1.75", "2.5", "3.0"):
        page.get_by_role("combobox", name="High above").click()
        option = page.get_by_role("option", name=threshold, exact=True)
        expect(option).to_be_visible()
        took.append(_timed(page, shown, option))
    return took


def _timed(page: Page, shown: MapOnPage, choice: Locator) -> Waited:
    """Choose, and say when the map had the new colours and when the page had followed."""
    before = shown.stamp()
    page.evaluate("delete document.documentElement.dataset.followed")
    choice.click()
    shown.wait(after=before)
    fills = shown.fills()
    painted = float(shown.frame().evaluate(_PAINTED_AT))
    page.locator("html[data-followed]").wait_for(state="attached")
    if shown.fills() != fills:
        raise AssertionError("the colours that were timed are not those that the server says")
    clicked, followed = page.evaluate("[window.clickedAt, Number(document.documentElement.dataset.followed)]")
    return Waited((painted - clicked) / 1000, (followed - clicked) / 1000)


def _pan_and_zoom(page: Page, shown: MapOnPage) -> None:
    box = shown.element.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for _ in range(5):
        page.mouse.move(x, y)
        page.mouse.wheel(0, -240)
        page.mouse.down()
        page.mouse.move(x + 60, y + 30, steps=5)
        page.mouse.up()
        page.wait_for_timeout(400)


def _say(what: str, waited: list[Waited]) -> None:
    _say_seconds(what, [one.painted for one in waited])
    _say_seconds("  and the rest of the page", [one.followed for one in waited])


def _say_seconds(what: str, seconds: list[float]) -> None:
    spread = f"{min(seconds):.2f} to {max(seconds):.2f}"
    print(f"{what:<44} {statistics.median(seconds):6.2f} s   ({spread}, {len(seconds)} times)")


def _sessions(browser: Browser, address: str, *, server: StreamlitServer, sessions: int) -> None:
    """Let many browsers come, look at two screens and go; say what the server holds on the way."""
    held = [memory(server.pid)]
    for number in range(1, sessions + 1):
        _cold(browser, f"{address}/explore" if number % 2 else address, _our_map)
        if number % 10 == 0:
            held.append(memory(server.pid))
    told = ", ".join(f"{one:.0f}" for one in held)
    print(f"memory of the server over {sessions} sessions, MB      {told}")


if __name__ == "__main__":
    raise SystemExit(main())
