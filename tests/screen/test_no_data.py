import re

from data.demo.files import SETTINGS_TOML
from disclosure.views import SnapshotView


def states(app):
    """Titles of the states that are drawn, a fault marked with an exclamation mark."""
    bodies = "".join(one.proto.body for one in app.get("html"))
    return [
        ("!" if fault else "") + title for fault, title in re.findall(r'class="wo-state( fault)?">([^<]*)<', bodies)
    ]


def test_a_partnership_without_a_snapshot_is_told_how_to_load_one(open_screen, other_settings):
    other_settings(SETTINGS_TOML.replace("Wendshire (fictional)", "Somewhere new"))
    for screen in ("overview", "explore", "ward", "hotspots", "briefings", "methods"):
        app = open_screen(screen)
        assert not app.exception
        assert app.title[0].value == "Somewhere new"
        assert "No data have been loaded" in app.info[0].value
        assert states(app) == ["No data yet"]


def test_a_mistake_in_the_settings_is_shown_as_a_sentence(open_screen, other_settings):
    other_settings(SETTINGS_TOML + "\n[nonsense]\n")
    app = open_screen()
    assert not app.exception
    assert "there is no such setting" in app.error[0].value
    assert states(app) == ["!This could not be worked out"]


def test_a_ward_that_is_not_there_and_one_that_is_not_chosen_are_states_and_no_faults(open_screen):
    assert states(open_screen("ward", ward="E05999999")) == ["Not found here", "No ward is chosen"]


def test_a_fault_of_the_program_is_told_from_what_could_not_be_worked_out(open_screen, monkeypatch):
    monkeypatch.setattr(SnapshotView, "answer", lambda *_: 1 / 0)
    app = open_screen("explore", threshold="3.0", strand="religion")
    assert states(app)[-1] == "!The program failed here"
    assert "Something went wrong" in app.error[0].value
