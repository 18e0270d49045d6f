"""Where no file of what is provided was loaded: a line that says so and what to do, never that nothing is provided."""

from streamlit.testing.v1 import AppTest


def _ward() -> None:
    from pages.components.ward_provided import show_provided

    show_provided(None, "X05000001")


def _slide() -> None:
    from dataclasses import replace
    from datetime import date

    from briefing.papers.steering_facts import PackFacts
    from pages.components.hotspot_provided import show_provided_slide
    from tests.briefings import make_area

    area = replace(make_area(), provision=None)
    show_provided_slide(
        PackFacts(area, (), made_on=date(2026, 1, 1), last_meeting=None, decisions=(), briefings=(), late_actions=())
    )


def test_both_screens_say_that_no_file_was_loaded_and_what_to_do() -> None:
    for draw in (_ward, _slide):
        app = AppTest.from_function(draw, default_timeout=120).run()
        assert not app.exception
        told = "\n".join(one.proto.body for one in app.get("html"))
        assert "No file of what is provided has been loaded." in told
        assert "ingest --provision" in told
