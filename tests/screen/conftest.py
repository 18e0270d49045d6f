"""The dashboard without a browser: Streamlit's own test harness, with the map replaced by a note of what it was given."""

import gc
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

import pages.components.map_block as map_block
from ingest.places import STORE_VARIABLE
from pages.session import SETTINGS_VARIABLE

PROJECT = Path(__file__).resolve().parents[2]
RUN_SECONDS = 60.0


@pytest.fixture(scope="session", autouse=True)
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The demonstration area, ingested once for all tests of screens: they only read it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(STORE_VARIABLE, str(tmp_path_factory.mktemp("snapshots")))
        patch.delenv(SETTINGS_VARIABLE, raising=False)
        st.cache_resource.clear()
        yield
    st.cache_resource.clear()


@pytest.fixture(scope="session", autouse=True)
def components_found_once() -> Iterator[None]:
    """Streamlit's harness reads the metadata of every installed package anew for each test: here once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="module", autouse=True)
def each_fit_once(remembered_fits: None) -> None:
    """Where what the server keeps is forgotten between tests, at least fits are not made anew."""


@pytest.fixture(scope="module", autouse=True)
def what_is_there_is_no_garbage() -> None:
    """After each run of a screen Streamlit looks for garbage in all there is: leave out what was there before this file."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def other_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """Serve another partnership for one test: `other_settings(toml)`."""

    def use(toml: str) -> None:
        path = tmp_path / "settings.toml"
        path.write_text(toml, encoding="utf-8")
        monkeypatch.setenv(SETTINGS_VARIABLE, str(path))
        st.cache_resource.clear()

    yield use
    st.cache_resource.clear()


@pytest.fixture
def titles(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Titles that the tab was given, in order."""
    given: list[str] = []
    set_config = st.set_page_config

    def note(*, page_title: str | None = None, **others: object) -> None:
        if page_title is not None:
            given.append(page_title)
        set_config(page_title=page_title, **others)

    monkeypatch.setattr(st, "set_page_config", note)
    return given


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """What the map was given in the last run (`codes`, `styles`, `selected`, `key`), and what it answers (`click`)."""
    seen = SimpleNamespace(click=None, codes=(), styles=(), selected=None, key="", outlines=None, ahead=None)

    def note(outlines: object, **given: object) -> str | None:
        seen.outlines = outlines
        seen.__dict__.update(given)
        answer, seen.click = seen.click, None
        return answer

    monkeypatch.setattr(map_block, "ward_map", note)
    return seen


@pytest.fixture
def open_screen(drawn: SimpleNamespace) -> Callable[..., AppTest]:
    """Open a screen at an address: `open_screen("explore", measure="probability")`."""

    def open_it(screen: str = "overview", *, user: Mapping[str, object] | None = None, **address: str) -> AppTest:
        app = AppTest.from_file(str(PROJECT / "pages" / "navigation.py"), default_timeout=RUN_SECONDS)
        app.user = dict(user or {})
        for key, value in address.items():
            app.query_params[key] = value
        if screen == "explore":
            app.run()
        if screen != "overview":
            app.switch_page(f"views/{screen}.py")
            for key, value in address.items():
                app.query_params[key] = value
        return app.run()

    return open_it
