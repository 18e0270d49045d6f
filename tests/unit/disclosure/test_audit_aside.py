"""A trail that is set aside takes nothing else of its database with it; and what is done goes with its record, or not at all."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from data.errors import UsageError
from disclosure.audit import AuditTrail, UnrecordedError
from tests.audit_samples import make_entry, make_trail, tamper


def with_another_table(folder: Path) -> AuditTrail:
    trail = make_trail(folder, rows=3)
    with closing(sqlite3.connect(trail.path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE other (number INTEGER PRIMARY KEY)")
        connection.execute("CREATE TRIGGER other_kept BEFORE DELETE ON other BEGIN SELECT RAISE(ABORT, 'kept'); END")
        connection.execute("INSERT INTO other VALUES (7)")
    return trail


def others(folder: Path) -> list[tuple[int]]:
    with closing(sqlite3.connect(folder / "records.db")) as connection:
        return connection.execute("SELECT number FROM other").fetchall()


def test_other_tables_go_on_with_their_fences_where_the_trail_begins_anew(tmp_path):
    trail = with_another_table(tmp_path)
    tamper(tmp_path, "DELETE FROM audit WHERE number = 2")
    moved = trail.set_aside("os:me")
    assert all(path.exists() for path in moved)
    assert others(tmp_path) == [(7,)]
    assert (trail.verify().ok, trail.verify().rows) == (True, 1)
    with closing(sqlite3.connect(trail.path)) as connection, pytest.raises(sqlite3.IntegrityError, match="kept"):
        connection.execute("DELETE FROM other")
    assert not [path for path in tmp_path.iterdir() if "carried" in path.name]


def test_where_nothing_else_is_in_the_database_a_new_one_is_made(tmp_path):
    trail = make_trail(tmp_path, rows=3)
    trail.set_aside("os:me")
    assert trail.verify().rows == 1


def test_stopped_after_the_files_were_renamed_it_goes_on_when_called_again(tmp_path, monkeypatch):
    trail = with_another_table(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "exists", lambda path: "carried" not in path.name and path.is_file())
        trail.set_aside("os:me")  # as if it had been stopped before the copy got its name
    for path in tmp_path.glob("records.*"):
        path.unlink()
    trail.set_aside("os:me")
    assert others(tmp_path) == [(7,)]


def test_a_database_that_is_damaged_is_set_aside_as_it_is(tmp_path):
    trail = with_another_table(tmp_path)
    for path in tmp_path.glob("records.db*"):
        path.unlink()
    trail.path.write_bytes(b"no database at all" * 100)
    trail.set_aside("os:me")
    assert trail.verify().rows == 1


def test_what_is_done_is_on_disk_with_its_record(tmp_path):
    trail = with_another_table(tmp_path)

    def act(connection):
        connection.execute(text("INSERT INTO other VALUES (8)"))
        return make_entry(8)

    trail.record_with(act)
    assert (others(tmp_path), trail.verify().rows) == ([(7,), (8,)], 4)


def test_what_fails_is_neither_done_nor_recorded_and_the_trail_goes_on(tmp_path):
    trail = with_another_table(tmp_path)

    def act(connection):
        connection.execute(text("INSERT INTO other VALUES (8)"))
        raise UsageError("It has to be checked first.")

    with pytest.raises(UsageError, match="checked first"):
        trail.record_with(act)
    assert (others(tmp_path), trail.verify().rows) == ([(7,)], 3)
    trail.record(make_entry())
    assert trail.verify().rows == 4


def test_what_cannot_be_recorded_is_not_done(tmp_path):
    trail = with_another_table(tmp_path)
    (tmp_path / "records.anchor").unlink()
    done = []
    with pytest.raises(UnrecordedError, match="audit verify"):
        trail.record_with(lambda connection: done.append(connection) or make_entry())
    assert done == []
