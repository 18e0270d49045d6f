"""What changed since the window before: a layer of the map, a few lines in the ward's panel and on the overview."""

import re
from collections.abc import Iterator

import pytest

import pages.session as session
from analysis.changes import changes_between
from data.settings import Break
from disclosure import views
from disclosure.changes import FROM_BOTH_WINDOWS

PHRASES = [
    "new: high on both now, not before",
    "persistent: high on both now and before",
    "easing: high on both before, probably less now",
    "cleared: high on both before, not now",
    "not high on both, now or before",
    "too uncertain to say",
    "no denominator",
]
RISEN = "X05000022"
"""A ward of the demonstration area whose risks were raised in its last year on purpose."""


def html_of(app) -> str:
    return "\n".join(one.proto.body for one in app.get("html"))


def measures_of(app) -> list[str]:
    return app.button_group(key="measure_of_model").options


def measure_in_address(app) -> str:
    value = app.query_params["measure"]
    return value if isinstance(value, str) else value[0]


@pytest.fixture
def nothing_compared() -> Iterator[None]:
    """No comparison is known yet, whatever other tests have asked for, nor does one of this test stay."""
    session._kept.clear()
    yield
    session._kept.clear()


def test_change_stands_after_the_models_measures_and_recolours_the_same_map(open_screen, drawn):
    app = open_screen("explore")
    first = drawn.outlines.version, drawn.key
    assert measures_of(app)[-1] == "Change"
    app.button_group(key="measure_of_model").set_value("change").run()
    assert not app.exception
    assert not app.error
    assert (drawn.outlines.version, drawn.key) == first
    assert [style.label for style in drawn.styles] == PHRASES
    assert drawn.codes[drawn.outlines.ward_codes.index(RISEN)] == 0
    assert measure_in_address(app) == "change"
    assert "October 2025 to September 2026, and whether they were in October 2024 to September 2025" in html_of(app)
    assert FROM_BOTH_WINDOWS in html_of(app)


@pytest.mark.parametrize("audience", ["analyst", "steering"])
def test_a_window_with_none_before_it_offers_no_change_and_a_link_to_it_is_told_why(open_screen, drawn, audience):
    app = open_screen("explore", measure="change", quarters="12", audience=audience)
    assert not app.exception
    assert not app.error
    assert "There is nothing to compare October 2023 to September 2026 with" in app.info[0].value
    assert "Choose a window of" in app.info[0].value
    assert drawn.styles[0].label == "high on both"
    assert "Change" not in measures_of(app)
    app.button_group(key="measure_of_model").set_value("overlap").run()
    assert not app.info


def test_a_shorter_window_brings_the_change_back(open_screen, drawn):
    app = open_screen("explore", measure="change", quarters="12")
    app.selectbox(key="quarters").set_value("4").run()
    assert not app.info
    assert [style.label for style in drawn.styles] == PHRASES


def test_the_panel_offers_the_comparison_and_then_tells_it_of_every_ward(open_screen, nothing_compared):
    app = open_screen("explore", ward=RISEN, quarters="8")
    assert "Since the window before" not in html_of(app)
    app.button(key="ward_change").click().run()
    assert not app.exception
    assert "in October 2024 to September 2026" in html_of(app)
    assert "Since the window before" in html_of(app)
    app.selectbox(key="ward").set_value("X05000009").run()
    assert "Since the window before" in html_of(app)
    assert not [one for one in app.button if one.key == "ward_change"]


def test_choosing_the_change_on_the_map_makes_the_panel_tell_of_it(open_screen, nothing_compared):
    app = open_screen("explore", ward=RISEN, quarters="8")
    assert "Since the window before" not in html_of(app)
    app.button_group(key="measure_of_model").set_value("change").run()
    assert not app.exception
    assert "Since the window before" in html_of(app)


def test_the_analyst_is_told_the_probabilities(open_screen):
    app = open_screen("explore", ward=RISEN, measure="change")
    assert not app.error
    assert "High on both in October 2025 to September 2026, but not in" in html_of(app)
    assert "persistent under 1 in 100" in html_of(app)
    assert "almost certain, 98 in 100" in html_of(app)


@pytest.mark.parametrize("audience", ["inspector", "steering"])
def test_others_are_told_the_class_in_a_sentence_and_no_probability(open_screen, audience):
    app = open_screen("explore", ward=RISEN, measure="change", audience=audience)
    assert not app.error
    panel = html_of(app).partition("Since the window before")[2]
    assert "October 2025 to September 2026" in panel
    assert "October 2024 to September 2025" in panel
    assert "persistent under 1 in 100" not in html_of(app)
    assert "almost certain, 98 in 100" not in html_of(app)


def test_the_overview_says_what_changed_and_leads_to_the_map_of_it(open_screen, drawn):
    app = open_screen()
    assert not app.error
    assert "against October 2024 to September 2025: <b>2 new, 10 persistent, 1 easing, none cleared</b>" in html_of(app)
    assert "<b>New</b>: Garrelsbank; Thrusselwell" in html_of(app)
    assert "<b>Cleared</b>" not in html_of(app)
    app = app.button(key="changes_on_map").click().run()
    assert not app.exception
    assert measure_in_address(app) == "change"
    assert [style.label for style in drawn.styles] == PHRASES


def test_the_overview_tells_others_what_the_map_of_changes_shows_them(open_screen, drawn):
    """Fewer wards than the analyst is told of: from ranges of counts not every one can be told."""
    app = open_screen(audience="steering")
    assert not app.error
    said = re.search(
        r"against October 2024 to September 2025: <b>(.+) new, (.+) persistent, (.+) easing, (.+) cleared</b>",
        html_of(app),
    )
    told = [0 if number == "none" else int(number) for number in said.groups()]
    app.button(key="changes_on_map").click().run()
    assert [list(drawn.codes).count(place) for place in range(4)] == told
    assert 0 < sum(told) <= 13


def test_a_known_break_is_said_on_the_map_in_the_panel_and_on_the_overview(open_screen, nothing_compared, monkeypatch):
    crossed = Break(measure="both", quarter="2025/26 Q1", because="The way of counting changed.")

    def across_a_break(tables, *, breaks, **asked):
        assert breaks == ()
        return changes_between(tables, breaks=[crossed], **asked)

    monkeypatch.setattr(views, "changes_between", across_a_break)
    assert html_of(open_screen()).count(crossed.because) == 1
    assert html_of(open_screen("explore", ward=RISEN, measure="change")).count(crossed.because) == 2
