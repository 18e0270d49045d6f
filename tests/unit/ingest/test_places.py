from pathlib import Path

import pytest

from data.settings import Incidents, Partnership, Settings, Storage, Wards
from ingest.places import ROOT, STORE_VARIABLE, records_anchor, records_file, snapshot_folder


def settings(name="Leicester & Rutland", **places):
    return Settings(
        partnership=Partnership(name=name),
        wards=Wards(vintage=2023),
        incidents=Incidents(date="d", ward_code="w"),
        storage=Storage(**places),
    )


def test_snapshots_lie_beside_the_program_unless_told_otherwise(monkeypatch):
    monkeypatch.delenv(STORE_VARIABLE, raising=False)
    folder = snapshot_folder(settings())
    assert folder.parent == ROOT / "var" / "snapshots"
    assert folder.name.startswith("leicester-rutland-")


def test_the_environment_names_the_folder_of_all_partnerships(monkeypatch, tmp_path):
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path))
    assert snapshot_folder(settings()).parent == tmp_path


def test_the_settings_have_the_last_word(monkeypatch, tmp_path):
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path))
    assert snapshot_folder(settings(snapshots="/elsewhere")) == Path("/elsewhere")


def test_records_lie_beside_the_snapshots_unless_told_otherwise(monkeypatch, tmp_path):
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path))
    database, anchor = records_file(settings()), records_anchor(settings())
    assert database.parent == anchor.parent != snapshot_folder(settings())
    assert database.parent.parent == tmp_path
    elsewhere = settings(records="/disk1/r.db", anchor="/disk2/r.anchor")
    assert (records_file(elsewhere), records_anchor(elsewhere)) == (Path("/disk1/r.db"), Path("/disk2/r.anchor"))


@pytest.mark.parametrize("pair", [("A b", "a B"), ("--", "??"), ("x" * 70, "x" * 71)])
def test_two_partnerships_never_share_a_folder(pair):
    first, second = (snapshot_folder(settings(name)) for name in pair)
    assert first != second


def test_a_name_cannot_lead_out_of_the_folder(monkeypatch, tmp_path):
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path))
    assert snapshot_folder(settings("../../etc")).parent == tmp_path
