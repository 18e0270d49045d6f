"""`health` prints one line and ends with 0 or 1; it records nothing."""

import json

import pytest
from typer.testing import CliRunner

import cli
from data.settings import load_settings
from disclosure.audit import open_audit
from ingest.places import STORE_VARIABLE
from tests.area_files import write_area
from verbs.common import DONE, REFUSED


def test_a_monitor_is_answered_with_a_line_and_an_exit_code(tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "store"))
    settings, _ = write_area(tmp_path / "files")
    done = CliRunner().invoke(cli.app, ["health", "--settings", str(settings)])
    assert (done.exit_code, json.loads(done.stdout)["status"]) == (DONE, "ready")
    monkeypatch.setattr("disclosure.health.ROOM", 2**62)
    done = CliRunner().invoke(cli.app, ["health", "--settings", str(settings)])
    assert (done.exit_code, json.loads(done.stdout)["parts"]["disk"]) == (REFUSED, "failed")
    assert not open_audit(load_settings(settings)).is_begun()
