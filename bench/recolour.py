"""Time from choosing another measure to the map being recoloured: this project's map against a folium map built anew.

    python bench/recolour.py            # 180 wards both ways, 7,500 wards ours only
    python bench/recolour.py --full     # 7,500 wards both ways: minutes

Both ways stand in two tabs of one browser on one server, and are timed in turn. A map counts as recoloured when a ward that
changes class has its new colour and two frames have been drawn since. Bytes are what crossed the wire to the browser for one
change. Times on a busy machine say little: read the ratio.
"""

import argparse
import statistics
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import CDPSession, Page, sync_playwright

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from tests.browser.made_up_wards import made_up_wards  # noqa: E402
from tests.browser.serving import StreamlitServer, launch  # noqa: E402
from tests.get_browser import find_browser  # noqa: E402

FILLS = ("#12436d", "#28a197", "#f46a25")
"""Of the first ward, by measure (`map_app.py`)."""

_CHANGE = """async ([measure, fill]) => {
    const recoloured = () => [...document.querySelectorAll("iframe[src*='streamlit_folium.st_folium']")].some(frame => {
        const map = frame.contentWindow.map;
        const first = map && Object.values(map._layers).find(l => l.feature && l.feature.properties.code === "E05000000");
        return first && first.options.fillColor === fill; });
    const frame = () => new Promise(requestAnimationFrame);
    const start = performance.now();
    if (measure !== null) document.querySelectorAll("input[type=radio]")[measure].click();
    while (!recoloured()) await frame();
    await frame(); await frame();
    return (performance.now() - start) / 1000; }"""


@dataclass
class Tab:
    """One way of drawing, in its own tab, and what was measured there."""

    way: str
    page: Page
    seconds: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    _bytes: int = 0

    def watch(self) -> None:
        """Count what comes in."""
        wire = self.page.context.new_cdp_session(self.page)
        wire.send("Network.enable")
        self._count(wire)

    def _count(self, wire: CDPSession) -> None:
        def add(n: float) -> None:
            self._bytes += int(n)

        # Binary frames are reported in base64.
        wire.on("Network.webSocketFrameReceived", lambda event: add(len(event["response"]["payloadData"]) * 3 / 4))
        wire.on("Network.loadingFinished", lambda event: add(event["encodedDataLength"]))

    def change(self, measure: int | None) -> None:
        """Choose a measure and wait for its colours; `None` waits for the first drawing, which is not counted."""
        self.page.bring_to_front()
        before = self._bytes
        took = self.page.evaluate(_CHANGE, [measure, FILLS[measure or 0]])
        if measure is not None:
            self.seconds.append(took)
            self.sizes.append(self._bytes - before)


def measure_both(n: int, *, ways: tuple[str, ...], repeats: int, browser_path: str) -> list[Tab]:
    """Draw n wards each way, change the measure in turn, and give what was measured."""
    with tempfile.TemporaryDirectory() as folder:
        outlines = Path(folder) / "wards.geojson"
        outlines.write_text(made_up_wards(n)[0], encoding="utf-8")
        server = StreamlitServer(PROJECT / "bench" / "map_app.py", env={"BENCH_OUTLINES": str(outlines)})
        try:
            return _in_turn(server.wait(), ways=ways, repeats=repeats, browser_path=browser_path)
        finally:
            server.stop()


def _in_turn(url: str, *, ways: tuple[str, ...], repeats: int, browser_path: str) -> list[Tab]:
    with sync_playwright() as playwright:
        browser = launch(playwright, path=browser_path)
        context = browser.new_context(viewport={"width": 1280, "height": 1000})
        context.set_default_timeout(600_000)
        tabs = [Tab(way, context.new_page()) for way in ways]
        for tab in tabs:
            tab.page.bring_to_front()
            tab.page.goto(f"{url}/?way={tab.way}")
            tab.page.locator("input[type=radio]").first.wait_for(state="attached")
            tab.change(None)
            tab.watch()
        for turn in range(repeats):
            for tab in tabs:
                tab.change((turn + 1) % len(FILLS))
        browser.close()
    return tabs


def report(n: int, tabs: list[Tab]) -> None:
    """Print one line a way, and how many times the other takes."""
    ours = statistics.median(tabs[0].seconds)
    for tab in tabs:
        middle, size = statistics.median(tab.seconds), statistics.median(tab.sizes)
        spread = f"{min(tab.seconds):.2f} to {max(tab.seconds):.2f}"
        print(f"{n:>6,} wards  {tab.way:<8} {middle:7.2f} s ({spread})  {size / 1000:10,.0f} kB  x{middle / ours:.1f}")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="rebuild the map of 7,500 wards too")
    parser.add_argument("--repeats", type=int, default=9)
    options = parser.parse_args()
    path = find_browser()
    if path is None:
        sys.stderr.write("There is no browser to measure in: run python tests/get_browser.py\n")
        return 1
    both = ("ours", "rebuild")
    report(180, measure_both(180, ways=both, repeats=options.repeats, browser_path=path))
    large = {"ways": both, "repeats": 2} if options.full else {"ways": both[:1], "repeats": options.repeats}
    report(7500, measure_both(7500, **large, browser_path=path))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
