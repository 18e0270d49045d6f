"""`withdraw`: a wrong load goes, is recorded, and the one before is the newest again."""

import sqlite3
from contextlib import closing

import pytest
from typer.testing import CliRunner

import cli
from data.settings import load_settings
from ingest.places import STORE_VARIABLE, records_file
from tests.area_files import INCIDENTS, write_area
from verbs.common import DONE, WRONG_USAGE


@pytest.fixture
def invoke(tmp_path, monkeypatch):
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "store"))
    return lambda *arguments: CliRunner().invoke(cli.app, [str(one) for one in arguments])


def ingest(invoke, folder, **files):
    settings, inputs = write_area(folder, **files)
    given = [
        *("--settings", settings, "--wards", inputs.wards, "--population", inputs.population),
        *("--referrals", inputs.referrals, "--incidents", inputs.incidents[0]),
    ]
    done = invoke("ingest", *given)
    assert done.exit_code == DONE, done.output
    return settings, done.stdout.splitlines()[-1]


def test_a_wrong_load_is_withdrawn_and_recorded_and_the_right_one_is_the_newest_again(invoke, tmp_path):
    settings, right = ingest(invoke, tmp_path / "right")
    _, wrong = ingest(invoke, tmp_path / "wrong", incidents=INCIDENTS[:40])
    listed = invoke("snapshots", "--settings", settings).stdout
    assert listed.index(wrong) < listed.index(right)
    done = invoke("withdraw", "--settings", settings, "--snapshot", wrong, "--reason", "wrong-file")
    assert (done.exit_code, done.stdout) == (DONE, f"{wrong} is withdrawn.\n")
    assert wrong not in invoke("snapshots", "--settings", settings).stdout
    with closing(sqlite3.connect(records_file(load_settings(settings)))) as database:
        rows = database.execute("SELECT action, what, snapshot FROM audit WHERE action = 'withdrew'").fetchall()
    assert rows == [("withdrew", "snapshot", wrong)]


def test_the_files_that_were_withdrawn_can_be_read_again_and_are_then_the_newest(invoke, tmp_path):
    settings, first = ingest(invoke, tmp_path / "right")
    ingest(invoke, tmp_path / "wrong", incidents=INCIDENTS[:40])
    invoke("withdraw", "--settings", settings, "--snapshot", first, "--reason", "trial")
    _, again = ingest(invoke, tmp_path / "right")
    assert again == first
    assert invoke("snapshots", "--settings", settings).stdout.startswith(first)


@pytest.mark.parametrize(
    ("snapshot", "reason", "said"),
    [(None, "because", "--reason is one of"), ("2024-25-q4-0123456789ab", "trial", "There is no snapshot")],
)
def test_what_cannot_be_withdrawn_is_refused_in_a_sentence(invoke, tmp_path, snapshot, reason, said):
    settings, right = ingest(invoke, tmp_path / "right")
    done = invoke("withdraw", "--settings", settings, "--snapshot", snapshot or right, "--reason", reason)
    assert done.exit_code == WRONG_USAGE
    assert said in done.stderr
    assert right in invoke("snapshots", "--settings", settings).stdout
