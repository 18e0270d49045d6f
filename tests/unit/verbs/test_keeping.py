"""`retention list` and `retention delete`, from a run to its deletion."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import geopandas as gpd
import pytest
from typer.testing import CliRunner

import cli
from data.account import account_name
from data.settings import load_settings
from ingest.places import STORE_VARIABLE, records_anchor, records_file
from tests.area_files import write_area
from verbs import keeping
from verbs.common import WRONG_USAGE

KEPT = "\n[retention]\nsnapshots_days = 400\nexports_days = 100\n"
pytestmark = pytest.mark.usefixtures("remembered_fits")


def call(*arguments: object):
    return CliRunner().invoke(cli.app, [str(one) for one in arguments])


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two snapshots and a run of the newer, under settings that say how long they are kept."""
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "store"))
    path, inputs = write_area(tmp_path / "files")
    path.write_text(path.read_text(encoding="utf-8") + KEPT, encoding="utf-8")
    options = ["--wards", inputs.wards, "--population", inputs.population, "--referrals", inputs.referrals]
    for _ in range(2):
        done = call("ingest", "--settings", path, *options, "--incidents", tmp_path / "files" / "incidents.csv")
        assert done.exit_code == 0, done.stderr
        inputs.referrals.write_text(
            "\n".join(inputs.referrals.read_text(encoding="utf-8").splitlines()[:-1]) + "\n", encoding="utf-8"
        )
    done = call("run", "--settings", path, "--snapshot", "newest", "--audience", "analyst", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.stderr
    return path


def later(monkeypatch: pytest.MonkeyPatch, *, days: int) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(days=days)

    monkeypatch.setattr(keeping, "datetime", Clock)


def ids(settings: Path) -> list[str]:
    return [line.split()[0] for line in call("snapshots", "--settings", settings).stdout.splitlines()]


def recorded(settings: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(records_file(load_settings(settings)))) as records:
        return records.execute("SELECT action, what FROM audit WHERE action = 'deleted' ORDER BY number").fetchall()


def test_nothing_is_due_on_the_day(settings: Path):
    done = call("retention", "list", "--settings", settings)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "Nothing is due." in done.stderr


def test_the_files_of_a_run_are_due_after_their_time_and_the_older_snapshot_after_its(
    settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    newest, old = ids(settings)
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    later(monkeypatch, days=101)
    lines = call("retention", "list", "--settings", settings).stdout.splitlines()
    assert lines == [f"{tmp_path / 'out'}  3 files written {today}"]
    later(monkeypatch, days=401)
    lines = call("retention", "list", "--settings", settings).stdout.splitlines()
    assert lines == [f"{old}  snapshot made {today}", f"{tmp_path / 'out'}  3 files written {today}"]
    assert newest not in "".join(lines)


def test_what_is_due_is_deleted_and_that_is_recorded(settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    newest, old = ids(settings)
    later(monkeypatch, days=401)
    done = call("retention", "delete", "--settings", settings, "--yes")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.splitlines()[0] == f"Snapshot {old} deleted"
    assert ids(settings) == [newest]
    assert list((tmp_path / "out").iterdir()) == []
    assert recorded(settings) == [("deleted", "snapshot"), ("deleted", "run")]
    assert call("audit", "verify", "--settings", settings).exit_code == 0
    again = call("retention", "delete", "--settings", settings, "--yes")
    assert (again.exit_code, again.stdout) == (0, "")


def test_without_yes_nothing_is_deleted(settings: Path, monkeypatch: pytest.MonkeyPatch):
    later(monkeypatch, days=401)
    done = call("retention", "delete", "--settings", settings)
    assert done.exit_code == WRONG_USAGE
    assert "give --yes" in done.stderr
    assert len(ids(settings)) == 2


def test_what_cannot_be_recorded_is_not_deleted(settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    records_anchor(load_settings(settings)).unlink()
    later(monkeypatch, days=401)
    done = call("retention", "delete", "--settings", settings, "--yes")
    assert done.exit_code == WRONG_USAGE
    assert len(list((tmp_path / "out").iterdir())) == 3
    assert len(list((tmp_path / "store").glob("*/*/manifest.json"))) == 2


def test_the_record_of_a_run_and_of_its_deletion_name_the_same_export_and_no_folder(
    settings: Path, monkeypatch: pytest.MonkeyPatch
):
    later(monkeypatch, days=401)
    call("retention", "delete", "--settings", settings, "--yes")
    with closing(sqlite3.connect(records_file(load_settings(settings)))) as records:
        details = records.execute("SELECT detail FROM audit WHERE what = 'run' ORDER BY number").fetchall()
    named = [re.findall(r'"export": "([0-9a-f]{16})"', detail) for (detail,) in details]
    assert len(named) == 2
    assert named[0] == named[1]
    assert not any("/" in detail.replace("2024/25", "") for (detail,) in details)


def test_without_a_set_time_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "store"))
    path, _ = write_area(tmp_path / "files")
    done = call("retention", "list", "--settings", path)
    assert done.exit_code == 0
    assert "The settings set no time" in done.stderr


def test_no_file_that_a_run_or_an_ingest_writes_is_named_after_a_ward(settings: Path, tmp_path: Path):
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"overlap.csv", "overlap.geojson", "run.json"}
    wards = gpd.read_file(tmp_path / "files" / "wards.geojson")
    telling = {str(cell).lower() for cell in wards.drop(columns="geometry").to_numpy().ravel()}
    stored = {path.relative_to(tmp_path / "store").as_posix() for path in (tmp_path / "store").rglob("*")}
    assert len(stored) > 10
    assert not [name for name in stored for word in telling if len(word) > 2 and word in name.lower()]


@pytest.mark.parametrize(
    "verb",
    [
        ["retention", "list"],
        ["retention", "delete", "--yes"],
        ["backup", "--to", "backup"],
        ["restore", "--from", "backup"],
    ],
    ids=" ".join,
)
def test_an_account_that_is_no_administrator_is_refused(
    verb: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "store"))
    path, _ = write_area(tmp_path / "files")
    access = "\n".join(
        [
            '[access]\ncontact = "the office"',
            '[[access.groups]]\ngroup = "g"\naudiences = ["analyst"]',
            f'[[access.operators]]\nuser = "{account_name()}"\naudiences = ["analyst"]\n',
        ]
    )
    path.write_text(path.read_text(encoding="utf-8") + "\n" + access, encoding="utf-8")
    done = call(*verb, "--settings", path)
    assert done.exit_code == WRONG_USAGE
    assert "is no administrator here. Ask: the office." in done.stderr
    if verb[0] == "restore":
        assert not (tmp_path / "store").exists()
    else:
        with closing(sqlite3.connect(records_file(load_settings(path)))) as records:
            assert records.execute("SELECT action FROM audit").fetchall() == [("was refused",)]
