import re
from dataclasses import replace

import pytest

from disclosure.layers import layer_titles
from pages import session
from pages.components import ward_briefing

WARD = "X05000022"
SAID_OF_A_COUNT = r"[0-9,]*[05]|(7|1[0-9]|2[0-9]) or fewer|[0-9,]+ to [0-9,]+"
"""A rounded count, or the range that several windows together leave."""


def offered_ends(app):
    """Quarters with which a window may end, by the label that stands beside the month."""
    return [said.partition("(")[2].rstrip(")") for said in app.selectbox(key="to").options]


def html_of(app) -> str:
    return "\n".join(one.proto.body for one in app.get("html"))


def address_of(app) -> dict[str, str]:
    return {key: _only(value) for key, value in app.query_params.items()}


def _only(value) -> str:
    return value if isinstance(value, str) else value[0]


def test_it_opens_without_a_fault_and_is_marked(open_screen):
    app = open_screen("explore")
    assert not app.exception
    assert not app.error
    assert "OFFICIAL-SENSITIVE" in html_of(app)
    assert "FICTIONAL AREA" in html_of(app)


@pytest.mark.parametrize("measure", ["overlap", "both_risks", "probability", "risk_referrals", "risk_incidents"])
def test_each_measure_recolours_the_same_map(open_screen, drawn, measure):
    app = open_screen("explore")
    first = drawn.outlines.version, drawn.key
    app.button_group(key="measure_of_model").set_value(measure).run()
    assert (drawn.outlines.version, drawn.key) == first
    assert max(drawn.codes) < len(drawn.styles)
    assert address_of(app)["measure"] == measure
    titles = layer_titles()
    ahead = {one.title: (one.codes, one.styles) for one in drawn.ahead.colours}
    assert list(ahead) == list(titles.values()), "what the model says, and nothing that is computed when asked for"
    assert ahead[titles[measure]] == (drawn.codes, drawn.styles)
    assert app.button_group(key="measure_of_model").label == drawn.ahead.control


def test_the_model_comes_first_and_the_familiar_statistics_second(open_screen):
    app = open_screen("explore")
    familiar = app.selectbox(key="familiar_statistic")
    assert familiar.label == "Familiar statistics, around this ward"
    assert familiar.value is None
    assert len(familiar.options) == 7
    assert app.button_group(key="measure_of_model").value == "overlap"


@pytest.mark.parametrize("statistic", ["local_moran_referrals", "gi_star_incidents", "local_lee"])
def test_a_familiar_statistic_recolours_the_same_map_and_is_explained(open_screen, drawn, statistic):
    app = open_screen("explore")
    first = drawn.outlines.version, drawn.key
    app.selectbox(key="familiar_statistic").set_value(statistic).run()
    assert not app.exception
    assert (drawn.outlines.version, drawn.key) == first
    assert "not clear" in [style.label for style in drawn.styles]
    assert len(drawn.codes) == len(drawn.outlines.ward_codes)
    assert address_of(app)["measure"] == statistic
    assert app.button_group(key="measure_of_model").value is None
    assert "next to" in html_of(app)
    assert "49,999 random rearrangements" in html_of(app)


def test_a_familiar_statistic_is_left_by_choosing_a_layer_of_the_model_or_by_clearing_it(open_screen, drawn):
    app = open_screen("explore", measure="local_lee")
    app.button_group(key="measure_of_model").set_value("risk_incidents").run()
    assert app.selectbox(key="familiar_statistic").value is None
    assert address_of(app)["measure"] == "risk_incidents"
    app.selectbox(key="familiar_statistic").set_value("gi_star_referrals").run()
    app.selectbox(key="familiar_statistic").set_value(None).run()
    assert address_of(app)["measure"] == "overlap"
    assert drawn.styles[0].label == "high on both"


def test_a_familiar_statistic_stays_chosen_when_the_question_changes(open_screen, drawn):
    app = open_screen("explore", measure="gi_star_incidents")
    assert not app.warning
    assert app.selectbox(key="familiar_statistic").value == "gi_star_incidents"
    app.selectbox(key="quarters").set_value("12").run()
    assert not app.exception
    assert address_of(app)["measure"] == "gi_star_incidents"
    assert [style.label for style in drawn.styles][-2] == "not clear"


@pytest.mark.parametrize("audience", ["inspector", "steering"])
def test_others_than_the_analyst_are_not_offered_the_familiar_statistics(open_screen, drawn, audience):
    app = open_screen("explore", audience=audience, measure="local_lee")
    assert not app.exception
    assert len(app.warning) == 1
    assert "familiar_statistic" not in [box.key for box in app.selectbox]
    assert address_of(app)["measure"] == "overlap"


def test_the_analysts_statistic_is_not_shown_when_looking_as_another_audience(open_screen, drawn):
    app = open_screen("explore", measure="local_lee")
    app.selectbox(key="audience").set_value("steering").run()
    assert not app.exception
    assert drawn.styles[0].label == "high on both"


def test_everything_chosen_is_in_the_address_and_a_fresh_session_restores_it(open_screen, drawn):
    app = open_screen("explore")
    ward = drawn.outlines.ward_codes[3]
    app.button_group(key="measure_of_model").set_value("risk_referrals").run()
    app.selectbox(key="quarters").set_value("8").run()
    app.selectbox(key="to").set_value(offered_ends(app)[1]).run()
    app.selectbox(key="threshold").set_value("2.0").run()
    app.selectbox(key="per").set_value("workday").run()
    app.multiselect(key="sector").set_value(app.multiselect(key="sector").options[:2]).run()
    app.multiselect(key="strand").set_value(app.multiselect(key="strand").options[:1]).run()
    app.selectbox(key="ward").set_value(ward).run()
    chosen, codes = address_of(app), drawn.codes
    again = open_screen("explore", **chosen)
    assert address_of(again) == chosen
    assert drawn.codes == codes
    assert drawn.selected == ward
    assert again.title[0].value == app.title[0].value


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("ward", "E99999999"),
        ("measure", "<script>"),
        ("to", "1999/00 Q1"),
        ("threshold", "-1"),
        ("sector", "nobody~%7E"),
    ],
)
def test_an_address_that_means_nothing_here_is_said_and_replaced(open_screen, key, value):
    app = open_screen("explore", **{key: value})
    assert not app.exception
    assert len(app.warning) == 1
    assert address_of(app).get(key) != value


def test_a_click_shows_the_ward_and_both_its_rates(open_screen, drawn):
    app = open_screen("explore")
    drawn.click = drawn.outlines.ward_codes[5]
    app.run()
    assert drawn.selected == drawn.outlines.ward_codes[5]
    assert "Referrals made" in html_of(app)
    assert "Recorded incidents" in html_of(app)
    assert len(app.get("vega_lite_chart")) == 3


@pytest.mark.parametrize(("audience", "may_write"), [("analyst", True), ("steering", False)])
def test_the_panel_says_when_its_ward_was_briefed_and_leads_who_may_write_to_its_draft(
    open_screen, monkeypatch, audience, may_write
):
    said = "Briefed in June 2026 (WO-2026-0003); since then easing."
    monkeypatch.setattr(ward_briefing, "last_briefed", lambda ward, **_: said if ward == WARD else "")
    app = open_screen("explore", ward=WARD, audience=audience)
    assert said in html_of(app)
    assert ("Brief the councillors" in [one.label for one in app.button]) == may_write


def test_a_window_longer_than_the_data_before_its_end_is_not_offered(open_screen):
    app = open_screen("explore")
    app.selectbox(key="quarters").set_value("16").run()
    assert len(app.selectbox(key="to").options) == 1
    assert not app.error


def test_changing_the_length_keeps_a_last_quarter_that_is_still_possible(open_screen):
    app = open_screen("explore")
    earlier = offered_ends(app)[2]
    app.selectbox(key="to").set_value(earlier).run()
    app.selectbox(key="quarters").set_value("8").run()
    assert app.selectbox(key="to").value == earlier


@pytest.mark.parametrize("audience", ["inspector", "steering"])
def test_others_than_the_analyst_get_bands_coarse_windows_and_no_categories(open_screen, drawn, audience):
    app = open_screen("explore", ward=WARD, audience=audience)
    assert not app.error
    assert app.selectbox(key="quarters").options == ["1 year", "3 years"]
    assert not [one for one in app.multiselect if one.key in ("concern", "sector", "strand")]
    table = app.dataframe[0].value
    assert "expected_referrals" not in table
    assert set(table["observed_referrals"].str.fullmatch(SAID_OF_A_COUNT)) == {True}
    least = table["observed_referrals"].str.extract(r"(\d+) to (\d+)").dropna().astype(int)
    assert (least[1] - least[0] >= 4).all()


def test_what_one_audience_chose_is_not_shown_to_another_who_may_not(open_screen):
    app = open_screen("explore")
    app.selectbox(key="quarters").set_value("1").run()
    app.selectbox(key="audience").set_value("steering").run()
    assert not app.error
    assert app.selectbox(key="quarters").value == "4"


def test_names_and_choices_survive_a_visit_to_another_screen(open_screen, drawn):
    app = open_screen("explore")
    app.button_group(key="measure_of_model").set_value("probability").run()
    app.selectbox(key="ward").set_value("X05000009").run()
    app.switch_page("views/overview.py").run()
    app.switch_page("views/explore.py").run()
    assert app.button_group(key="measure_of_model").value == "probability"
    assert drawn.selected == "X05000009"


def test_a_category_without_a_case_in_the_window_is_said_to_have_none(open_screen):
    app = open_screen("explore")
    assert not app.warning
    app.multiselect(key="concern").set_value(["Conflicted"]).run()  # a type of concern of before 2024/25
    assert "no referrals of the chosen kind" in app.warning[0].value


@pytest.mark.parametrize(("audience", "named"), [("analyst", True), ("steering", False)])
def test_a_flag_is_checked_on_request_and_then_known_of_every_flagged_ward(open_screen, audience, named):
    listed = open_screen("explore", audience=audience).dataframe[0].value.set_index("ward_code")
    ward = str(listed.index[listed["class"] == "high on both"][0])
    app = open_screen("explore", ward=ward, audience=audience)
    assert "Stands when asked in other ways" not in html_of(app)
    app.button(key="how_sure").click().run()
    assert not app.exception
    assert not app.error
    assert "Stands when asked in other ways" in html_of(app)
    assert ("the data are held on the boundaries of one year" in html_of(app)) == named
    assert not [one for one in app.button if one.key == "how_sure"]
    again = open_screen("explore", ward=ward, audience=audience)
    assert "Stands when asked in other ways" in html_of(again)


def test_a_ward_that_is_not_flagged_has_no_flag_to_check(open_screen):
    app = open_screen("explore")
    table = app.dataframe[0].value.set_index("ward_code")
    app.selectbox(key="ward").set_value(table.index[table["class"] != "high on both"][0]).run()
    assert "It is one of the wards flagged" not in html_of(app)
    assert not [one for one in app.button if one.key == "how_sure"]


def test_how_many_flags_may_be_wrong_stands_beside_how_many_there_are(open_screen):
    app = open_screen("explore")
    flagged = int((app.dataframe[0].value["class"] == "high on both").sum())
    assert re.search(
        rf"{flagged} wards are flagged as high on both, of which (about \d+|fewer than 1) may be wrong\.", html_of(app)
    )


def test_a_ward_without_a_denominator_shows_its_counts_and_no_empty_charts(open_screen, monkeypatch):
    assert open_screen("explore", ward=WARD).get("vega_lite_chart")
    known = session.answer_to

    def without(*asked):
        released = known(*asked)
        wards = released.wards.copy()
        wards.loc[wards["ward_code"] == WARD, "class"] = "no denominator"
        return replace(released, wards=wards)

    monkeypatch.setattr(session, "answer_to", without)
    app = open_screen("explore", ward=WARD)
    assert not app.error
    assert "No population is known" in app.info[0].value
    assert "Referrals made" in html_of(app)
    assert not app.get("vega_lite_chart")
