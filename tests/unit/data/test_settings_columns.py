"""Columns mapped by hand, written into the settings file: exactly what was asked, everything else as it was."""

import stat
import tomllib

import pytest

from data.errors import UsageError
from data.settings import load_settings
from data.settings_columns import lines_to_paste, with_columns, write_columns
from tests.area_files import SETTINGS


@pytest.fixture
def path(tmp_path):
    place = tmp_path / "settings.toml"
    place.write_text(SETTINGS, encoding="utf-8")
    place.chmod(0o640)
    return place


def test_one_heading_is_changed_and_every_other_line_stays(path):
    write_columns(path, {"incidents": {"date": "Date of offence"}})
    assert path.read_text(encoding="utf-8") == SETTINGS.replace('date = "date"', 'date = "Date of offence"')
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_keys_and_sections_that_were_not_there_are_added_and_what_is_not_in_the_file_is_taken_out(path):
    columns = {"incidents": {"category": None, "id": 'He said "no"'}, "referrals": {"quarter": "Qtr", "header_row": 3}}
    expected = with_columns(load_settings(path), columns)
    write_columns(path, columns)
    found = load_settings(path)
    assert (found.incidents, found.referrals) == (expected.incidents, expected.referrals)
    assert found.incidents.category is None
    assert (found.referrals.quarter, found.referrals.header_row) == ("Qtr", 3)
    assert found.incidents.id == 'He said "no"'


def test_remarks_stay(path):
    path.write_text(SETTINGS.replace('date = "date"', 'date = "date"   # as the force exports it'), encoding="utf-8")
    write_columns(path, {"incidents": {"date": "When"}})
    assert 'date = "When"   # as the force exports it' in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "layout",
    [
        SETTINGS.replace("[incidents]", "[ 'incidents' ]"),
        SETTINGS.replace('date = "date"', '"date" = "date"'),
        SETTINGS.replace('date = "date"', 'date = """\ndate"""'),
        SETTINGS.replace("[incidents]", '[disclosure]\nhandling = """\n[incidents]\n"""\n[incidents]'),
    ],
)
def test_a_layout_that_is_not_understood_is_never_harmed(path, layout):
    path.write_text(layout, encoding="utf-8")
    with pytest.raises(UsageError, match="Paste the lines"):
        write_columns(path, {"incidents": {"date": "When"}})
    assert path.read_text(encoding="utf-8") == layout


def test_what_could_not_be_read_is_refused_with_a_sentence_for_each_mistake(path):
    with pytest.raises(UsageError, match="Say which column holds the date"):
        with_columns(load_settings(path), {"incidents": {"date": None}})


def test_the_lines_to_paste_are_settings(path):
    text = lines_to_paste({"incidents": {"date": "When", "category": None}, "population": {"code": None}})
    assert tomllib.loads(text) == {"incidents": {"date": "When"}, "population": {"code": ""}}
    assert "# no category" in text
