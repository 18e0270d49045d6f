"""The audit trail: what is recorded, who may read the files, and that every kind of tampering is found."""

import json
import os
import shutil
import sqlite3
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from data.demo.files import demo_settings
from data.errors import UsageError
from disclosure import records_sqlite
from disclosure.audit import Action, AuditEntry, UnrecordedError, Wanted, What, open_audit
from disclosure.audit_chain import KEY_VARIABLE, parse_head
from ingest.places import STORE_VARIABLE
from tests.area_files import in_place_of
from tests.audit_samples import KEY, make_entry, make_trail, rechain, tamper


def test_what_was_recorded_is_given_back_the_newest_first(tmp_path):
    trail = make_trail(tmp_path, rows=5)
    rows = trail.entries()
    assert [row.number for row in rows] == [5, 4, 3, 2, 1]
    newest = rows[0]
    assert (newest.action, newest.who, newest.what, newest.audience) == ("saw", "os:person1", "explore", "analyst")
    assert newest.snapshot == "2025-26-q2-0123456789ab"
    assert json.loads(newest.detail) == {"quarters": "4"}
    assert abs(datetime.now(UTC) - datetime.fromisoformat(newest.made_at)) < timedelta(minutes=5)


def test_entries_are_narrowed_by_who_what_and_day_and_come_in_pages(tmp_path):
    trail = make_trail(tmp_path, rows=7)
    today = datetime.now(UTC).date()
    assert [row.number for row in trail.entries(Wanted(who="os:person0"))] == [7, 4, 1]
    assert [row.number for row in trail.entries(Wanted(actions=(Action.EXPORTED,)))] == [6, 4, 2]
    assert len(trail.entries(Wanted(since=today - timedelta(days=1), until=today + timedelta(days=1)))) == 7
    assert trail.entries(Wanted(since=today + timedelta(days=2))) == []
    assert trail.entries(Wanted(until=today - timedelta(days=2))) == []
    assert [row.number for row in trail.entries(page=1, size=3)] == [4, 3, 2]
    assert trail.everybody() == ["os:person0", "os:person1", "os:person2"]


def test_a_trail_that_nobody_has_written_is_empty_and_makes_no_file(tmp_path):
    trail = make_trail(tmp_path)
    assert (trail.entries(), trail.everybody(), trail.head().rows) == ([], [], 0)
    assert trail.verify().ok
    assert list(tmp_path.iterdir()) == []


def test_entries_name_the_settings_in_force_and_change_when_they_do(tmp_path, monkeypatch):
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path))
    settings = demo_settings()
    other = in_place_of(settings, disclosure={"suppress_up_to": 9})
    for one in (settings, other, settings):
        open_audit(one).record(make_entry())
    marks = [row.settings for row in open_audit(settings).entries()]
    assert marks[0] == marks[2] != marks[1]
    assert all(len(mark) == 12 for mark in marks)


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such modes there")
def test_nobody_else_may_read_the_trail(tmp_path):
    trail = make_trail(tmp_path / "new", rows=1)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    for path in (tmp_path / "new").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    assert trail.path in (tmp_path / "new").iterdir()


@pytest.mark.parametrize("given", [{"what": "Castle ward"}, {"detail": {"count": "3"}}, {"who": ""}])
def test_nothing_but_fixed_words_gets_in(given):
    with pytest.raises(ValueError, match="audit trail"):
        AuditEntry(**{"action": Action.SAW, "who": "os:me", "what": What.EXPLORE, **given})


def test_values_are_one_short_printable_line():
    entry = AuditEntry(Action.SAW, "os:\u202eme\n", What.EXPLORE, detail={"concerns": "x" * 500, "sectors": ""})
    assert entry.who == "os:?me?"
    assert dict(entry.detail) == {"concerns": "x" * 199 + "…"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET who = 'x' WHERE number = 2",
        "DELETE FROM audit WHERE number = 3",
        "REPLACE INTO audit SELECT 2, made_at, action, 'x', what, audience, snapshot, settings, detail, software,"
        " previous_hash, row_hash FROM audit WHERE number = 1",
        "INSERT INTO audit SELECT 9, made_at, action, 'x', what, audience, snapshot, settings, detail, software,"
        " previous_hash, row_hash FROM audit WHERE number = 1",
    ],
)
def test_the_database_itself_refuses_to_change_or_remove_a_row(tmp_path, statement):
    trail = make_trail(tmp_path, rows=3)
    with closing(sqlite3.connect(trail.path)) as connection, pytest.raises(sqlite3.IntegrityError, match="audit trail"):
        connection.execute(statement)
    assert trail.verify().ok


COPY = "INSERT INTO audit SELECT {number}, made_at, action, who, what, audience, snapshot, settings, detail, software, previous_hash, row_hash FROM audit WHERE number = {of}"  # fmt: skip  # noqa: E501
TAMPERINGS = {
    "a field changed": (["UPDATE audit SET who = 'os:other' WHERE number = 3"], 3),
    "a detail changed": (["UPDATE audit SET detail = '{}' WHERE number = 1"], 1),
    "a time changed": (["UPDATE audit SET made_at = '2020-01-01T00:00:00.000000+00:00' WHERE number = 5"], 5),
    "a hash changed": (["UPDATE audit SET row_hash = 'abc' WHERE number = 2"], 2),
    "bytes for a text": (["UPDATE audit SET who = x'00ff' WHERE number = 2"], 2),
    "the first removed": (["DELETE FROM audit WHERE number = 1"], 1),
    "a middle one removed": (["DELETE FROM audit WHERE number = 3"], 3),
    "one removed and the rest numbered anew": (
        ["DELETE FROM audit WHERE number = 3", "UPDATE audit SET number = number - 1 WHERE number > 3"],
        3,
    ),
    "the last removed": (["DELETE FROM audit WHERE number = 5"], 5),
    "the last two removed": (["DELETE FROM audit WHERE number > 3"], 4),
    "all removed": (["DELETE FROM audit"], 1),
    "two swapped": (
        [
            "UPDATE audit SET number = 99 WHERE number = 2",
            "UPDATE audit SET number = 2 WHERE number = 3",
            "UPDATE audit SET number = 3 WHERE number = 99",
        ],
        2,
    ),
    "one put in": (
        [
            "UPDATE audit SET number = number + 100 WHERE number > 2",
            COPY.format(number=3, of=1),
            "UPDATE audit SET number = number - 99 WHERE number > 100",
        ],
        3,
    ),
    "one put in before the first": ([COPY.format(number=0, of=1)], 1),
    "one put at the end": ([COPY.format(number=6, of=5)], 6),
    "the table removed": (["DROP TABLE audit"], None),
    "a column removed": (["ALTER TABLE audit DROP COLUMN software"], None),
}


@pytest.mark.parametrize("key", [None, KEY])
@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_found_with_the_row_where_it_begins(tmp_path, name, key):
    statements, wrong_row = TAMPERINGS[name]
    trail = make_trail(tmp_path, rows=5, key=key)
    if wrong_row is None:
        with closing(sqlite3.connect(trail.path)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()
    else:
        tamper(tmp_path, *statements)
    found = trail.verify()
    assert not found.ok
    if wrong_row is not None:
        assert found.wrong_row == wrong_row


@pytest.mark.parametrize("name", ["the last removed", "all removed", "one put at the end", "the table removed"])
def test_nothing_is_recorded_over_a_trail_that_was_tampered_with_at_its_end(tmp_path, name):
    trail = make_trail(tmp_path, rows=5)
    if name == "the table removed":
        with closing(sqlite3.connect(trail.path)) as connection:
            connection.execute("DROP TABLE audit")
    else:
        tamper(tmp_path, *TAMPERINGS[name][0])
    with pytest.raises(UnrecordedError, match="audit verify"):
        trail.record(make_entry())
    assert not trail.verify().ok  # the evidence is still there


def test_a_chain_that_was_written_anew_is_given_away_by_the_anchor(tmp_path):
    trail = make_trail(tmp_path, rows=5)
    tamper(tmp_path, "UPDATE audit SET who = 'os:other' WHERE number = 2")
    rechain(tmp_path)
    found = trail.verify()
    assert (found.ok, found.wrong_row) == (False, 5)
    assert "written anew" in found.sentence


def test_without_a_key_a_row_chained_on_at_the_end_is_given_away_by_the_anchor(tmp_path):
    trail = make_trail(tmp_path, rows=5)
    tamper(tmp_path, COPY.format(number=6, of=2))
    rechain(tmp_path, since=6)
    found = trail.verify()
    assert (found.ok, found.wrong_row) == (False, 6)
    assert "put in by something else" in found.sentence


def test_with_a_key_a_chain_and_its_anchor_cannot_be_forged(tmp_path):
    sealed = make_trail(tmp_path / "sealed", rows=5, key=KEY)
    make_trail(tmp_path / "forged", rows=5)
    for name in ("records.db", "records.db-wal", "records.anchor"):
        (tmp_path / "sealed" / name).unlink(missing_ok=True)
        if (tmp_path / "forged" / name).exists():
            shutil.copy(tmp_path / "forged" / name, tmp_path / "sealed" / name)
    found = sealed.verify()
    assert (found.ok, found.wrong_row) == (False, 1)
    assert "without the key" in found.sentence


def test_a_sealed_trail_is_neither_checked_nor_continued_without_its_key(tmp_path):
    make_trail(tmp_path, rows=2, key=KEY)
    without, other = make_trail(tmp_path), make_trail(tmp_path, key="quite another key")
    for trail in (without, other):
        assert not trail.verify().ok
        with pytest.raises(UnrecordedError, match="its key"):
            trail.record(make_entry())
    assert "kept with a key, and WARD_OVERLAP_AUDIT_KEY is not set" in without.verify().sentence
    assert "with another key than the one in WARD_OVERLAP_AUDIT_KEY" in other.verify().sentence
    assert make_trail(tmp_path, key=KEY).verify().ok


@pytest.mark.parametrize("key", [None, "quite another key"])
@pytest.mark.parametrize("tampered", [None, "DELETE FROM audit WHERE number = 1", "UPDATE audit SET who = 'x'"])
def test_while_its_key_may_only_be_missing_a_trail_is_not_set_aside_without_being_told_so(tmp_path, key, tampered):
    make_trail(tmp_path, rows=3, key=KEY)
    tamper(tmp_path, *([tampered] if tampered else []))
    trail = make_trail(tmp_path, key=key)
    assert KEY_VARIABLE in trail.verify().next_step
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(UsageError, match=KEY_VARIABLE):
        trail.set_aside("os:me")
    assert {path: path.read_bytes() for path in before} == before
    trail.set_aside("os:me", without_its_key=True)
    assert (trail.verify().ok, trail.verify().rows) == (True, 1)


@pytest.mark.parametrize(("kept_with", "now"), [(None, None), (None, KEY), (KEY, KEY)])
def test_where_one_row_still_fits_the_key_is_not_what_is_wrong(tmp_path, kept_with, now):
    make_trail(tmp_path, rows=5, key=kept_with)
    tamper(tmp_path, "UPDATE audit SET who = 'x' WHERE number <> 4")
    trail = make_trail(tmp_path, key=now)
    found = trail.verify()
    assert (found.ok, found.wrong_row) == (False, 1)
    assert "set-aside" in found.next_step
    assert trail.set_aside("os:me")


@pytest.mark.parametrize("key", [None, KEY])
def test_whether_an_entry_could_be_recorded_is_told_without_recording_one(tmp_path, key):
    make_trail(tmp_path).check_end()
    trail = make_trail(tmp_path, rows=3, key=key)
    before = (tmp_path / "records.anchor").read_bytes()
    trail.check_end()
    assert ((tmp_path / "records.anchor").read_bytes(), trail.head().rows) == (before, 3)
    with pytest.raises(UnrecordedError, match="its key"):
        make_trail(tmp_path, key="quite another key").check_end()
    tamper(tmp_path, "DELETE FROM audit WHERE number = 3")
    with pytest.raises(UnrecordedError, match="its anchor"):
        trail.check_end()


def test_whoever_records_meanwhile_is_not_taken_for_a_fault(tmp_path, monkeypatch):
    trail = make_trail(tmp_path, rows=3)
    read, others = trail._anchor.read, make_trail(tmp_path)

    def read_late():
        monkeypatch.setattr(trail._anchor, "read", read)
        for number in range(2):
            others.record(make_entry(number))
        return read()

    monkeypatch.setattr(trail._anchor, "read", read_late)
    trail.check_end()
    assert trail.head().rows == 5


def test_an_older_copy_of_the_database_is_found(tmp_path):
    make_trail(tmp_path / "now", rows=3)
    shutil.copytree(tmp_path / "now", tmp_path / "older")
    trail = make_trail(tmp_path / "now", rows=2)
    for path in (tmp_path / "now").glob("records.db*"):
        path.unlink()
    for path in (tmp_path / "older").glob("records.db*"):
        shutil.copy(path, tmp_path / "now" / path.name)
    found = trail.verify()
    assert (found.ok, found.wrong_row) == (False, 4)
    with pytest.raises(UnrecordedError, match="anchor"):
        trail.record(make_entry())


def test_an_older_copy_of_both_is_found_by_a_head_that_was_written_down(tmp_path):
    make_trail(tmp_path / "now", rows=3)
    shutil.copytree(tmp_path / "now", tmp_path / "older")
    written_down = str(make_trail(tmp_path / "now", rows=2).head())
    trail = make_trail(tmp_path / "older")
    assert trail.verify().ok
    found = trail.verify(known=parse_head(written_down))
    assert (found.ok, found.wrong_row) == (False, 4)


def test_a_head_that_was_written_down_is_passed_by_the_trail_that_goes_on(tmp_path):
    written_down = parse_head(str(make_trail(tmp_path, rows=3).head()))
    trail = make_trail(tmp_path, rows=4)
    assert trail.verify(known=written_down).ok
    forged = parse_head(f"3:{'0' * 64}")
    assert (trail.verify(known=forged).ok, trail.verify(known=forged).wrong_row) == (False, 3)


@pytest.mark.parametrize("gone", ["records.db", "records.anchor"])
def test_a_missing_file_is_found_and_nothing_is_recorded_until_somebody_has_looked(tmp_path, gone):
    trail = make_trail(tmp_path, rows=3)
    for path in tmp_path.glob(f"{gone}*"):
        path.unlink()
    assert not trail.verify().ok
    with pytest.raises(UnrecordedError, match="audit verify"):
        trail.record(make_entry())
    assert not trail.verify().ok


@pytest.mark.parametrize("content", [b"", b"{}", b"\x00" * 8192, b'["{}", "x"]'])
def test_a_damaged_anchor_is_found(tmp_path, content):
    trail = make_trail(tmp_path, rows=3)
    (tmp_path / "records.anchor").write_bytes(content)
    assert "anchor is missing or damaged" in trail.verify().sentence


def test_what_is_no_database_any_more_is_said_so(tmp_path):
    trail = make_trail(tmp_path, rows=3)
    for path in tmp_path.glob("records.db*"):
        path.unlink()
    trail.path.write_bytes(b"no database at all" * 100)
    found = trail.verify()
    assert not found.ok
    assert "damaged" in found.sentence
    with pytest.raises(UnrecordedError, match="damaged"):
        trail.record(make_entry())


def test_the_database_being_replaced_under_a_running_program_is_noticed(tmp_path):
    trail = make_trail(tmp_path / "one", rows=3)
    make_trail(tmp_path / "two", rows=3)
    for path in (tmp_path / "one").glob("records.db*"):
        path.unlink()
    for path in (tmp_path / "two").glob("records.db*"):
        path.rename(tmp_path / "one" / path.name)
    with pytest.raises(UnrecordedError, match="anchor"):
        trail.record(make_entry())


def test_a_trail_that_was_set_aside_is_kept_and_a_new_one_begins_by_saying_so(tmp_path):
    trail = make_trail(tmp_path, rows=3)
    (tmp_path / "records.anchor").unlink()
    moved = trail.set_aside("os:me")
    assert all(path.exists() for path in moved)
    (row,) = trail.entries()
    assert (row.action, row.what, row.who) == ("changed", "audit", "os:me")
    assert "set aside" in row.detail
    assert trail.verify().ok


def test_a_trail_that_another_program_holds_is_said_so_and_nothing_recorded(tmp_path, monkeypatch):
    monkeypatch.setattr(records_sqlite, "PATIENCE", 0.05)
    trail = make_trail(tmp_path, rows=1)
    with closing(sqlite3.connect(trail.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UnrecordedError, match="another program holds it"):
            make_trail(tmp_path).record(make_entry())
        other.execute("ROLLBACK")
    assert trail.verify().rows == 1


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="this user may write everything")
def test_a_folder_that_may_not_be_written_is_said_so(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(UnrecordedError, match="cannot be opened"):
        make_trail(tmp_path).record(make_entry())
    tmp_path.chmod(0o700)


def test_a_place_that_is_no_folder_is_said_so(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UnrecordedError, match="cannot be written"):
        make_trail(tmp_path / "file" / "below").record(make_entry())


def test_threads_that_record_at_once_make_one_chain(tmp_path):
    trail = make_trail(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: trail.record(make_entry(number)), range(40)))
    assert trail.verify().ok
    assert trail.verify().rows == 40


def test_the_check_says_what_it_cannot_find(tmp_path):
    open_to_forgers = make_trail(tmp_path / "a", rows=1).verify().limits
    sealed = make_trail(tmp_path / "b", rows=1, key=KEY).verify().limits
    assert "No key is set" in open_to_forgers
    assert "No key is set" not in sealed
    assert "same disk" in sealed


def test_a_key_that_is_too_short_is_refused(monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, "short")
    with pytest.raises(Exception, match="fewer than 16 characters"):
        open_audit(demo_settings())
