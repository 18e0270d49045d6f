import json

import pytest

import pages.components.groups as groups
from disclosure.suppression import WITHHELD


def html_of(app) -> str:
    return "\n".join(one.proto.body for one in app.get("html"))


def pictures_of(app) -> list[dict]:
    """Specifications of the charts that draw outlines."""
    specs = [json.loads(one.proto.spec) for one in app.get("vega_lite_chart")]
    return [spec for spec in specs if "geoshape" in json.dumps(spec)]


def test_nothing_is_computed_until_a_kind_of_group_is_chosen(open_screen, monkeypatch):
    def never(*_):
        raise AssertionError("computed though nobody asked")

    monkeypatch.setattr(groups, "areas_of", never)
    monkeypatch.setattr(groups, "incident_areas_of", never)
    app = open_screen("explore")
    assert not app.exception
    assert not app.error
    assert app.button_group(key="groups").value is None
    assert not pictures_of(app)


@pytest.mark.parametrize("audience", ["analyst", "steering"])
def test_areas_of_wards_are_drawn_listed_and_said_to_be_no_finding(open_screen, audience):
    app = open_screen("explore", audience=audience)
    app.button_group(key="groups").set_value("wards").run()
    assert not app.exception
    assert not app.error
    table = app.dataframe[1].value
    exact = audience == "analyst"
    assert ("times_referrals" in table) == exact
    if not exact:
        assert set(table["count_referrals"].str.fullmatch(rf"[0-9,]*[05]|{WITHHELD}")) == {True}
    drawn = pictures_of(app)[0]["layer"][-1]["data"]["values"]["features"]
    assert {one["properties"]["area_name"] for one in drawn} == set(table["area_name"])
    assert "says nothing of risk" in html_of(app)
    assert "The whole area: referrals made" in html_of(app)


def test_the_other_measure_colours_the_same_areas(open_screen):
    app = open_screen("explore", groups="wards")
    app.button_group(key="groups_of").set_value("incidents").run()
    assert not app.exception
    assert app.query_params["groups_of"] in ("incidents", ["incidents"])
    assert "Legend: Recorded incidents against the whole area" in html_of(app)


def test_places_where_incidents_lie_close_together_are_drawn_and_no_significance_claimed(open_screen):
    app = open_screen("explore", groups="incidents")
    assert not app.exception
    assert not app.error
    assert "no significance is claimed" in html_of(app)
    assert "have no location" in html_of(app) or "all have a location" in html_of(app)
    drawn = pictures_of(app)[0]["layer"][-1]
    listed = app.dataframe[1].value
    shapes = drawn["data"]["values"]["features"]
    assert [one["properties"]["incidents"] for one in shapes] == listed["incidents"].tolist()
    assert "Recorded incidents" in [tip["title"] for tip in drawn["encoding"]["tooltip"]]


@pytest.mark.parametrize("audience", ["inspector", "steering"])
def test_others_are_not_offered_such_places_nor_shown_them_by_a_link(open_screen, audience, monkeypatch):
    monkeypatch.setattr(groups, "incident_areas_of", lambda *_: pytest.fail("computed for one who may not have it"))
    app = open_screen("explore", audience=audience, groups="incidents")
    assert not app.exception
    assert not app.error
    kinds = app.button_group(key="groups")
    assert (len(kinds.options), kinds.value) == (1, None)
    assert not pictures_of(app)
    assert len(open_screen("explore").button_group(key="groups").options) == 2


@pytest.mark.parametrize(("audience", "offered"), [("analyst", True), ("inspector", False), ("steering", False)])
def test_the_invitation_names_only_what_the_audience_can_choose(open_screen, audience, offered):
    said = html_of(open_screen("explore", audience=audience))
    assert "Neighbouring wards put together" in said
    assert ("lie close together" in said) == offered


def test_one_district_is_drawn_and_listed_when_it_is_chosen(open_screen):
    app = open_screen("explore", groups="incidents")
    everywhere = app.dataframe[1].value
    district = everywhere["district"].iloc[0]
    app.selectbox(key="groups_in").set_value(district).run()
    assert not app.exception
    assert set(app.dataframe[1].value["district"]) == {district}
    assert len(app.dataframe[1].value) == (everywhere["district"] == district).sum()


def test_a_link_shows_the_same_groups_and_other_windows_only_what_may_be_shown(open_screen):
    app = open_screen("explore", groups="wards", audience="steering", quarters="12")
    assert not app.exception
    assert not pictures_of(app)
    assert "counts of single years only" in app.info[0].value
