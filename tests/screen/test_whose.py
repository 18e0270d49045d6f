"""Whose screen it is: the partnership stands in the banner and in the title of the tab, as text whatever it is called."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from data.demo.files import demo_settings
from tests.area_files import SETTINGS
from tests.screen.test_sign_in import html_of

DEMO = demo_settings().partnership.name
HOSTILE = "<b>X</b> ![x](http://e.invalid) :material/map: $x$"


def named(app: AppTest, name: str) -> bool:
    return f'<b>OFFICIAL-SENSITIVE</b><span class="whose">{name}</span>' in html_of(app)


@pytest.mark.parametrize("screen", ["overview", "explore", "hotspots", "ward", "briefings", "data", "methods", "audit"])
def test_every_screen_and_its_tab_say_whose_it_is(
    open_screen: Callable[..., AppTest], titles: list[str], screen: str
) -> None:
    app = open_screen(screen)
    assert not app.exception
    assert named(app, DEMO)
    assert titles[-1] == f"{screen.capitalize()} – {DEMO} – Ward Overlap"


def test_a_hostile_name_stays_text(
    open_screen: Callable[..., AppTest], other_settings: Callable[[str], None], titles: list[str]
) -> None:
    other_settings(SETTINGS.replace("Sixwards", HOSTILE))
    app = open_screen("data")
    assert named(app, HOSTILE.replace("<", "&lt;").replace(">", "&gt;"))
    assert "<b>X" not in html_of(app)
    assert titles[-1] == f"Data – {HOSTILE} – Ward Overlap"
