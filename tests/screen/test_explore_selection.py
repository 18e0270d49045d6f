"""Linked views: what is selected in one is selected in all, is in the address, and can be undone."""

import json

import pytest

WARDS = ["X05000009", "X05000010", "X05000022"]
IN_ADDRESS = "~".join(WARDS)


def said(app) -> str:
    return next(one.proto.body for one in app.get("html") if 'role="status"' in one.proto.body)


def address_of(app, key: str) -> str:
    value = app.query_params.get(key, "")
    return value if isinstance(value, str) else value[0]


def table_of(app):
    return app.dataframe[0].value


def test_a_link_restores_the_selection_in_every_view(open_screen, drawn):
    app = open_screen("explore", wards=IN_ADDRESS)
    assert not app.exception
    assert not app.warning
    assert list(drawn.chosen) == WARDS
    assert "3 wards selected" in said(app)
    assert set(table_of(app)["ward_code"][:3]) == set(WARDS)
    app.button_group(key="below").set_value("trend").run()
    specs = [json.loads(one.proto.spec) for one in app.get("vega_lite_chart")]
    assert len(specs) == 2
    domains = [
        layer["encoding"]["color"]["scale"]["domain"] for layer in specs[0]["layer"] if "color" in layer["encoding"]
    ]
    assert all(len(domain) == 3 for domain in domains)
    assert address_of(app, "wards") == IN_ADDRESS
    assert address_of(app, "below") == "trend"


def test_a_ward_that_is_not_here_is_left_out_and_said(open_screen, drawn):
    app = open_screen("explore", wards=f"{IN_ADDRESS}~E99999999")
    assert len(app.warning) == 1
    assert list(drawn.chosen) == WARDS


def test_a_click_adds_while_several_are_selected_and_shows_one_ward_otherwise(open_screen, drawn):
    app = open_screen("explore")
    app.toggle(key="adding").set_value(True).run()
    for ward in (WARDS[0], WARDS[2]):
        drawn.click = ward
        app.run()
    assert drawn.adding
    assert list(drawn.chosen) == [WARDS[0], WARDS[2]]
    assert drawn.selected is None
    drawn.click = WARDS[0]
    app.run()
    assert list(drawn.chosen) == [WARDS[2]]
    app.toggle(key="adding").set_value(False).run()
    drawn.click = WARDS[1]
    app.run()
    assert drawn.selected == WARDS[1]
    assert list(drawn.chosen) == [WARDS[2]]


def test_districts_and_flags_select_and_steps_are_taken_back_one_by_one(open_screen, drawn):
    app = open_screen("explore")
    table = table_of(app)
    district = str(table["district"].iloc[0])
    app.multiselect(key="select_districts").set_value([district]).run()
    app.button(key="select_these").click().run()
    assert set(drawn.chosen) == set(table["ward_code"][table["district"] == district])
    app.multiselect(key="select_districts").set_value([]).run()
    elsewhere = str(table["ward_code"][table["district"] != district].iloc[0])
    app.multiselect(key="select_names").set_value([elsewhere]).run()
    app.button(key="add_these").click().run()
    assert set(drawn.chosen) == {*table["ward_code"][table["district"] == district], elsewhere}
    undo = next(one for one in app.button if one.label == "Undo")
    undo.click().run()
    app.button(key="select_flagged").click().run()
    assert set(drawn.chosen) == set(table["ward_code"][table["class"] == "high on both"])
    app.selectbox(key="threshold").set_value("2.0").run()
    undo.click().run()
    assert app.selectbox(key="threshold").value == "1.5"
    assert set(drawn.chosen) == set(table["ward_code"][table["class"] == "high on both"])
    undo.click().run()
    assert set(drawn.chosen) == set(table["ward_code"][table["district"] == district])
    undo.click().run()
    undo.click().run()
    assert list(drawn.chosen) == []
    assert not app.exception


def test_the_line_on_overview_leads_to_its_wards_which_can_be_selected_again(open_screen, drawn):
    open_screen("explore", threshold="2.0")
    app = open_screen()
    (told,) = [one.proto.body for one in app.get("html") if "nothing is known to be provided" in one.proto.body]
    app = app.button(key="gap_on_explore").click().run()
    assert not app.exception
    without = list(drawn.chosen)
    assert f"In {len(without)} of the 13 " in told
    table = table_of(app).set_index("ward_code")
    assert {*table.loc[without, "class"]} == {"high on both"}
    assert {*table.loc[without, "provided"]} == {""}
    flagged = table[table["class"] == "high on both"]
    assert (flagged["provided"] == "").sum() == len(without)
    assert (address_of(app, "also"), address_of(app, "threshold")) == ("provision", "1.5")
    next(one for one in app.button if one.label == "Clear").click().run()
    assert list(drawn.chosen) == []
    again = app.button(key="select_without")
    assert again.label.endswith(f"({len(without)})")
    again.click().run()
    assert list(drawn.chosen) == without


def test_reset_asks_what_the_settings_ask_and_keeps_the_selection(open_screen, drawn):
    app = open_screen("explore", wards=IN_ADDRESS, threshold="3.0", quarters="8", measure="probability")
    next(one for one in app.button if one.label == "Reset").click().run()
    assert app.selectbox(key="threshold").value == "1.5"
    assert app.selectbox(key="quarters").value == "4"
    assert address_of(app, "measure") == "probability"
    assert list(drawn.chosen) == WARDS
    next(one for one in app.button if one.label == "Clear").click().run()
    assert list(drawn.chosen) == []
    assert address_of(app, "wards") == ""


@pytest.mark.parametrize("audience", ["inspector", "steering"])
def test_others_than_the_analyst_choose_from_bands_and_get_no_totals_of_what_they_select(open_screen, drawn, audience):
    app = open_screen("explore", audience=audience, below="risks")
    assert not app.get("plotly_chart")
    boxes = [one for one in app.button if (one.key or "").startswith("box-")]
    assert len(boxes) == 9
    assert sum(int(one.label.split()[0]) for one in boxes) == len(drawn.outlines.ward_codes)
    full = next(one for one in boxes if not one.disabled)
    full.click().run()
    assert len(drawn.chosen) == int(full.label.split()[0])
    assert said(app).count("selected") == 1
    assert "rate" not in said(app)


def test_the_analyst_gets_a_scatter_of_the_risks_as_numbers(open_screen):
    app = open_screen("explore", below="risks", wards=IN_ADDRESS)
    (chart,) = app.get("plotly_chart")
    assert len(chart.proto.selection_mode) == 3
    assert json.loads(chart.proto.spec)["layout"]["dragmode"] == "lasso"
    assert "rows can be selected there by keyboard" in chart.proto.alt
    app.button_group(key="scatter_tool").set_value("select").run()
    (chart,) = app.get("plotly_chart")
    assert json.loads(chart.proto.spec)["layout"]["dragmode"] == "select"
    assert not app.exception


def test_nothing_of_the_scatter_leads_elsewhere_or_saves_it_without_a_marking(open_screen):
    (chart,) = open_screen("explore", below="risks").get("plotly_chart")
    config = json.loads(chart.proto.config)
    buttons = [one for group in config["modeBarButtons"] for one in group]
    assert set(buttons) == {"zoomIn2d", "zoomOut2d", "resetScale2d"}
    assert not config["displaylogo"]


def test_more_wards_than_fit_into_an_address_are_cut_off_and_that_is_said(open_screen, drawn, monkeypatch):
    monkeypatch.setattr("pages.components.selection.MOST", 2)
    app = open_screen("explore", wards=IN_ADDRESS)
    assert list(drawn.chosen) == WARDS[:2]
    assert app.toast[0].value.startswith("2 wards are the most")
    assert address_of(app, "wards") == "~".join(WARDS[:2])
