"""Every window on Explore: worked out once when asked for, then small maps and a player that only recolours."""

import re

import pytest

import pages.components.windows_view as windows_view
import pages.session as session
from tests.screen.test_explore import address_of, html_of


@pytest.fixture(autouse=True)
def nothing_known():
    session._kept.clear()
    yield
    session._kept.clear()


def windows_open(open_screen, **address):
    app = open_screen("explore", below="windows", **address)
    assert "<figure>" not in html_of(app)
    app.button(key="all_windows").click().run()
    assert not app.exception
    assert not app.error
    return app


def test_the_windows_stand_beside_each_other_and_another_one_only_recolours(open_screen, drawn):
    app = windows_open(open_screen, quarters="8", wards="X05000009~X05000010")
    slider = app.select_slider(key="window_shown")
    assert slider.value == "2026/27 Q2"
    assert len(re.findall("<figure>", html_of(app))) == 3
    assert 'alt="Overlap, ' in html_of(app)
    assert drawn.key == "windows"
    assert list(drawn.chosen) == ["X05000009", "X05000010"]
    before, key = drawn.codes, (drawn.outlines.version, drawn.key)
    app.select_slider(key="window_shown").set_value("2024/25 Q2").run()
    assert drawn.codes != before
    assert (drawn.outlines.version, drawn.key) == key
    app.button_group(key="windows_of").set_value("both_risks").run()
    assert address_of(app)["windows_of"] == "both_risks"
    assert 'alt="Both risks, ' in html_of(app)
    app.button_group(key="windows_apart").set_value("quarter").run()
    assert address_of(app)["windows_apart"] == "quarter"
    assert len(re.findall("<figure>", html_of(app))) == len(slider.options)


def test_playing_goes_through_the_windows_from_the_first_and_stops_after_the_last(open_screen, drawn, monkeypatch):

    now = [0.0]
    monkeypatch.setattr(windows_view, "monotonic", lambda: now[0])
    app = windows_open(open_screen, quarters="8")
    app.button(key="play_windows").click().run()
    assert app.button(key="play_windows").label == "Stop"
    app.button_group(key="below").set_value("table").run()
    app.button_group(key="below").set_value("windows").run()
    assert app.button(key="play_windows").label == "Play", "it stops when one looks elsewhere"
    app.button(key="play_windows").click().run()
    seen = [app.select_slider(key="window_shown").value]
    for _ in range(20):
        now[0] += 2.0
        app.run()
        if app.button(key="play_windows").label == "Play":
            break
        seen.append(app.select_slider(key="window_shown").value)
    assert seen == sorted(set(seen))
    assert (seen[0], seen[-1]) == ("2024/25 Q2", "2026/27 Q2")


@pytest.mark.parametrize("audience", ["steering"])
def test_others_get_the_windows_that_are_told_and_no_others(open_screen, audience):
    app = windows_open(open_screen, audience=audience)
    view = session.view_of(session.snapshot_ids()[0], session.reader_as(session.Audience(audience)))
    (found,) = [one for key, one in session._kept().items() if key[0] == session.What.WINDOWS]
    assert [window.last for window in found.windows] == view.ends(4)[::-1]
    assert len(app.select_slider(key="window_shown").options) == len(view.ends(4))
