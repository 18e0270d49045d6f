"""A backup holds everything as of one moment, is found damaged if it is, and never replaces anything when it is put back."""

import json
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from data.errors import RefusedInputError, UsageError
from data.settings import Settings, Storage
from data.snapshots import SnapshotStore
from disclosure import records_moving, restoring
from disclosure.audit import Action, AuditEntry, UnrecordedError, What, open_audit
from disclosure.audit_chain import KEY_VARIABLE, parse_head
from disclosure.backup import make_backup
from disclosure.backup_contents import BackupContents, check_backup, describe_files
from disclosure.export_register import open_register
from disclosure.restoring import Restored, restore_backup
from ingest.places import records_anchor, records_file, snapshot_folder
from tests.unit.data.snapshot_samples import make_contents, make_settings

ENTRY = AuditEntry(Action.SAW, "os:me", What.OVERVIEW)


def settings_in(folder: Path) -> Settings:
    return make_settings().model_copy(update={"storage": Storage(snapshots=str(folder / "store"))})


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    """A partnership with two snapshots, an export and three entries in its trail."""
    settings = settings_in(tmp_path / "here")
    for _ in range(3):
        open_audit(settings).record(ENTRY)
    store = SnapshotStore(snapshot_folder(settings))
    for content in (1, 2):
        store.write(make_contents(content=content))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "run.json").write_text("{}", encoding="utf-8")
    open_register(settings).begin(tmp_path / "out", audience="analyst", snapshot=store.ids()[0])
    open_register(settings).finish(tmp_path / "out", [tmp_path / "out" / "run.json"])
    return settings


@pytest.fixture
def there(tmp_path: Path) -> Settings:
    """The same partnership on a fresh machine."""
    return settings_in(tmp_path / "there")


def back_up(settings: Settings, target: Path) -> BackupContents:
    file = records_file(settings).with_name("settings.toml")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("# settings\n", encoding="utf-8")
    return make_backup(settings, settings_file=file, target=target, who="os:me")


def restore(source: Path, settings: Settings) -> Restored:
    return restore_backup(source, settings=settings, who="os:me")


def files_of(folder: Path) -> dict[str, bytes]:
    """All files but the key of a store, which is in the manifests as well."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".key")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


# --- there and back --------------------------------------------------------------------------------------------------


def test_what_is_restored_on_a_fresh_machine_is_what_was_backed_up(here: Settings, there: Settings, tmp_path: Path):
    back_up(here, tmp_path / "backup")
    done = restore(tmp_path / "backup", there)
    assert files_of(snapshot_folder(there)) == files_of(snapshot_folder(here))
    assert list(done.snapshots) == SnapshotStore(snapshot_folder(here)).ids()
    assert open_register(there).exports() == open_register(here).exports()


def test_the_same_files_give_the_same_id_in_a_store_that_was_restored(here: Settings, there: Settings, tmp_path: Path):
    contents = back_up(here, tmp_path / "backup")
    restore(tmp_path / "backup", there)
    again = {SnapshotStore(snapshot_folder(there)).write(make_contents(content=content)) for content in (1, 2)}
    assert sorted(again) == contents.snapshots()
    new = [SnapshotStore(snapshot_folder(one)).write(make_contents(content=3)) for one in (here, there)]
    assert new[0] == new[1]


def test_the_restored_trail_holds_and_goes_on_where_the_backup_ended(here: Settings, there: Settings, tmp_path: Path):
    contents = back_up(here, tmp_path / "backup")
    restore(tmp_path / "backup", there)
    trail = open_audit(there)
    trail.record(ENTRY)
    found = trail.verify(known=parse_head(contents.head))
    assert found.ok, found.sentence
    newest = [(row.action, row.what) for row in trail.entries()]
    assert newest[:3] == [("saw", "overview"), ("changed", "backup"), ("made", "backup")]
    assert contents.head in trail.entries()[1].detail
    assert found.rows == 3 + 3


def test_a_backup_says_where_its_trail_ends_and_holds_the_record_of_itself(here: Settings, tmp_path: Path):
    contents = back_up(here, tmp_path / "backup")
    assert contents.head == str(open_audit(here).head())
    with closing(sqlite3.connect(tmp_path / "backup" / "records.db")) as copy:
        assert copy.execute("SELECT action, what FROM audit WHERE number = 4").fetchall() == [("made", "backup")]


def test_a_backup_is_whole_open_to_its_owner_alone_and_without_a_log_beside_its_database(
    here: Settings, tmp_path: Path
):
    back_up(here, tmp_path / "backup")
    assert (tmp_path / "backup").stat().st_mode & 0o077 == 0
    names = {path.name for path in (tmp_path / "backup").iterdir()}
    assert names == {"backup.json", "exports", "records.anchor", "records.db", "settings.toml", "snapshots"}
    before = files_of(tmp_path / "backup")
    check_backup(tmp_path / "backup")
    assert files_of(tmp_path / "backup") == before


def test_restoring_leaves_the_backup_as_it_is(here: Settings, there: Settings, tmp_path: Path):
    back_up(here, tmp_path / "backup")
    before = files_of(tmp_path / "backup")
    restore(tmp_path / "backup", there)
    assert files_of(tmp_path / "backup") == before


def test_a_trail_that_is_sealed_with_a_key_is_restored_with_it_and_not_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(KEY_VARIABLE, "a key of the tests, long enough")
    settings = settings_in(tmp_path / "sealed")
    open_audit(settings).record(ENTRY)
    back_up(settings, tmp_path / "backup")
    monkeypatch.delenv(KEY_VARIABLE)
    with pytest.raises(RefusedInputError, match="WARD_OVERLAP_AUDIT_KEY is not set"):
        restore(tmp_path / "backup", settings_in(tmp_path / "without"))
    assert not (tmp_path / "without").exists()
    monkeypatch.setenv(KEY_VARIABLE, "a key of the tests, long enough")
    restore(tmp_path / "backup", settings_in(tmp_path / "with"))
    assert open_audit(settings_in(tmp_path / "with")).verify().ok


# --- while others work -----------------------------------------------------------------------------------------------


def test_a_backup_taken_while_others_record_holds_a_trail_that_fits_its_anchor(here: Settings, tmp_path: Path):
    stop = threading.Event()
    failed: list[BaseException] = []

    def busy() -> None:
        try:
            while not stop.is_set():
                open_audit(here).record(ENTRY)
        except BaseException as error:  # noqa: BLE001
            failed.append(error)

    others = [threading.Thread(target=busy) for _ in range(2)]
    for one in others:
        one.start()
    try:
        for number in range(5):
            contents = back_up(here, tmp_path / f"backup{number}")
            restore(tmp_path / f"backup{number}", settings_in(tmp_path / f"there{number}"))
    finally:
        stop.set()
        for one in others:
            one.join()
    assert not failed
    assert open_audit(here).verify(known=parse_head(contents.head)).ok


def test_what_cannot_be_recorded_is_not_backed_up(here: Settings, tmp_path: Path):
    records_anchor(here).unlink()
    with pytest.raises(UnrecordedError):
        back_up(here, tmp_path / "backup")
    assert not (tmp_path / "backup").exists()


def test_a_backup_takes_the_place_of_nothing(here: Settings, tmp_path: Path):
    (tmp_path / "backup").mkdir()
    with pytest.raises(UsageError, match="is there already"):
        back_up(here, tmp_path / "backup")


def test_a_backup_that_cannot_be_written_is_said_in_a_sentence_and_leaves_nothing(here: Settings, tmp_path: Path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be written"):
        back_up(here, tmp_path / "file" / "backup")


def test_a_damaged_snapshot_is_not_backed_up_without_a_word(here: Settings, tmp_path: Path):
    path = next(snapshot_folder(here).glob("*/wards.parquet"))
    content = bytearray(path.read_bytes())
    content[50] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(RefusedInputError, match=rf"{path.parent.name} is damaged: wards\.parquet"):
        back_up(here, tmp_path / "backup")
    assert [path.name for path in tmp_path.iterdir() if "backup" in path.name or path.name.startswith(".")] == []


# --- damage ----------------------------------------------------------------------------------------------------------


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def every_file(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "harm", [flip, Path.unlink, lambda path: path.write_bytes(b"")], ids=["changed", "gone", "emptied"]
)
def test_whichever_file_is_damaged_the_backup_is_refused_and_the_file_named(
    here: Settings, there: Settings, tmp_path: Path, harm: Callable[[Path], object]
):
    back_up(here, tmp_path / "sound")
    names = every_file(tmp_path / "sound")
    assert len(names) == 2 * 5 + 1 + 4
    for number, name in enumerate(names):
        damaged = tmp_path / f"damaged{number}"
        shutil.copytree(tmp_path / "sound", damaged)
        harm(damaged / name)
        with pytest.raises(RefusedInputError, match=name.replace(".", r"\.")):
            restore(damaged, there)
    assert not snapshot_folder(there).exists()
    assert not records_file(there).exists()


@pytest.mark.parametrize(
    "name",
    ["notes.txt", "snapshots/notes.txt", "snapshots/2025-26-q2-0123456789ab/extra.sh", "exports/x.json", "a/b/c/d"],
)
def test_a_file_that_has_no_place_in_a_backup_is_refused(here: Settings, there: Settings, tmp_path: Path, name: str):
    back_up(here, tmp_path / "backup")
    (tmp_path / "backup" / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "backup" / name).write_text("x", encoding="utf-8")
    with pytest.raises(RefusedInputError, match=f"{name} has no place in a backup"):
        restore(tmp_path / "backup", there)


def test_a_list_that_leads_elsewhere_is_refused(here: Settings, there: Settings, tmp_path: Path):
    back_up(here, tmp_path / "backup")
    path = tmp_path / "backup" / "backup.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["files"]["../../settings.toml"] = content["files"]["settings.toml"]
    listed = BackupContents.model_validate(content).with_checksum()
    path.write_text(listed.model_dump_json(), encoding="utf-8")
    with pytest.raises(RefusedInputError, match=r"\.\./\.\./settings\.toml has no place in a backup"):
        restore(tmp_path / "backup", there)


def test_a_link_in_a_backup_is_refused(here: Settings, there: Settings, tmp_path: Path):
    back_up(here, tmp_path / "backup")
    (tmp_path / "elsewhere").write_text("# settings\n", encoding="utf-8")
    (tmp_path / "backup" / "settings.toml").unlink()
    (tmp_path / "backup" / "settings.toml").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RefusedInputError, match=r"settings\.toml is a link"):
        restore(tmp_path / "backup", there)


def test_a_trail_that_was_rewritten_before_its_backup_was_listed_anew_is_refused(
    here: Settings, there: Settings, tmp_path: Path
):
    back_up(here, tmp_path / "backup")
    with closing(sqlite3.connect(tmp_path / "backup" / "records.db")) as copy:
        copy.execute("DROP TRIGGER audit_not_changed")
        copy.execute("UPDATE audit SET who = 'os:another' WHERE number = 2")
        copy.commit()
    contents = BackupContents.model_validate_json((tmp_path / "backup" / "backup.json").read_bytes())
    listed = contents.model_copy(update={"files": describe_files(tmp_path / "backup")}).with_checksum()
    (tmp_path / "backup" / "backup.json").write_text(listed.model_dump_json(), encoding="utf-8")
    with pytest.raises(RefusedInputError, match=r"records\.db: Row 2 is not as it was written"):
        restore(tmp_path / "backup", there)


def test_what_is_no_backup_is_said_to_be_none(there: Settings, tmp_path: Path):
    with pytest.raises(RefusedInputError, match="holds no backup"):
        restore(tmp_path, there)


# --- where something is already --------------------------------------------------------------------------------------


def test_a_snapshot_that_was_lost_is_filled_in_and_the_newer_records_stay(here: Settings, tmp_path: Path):
    back_up(here, tmp_path / "backup")
    open_audit(here).record(ENTRY)
    lost, kept = SnapshotStore(snapshot_folder(here)).ids()
    shutil.rmtree(snapshot_folder(here) / lost)
    rows = open_audit(here).head().rows
    assert restore(tmp_path / "backup", here).snapshots == (lost,)
    assert SnapshotStore(snapshot_folder(here)).ids() == [lost, kept]
    assert open_audit(here).head().rows == rows + 1
    assert restore(tmp_path / "backup", here).snapshots == ()


def test_records_of_their_own_are_never_replaced(here: Settings, there: Settings, tmp_path: Path):
    back_up(here, tmp_path / "backup")
    open_audit(there).record(ENTRY)
    before = open_audit(there).head()
    with pytest.raises(UsageError, match="not a continuation of those in the backup, and are never replaced"):
        restore(tmp_path / "backup", there)
    assert open_audit(there).head() == before
    assert not snapshot_folder(there).exists()


def test_a_damaged_snapshot_that_is_there_is_named_and_not_replaced(here: Settings, tmp_path: Path):
    back_up(here, tmp_path / "backup")
    path = next(snapshot_folder(here).glob("*/wards.parquet"))
    flip(path)
    harmed = path.read_bytes()
    with pytest.raises(RefusedInputError, match=f"{path.parent.name} is damaged"):
        restore(tmp_path / "backup", here)
    assert path.read_bytes() == harmed


def test_the_backup_of_another_partnership_is_refused(here: Settings, there: Settings, tmp_path: Path):
    back_up(here, tmp_path / "backup")
    other = there.model_copy(update={"partnership": there.partnership.model_copy(update={"name": "Elsewhere"})})
    with pytest.raises(UsageError, match="of another partnership"):
        restore(tmp_path / "backup", other)


def test_a_restore_that_was_stopped_is_finished_by_calling_it_again(
    here: Settings, there: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    class StoppedError(BaseException):
        pass

    back_up(here, tmp_path / "backup")
    for module, where in ((records_moving, "sync_file"), (restoring, "write_folder")):

        def stop(*_: object, **__: object) -> None:
            raise StoppedError

        with monkeypatch.context() as stopping:
            stopping.setattr(module, where, stop)
            with pytest.raises(StoppedError):
                restore(tmp_path / "backup", there)
    restore(tmp_path / "backup", there)
    assert files_of(snapshot_folder(there)) == files_of(snapshot_folder(here))
    assert open_audit(there).verify().ok
