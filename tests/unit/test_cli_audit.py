"""The audit trail at the command line: what verbs leave in it, and the verbs of the administrator."""

import json
import sqlite3
from contextlib import closing

import pytest
from typer.testing import CliRunner

import cli
from data.settings import load_settings
from disclosure.audit import AuditTrail, UnrecordedError, open_audit
from disclosure.audit_chain import KEY_VARIABLE
from ingest.places import STORE_VARIABLE
from tests.area_files import write_area
from tests.audit_samples import KEY, tamper
from verbs import common

pytestmark = pytest.mark.usefixtures("remembered_fits")


@pytest.fixture
def area(tmp_path, monkeypatch):
    """The small area, ingested."""
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "store"))
    settings, inputs = write_area(tmp_path / "files")
    done = call(
        *("ingest", "--settings", settings, "--wards", inputs.wards, "--population", inputs.population),
        *("--referrals", inputs.referrals, "--incidents", tmp_path / "files" / "incidents.csv"),
    )
    assert done.exit_code == 0, done.stderr
    return settings


def call(*arguments):
    return CliRunner().invoke(cli.app, [str(one) for one in arguments])


def trail(settings):
    return open_audit(load_settings(settings))


def test_an_ingest_is_recorded_before_it_reads_and_its_snapshot_before_it_is_stored(area):
    snapshot, files = trail(area).entries()
    assert (files.action, files.what, files.snapshot) == ("ingested", "files", "")
    assert (snapshot.action, snapshot.what) == ("made", "snapshot")
    assert snapshot.snapshot.startswith("2024-25-q4-")
    assert snapshot.who.startswith("os:")


def test_a_run_is_recorded_with_audience_snapshot_and_question(area, tmp_path):
    done = call("run", "--settings", area, "--snapshot", "newest", "--audience", "steering", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.stderr
    row = trail(area).entries()[0]
    assert (row.action, row.what, row.audience) == ("exported", "run", "steering")
    assert row.snapshot.startswith("2024-25-q4-")
    assert json.loads(row.detail)["quarters"] == "4"


@pytest.mark.parametrize("command", ["snapshots", "ingest", "run"])
def test_what_cannot_be_recorded_is_not_done(area, tmp_path, monkeypatch, command):
    def refuse(self, entry):
        raise UnrecordedError("The disk is full.")

    monkeypatch.setattr(AuditTrail, "record", refuse)
    (folder,) = (tmp_path / "store").glob("*-records")

    def stored_now():
        return sorted(path for path in folder.parent.rglob("*.parquet") if ".told" not in path.parts)

    stored = stored_now()
    files = {one: tmp_path / "files" / f"{one}.csv" for one in ("population", "referrals", "incidents")}
    options = {
        "snapshots": [],
        "run": ["--snapshot", "newest", "--out", tmp_path / "out"],
        "ingest": ["--wards", tmp_path / "files" / "wards.geojson", *(x for f in files for x in (f"--{f}", files[f]))],
    }
    result = call(command, "--settings", area, *options[command])
    assert (result.exit_code, result.stdout) == (common.WRONG_USAGE, "")
    assert "The disk is full." in result.stderr
    assert stored_now() == stored
    assert not list(tmp_path.glob("out/*"))


def test_a_trail_that_holds_is_verified_and_a_head_that_was_printed_is_gone_through(area):
    head = call("audit", "head", "--settings", area).stdout.strip()
    assert head.startswith("2:")
    call("snapshots", "--settings", area)
    result = call("audit", "verify", "--settings", area, "--head", head)
    assert result.exit_code == 0
    assert "All 3 rows are as written" in result.stdout
    assert "cannot find" in result.stdout
    assert "set-aside" not in result.stdout
    assert trail(area).entries()[0].action == "verified"


@pytest.mark.parametrize(
    "statement", ["DELETE FROM audit WHERE number = 2", "UPDATE audit SET who = 'x' WHERE number = 1"]
)
def test_a_trail_that_does_not_hold_ends_with_the_exit_code_of_a_refusal(area, statement):
    tamper(trail(area).path.parent, statement)
    result = call("audit", "verify", "--settings", area)
    assert result.exit_code == common.REFUSED
    assert "ow" in result.stdout.splitlines()[0]
    assert "audit set-aside" in result.stdout.splitlines()[-1]
    assert "Traceback" not in result.stderr


def test_a_trail_that_does_not_hold_stops_every_verb_until_it_is_set_aside(area):
    tamper(trail(area).path.parent, "DELETE FROM audit WHERE number = 2")
    stopped = call("snapshots", "--settings", area)
    assert (stopped.exit_code, stopped.stdout) == (common.WRONG_USAGE, "")
    assert "audit verify" in stopped.stderr
    listed = call("audit", "list", "--settings", area)
    assert "not recorded" in listed.stderr
    assert "ingested" in listed.stdout
    assert call("audit", "set-aside", "--settings", area).exit_code == 0
    assert call("snapshots", "--settings", area).exit_code == 0
    assert call("audit", "verify", "--settings", area).exit_code == 0


def test_a_key_is_begun_with_by_setting_the_trail_aside(area, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    assert call("audit", "verify", "--settings", area).exit_code == common.REFUSED
    assert call("audit", "set-aside", "--settings", area).exit_code == 0
    verified = call("audit", "verify", "--settings", area)
    assert verified.exit_code == 0
    assert "No key" not in verified.stdout


def test_a_key_that_was_forgotten_is_asked_for_and_the_trail_is_not_set_aside_for_it(area, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    call("audit", "set-aside", "--settings", area)
    monkeypatch.delenv(KEY_VARIABLE)
    verified = call("audit", "verify", "--settings", area)
    assert verified.exit_code == common.REFUSED
    assert "kept with a key, and WARD_OVERLAP_AUDIT_KEY is not set" in verified.stdout.splitlines()[0]
    assert "set WARD_OVERLAP_AUDIT_KEY" in verified.stdout.splitlines()[-1]
    assert "set-aside" not in verified.stdout
    refused = call("audit", "set-aside", "--settings", area)
    assert (refused.exit_code, refused.stdout) == (common.WRONG_USAGE, "")
    assert "Nothing was set aside" in refused.stderr
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    assert call("audit", "verify", "--settings", area).exit_code == 0
    monkeypatch.delenv(KEY_VARIABLE)
    assert call("audit", "set-aside", "--settings", area, "--without-its-key").exit_code == 0
    assert call("audit", "verify", "--settings", area).exit_code == 0


def test_the_list_is_narrowed_and_says_so_where_that_cannot_be(area):
    listed = call("audit", "list", "--settings", area, "--action", "made", "--since", "2020-01-01").stdout.splitlines()
    assert len(listed) == 1
    assert "  made  snapshot  " in listed[0]
    assert call("audit", "list", "--settings", area, "--until", "2020-01-01").stdout == ""
    for options, sentence in ((["--action", "thought"], "no such action"), (["--since", "monday"], "are days")):
        result = call("audit", "list", "--settings", area, *options)
        assert (result.exit_code, result.stdout) == (common.WRONG_USAGE, "")
        assert sentence in result.stderr
    assert "no head" in call("audit", "verify", "--settings", area, "--head", "12").stderr


def test_the_trail_holds_no_name_of_a_ward_and_no_count(area, tmp_path):
    for audience in ("analyst", "inspector"):
        call("run", "--settings", area, "--snapshot", "newest", "--audience", audience, "--out", tmp_path / "out")
    with closing(sqlite3.connect(trail(area).path)) as connection:
        text = "\n".join(connection.iterdump())
    for name in ("Castle", "Anne", "Sixwards", "concern", "race", "referrals.csv"):
        assert name not in text
