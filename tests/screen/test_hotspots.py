"""The steering group's slides: one message each, what the group may have whoever looks, decisions recorded on the spot."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from disclosure.audit import What
from ingest.places import STORE_VARIABLE
from pages.components.briefing_today import today
from pages.components.hotspot_slides import SLIDES
from pages.session import audit
from pages.ward_facts import decisions

KINDS = ("new", "persistent", "easing", "unclear")


@pytest.fixture(scope="module", autouse=True)
def own_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Decisions are kept beside the snapshots: these tests have a store of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(STORE_VARIABLE, str(tmp_path_factory.mktemp("hotspots")))
        st.cache_resource.clear()
        yield
    st.cache_resource.clear()


def html_of(app: AppTest) -> str:
    return "\n".join(one.proto.body for one in app.get("html"))


def labelled(elements, start: str):
    return next(one for one in elements if one.label.startswith(start))


def written(app: AppTest, recommendation: str, *, of_ward: bool = False) -> AppTest:
    if of_ward:
        labelled(app.selectbox, "About").select_index(1).run()
    else:
        labelled(app.text_area, "Finding").set_value("What the schools say.")
    labelled(app.text_area, "What is to be done").set_value(recommendation)
    labelled(app.text_input, "Owner").set_value("Education officer")
    labelled(app.text_input, "By when").set_value(f"{today() + timedelta(days=30):%d/%m/%Y}")
    return labelled(app.button, "Write it down").click().run()


def test_the_first_slide_says_what_the_group_may_have_whoever_looks(open_screen):
    told = {audience: html_of(open_screen("hotspots", audience=audience)) for audience in ("analyst", "steering")}
    assert "4 wards are flagged as high on both" in told["analyst"]
    assert told["analyst"] == told["steering"]
    assert [row.audience for row in audit().entries() if row.what == What.HOTSPOTS][:2] == ["steering", "steering"]


@pytest.mark.parametrize("slide", KINDS)
def test_a_slide_of_wards_says_how_many_against_when_and_how_sure(open_screen, slide):
    app = open_screen("hotspots", slide=slide)
    assert not app.error
    assert "Set against October 2024 to September 2025" in html_of(app)
    named = [one for one in app.button if (one.key or "").startswith(f"ward-{slide}-")]
    assert html_of(app).count('class="wo-bar"') == len(named)


def test_flagged_wards_in_which_nothing_is_known_to_be_provided_stand_on_a_slide_with_the_files_day(open_screen):
    app = open_screen("hotspots", slide="provided")
    assert not app.error
    told = html_of(app)
    assert "2 flagged wards without known provision" in told
    assert "That is so by the file of 30 September 2026." in told
    assert "That nothing is known does not mean that nothing is provided." in told
    assert [one.label.replace("\\", "") for one in app.expander] == [
        "Flagged, and something runs: 2",
        "Not flagged, and something runs: 29",
        "The same in figures",
    ]
    cards = [one for one in app.button if (one.key or "").startswith("ward-provided-")]
    assert len(cards) == 2
    app = cards[0].click().run()
    assert app.query_params["slide"] in ("each", ["each"])


def test_every_ward_that_is_flagged_stands_on_one_slide(open_screen):
    named = [
        one.key.rpartition("-")[2]
        for slide in ("new", "persistent", "unclear")
        for one in open_screen("hotspots", slide=slide).button
        if (one.key or "").startswith("ward-")
    ]
    assert len(named) == len(set(named)) == 4


def test_a_decision_is_written_down_on_the_spot_and_stands_among_those_of_today(open_screen):
    app = written(open_screen("hotspots", slide="decide"), "Ask the schools of all wards.")
    assert [one.value for one in app.error] == []
    assert "Ask the schools of all wards." in html_of(app)
    (record,) = decisions().search("schools of all wards")
    assert (record.draft.ward_code, record.draft.owner) == ("", "Education officer")
    assert labelled(app.text_area, "What is to be done").value == ""
    assert labelled(app.text_input, "By when").value == ""


def test_of_a_ward_that_is_chosen_how_it_stands_is_offered_as_the_finding(open_screen):
    app = open_screen("hotspots", slide="decide")
    first = labelled(app.selectbox, "About").options[1]
    written(app, "Visit the youth club.", of_ward=True)
    (record,) = decisions().search("youth club")
    assert record.draft.finding.startswith("High on both (")
    assert f"{record.draft.ward_name} ({record.draft.district}), flagged" == first


def test_a_finding_that_was_written_is_kept_when_a_ward_is_chosen(open_screen):
    app = open_screen("hotspots", slide="decide")
    labelled(app.text_area, "Finding").set_value("What the schools say.").run()
    app = labelled(app.selectbox, "About").select_index(1).run()
    assert labelled(app.text_area, "Finding").value == "What the schools say."
    labelled(app.text_area, "Finding").set_value("").run()
    app = labelled(app.selectbox, "About").select_index(2).run()
    assert labelled(app.text_area, "Finding").value.startswith("High on both (")


def test_every_flagged_ward_has_a_slide_one_click_from_its_card_with_its_figures_and_a_way_to_decide(open_screen):
    app = open_screen("hotspots", slide="unclear")
    card = next(one for one in app.button if (one.key or "").startswith("ward-unclear-"))
    app = card.click().run()
    assert app.query_params["slide"] in ("each", ["each"])
    assert f". {card.label}, " in html_of(app)
    assert "<b>Referrals to Prevent:</b> high for the area; count, rounded, " in html_of(app)
    app = app.button(key="ward_decide").click().run()
    assert labelled(app.selectbox, "About").value == card.key.rpartition("-")[2]


def test_slides_with_nothing_on_them_are_left_out_and_named(open_screen):
    app = open_screen("hotspots")
    assert "Slides with nothing on them are left out: New" in html_of(app)
    assert "New" not in app.button_group(key="slide").options


def test_the_papers_of_a_meeting_are_offered_on_a_slide(open_screen):
    app = open_screen("hotspots", audience="steering", slide="papers")
    app = app.button(key="make-steering").click().run()
    assert app.error[0].value.startswith("Give the day")
    app = app.text_input(key="pack_meeting").set_value("12 March 2099").run()
    assert "there should be figures to December 2098" in app.warning[0].value


def test_what_is_missing_in_a_decision_is_said_and_nothing_is_written(open_screen):
    before = len(decisions().search())
    app = labelled(open_screen("hotspots", slide="decide").button, "Write it down").click().run()
    assert app.error
    assert len(decisions().search()) == before


def test_what_became_of_a_decision_is_said_where_it_stands(open_screen):
    app = written(open_screen("hotspots", slide="decide"), "Print the leaflet.")
    (record,) = decisions().search("leaflet")
    labelled([one for one in app.text_area if one.key == f"note-{record.id}"], "What came").set_value("Printed.")
    next(one for one in app.button if one.key == f"conclude-{record.id}").click().run()
    assert decisions().decision(record.id).outcome == "done"


def test_the_slides_are_turned_by_buttons_that_have_keys_and_the_first_cannot_be_turned_back(open_screen):
    app = open_screen("hotspots")
    assert app.button(key="slide_back").disabled
    app = app.button(key="slide_on").click().run()
    assert app.query_params["slide"] in ("persistent", ["persistent"])
    assert list(SLIDES)[-1] == "papers"


def test_the_projector_is_given_the_marking_without_the_menu(open_screen):
    app = open_screen("hotspots", full="yes")
    assert '[data-testid="stHeader"]' in html_of(app)
    assert "OFFICIAL-SENSITIVE" in html_of(app)
