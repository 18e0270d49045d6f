"""`ingest` takes the newest file of a folder, and its report says which."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from ingest.places import STORE_VARIABLE
from tests.area_files import write_area


def test_the_chosen_file_is_loaded_and_said_in_the_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "store"))
    settings, inputs = write_area(tmp_path / "files")
    drop = tmp_path / "drop"
    drop.mkdir()
    inputs.referrals.rename(drop / "referrals Q4 2024-25.csv")
    (drop / "referrals Q3 2024-25.csv").write_text("an older one", encoding="utf-8")
    plain = ["--wards", inputs.wards, "--population", inputs.population, "--incidents", inputs.incidents[0]]
    given = ["ingest", "--settings", settings, *plain, "--referrals", f"newest:{drop}/referrals*.csv"]
    done = CliRunner().invoke(cli.app, [str(one) for one in given])
    assert done.exit_code == 0, done.stderr
    assert "referrals: referrals Q4 2024-25.csv is the newest of 2 by the date in its name" in done.stdout
    assert "referrals (referrals Q4 2024-25.csv): 24 rows read, 24 used" in done.stdout
