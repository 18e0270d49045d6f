"""What is older than the set time is found and deleted; nothing else is, and nothing without a record."""

import os
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from data import durable, snapshots
from data.errors import UsageError
from data.retention_settings import Retention
from data.settings import Settings
from data.snapshots import SnapshotStore
from disclosure import export_register
from disclosure.audit import Action, AuditEntry, UnrecordedError
from disclosure.export_register import Export, ExportRegister
from disclosure.retention import Due, delete_due, find_due
from tests.unit.data.snapshot_samples import make_contents, make_settings

NOW = datetime(2026, 7, 1, tzinfo=UTC)


class Clock:
    """What the modules that write down a time read it from."""

    days_ago = 0

    def now(self, tz: tzinfo) -> datetime:
        return (NOW - timedelta(days=self.days_ago)).astimezone(tz)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(snapshots, "datetime", made)
    monkeypatch.setattr(export_register, "datetime", made)
    return made


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    return SnapshotStore(tmp_path / "snapshots")


@pytest.fixture
def register(tmp_path: Path) -> ExportRegister:
    return ExportRegister(tmp_path / "exports")


def settings(**keep: int) -> Settings:
    return make_settings().model_copy(update={"retention": Retention(**keep)})


def made(store: SnapshotStore, clock: Clock, *days_ago: int) -> list[str]:
    ids = []
    for number, days in enumerate(days_ago):
        clock.days_ago = days
        ids.append(store.write(make_contents(content=number)))
    return ids


def exported(register: ExportRegister, clock: Clock, folder: Path, *, days_ago: int) -> Export:
    clock.days_ago = days_ago
    folder.mkdir()
    register.begin(folder, audience="inspector", snapshot="2025-26-q2-0123456789ab")
    for name in ("overlap.csv", "run.json"):
        (folder / name).write_text(name, encoding="utf-8")
    return register.finish(folder, sorted(folder.iterdir()))


def due(store: SnapshotStore, register: ExportRegister, **keep: int) -> Due:
    return find_due(store, register, settings=settings(**keep), now=NOW)


def delete(what: Due, *, store: SnapshotStore, register: ExportRegister, record=lambda _: None) -> list[str]:
    return list(delete_due(what, store=store, register=register, record=record, who="os:me"))


# --- what is due -----------------------------------------------------------------------------------------------------


def test_without_a_set_time_nothing_is_ever_due(store, register, clock, tmp_path):
    made(store, clock, 9_000, 8_000)
    exported(register, clock, tmp_path / "out", days_ago=9_000)
    assert due(store, register) == Due(snapshots=(), exports=(), cannot_tell=())


def test_snapshots_older_than_the_set_time_are_due_the_oldest_first(store, register, clock):
    first, second, _, _ = made(store, clock, 500, 401, 400, 3)
    assert [one.id for one in due(store, register, snapshots_days=400).snapshots] == [first, second]


def test_the_newest_snapshot_is_never_due(store, register, clock):
    old, _ = made(store, clock, 900, 800)
    assert [one.id for one in due(store, register, snapshots_days=1).snapshots] == [old]
    assert due(store, register, snapshots_days=1, keep_newest=2).snapshots == ()
    with pytest.raises(ValueError, match="greater than or equal to 1"):
        Retention(keep_newest=0)


def test_exports_older_than_the_set_time_are_due(store, register, clock, tmp_path):
    old = exported(register, clock, tmp_path / "old", days_ago=101)
    exported(register, clock, tmp_path / "new", days_ago=100)
    assert due(store, register, exports_days=100).exports == (old,)


def test_a_snapshot_whose_age_cannot_be_told_is_reported_and_not_due(store, register, clock, tmp_path):
    damaged, old, _ = made(store, clock, 900, 800, 0)
    (tmp_path / "snapshots" / damaged / "manifest.json").write_text("{", encoding="utf-8")
    found = due(store, register, snapshots_days=400)
    assert [one.id for one in found.snapshots] == [old]
    assert [sentence.partition(".")[0] for sentence in found.cannot_tell] == [
        f"How old snapshot {damaged} is cannot be told"
    ]


def test_a_run_that_was_stopped_is_reported_and_not_due(store, register, clock, tmp_path):
    clock.days_ago = 500
    register.begin(tmp_path / "out", audience="analyst", snapshot="")
    found = due(store, register, exports_days=100)
    assert found.exports == ()
    assert str(tmp_path / "out") in found.cannot_tell[0]


# --- deleting --------------------------------------------------------------------------------------------------------


def test_each_deletion_is_recorded_before_it_is_done(store, register, clock, tmp_path):
    old, kept = made(store, clock, 500, 0)
    export = exported(register, clock, tmp_path / "out", days_ago=500)
    there: list[tuple[AuditEntry, bool, bool]] = []

    def record(entry: AuditEntry) -> None:
        there.append((entry, old in store.ids(), (tmp_path / "out" / "run.json").exists()))

    said = delete(
        due(store, register, snapshots_days=400, exports_days=100), store=store, register=register, record=record
    )
    assert store.ids() == [kept]
    assert list((tmp_path / "out").iterdir()) == []
    assert register.exports() == []
    assert [(entry.action, entry.what, entry.snapshot, before) for entry, *before in there] == [
        (Action.DELETED, "snapshot", old, [True, True]),
        (Action.DELETED, "run", export.snapshot, [False, True]),
    ]
    assert there[1][0].detail == {"reason": "older than the set time", "export": export.id}
    assert {entry.who for entry, *_ in there} == {"os:me"}
    assert said[0] == f"Snapshot {old} deleted"
    assert said[1:] == [f"{tmp_path / 'out' / name} deleted" for name in ("overlap.csv", "run.json")]


def test_what_cannot_be_recorded_is_not_deleted(store, register, clock, tmp_path):
    ids = made(store, clock, 500, 450, 0)
    exported(register, clock, tmp_path / "out", days_ago=500)
    recorded: list[AuditEntry] = []

    def full_disk(entry: AuditEntry) -> None:
        if recorded:
            raise UnrecordedError("The disk is full.")
        recorded.append(entry)

    found = due(store, register, snapshots_days=400, exports_days=100)
    with pytest.raises(UnrecordedError):
        delete(found, store=store, register=register, record=full_disk)
    assert store.ids() == sorted(ids[1:])
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_an_export_that_was_changed_is_left_and_reported_every_time(store, register, clock, tmp_path):
    exported(register, clock, tmp_path / "out", days_ago=500)
    (tmp_path / "out" / "overlap.csv").write_text("worked on", encoding="utf-8")
    (tmp_path / "out" / "notes.txt").write_text("mine", encoding="utf-8")
    for left_over in ("deleted", "was gone already"):
        said = delete(due(store, register, exports_days=100), store=store, register=register)
        assert said[0].startswith(f"{tmp_path / 'out' / 'overlap.csv'} was changed since it was written")
        assert len(said) == (2 if left_over == "deleted" else 1)
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"overlap.csv", "notes.txt"}


def test_an_export_that_is_gone_already_is_forgotten(store, register, clock, tmp_path):
    exported(register, clock, tmp_path / "out", days_ago=500)
    for path in (tmp_path / "out").iterdir():
        path.unlink()
    said = delete(due(store, register, exports_days=100), store=store, register=register)
    assert all(line.endswith("was gone already") for line in said)
    assert register.exports() == []


# --- a snapshot that is taken away -----------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="Windows does not rename a folder of which a file is open")
def test_who_is_reading_a_file_reads_on_and_who_comes_later_is_told(store, clock, tmp_path):
    (id,) = made(store, clock, 0)
    snapshot = store.open(id)
    content = (tmp_path / "snapshots" / id / "referrals.parquet").read_bytes()
    with (tmp_path / "snapshots" / id / "referrals.parquet").open("rb") as stream:
        store.remove(id)
        assert stream.read() == content
    with pytest.raises(UsageError, match="was deleted while it was in use"):
        snapshot.referrals()
    assert [path.name for path in (tmp_path / "snapshots").iterdir() if path.is_dir()] == []


def test_a_crash_while_removing_leaves_no_half_of_a_snapshot_and_the_rest_goes_next_time(
    store, clock, tmp_path, monkeypatch
):
    first, second, third = made(store, clock, 2, 1, 0)

    class KilledError(BaseException):
        pass

    def killed(folder: Path, **_: object) -> None:
        next(folder.glob("wards.parquet")).unlink()
        raise KilledError

    with monkeypatch.context() as crashing:
        crashing.setattr(durable.shutil, "rmtree", killed)
        with pytest.raises(KilledError):
            store.remove(first)
    assert store.ids() == sorted([second, third])
    assert any(path.name.startswith(".removing-") for path in (tmp_path / "snapshots").iterdir())
    store.remove(second)
    assert [path.name for path in (tmp_path / "snapshots").iterdir() if path.is_dir()] == [third]


def test_a_snapshot_that_cannot_be_removed_stays_whole_and_that_is_said(store, clock, monkeypatch):
    (id,) = made(store, clock, 0)

    def in_use(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as held:
        held.setattr(Path, "rename", in_use)
        with pytest.raises(UsageError, match=f"{id} cannot be removed .Permission denied."):
            store.remove(id)
    store.open(id).verify()


@pytest.mark.parametrize("id", ["2025-26-q2-000000000000", "..", "/", ""])
def test_only_a_snapshot_is_removed(store, clock, id):
    made(store, clock, 0)
    with pytest.raises(UsageError, match="There is no such snapshot"):
        store.remove(id)
    assert len(store.ids()) == 1
