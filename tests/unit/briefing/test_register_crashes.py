"""Killed while it writes to the register, several writing at once, a full disk: nothing is half done, nothing lost."""

import os
import signal
import sqlite3
import sys
from contextlib import closing

import pytest
from sqlalchemy import Connection, event

from briefing.register import open_briefings
from briefing.register_records import State
from data.settings import Storage
from disclosure import records_sqlite
from disclosure.audit import UnrecordedError, open_audit
from disclosure.backup import make_backup
from disclosure.restoring import restore_backup
from ingest.places import records_file
from tests.killed_twice import IN_FILE, IN_POSTGRES, Found, of_place, run_twice
from tests.register_samples import ANN, BEN, CASTLE, DAN, approved, documents, issued, register_in, words
from tests.unit.data.snapshot_samples import make_settings

KILLED = -signal.SIGKILL if sys.platform != "win32" else 0


@pytest.fixture(scope="module")
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Found:
    """What register_killing.py found."""
    if sys.platform == "win32":
        pytest.skip("processes are not forked so there")
    return run_twice(
        "tests.unit.briefing.register_killing", request=request, folder=tmp_path_factory.mktemp("killings")
    )


@pytest.fixture(params=[IN_FILE, IN_POSTGRES])
def killings(request: pytest.FixtureRequest, found: Found) -> dict[str, list]:
    return of_place(found, request.param)


@pytest.mark.parametrize("act", ["issuing", "saving"])
def test_killed_at_any_step_all_of_it_is_there_or_nothing(killings, act):
    ends = killings[act]
    assert ends == [KILLED] * (len(ends) - 1) + [0]
    assert len(ends) > 3, "fewer steps than an act has"


@pytest.mark.parametrize("act", ["issued at once", "saved at once"])
def test_of_processes_that_act_at_once_each_has_its_number_and_no_text_is_lost(killings, act):
    assert set(killings[act]) == {0}, killings["said"]


def test_on_a_full_disk_nothing_is_done_and_it_goes_on_when_there_is_room(tmp_path):
    register = register_in(tmp_path)
    record = approved(register)
    rows, full = register._trail.head().rows, True

    def limit(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {1 if full else 10**6}")

    event.listen(register._trail._store._engine, "begin", limit)

    def big(*_: object) -> dict[str, bytes]:
        return {"pdf": bytes(200_000)}

    with pytest.raises(UnrecordedError, match="the disk is full"):
        register.issue(record.id, to="Cllr Smith", by=DAN, make_documents=big)
    assert (register.record(record.id), register._trail.head().rows) == (record, rows)
    full = False
    assert register.issue(record.id, to="Cllr Smith", by=DAN, make_documents=big).issue.number == "WO-2026-0001"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="this user may write everything")
def test_a_folder_that_may_not_be_written_is_said_so(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(UnrecordedError, match="cannot be opened"):
        register_in(tmp_path).draft(CASTLE, words=words(), by=ANN)
    tmp_path.chmod(0o700)


def test_a_place_that_is_no_folder_is_said_so(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UnrecordedError, match="cannot be written"):
        register_in(tmp_path / "file" / "below").draft(CASTLE, words=words(), by=ANN)


def test_a_register_that_another_program_holds_is_said_so_and_can_still_be_read(tmp_path, monkeypatch):
    monkeypatch.setattr(records_sqlite, "PATIENCE", 0.05)
    record = issued(register_in(tmp_path))
    with closing(sqlite3.connect(tmp_path / "records.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UnrecordedError, match="another program holds it"):
            register_in(tmp_path).review(record.id, outcome="Calmer", by=ANN)
        assert register_in(tmp_path).record(record.id) == record
        other.execute("ROLLBACK")


def test_nothing_is_done_where_the_trail_does_not_hold(tmp_path):
    register = register_in(tmp_path)
    record = approved(register)
    (tmp_path / "records.anchor").unlink()
    with pytest.raises(UnrecordedError, match="audit verify"):
        register.issue(record.id, to="Cllr Smith", by=DAN, make_documents=documents)
    assert register.record(record.id).state is State.APPROVED


def test_a_trail_that_is_set_aside_leaves_the_register_and_its_numbers(tmp_path):
    register = register_in(tmp_path)
    before = issued(register)
    (tmp_path / "records.anchor").unlink()
    register._trail.set_aside("os:me")
    assert register.record(before.id) == before
    assert register.document(before.id, kind="pdf").content.startswith(b"%PDF WO-2026-0001")
    assert issued(register).issue.number == "WO-2026-0002"
    assert register._trail.verify().rows == 5


def test_the_register_is_in_a_backup_with_its_fences_and_goes_on_where_it_is_restored(tmp_path):
    here, there = (
        make_settings().model_copy(update={"storage": Storage(snapshots=str(tmp_path / one / "store"))})
        for one in ("here", "there")
    )
    before = issued(open_briefings(here))
    (tmp_path / "settings.toml").write_text("# settings\n", encoding="utf-8")
    make_backup(here, settings_file=tmp_path / "settings.toml", target=tmp_path / "backup", who="os:me")
    restore_backup(tmp_path / "backup", settings=there, who="os:me")
    register = open_briefings(there)
    assert register.record(before.id) == before
    assert register.document(before.id, kind="docx").content.startswith(b"PK ")
    with closing(sqlite3.connect(records_file(there))) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("DELETE FROM briefing_documents")
    assert register.review(before.id, outcome="Calmer", by=BEN).state is State.REVIEWED
    assert open_audit(there).verify().ok
