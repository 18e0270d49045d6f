"""`backup` and `restore`: a fresh machine gives the same results from the backup alone."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from ingest.places import STORE_VARIABLE
from tests.area_files import write_area
from verbs.common import REFUSED, WRONG_USAGE


def call(*arguments: object):
    return CliRunner().invoke(cli.app, [str(one) for one in arguments])


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small area, ingested."""
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "store"))
    path, inputs = write_area(tmp_path / "files")
    options = ["--wards", inputs.wards, "--population", inputs.population, "--referrals", inputs.referrals]
    done = call("ingest", "--settings", path, *options, "--incidents", tmp_path / "files" / "incidents.csv")
    assert done.exit_code == 0, done.stderr
    return path


def results(settings: Path, out: Path) -> dict[str, object]:
    """What a run writes, byte for byte but for how long it took."""
    done = call("run", "--settings", settings, "--snapshot", "newest", "--audience", "analyst", "--out", out)
    assert done.exit_code == 0, done.stderr
    facts = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert facts.pop("seconds") >= 0
    return {"run.json": facts, **{path.name: path.read_bytes() for path in out.iterdir() if path.name != "run.json"}}


def test_a_fresh_machine_gives_the_same_results_from_the_backup_alone(
    settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    before = results(settings, tmp_path / "out")
    made = call("backup", "--settings", settings, "--to", tmp_path / "backup")
    assert made.exit_code == 0, made.stderr
    head = made.stdout.strip()
    assert made.stderr.startswith("1 snapshot and the records are in ")
    listed = call("snapshots", "--settings", settings).stdout

    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "fresh"))
    copied = tmp_path / "copied.toml"
    copied.write_bytes((tmp_path / "backup" / "settings.toml").read_bytes())
    done = call("restore", "--settings", copied, "--from", tmp_path / "backup")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.splitlines() == [line.split()[0] for line in listed.splitlines()]
    assert call("snapshots", "--settings", copied).stdout == listed
    assert results(copied, tmp_path / "out again") == before
    verified = call("audit", "verify", "--settings", copied, "--head", head)
    assert verified.exit_code == 0, verified.stdout


def test_a_damaged_backup_is_refused_in_a_sentence_that_names_the_file(
    settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    assert call("backup", "--settings", settings, "--to", tmp_path / "backup").exit_code == 0
    path = next((tmp_path / "backup").glob("snapshots/*/incidents.parquet"))
    path.write_bytes(path.read_bytes()[:-1])
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "fresh"))
    done = call("restore", "--settings", settings, "--from", tmp_path / "backup")
    assert done.exit_code == REFUSED
    assert done.stdout == ""
    assert f"{path.parent.name}/incidents.parquet is not as it was written" in done.stderr
    assert not (tmp_path / "fresh").exists()


def test_a_backup_into_a_folder_that_is_there_is_wrong_usage(settings: Path, tmp_path: Path):
    done = call("backup", "--settings", settings, "--to", tmp_path / "files")
    assert done.exit_code == WRONG_USAGE
    assert "is there already" in done.stderr
