"""What every browser test has: a server, a browser, a page that must behave.

- `serve(script, env=..., arguments=...)` gives the address of a running app. The same script with the same surroundings is served
  once a test session; give each test that changes what is stored its own `env`.
- `page` is a fresh page (1280 by 1000 pixels: lower, and the page scrolls under a click). Change it with
  `@pytest.mark.parametrize("page", [{"color_scheme": "dark"}], indirect=True)`; keys are those of `Browser.new_context`.
- The test fails if its page asked any other machine for anything, or wrote an error to the console, or threw one. A test that
  provokes an error on purpose empties `page_faults`.
- On failure, a picture and what the console said go to `test-results/`.

Wait for what the page shows or for an attribute that it sets (`MapOnPage.wait`), never for time.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from ingest.places import SETTINGS_VARIABLE, STORE_VARIABLE
from tests.browser.serving import HOST, PROJECT, StreamlitServer, launch
from tests.get_browser import find_browser

RESULTS = PROJECT / "test-results"
_PATIENCE = 20_000
"""Milliseconds that a busy machine may take for one step."""
_PROBE = re.compile(rf"^http://{re.escape(HOST)}:\d+/\w+/_stcore/(health|host-config)$")
"""Opened at `/explore`, Streamlit's own page asks whether the server lives there before it asks at the root."""
_FAILED = pytest.StashKey[bool]()

Serve = Callable[..., str]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember whether the test failed, for the page to take its picture."""
    report = yield
    if report.failed:
        item.stash[_FAILED] = True
    return report


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright itself."""
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One browser for all tests."""
    path = find_browser()
    if path is None:
        pytest.skip("there is no browser: run python tests/get_browser.py")
    running = launch(playwright, path=path)
    yield running
    running.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Serve a script: `serve(script, env={...}, arguments=(...), base_path="/wards")` gives its address."""
    running: dict[object, tuple[StreamlitServer, str]] = {}

    def start(
        script: Path, *, env: Mapping[str, str] | None = None, arguments: tuple[str, ...] = (), base_path: str = ""
    ) -> str:
        which = (script, tuple(sorted((env or {}).items())), arguments, base_path)
        if which not in running:
            path = ("--server.baseUrlPath", base_path) if base_path else ()
            server = StreamlitServer(script, env=env, arguments=(*arguments, *path))
            running[which] = (server, server.wait(base_path=base_path))
        return running[which][1]

    yield start
    for server, _ in running.values():
        server.stop()


@pytest.fixture(scope="session")
def demonstration_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of what the dashboard on the demonstration area keeps."""
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="session")
def demonstration(serve: Serve, demonstration_store: Path) -> str:
    """Address of a dashboard on the demonstration area."""
    return serve(PROJECT / "dashboard.py", env={STORE_VARIABLE: str(demonstration_store), SETTINGS_VARIABLE: ""})


@pytest.fixture
def page_faults() -> list[str]:
    """What the page did wrong, one line each; must be empty when the test ends."""
    return []


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """One browser context for each set of options, so that Streamlit's own files are fetched once and not once a test."""
    opened: dict[str, BrowserContext] = {}

    def context(**options: object) -> BrowserContext:
        which = repr(sorted(options.items()))
        if which not in opened:
            opened[which] = browser.new_context(**options)  # type: ignore[arg-type]
            opened[which].set_default_timeout(_PATIENCE)
        return opened[which]

    yield context
    for one in opened.values():
        one.close()


@pytest.fixture
def page(
    contexts: Callable[..., BrowserContext], request: pytest.FixtureRequest, page_faults: list[str]
) -> Iterator[Page]:
    """A page without cookies or anything stored, watched."""
    context = contexts(**{"viewport": {"width": 1280, "height": 1000}, **getattr(request, "param", {})})
    opened = context.new_page()
    console: list[str] = []
    opened.on("request", lambda asked: _note_outsider(asked.url, page_faults))
    opened.on("websocket", lambda socket: _note_outsider(socket.url, page_faults))
    opened.on("console", lambda message: _note_message(message, console, page_faults))
    opened.on("pageerror", lambda error: page_faults.append(f"thrown: {error}"))
    yield opened
    if request.node.stash.get(_FAILED, False) or page_faults:
        _keep(opened, name=request.node.name, lines=[*page_faults, *console])
    _forget(opened)
    assert not page_faults, "\n".join(page_faults)


def _forget(page: Page) -> None:
    if page.url.startswith("http"):
        page.evaluate("localStorage.clear(); sessionStorage.clear(); 0")
    page.context.clear_cookies()
    page.close()


def _note_outsider(url: str, faults: list[str]) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("data", "blob", "about") and parts.hostname != HOST:
        faults.append(f"asked another machine: {url}")


def _note_message(message: ConsoleMessage, console: list[str], faults: list[str]) -> None:
    console.append(f"{message.type}: {message.text}")
    if message.type == "error" and not _PROBE.search(message.location.get("url", "")):
        faults.append(f"console error: {message.text}")


def _keep(page: Page, *, name: str, lines: list[str]) -> None:
    RESULTS.mkdir(exist_ok=True)
    stem = re.sub(r"[^\w.-]+", "_", name)[:100]
    (RESULTS / f"{stem}.txt").write_text("\n".join(lines), encoding="utf-8")
    try:
        page.screenshot(path=RESULTS / f"{stem}.png")
    except Error as error:  # the page may have crashed; the words are kept all the same
        (RESULTS / f"{stem}.txt").write_text("\n".join([*lines, f"no picture: {error}"]), encoding="utf-8")
