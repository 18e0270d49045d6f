"""Takes the pictures in docs/screens from the demonstration area: `python docs/take_screens.py`."""

import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from ingest.places import STORE_VARIABLE  # noqa: E402
from pages.session import SETTINGS_VARIABLE  # noqa: E402
from tests.browser.map_on_page import MapOnPage  # noqa: E402
from tests.browser.serving import StreamlitServer, launch  # noqa: E402
from tests.get_browser import find_browser  # noqa: E402

SCREENS = {
    "overview": "",
    "explore": "/explore?ward=X05000022&measure=risk_incidents",
    "hotspots": "/hotspots",
    "provided": "/hotspots?slide=provided",
    "ward": "/ward?ward=X05000003",
    "briefings": "/briefings",
    "papers": "/briefings?show=papers",
    "data": "/data",
    "methods": "/methods",
    "audit": "/audit",
}
WITH_MAP = ("overview", "explore", "hotspots", "ward")
SIZES = {1280: 1000, 1920: 1080}
FOLDER = PROJECT / "docs" / "screens"


def take_all(browser: Browser, address: str) -> None:
    """Take each screen at each width in both themes."""
    for theme in ("light", "dark"):
        for width, height in SIZES.items():
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
            for name, path in SCREENS.items():
                page = context.new_page()
                page.goto(address + path)
                _wait(page, with_map=name in WITH_MAP)
                _keep(page.screenshot(), path=FOLDER / f"{name}-{width}-{theme}.png")
                page.close()
            context.close()


def _wait(page: Page, *, with_map: bool) -> None:
    """Wait until everything is drawn: a run is over when its status has been gone for a while, since another may follow."""
    if with_map:
        MapOnPage(page).wait()
    page.get_by_test_id("stMainBlockContainer").wait_for()
    page.get_by_role("heading", level=1).first.wait_for(timeout=120_000)
    for _ in range(3):
        page.wait_for_timeout(1_000)
        page.get_by_test_id("stStatusWidget").wait_for(state="detached", timeout=120_000)


def _keep(picture: bytes, *, path: Path) -> None:
    """Store a picture in 256 colours, a third of its size: the screens use few."""
    Image.open(BytesIO(picture)).convert("RGB").quantize(256).save(path, optimize=True)


def main() -> None:
    """Serve the demonstration area and take the pictures."""
    FOLDER.mkdir(exist_ok=True)
    path = find_browser()
    if path is None:
        sys.exit("There is no browser: run python tests/get_browser.py")
    with tempfile.TemporaryDirectory() as store, sync_playwright() as playwright:
        server = StreamlitServer(PROJECT / "dashboard.py", env={STORE_VARIABLE: store, SETTINGS_VARIABLE: ""})
        browser = launch(playwright, path=path)
        try:
            take_all(browser, server.wait())
        finally:
            browser.close()
            server.stop()


if __name__ == "__main__":
    main()
