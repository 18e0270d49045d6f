"""Backups of records in PostgreSQL, and moving: from a file to PostgreSQL and back, every row and every fence of it."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import psycopg
import pytest

from briefing.decisions import DecisionDraft, Outcome, open_decisions
from briefing.register import open_briefings
from briefing.register_records import Basis
from briefing.selections import open_selections
from data.errors import UsageError
from data.settings import Settings, Storage
from disclosure import records_moving
from disclosure.audiences import Audience
from disclosure.audit import open_audit
from disclosure.audit_chain import parse_head
from disclosure.backup import make_backup
from disclosure.backup_contents import RECORDS, BackupContents
from disclosure.health import look
from disclosure.migrating import migrate
from disclosure.records_place import DATABASE_VARIABLE, anchor_file, schema_of
from disclosure.restoring import restore_backup
from ingest.places import records_anchor, records_file
from tests.audit_samples import make_entry, unrecorded
from tests.postgres import Database
from tests.register_samples import ANN, BEN, CASTLE, PARK, HandClock, approved, issued, words
from tests.unit.data.snapshot_samples import make_settings


def settings_in(folder: Path) -> Settings:
    return make_settings().model_copy(update={"storage": Storage(snapshots=str(folder / "store"))})


def back_up(settings: Settings, target: Path) -> BackupContents:
    file = target.with_name("settings.toml")
    file.write_text("# settings\n", encoding="utf-8")
    return make_backup(settings, settings_file=file, target=target, who="os:me")


def act(settings: Settings, *, ward: Basis = CASTLE) -> None:
    """Do something with every register."""
    briefings, clock = open_briefings(settings, now=HandClock()), HandClock()
    first = issued(briefings, ward)
    briefings.supersede(first.id, new=approved(briefings, ward).id, by=ANN)
    briefings.finish_action(first.id, position=1, done_on=date(2026, 6, 15), outcome="Visited; “quiet” – ok", by=BEN)
    briefings.ask_for(ward.ward_code, ward_name=ward.ward_name, district="North", reason="Ünrest", by=ANN)
    asked = briefings.ask_for("E05010459", ward_name="Park", district="North", reason="None", by=ANN)
    briefings.answer(asked.id, answer="Not now", by=BEN)
    draft = DecisionDraft(
        meeting=date(2026, 6, 1), finding="Flagged", recommendation="Look", owner="Sgt O", due=date(2026, 7, 1)
    )
    decisions = open_decisions(settings, now=clock)
    decisions.conclude(decisions.record(draft, by=ANN).id, outcome=Outcome.DONE, note="Looked", by=BEN)
    selections = open_selections(settings, now=clock)
    for title in ("Mine", "Not any more"):
        saved = selections.save(title, {"quarters": "4"}, snapshot="s", audience=Audience.ANALYST, by=ANN)
    selections.remove(saved.id, by=ANN)


def all_of_it(settings: Settings) -> list[object]:
    """What can be read of every register."""
    briefings, decisions = open_briefings(settings), open_decisions(settings)
    found = briefings.search()
    return [
        found,
        [briefings.versions(one.id) for one in found],
        [briefings.document(one.id, kind=kind) for one in found for kind in briefings.kinds_of_documents(one.id)],
        [briefings.actions(one.id) for one in found],
        briefings.requests(answered=None),
        briefings.overdue_actions(date(2027, 1, 1)),
        decisions.search(),
        open_selections(settings).of(ANN),
    ]


@pytest.fixture
def named(postgres_database: Database, monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Name the database in the environment, or not."""

    def name(yes: bool) -> None:
        monkeypatch.setenv(DATABASE_VARIABLE, postgres_database.url if yes else "")

    return name


def test_records_move_from_a_file_to_postgresql_and_back_with_all_that_is_in_them(tmp_path, named, postgres_database):
    here, back = settings_in(tmp_path), settings_in(tmp_path / "back")
    act(here)
    before = all_of_it(here)
    first = back_up(here, tmp_path / "first")
    named(True)
    with pytest.raises(UsageError, match="would begin without"):
        migrate(here, who="os:me")
    restore_backup(tmp_path / "first", settings=here, who="os:me")
    assert all_of_it(here) == before
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        postgres_database.run(f"DELETE FROM {schema_of(here)}.briefing_documents")
    assert open_audit(here).verify(known=parse_head(first.head)).ok
    act(here, ward=PARK)
    assert open_briefings(here).last_issued(PARK.ward_code).issue.number == "WO-2026-0002"
    before = all_of_it(here)
    second = back_up(here, tmp_path / "second")
    named(False)
    restore_backup(tmp_path / "second", settings=back, who="os:me")
    assert all_of_it(back) == before
    assert open_audit(back).verify(known=parse_head(second.head)).ok
    with closing(sqlite3.connect(records_file(back))) as file, pytest.raises(sqlite3.IntegrityError):
        file.execute("DELETE FROM briefing_documents")
    assert rows(tmp_path / "first") == rows(tmp_path / "second")[: len(rows(tmp_path / "first"))]


def rows(backup: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(backup / RECORDS)) as file:
        return file.execute("SELECT * FROM audit ORDER BY number").fetchall()


def test_without_the_database_no_second_trail_is_begun_beside_it(tmp_path, named):
    here = settings_in(tmp_path)
    open_audit(here).record(make_entry())
    back_up(here, tmp_path / "first")
    named(True)
    restore_backup(tmp_path / "first", settings=here, who="os:me")
    assert look(here).parts["records"] == "ok"
    named(False)
    for moved in (False, True):
        if moved:
            records_file(here).rename(tmp_path / "moved.db")
            records_anchor(here).rename(tmp_path / "moved.anchor")
        with unrecorded("DATABASE_URL is not set"):
            open_audit(here)
        with unrecorded("DATABASE_URL is not set"):
            back_up(here, tmp_path / "second")
        assert look(here).parts["records"] == "failed"
        assert records_file(here).exists() is not moved
    assert not (tmp_path / "second").exists()


def test_back_in_the_place_that_they_came_from_records_go_on_once_the_anchor_of_postgresql_is_moved_away(
    tmp_path, named
):
    named(True)
    here = settings_in(tmp_path)
    migrate(here, who="os:me")
    contents = back_up(here, tmp_path / "backup")
    gone = anchor_file(here)
    named(False)
    with unrecorded("Moving from a file"):
        restore_backup(tmp_path / "backup", settings=here, who="os:me")
    gone.rename(tmp_path / gone.name)
    restore_backup(tmp_path / "backup", settings=here, who="os:me")
    assert open_audit(here).verify(known=parse_head(contents.head)).ok


def test_a_backup_of_a_moment_holds_while_others_go_on_recording(tmp_path, named):
    named(True)
    here = settings_in(tmp_path)
    migrate(here, who="os:me")
    stop = threading.Event()

    def record() -> None:
        while not stop.is_set():
            open_audit(here).record(make_entry())

    writer = threading.Thread(target=record)
    writer.start()
    contents = back_up(here, tmp_path / "backup")
    stop.set()
    writer.join()
    named(False)
    there = settings_in(tmp_path / "there")
    restore_backup(tmp_path / "backup", settings=there, who="os:me")
    assert open_audit(there).verify(known=parse_head(contents.head)).ok
    assert contents.head == f"{len(rows(tmp_path / 'backup'))}:{rows(tmp_path / 'backup')[-1][-1]}"


def test_a_restore_that_was_stopped_before_its_rows_counted_is_finished_by_calling_it_again(
    tmp_path, named, monkeypatch
):
    class StoppedError(BaseException):
        pass

    here = settings_in(tmp_path)
    open_audit(here).record(make_entry())
    back_up(here, tmp_path / "backup")
    named(True)
    place = records_moving.place_file

    def stop(source: Path, target: Path) -> None:
        place(source, target)
        raise StoppedError

    with monkeypatch.context() as stopping:
        stopping.setattr(records_moving, "place_file", stop)
        with pytest.raises(StoppedError):
            restore_backup(tmp_path / "backup", settings=here, who="os:me")
    assert not open_audit(here).is_begun()
    assert anchor_file(here).exists()
    restore_backup(tmp_path / "backup", settings=here, who="os:me")
    restore_backup(tmp_path / "backup", settings=here, who="os:me")
    assert open_audit(here).verify().rows == 4


def test_records_and_anchors_of_others_are_never_replaced(tmp_path, named):
    here, other = settings_in(tmp_path), settings_in(tmp_path / "other")
    for settings, name in ((here, "backup"), (other, "another")):
        open_audit(settings).record(make_entry())
        back_up(settings, tmp_path / name)
    named(True)
    restore_backup(tmp_path / "backup", settings=here, who="os:me")
    with pytest.raises(UsageError, match="never replaced"):
        restore_backup(tmp_path / "another", settings=here, who="os:me")
    assert open_audit(here).verify().rows == 3


def test_where_the_anchor_of_other_records_lies_nothing_is_restored(tmp_path, named):
    here, other = settings_in(tmp_path), settings_in(tmp_path / "other")
    open_audit(here).record(make_entry())
    back_up(here, tmp_path / "backup")
    named(True)
    make_other = records_file(other).with_suffix(".anchor")
    named(False)
    open_audit(other).record(make_entry(1))
    named(True)
    make_other.rename(anchor_file(here))
    with pytest.raises(UsageError, match="anchor of other records"):
        restore_backup(tmp_path / "backup", settings=here, who="os:me")
    assert not open_audit(here).is_begun()


def test_a_draft_that_is_begun_in_postgresql_is_in_the_next_backup(tmp_path, named):
    named(True)
    here = settings_in(tmp_path)
    migrate(here, who="os:me")
    open_briefings(here).draft(CASTLE, words=words(), by=ANN)
    back_up(here, tmp_path / "backup")
    with closing(sqlite3.connect(tmp_path / "backup" / RECORDS)) as file:
        assert file.execute("SELECT COUNT(*) FROM briefing_versions").fetchall() == [(1,)]
        assert file.execute("PRAGMA journal_mode").fetchall() == [("delete",)]
    assert (tmp_path / "backup" / RECORDS).stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in (tmp_path / "backup").glob("records*")) == ["records.anchor", RECORDS]
