from functools import partial

import pytest

import disclosure.data_power as data_power
import pages.session as session
from analysis.chance import flags_by_chance
from analysis.power import what_can_be_found
from tests.screen.test_explore import html_of

BUTTONS = ["what_can_be_found", "flags_by_chance"]


@pytest.fixture(autouse=True)
def one_trial(monkeypatch):
    """One trial of each kind in place of forty, and nothing known from another test."""
    monkeypatch.setattr(data_power, "what_can_be_found", partial(what_can_be_found, trials=1))
    monkeypatch.setattr(data_power, "flags_by_chance", partial(flags_by_chance, maps=1))
    session._kept.clear()
    yield
    session._kept.clear()


def buttons(app):
    return [one.key for one in app.button if one.key in BUTTONS]


def charts(app):
    return len(app.get("vega_lite_chart"))


def test_nothing_is_worked_out_before_it_is_asked_for(open_screen):
    app = open_screen("explore")
    assert buttons(app) == BUTTONS
    assert charts(app) == 0
    assert "takes a minute or two" in html_of(app)


def test_what_is_asked_for_is_drawn_and_said_and_then_known_to_everyone_who_may_ask(open_screen):
    app = open_screen("explore")
    app.button(key="what_can_be_found").click().run()
    assert not app.error
    assert buttons(app) == ["flags_by_chance"]
    assert "A typical ward " in html_of(app)
    assert "may still be high on both" in html_of(app)
    app.button(key="flags_by_chance").click().run()
    assert not app.error
    assert "wards are flagged; about" in html_of(app)
    assert charts(app) == 2
    again = open_screen("explore")
    assert buttons(again) == []
    assert charts(again) == 2


@pytest.mark.parametrize("audience", ["inspector", "steering"])
def test_others_are_neither_offered_it_nor_shown_what_the_analyst_had_worked_out(open_screen, audience):
    open_screen("explore").button(key="flags_by_chance").click().run()
    app = open_screen("explore", audience=audience)
    assert not app.exception
    assert not app.error
    assert buttons(app) == []
    assert charts(app) == 0
    assert "If the two were unrelated" not in html_of(app)
    assert "takes a minute or two" not in html_of(app)


def test_a_fault_while_working_is_said_and_it_can_be_asked_for_again(open_screen, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(data_power, "flags_by_chance", lambda *_, **__: 1 / 0)
        app = open_screen("explore")
        app.button(key="flags_by_chance").click().run()
        assert not app.exception
        assert [one.value for one in app.error] == [
            "Something went wrong in the program. It has been logged, without data. Reload the page to go on."
        ]
    assert buttons(app.run()) == BUTTONS


def test_another_question_is_not_worked_out_unasked(open_screen):
    app = open_screen("explore")
    app.button(key="flags_by_chance").click().run()
    assert charts(app) == 1
    app.selectbox(key="threshold").set_value("2.0").run()
    assert buttons(app) == BUTTONS
    assert charts(app) == 0
