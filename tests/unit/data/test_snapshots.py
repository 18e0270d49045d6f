"""Snapshots: what is stored, how it is named, and that nothing changes or goes missing without a word."""

import hashlib
import json
import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import pandas as pd
import pytest

from data import durable, manifest, snapshots
from data.account import account_name
from data.errors import RefusedInputError, UsageError
from data.manifest import describe_source, hash_file, is_snapshot_id, snapshot_id
from data.snapshots import Snapshot, SnapshotStore
from tests.unit.data.snapshot_samples import make_contents, make_incidents, make_referrals, make_settings, make_source


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    return SnapshotStore(tmp_path / "snapshots")


def written(store: SnapshotStore, **changes: object) -> Snapshot:
    return store.open(store.write(make_contents(**changes)))


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# --- what is stored --------------------------------------------------------------------------------------------------


def test_tables_come_back_sorted_with_the_stored_columns_only(store: SnapshotStore) -> None:
    snapshot = written(store)
    assert list(snapshot.wards()["ward_code"]) == list(snapshot.outlines()["ward_code"]) == ["W1", "W2", "W3"]
    assert snapshot.wards()["residents"].tolist() == [10.0, 20.0, 30.0]
    assert (snapshot.wards().crs, snapshot.outlines().crs) == ("EPSG:27700", "EPSG:4326")
    assert list(snapshot.referrals().columns) == ["ward_code", "quarter", "category", "sector", "count"]
    assert snapshot.referrals()["quarter"].tolist() == ["2024/25 Q4", "2025/26 Q2", "2025/26 Q1"]
    assert "joined_by" not in snapshot.incidents().columns
    assert snapshot.incidents()["ward_code"].tolist() == ["W1", "W3"]


def test_values_and_kinds_come_back_as_they_went_in(store: SnapshotStore) -> None:
    incidents = written(store).incidents()
    expected = make_incidents().drop(columns="joined_by").sort_values("ward_code", ignore_index=True)
    pd.testing.assert_frame_equal(incidents, expected[list(incidents.columns)])


def test_a_table_that_is_changed_after_reading_does_not_change_the_snapshot(store: SnapshotStore) -> None:
    snapshot = written(store)
    wards = snapshot.wards()
    wards.loc[0, "residents"] = 0.0
    assert snapshot.wards()["residents"].tolist() == [10.0, 20.0, 30.0]


def test_the_manifest_says_what_when_who_and_from_what(store: SnapshotStore) -> None:
    contents = make_contents(settings=make_settings(stand_in="Public order offences."), invented=("referrals",))
    known = store.open(store.write(contents)).manifest
    assert (known.partnership, known.vintage) == ("Merefield", 2023)
    assert (known.first_quarter, known.last_quarter) == ("2024/25 Q4", "2025/26 Q2")
    assert known.rows == {"wards": 3, "outlines": 3, "referrals": 3, "incidents": 2}
    assert (known.invented, known.stand_in) == (("referrals",), ("Public order offences.",))
    assert (known.sources, known.reports) == (contents.sources, contents.reports)
    assert known.created_at.tzinfo is not None
    assert abs(datetime.now(UTC) - known.created_at) < timedelta(minutes=5)
    assert known.created_by
    assert known.software_version == "0.1.0"
    assert set(known.files) == {"wards.parquet", "outlines.parquet", "referrals.parquet", "incidents.parquet"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_snapshot_is_open_to_its_owner_alone(store: SnapshotStore, tmp_path: Path) -> None:
    name = store.write(make_contents())
    assert (tmp_path / "snapshots" / name).stat().st_mode & 0o077 == 0


def test_who_made_it_is_the_account_whatever_the_variables_say(
    store: SnapshotStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "somebody-else")
    assert written(store).manifest.created_by == account_name() != "somebody-else"


def test_a_snapshot_without_records_has_no_quarters(store: SnapshotStore) -> None:
    snapshot = written(store, referrals=make_referrals().iloc[:0], incidents=make_incidents().iloc[:0])
    assert snapshot.id.startswith("no-quarter-")
    assert (snapshot.manifest.first_quarter, snapshot.manifest.last_quarter) == (None, None)
    assert len(snapshot.referrals()) == 0


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"referrals": make_referrals().drop(columns="sector")}, "referrals .* need the columns sector"),
        ({"referrals": make_referrals().assign(ward_code="W9")}, "referrals .* in its wards"),
        ({"incidents": make_incidents().assign(ward_code=None)}, "incidents .* in its wards"),
        ({"outlines": make_contents().outlines.iloc[:2]}, "one outline for each ward"),
    ],
)
def test_tables_that_do_not_fit_together_are_not_stored(
    store: SnapshotStore, tmp_path: Path, changes: dict[str, object], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        store.write(make_contents(**changes))
    assert not (tmp_path / "snapshots").exists()


# --- the id ----------------------------------------------------------------------------------------------------------


def test_the_same_input_gives_the_same_id_and_leaves_the_first_untouched(store: SnapshotStore, tmp_path: Path) -> None:
    first = store.write(make_contents())
    before = files_of(tmp_path / "snapshots" / first)
    assert store.write(make_contents(reports=())) == first
    assert files_of(tmp_path / "snapshots" / first) == before
    assert [path.name for path in (tmp_path / "snapshots").iterdir() if path.is_dir()] == [first]


def test_the_same_data_gives_the_same_bytes_whatever_the_order_of_rows(tmp_path: Path) -> None:
    contents = make_contents()
    turned = replace(
        contents,
        wards=contents.wards.iloc[::-1],
        outlines=contents.outlines.iloc[::-1],
        referrals=contents.referrals.iloc[::-1],
        incidents=contents.incidents.iloc[::-1],
    )
    stores = [SnapshotStore(tmp_path / name) for name in ("one", "two")]
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / ".key").write_text("the same")
    one, two = (each.open(each.write(these)) for each, these in zip(stores, (contents, turned), strict=True))
    assert one.id == two.id
    assert one.manifest.files == two.manifest.files


def test_in_another_store_the_same_input_has_another_id_so_that_nobody_can_try_out_what_is_in_it(
    tmp_path: Path,
) -> None:
    first, second = (SnapshotStore(tmp_path / name) for name in ("one", "two"))
    contents = make_contents()
    id = first.write(contents)
    assert first.write(contents) == id
    assert second.write(contents) != id
    assert snapshot_id(contents.sources, contents.reading_settings, last_quarter="2025/26 Q2") != id


def test_a_store_that_was_put_back_from_a_copy_of_its_snapshots_keeps_its_ids(tmp_path: Path) -> None:
    first = SnapshotStore(tmp_path / "one")
    contents = make_contents()
    id = first.write(contents)
    shutil.copytree(tmp_path / "one" / id, tmp_path / "two" / id)
    assert SnapshotStore(tmp_path / "two").write(contents) == id


def test_the_id_starts_with_the_last_quarter_and_is_fit_for_a_folder(store: SnapshotStore) -> None:
    name = store.write(make_contents())
    assert name.startswith("2025-26-q2-")
    assert len(name) == len("2025-26-q2-") + 12
    assert is_snapshot_id(name)


def test_the_id_depends_on_content_role_settings_and_format_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def name(*sources: object, settings: object = None, quarter: str | None = "2025/26 Q2") -> str:
        return snapshot_id(sources, settings or {"a": 1, "b": 2}, last_quarter=quarter)

    first, second = make_source(content=1), make_source("incidents", content=2)
    same = name(first, second)
    assert same == name(second, first) == name(first, second, settings={"b": 2, "a": 1})
    assert same == name(replace(first, file="renamed.geojson"), second)
    others = [
        name(first),
        name(first, second, second),
        name(replace(first, sha256="f" * 64), second),
        name(replace(first, role="population"), second),
        name(first, second, settings={"a": 1, "b": 3}),
    ]
    monkeypatch.setattr(manifest, "FORMAT_VERSION", 99)
    assert len({same, *others, name(first, second)}) == 7


def test_only_settings_that_decide_what_is_read_change_the_id(store: SnapshotStore) -> None:
    base = make_settings()
    name = store.write(make_contents(settings=base))
    for section, change in (
        ("analysis", {"threshold": 2.0}),
        ("disclosure", {"round_to": 10}),
        ("storage", {"snapshots": "x"}),
    ):
        changed = getattr(base, section).model_copy(update=change)
        assert store.write(make_contents(settings=base.model_copy(update={section: changed}))) == name
    assert store.write(make_contents(settings=make_settings(keep=("race",)))) != name
    # Said or left to its default: the same.
    assert store.write(make_contents(settings=make_settings(tolerance_metres=50.0))) == name


def test_a_file_is_hashed_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * 3_000_000)
    assert hash_file(path) == hashlib.sha256(b"x" * 3_000_000).hexdigest()
    source = describe_source("incidents", path)
    assert (source.role, source.file, source.bytes) == ("incidents", "a.csv", 3_000_000)
    with pytest.raises(RefusedInputError, match=r"missing\.csv cannot be read"):
        hash_file(tmp_path / "missing.csv")


# --- opening ---------------------------------------------------------------------------------------------------------


def test_an_unknown_snapshot_names_those_there_are(store: SnapshotStore) -> None:
    with pytest.raises(UsageError, match="There are no snapshots yet"):
        store.open("2025-26-q2-000000000000")
    name = store.write(make_contents())
    with pytest.raises(UsageError, match=f"no snapshot 2025-26-q2-000000000000. Known: {name}."):
        store.open("2025-26-q2-000000000000")


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../x",
        "/etc",
        "2025-26-q2-0123456789ab/..",
        "2025-26-Q2-0123456789AB",
        "2025-26-q2-0123456789ab\n",
    ],
)
def test_a_text_that_is_no_id_leads_nowhere(store: SnapshotStore, name: str) -> None:
    known = store.write(make_contents())
    with pytest.raises(UsageError, match=f"not a snapshot id.*Known: {known}"):
        store.open(name)


def test_manifests_are_listed_newest_first_and_the_newest_is_opened(
    store: SnapshotStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock(datetime):
        hour = 0

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            cls.hour += 1
            return datetime(2026, 1, 1, cls.hour, tzinfo=tz)

    monkeypatch.setattr(snapshots, "datetime", Clock)
    names = [store.write(make_contents(content=content)) for content in (5, 3, 9)]
    assert [known.id for known in store.manifests()] == names[::-1]
    assert store.newest().id == names[-1]


def test_a_store_without_snapshots_has_no_newest(store: SnapshotStore) -> None:
    assert store.manifests() == []
    with pytest.raises(UsageError, match="Ingest data first"):
        store.newest()


def test_other_things_in_the_folder_are_not_snapshots(store: SnapshotStore, tmp_path: Path) -> None:
    name = store.write(make_contents())
    (tmp_path / "snapshots" / "notes").mkdir()
    (tmp_path / "snapshots" / "2025-26-q2-0123456789ab").write_text("a file")
    (tmp_path / "snapshots" / ".writing-00000000-1-00000000").mkdir()
    assert [known.id for known in store.manifests()] == [name]


# --- damage ----------------------------------------------------------------------------------------------------------


def test_a_sound_snapshot_verifies(store: SnapshotStore) -> None:
    written(store).verify()


def test_a_missing_or_shortened_file_is_seen_when_opening(store: SnapshotStore, tmp_path: Path) -> None:
    name = store.write(make_contents())
    path = tmp_path / "snapshots" / name / "wards.parquet"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(RefusedInputError, match=r"wards\.parquet is not as it was written\. Restore its folder"):
        store.open(name)
    path.unlink()
    with pytest.raises(RefusedInputError, match=r"wards\.parquet is missing"):
        store.open(name)
    # Nor is it taken for whole, or replaced, when the same input comes again.
    with pytest.raises(RefusedInputError, match=r"wards\.parquet is missing"):
        store.write(make_contents())


def test_a_changed_byte_is_seen_by_verify(store: SnapshotStore, tmp_path: Path) -> None:
    snapshot = written(store)
    path = tmp_path / "snapshots" / snapshot.id / "incidents.parquet"
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(RefusedInputError, match=r"incidents\.parquet is not as it was written"):
        store.open(snapshot.id).verify()


def test_a_manifest_whose_sources_were_changed_is_seen_by_verify(store: SnapshotStore, tmp_path: Path) -> None:
    name = store.write(make_contents())
    path = tmp_path / "snapshots" / name / "manifest.json"
    path.write_text(path.read_text().replace('"sha256": "' + "0" * 64, '"sha256": "' + "1" * 64, 1))
    with pytest.raises(RefusedInputError, match="does not follow from its sources"):
        store.open(name).verify()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "manifest cannot be read"),
        ("[]", "manifest cannot be read"),
        ("{", "manifest cannot be read"),
        ('{"format_version": 1}', "manifest cannot be read"),
        ('{"format_version": 2}', "format 2 and this version reads format 1. Ingest the same files again"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_refused_and_never_passed_over(
    store: SnapshotStore, tmp_path: Path, content: str, says: str
) -> None:
    name = store.write(make_contents())
    (tmp_path / "snapshots" / name / "manifest.json").write_text(content)
    for look in (lambda: store.open(name), store.manifests, store.newest):
        with pytest.raises(RefusedInputError, match=says):
            look()


def test_the_manifest_of_another_snapshot_is_refused(store: SnapshotStore, tmp_path: Path) -> None:
    one, two = (store.write(make_contents(content=content)) for content in (1, 2))
    folder = tmp_path / "snapshots"
    (folder / one / "manifest.json").write_bytes((folder / two / "manifest.json").read_bytes())
    with pytest.raises(RefusedInputError, match=f"{one} is damaged: its manifest is that of another"):
        store.open(one)


def test_a_file_name_in_a_manifest_leads_nowhere_else(store: SnapshotStore, tmp_path: Path) -> None:
    name = store.write(make_contents())
    path = tmp_path / "snapshots" / name / "manifest.json"
    content = json.loads(path.read_text())
    content["files"]["../../secret"] = {"sha256": "0" * 64, "bytes": 1}
    path.write_text(json.dumps(content))
    with pytest.raises(RefusedInputError, match="manifest cannot be read"):
        store.open(name)


# --- writing beside --------------------------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UsageError, match=r"cannot be written.*room"):
        SnapshotStore(tmp_path / "file" / "snapshots").write(make_contents())


def test_a_failure_while_writing_leaves_nothing(
    store: SnapshotStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UsageError, match="No space left on device"):
        store.write(make_contents())
    assert [path.name for path in (tmp_path / "snapshots").iterdir() if path.is_dir()] == []


def test_the_snapshot_that_another_process_put_there_first_stands(
    store: SnapshotStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = durable.os.rename

    def late(beside: Path, target: Path) -> None:
        monkeypatch.setattr("os.rename", rename)
        store.write(make_contents(reports=()))
        rename(beside, target)

    monkeypatch.setattr("os.rename", late)
    snapshot = written(store)
    assert snapshot.manifest.reports == ()
    assert [path.name for path in (tmp_path / "snapshots").iterdir() if path.is_dir()] == [snapshot.id]


def left_over(folder: Path, *, process: int, host: str | None = None, age: float = 0.0) -> Path:
    path = folder / f".writing-{host or durable._host()}-{process}-0123abcd"
    path.mkdir(parents=True)
    (path / "wards.parquet").write_text("half")
    written_at = datetime.now(UTC).timestamp() - age
    for each in (path / "wards.parquet", path):
        durable.os.utime(each, (written_at, written_at))
    return path


def test_left_overs_are_cleared_once_nobody_can_be_writing_them(
    store: SnapshotStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = {11, 12}
    monkeypatch.setattr(durable, "_runs", lambda process: process in running)
    folder = tmp_path / "snapshots"
    ended = left_over(folder, process=10)
    at_work = left_over(folder, process=11)
    too_old = left_over(folder, process=12, age=7200)
    elsewhere = left_over(folder, process=10, host="ffffffff")
    elsewhere_old = left_over(folder, process=13, host="ffffffff", age=7200)
    foreign = folder / ".writing-by-hand"
    foreign.mkdir()
    store.write(make_contents())
    assert [path.exists() for path in (ended, at_work, too_old, elsewhere, elsewhere_old, foreign)] == [
        False,
        True,
        False,
        True,
        False,
        True,
    ]
    assert not list(folder.glob(".removing-*"))


def test_a_process_runs_until_it_does_not() -> None:
    assert durable._runs(durable.os.getpid())
    assert not durable._runs(2**22 + 12345)
