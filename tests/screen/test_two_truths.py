"""Of two truths that are shown alike, every screen sends the same to the last byte to whoever has no exact values."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp
from types import SimpleNamespace

import pytest
import streamlit as st
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from data.settings import load_settings
from disclosure.audiences import Audience
from ingest.places import STORE_VARIABLE, snapshot_folder
from pages.session import SETTINGS_VARIABLE
from tests.attack.publishing import open_views, telltale_model
from tests.attack.test_paper_verbs import ALIKE, SETTINGS, flagged
from tests.attack.worlds import World
from tests.provided import provision_rows

WARD, OTHER_WARDS = "X05000000", ("X05000001", "X05000002")
SCREENS: dict[str, tuple[str, dict[str, str]]] = {
    "overview": ("overview", {"audience": "inspector"}),
    "explore": ("explore", {"audience": "inspector", "ward": WARD, "groups": "wards"}),
    "ward": ("ward", {"audience": "steering", "ward": WARD}),
    "hotspots": ("hotspots", {"audience": "steering"}),
    "hotspots, provided": ("hotspots", {"audience": "steering", "slide": "provided"}),
    "methods": ("methods", {"audience": "inspector"}),
    "methods, statistics": ("methods", {"audience": "steering", "method": "statistics"}),
    "briefings": ("briefings", {"audience": "inspector"}),
    "briefings, draft": ("briefings", {"audience": "inspector", "show": "draft", "ward": WARD}),
    "briefings, papers": ("briefings", {"audience": "inspector", "show": "papers"}),
    "briefings, register": ("briefings", {"audience": "inspector", "show": "register"}),
}
"""Name of the case, the screen, and its address. *Data* is for those who have exact values."""
SAME_OF_ALL = {"briefings, papers", "briefings, register"}
"""Cases that say nothing of what was counted."""
Sent = dict[str, list[bytes]]
"""What the browser was sent, element by element, by case."""


@pytest.fixture
def sent(
    open_screen: Callable[..., AppTest], drawn: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Callable[[World], Sent]]:
    """Serve a world, and open every screen of it."""

    def of_world(world: World) -> Sent:
        folder = Path(mkdtemp(dir=tmp_path))
        (folder / "settings.toml").write_text(SETTINGS, encoding="utf-8")
        monkeypatch.setenv(STORE_VARIABLE, str(folder / "store"))
        monkeypatch.setenv(SETTINGS_VARIABLE, str(folder / "settings.toml"))
        st.cache_resource.clear()
        settings = load_settings(folder / "settings.toml")
        with telltale_model():
            store = snapshot_folder(settings)
            open_views(
                world,
                store,
                audiences=(Audience.STEERING,),
                mark="the same",
                settings=settings,
                provision=provision_rows(wards=[WARD, *OTHER_WARDS]),
            )
            return {
                case: _elements(open_screen(screen, **address), drawn) for case, (screen, address) in SCREENS.items()
            }

    yield of_world
    st.cache_resource.clear()


def _elements(app: AppTest, drawn: SimpleNamespace) -> list[bytes]:
    assert not app.exception
    assert not app.error
    protos = [one.proto for one in app if getattr(one, "proto", None) is not None]
    on_map = repr((drawn.codes, drawn.styles, drawn.ahead, getattr(drawn, "notes", None))).encode()
    return [on_map, *(_without_chance(one).SerializeToString(deterministic=True) for one in protos)]


def _without_chance(proto: Message) -> Message:
    """Take out the number by which Streamlit knows a file that is not made yet, drawn anew each time."""
    if "deferred_file_id" in proto.DESCRIPTOR.fields_by_name:
        proto.ClearField("deferred_file_id")
    return proto


def test_every_screen_sends_the_same_of_truths_that_are_shown_alike_and_other_things_of_others(sent):
    first, second, other = (sent(flagged(*more)) for more in ((), ALIKE, [(0, 1, 12, 40)]))
    assert [screen for screen in first if first[screen] != second[screen]] == []
    assert {screen for screen in first if first[screen] == other[screen]} <= SAME_OF_ALL
    assert all(len(elements) > 5 for elements in first.values())
