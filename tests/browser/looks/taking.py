"""Taking a picture of a screen when it is drawn and stands still, and holding it to the stored one."""

import json
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.looks.comparing import ALLOWED, Difference, are_same, difference, write_evidence
from tests.browser.serving import PROJECT

PICTURES = Path(__file__).parent / "pictures"
RESULTS = PROJECT / "test-results"
TAKEN_WITH = PICTURES / "taken_with.json"
ACCEPT = pytest.StashKey[bool]()
"""Set where today's look is to be stored."""
COMMAND = "python -m tests.browser.looks"
WIDTH, HEIGHT = 1280, 2700
"""Pixels of the window: the longest screen is in it as a whole, so that no picture depends on where a screen is scrolled to."""
_WORDS = {
    r"\b[0-9]{4}-[0-9]{2}-q[0-9]-[0-9a-f]{12}\b": "2000-01-q1-000000000000",  # a snapshot: made from a key of its store
    r"\b[0-9]+:[0-9a-f]{64}\b": f"100:{64 * '0'}",  # head of the audit trail
    r"^All [0-9,]+ rows": "All 100 rows",  # of the audit trail
}
"""What differs from run to run, and what is written over it. To cover it would leave its width, which moves its neighbours."""
_COARSE = [round((level >> 3) * 255 / 31) for level in range(256)]
"""Levels of a colour as they are stored: 32 of 256, which no comparison misses, and makes a file half as large."""
_PATIENCE = 90_000
"""Milliseconds that a screen may take which asks for fits, on a busy machine."""
_BETWEEN = 150
"""Milliseconds between two pictures that must be the same."""
_LOOKS = 60
"""Pictures after which a screen that does not stand still is given up."""
_SAME_WHEN_OTHERWISE = 12
"""Pictures in a row that must be the same before a difference is believed, or a new look stored."""

_DRAWN = """() => {
    const frames = [...document.querySelectorAll("iframe[src*='st_folium']")];
    const pictures = [...document.images];
    return document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"
        && document.querySelector("h1") !== null
        && !document.querySelector("[data-stale=true], [data-testid=stSkeleton], [data-testid=stSpinner]")
        && document.fonts.status === "loaded"
        && pictures.every(one => one.complete)
        && frames.every(one => one.contentDocument?.querySelector("#map_div[data-painted]"));
}"""
_END = """() => {
    const parts = [...document.querySelectorAll("[data-testid=stMainBlockContainer] [data-testid=stElementContainer]")];
    return Math.ceil(Math.max(...parts.map(one => one.getBoundingClientRect().bottom)));
}"""
_WRITE_OVER = """words => {
    const over = text => Object.entries(words).reduce((now, [from, to]) => now.replace(new RegExp(from, "g"), to), text);
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let one = texts.nextNode(); one; one = texts.nextNode())
        if (over(one.data) !== one.data) one.data = over(one.data);
    for (const one of document.querySelectorAll("input"))
        if (over(one.value) !== one.value) one.value = over(one.value);
}"""
_PROBE = """<body style="margin:0;background:#fff;color:#16191d;font:16px system-ui,'Segoe UI',Arial,sans-serif">
<p>Of these 13 wards about 1.1 may be wrong &ndash; St Cuthelm&rsquo;s &amp; Alverwell, 97 in 100</p>
<p style="font-size:13px">October 2025 to September 2026</p><h1>Where both are high</h1><b>OFFICIAL-SENSITIVE</b>
<p style="font-family:ui-monospace,Consolas,monospace">2026/27 Q2</p><p style="font-family:Arial,sans-serif">10 km, 10 mi</p>
<svg width="200" height="100"><path d="M5 5L190 40L120 95Z" fill="#801650" stroke="#16191d" stroke-width="1.5"/></svg>"""


@dataclass(frozen=True)
class Looks:
    """The stored pictures, and whether today's are to take their place."""

    accept: bool

    def check(self, page: Page, name: str, *, height: int = HEIGHT) -> None:
        """Hold a screen to its stored picture, or store it.

        Parameters
        ----------
        name
            Of the picture: the screen, what of it is shown, and the theme if it is the dark one.
        height
            Pixels from the top that are compared, at most.

        Raises
        ------
        AssertionError
            If the screen looks otherwise, and goes on doing so.
        """
        file = PICTURES / f"{name}.png"
        stored = Image.open(file).convert("RGB") if file.is_file() else None
        now, found = _watch(page, stored, height=height)
        if stored and not (found and found.is_seen):
            return
        if self.accept:
            now.save(file, optimize=True)
            return
        assert stored, f"{name} has no stored picture. Take it: {COMMAND}"
        assert not found, _say(name, stored, now, found)


def wait_until_drawn(page: Page) -> None:
    """Wait until a screen has been run, and all that came of it stands on the page."""
    page.wait_for_function(_DRAWN, timeout=_PATIENCE)


def _watch(page: Page, stored: Image.Image | None, *, height: int) -> tuple[Image.Image, Difference | None]:
    """Take pictures until one looks as stored, or until enough in a row are the same that the screen must be done."""
    page.mouse.move(0, 0)
    last: Image.Image | None = None
    same = 0
    for _ in range(_LOOKS):
        now = _picture(page, height=height)
        same = same + 1 if last and _looks_alike(last, now) else 1
        last = now
        if stored and are_same(stored, now):
            return now, None
        if same in (2, _SAME_WHEN_OTHERWISE):
            found = difference(stored, now) if stored else None
            if same > 2 or (stored and not (found and found.is_seen)):
                return now, found
        page.wait_for_timeout(_BETWEEN)
    raise AssertionError(f"The screen at {page.url} did not stand still: no picture can be taken of it.")


def _looks_alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pictures are one look: an edge may be smoothed now this way, now that."""
    found = difference(one, other)
    return found is None or not found.is_seen


def _picture(page: Page, *, height: int) -> Image.Image:
    wait_until_drawn(page)
    page.evaluate(_WRITE_OVER, _WORDS)
    clip = {"x": 0, "y": 0, "width": WIDTH, "height": min(page.evaluate(_END) + 40, height)}
    return _read(page.screenshot(clip=clip, animations="disabled"))  # type: ignore[arg-type]


def _read(taken: bytes) -> Image.Image:
    return Image.open(BytesIO(taken)).convert("RGB").point(_COARSE * 3)


def _say(name: str, stored: Image.Image, now: Image.Image, found: Difference) -> str:
    files = write_evidence(stored, now, found, folder=RESULTS, name=f"look-{name}")
    left, top, right, bottom = found.box
    size = "" if stored.size == now.size else f" It is {now.height} pixels high and was {stored.height}."
    return (
        f"{name} looks otherwise than stored: {found.pixels} pixels differ ({ALLOWED} may), from {left}, {top} to {right}, "
        f"{bottom}.{size} Look at {', '.join(str(one.relative_to(PROJECT)) for one in files)}. "
        f"If the new look is meant, store it: {COMMAND}"
    )


def why_not_comparable(browser: Browser) -> str | None:
    """Say why pictures taken here cannot be held to the stored ones: another browser, or text drawn otherwise."""
    again = f"To have pictures of this machine, take them anew from a state known to be good: {COMMAND}"
    if not TAKEN_WITH.is_file():
        return f"there are no stored pictures. {again}"
    version = json.loads(TAKEN_WITH.read_text(encoding="utf-8"))["browser"]
    if version != _major(browser):
        return (
            f"the stored pictures were taken with version {version} of the browser, this is {_major(browser)}. {again}"
        )
    found = difference(Image.open(PICTURES / "probe.png"), _probe(browser))
    if found is not None and found.is_seen:
        return (
            f"text looks otherwise on this machine (fonts, or how they are drawn) than in the stored pictures. {again}"
        )
    return None


def note_what_they_are_taken_with(browser: Browser) -> None:
    """Store the browser's version and how text looks here, beside the pictures."""
    PICTURES.mkdir(exist_ok=True)
    TAKEN_WITH.write_text(json.dumps({"browser": _major(browser)}) + "\n", encoding="utf-8")
    _probe(browser).save(PICTURES / "probe.png", optimize=True)


def _major(browser: Browser) -> str:
    return browser.version.partition(".")[0]


def _probe(browser: Browser) -> Image.Image:
    page = browser.new_page(viewport={"width": 640, "height": 360})
    page.set_content(_PROBE)
    taken = page.screenshot()
    page.context.close()
    return _read(taken)
