"""Saving a selection, taking it as a file, and repeating it at the command line."""

import io
import json

import pandas as pd
import pytest

import pages.components.keep_selection as keep_selection
import pages.components.ward_table as ward_table
from disclosure.audit import What
from pages.session import audit
from tests.screen.test_explore import address_of, html_of

WARDS = ["X05000009", "X05000010", "X05000022"]


def press(app, label):
    next(one for one in app.button if one.label == label).click().run()
    assert not app.exception
    assert not app.error


@pytest.fixture
def offered(monkeypatch):
    """Files that were offered in the last run, by their key."""
    files = {}
    for module in (keep_selection, ward_table):
        monkeypatch.setattr(module, "offer_file", lambda _, **given: files.update({given["key"]: given}))
    return files


def test_a_saved_selection_is_listed_brings_its_question_back_and_can_be_removed(open_screen, drawn):
    app = open_screen("explore", wards="~".join(WARDS), threshold="2.0", measure="both_risks", below="keep")
    app.text_input(key="selection_title").set_value("<b>Castle</b> & park")
    press(app, "Save")
    assert "&lt;b&gt;Castle&lt;/b&gt; &amp; park" in html_of(app)
    app = open_screen("explore", below="keep")
    assert list(drawn.chosen) == []
    press(app, "Open")
    assert list(drawn.chosen) == WARDS
    assert address_of(app)["threshold"] == "2.0"
    assert address_of(app)["measure"] == "both_risks"
    press(app, "Remove")
    assert "Castle" not in html_of(app)
    assert list(drawn.chosen) == WARDS
    rows = [row for row in audit().entries() if row.what == What.SELECTION][:8]
    assert {"saved", "deleted", "saw"} <= {row.action for row in rows}
    assert "Castle" not in repr(rows)


@pytest.mark.parametrize("audience", ["analyst", "steering"])
def test_the_selected_wards_are_a_file_with_their_marking_and_without_a_total(open_screen, offered, audience):
    app = open_screen("explore", wards="~".join(WARDS), below="keep", audience=audience)
    assert not app.exception
    file = offered["selection_file"]
    rows = pd.read_csv(io.BytesIO(file["make"]()), dtype=str)
    assert rows["ward_code"].tolist() == WARDS
    assert rows["marking"].str.contains("OFFICIAL-SENSITIVE").all()
    assert rows["made_from"].str.endswith("; 3 selected wards of 180").all()
    assert ("expected_referrals" in rows) == (audience == "analyst")
    entry = file["entry"]
    assert (entry.action, entry.what, entry.detail["ward"]) == ("exported", What.SELECTION, "; ".join(WARDS))


@pytest.mark.parametrize("audience", ["analyst", "steering"])
def test_the_table_as_a_file_says_what_is_known_to_run_as_the_screen_does_and_no_cost(open_screen, offered, audience):
    app = open_screen("explore", audience=audience)
    shown = app.dataframe[0].value.set_index("ward_code")["provided"]
    rows = pd.read_csv(io.BytesIO(offered["table_file"]["make"]()), dtype=str, keep_default_na=False)
    assert rows.set_index("ward_code")["known_to_run"].to_dict() == shown.to_dict()
    assert (rows["known_to_run"] != "").sum() == 31
    assert set(rows["known_to_run_on"]) == {"2026-09-30"}
    assert rows.columns[-2:].tolist() == ["made_from", "marking"]
    assert not [one for one in rows if "cost" in one or "funder" in one]


def test_a_file_of_many_wards_is_recorded_in_as_many_entries_as_name_them_all(open_screen, drawn, offered):
    app = open_screen("explore", below="keep")
    app.multiselect(key="select_districts").set_value(app.multiselect(key="select_districts").options[:2]).run()
    app.button(key="select_these").click().run()
    before, file = audit().head().rows, offered["selection_file"]
    audit().record(file["entry"])
    assert file["make"]()
    told = [json.loads(row.detail)["ward"] for row in audit().entries() if row.number > before]
    assert len(told) > 1
    assert {code for one in told for code in one.split("; ")} == set(drawn.chosen)


def test_the_command_for_what_is_shown_is_there_to_copy(open_screen):
    app = open_screen("explore", below="keep", audience="inspector")
    (code,) = [one.value for one in app.code]
    assert "python cli.py run" in code
    assert "--audience inspector" in code
    assert "--last-quarter '2026/27 Q2'" in code
    assert "The verb takes these" not in html_of(app)
    app = open_screen("explore", below="keep", threshold="2.0")
    assert "threshold = 2" in html_of(app)
