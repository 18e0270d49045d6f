"""Each part is looked at for itself, and what is wrong with it is in no answer."""

import logging

import pytest

from data.settings import load_settings
from data.snapshots import SnapshotStore
from disclosure.audit import Action, AuditEntry, What, open_audit
from disclosure.audit_chain import KEY_VARIABLE
from disclosure.health import look
from disclosure.records_place import DATABASE_VARIABLE, anchor_file
from ingest.pipeline import ingest
from ingest.places import STORE_VARIABLE, records_file, snapshot_folder
from tests.area_files import write_area

ALL = {"store": "ok", "records": "ok", "snapshot": "ok", "disk": "ok"}


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """A partnership with a snapshot and an audit trail."""
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "store"))
    path, inputs = write_area(tmp_path / "files")
    settings = load_settings(path)
    ingest(inputs, settings=settings, store=SnapshotStore(snapshot_folder(settings)))
    open_audit(settings).record(AuditEntry(Action.SAW, "os:tester", What.SNAPSHOTS))
    return settings


def test_all_is_well(settings):
    assert look(settings).as_plain() == {"status": "ready", "parts": ALL}


def test_before_the_first_load_all_is_well(tmp_path, monkeypatch):
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "store"))
    path, _ = write_area(tmp_path / "files")
    assert look(load_settings(path)).is_ready


def test_a_snapshot_that_was_cut_is_found(settings, caplog):
    (folder,) = [one for one in snapshot_folder(settings).iterdir() if (one / "manifest.json").is_file()]
    (folder / "incidents.parquet").write_bytes(b"")
    with caplog.at_level(logging.WARNING):
        found = look(settings)
    assert found.parts == ALL | {"snapshot": "failed"}
    assert "The part snapshot is not well: RefusedInputError" in caplog.text
    assert folder.name not in caplog.text


def test_records_that_are_no_database_are_found(settings):
    for path in records_file(settings).parent.glob("records.db*"):
        path.unlink()
    records_file(settings).write_bytes(b"not a database" * 1000)
    assert look(settings).parts == ALL | {"records": "failed"}


def test_a_trail_on_which_nothing_can_be_recorded_is_found_without_recording(settings, monkeypatch):
    assert look(settings).is_ready
    assert open_audit(settings).head().rows == 1
    monkeypatch.setenv(KEY_VARIABLE, "not the key of this trail")
    assert look(settings).parts == ALL | {"records": "failed"}
    monkeypatch.delenv(KEY_VARIABLE)
    anchor_file(settings).unlink()
    assert look(settings).parts == ALL | {"records": "failed"}


def test_a_store_whose_records_are_in_postgresql_is_not_ready_without_it(settings, caplog):
    anchor_file(settings).with_name("postgresql.anchor").touch()
    with caplog.at_level(logging.WARNING):
        assert look(settings).parts == ALL | {"records": "failed"}
    assert "The part records is not well: UnrecordedError" in caplog.text


def test_a_full_disk_is_found(settings, monkeypatch):
    monkeypatch.setattr("disclosure.health.ROOM", 2**62)
    assert look(settings).parts == ALL | {"disk": "failed"}


def test_a_store_that_cannot_be_written_is_found(settings, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise PermissionError("a path")

    monkeypatch.setattr("disclosure.health.TemporaryFile", fail)
    assert look(settings).parts == ALL | {"store": "failed"}


def test_records_in_a_postgres_that_does_not_answer_are_found(settings, monkeypatch, caplog):
    monkeypatch.setenv(DATABASE_VARIABLE, "postgresql://account:zxqsecret@127.0.0.1:9/records")
    assert look(settings).parts == ALL | {"records": "failed"}
    assert "zxqsecret" not in caplog.text


def test_records_in_a_postgres_without_tables_are_found(settings, monkeypatch, postgres_database):
    monkeypatch.setenv(DATABASE_VARIABLE, postgres_database.url)
    assert look(settings).parts == ALL | {"records": "failed"}
