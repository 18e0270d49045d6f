"""`migrate`: the tables of the records are made or brought up to date, and what is in the way is one sentence."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from disclosure.records_place import DATABASE_VARIABLE
from disclosure.records_schema import CURRENT
from ingest.places import STORE_VARIABLE
from tests.area_files import write_area
from tests.postgres import Database
from verbs.common import WRONG_USAGE


def call(*arguments: object):
    return CliRunner().invoke(cli.app, [str(one) for one in arguments])


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "store"))
    return write_area(tmp_path / "files")[0]


def test_at_the_command_line_it_is_said_where_nothing_answers(settings, monkeypatch):
    monkeypatch.setenv(DATABASE_VARIABLE, "postgresql://tessa:zxqsecret@127.0.0.1:9/records")
    for verb in (["snapshots"], ["audit", "list"]):
        done = call(*verb, "--settings", settings)
        assert (done.exit_code, done.stdout) == (WRONG_USAGE, "")
        assert "at 127.0.0.1:9 cannot be used: nothing answers there" in done.stderr
        assert "zxqsecret" not in done.stderr


def test_what_people_do_is_recorded_in_postgresql_once_its_tables_are_made(
    settings, postgres_database: Database, monkeypatch
):
    monkeypatch.setenv(DATABASE_VARIABLE, postgres_database.url)
    before = call("snapshots", "--settings", settings)
    assert (before.exit_code, before.stdout) == (WRONG_USAGE, "")
    assert "cli.py migrate" in before.stderr
    made = call("migrate", "--settings", settings)
    assert (made.exit_code, made.stdout) == (0, f"{CURRENT}\n")
    assert postgres_database.server.password not in made.stderr
    call("snapshots", "--settings", settings)
    verified = call("audit", "verify", "--settings", settings)
    assert (verified.exit_code, verified.stdout[:10]) == (0, "All 2 rows")
    assert "list of snapshots" in call("audit", "list", "--settings", settings).stdout


@pytest.mark.parametrize("verb", ["migrate", "snapshots"])
def test_a_server_that_lets_nobody_in_is_one_sentence_without_the_password(
    settings, postgres_database: Database, monkeypatch, verb
):
    monkeypatch.setenv(DATABASE_VARIABLE, postgres_database.url_as("postgres", "not-this-one"))
    refused = call(verb, "--settings", settings)
    assert (refused.exit_code, refused.stdout) == (WRONG_USAGE, "")
    assert "the user or the password is wrong" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert "not-this-one" not in refused.stderr


def test_records_in_a_file_are_brought_up_to_date_too(settings):
    assert call("migrate", "--settings", settings).stdout == f"{CURRENT}\n"
    assert call("migrate", "--settings", settings).exit_code == 0
    assert call("audit", "verify", "--settings", settings).stdout.startswith("All 2 rows")


def test_an_account_that_may_not_administer_changes_no_tables(settings, tmp_path):
    said = settings.read_text(encoding="utf-8")
    settings.write_text(f'{said}\n[[access.operators]]\naccount = "nobody-here"\n', encoding="utf-8")
    refused = call("migrate", "--settings", settings)
    assert refused.exit_code == WRONG_USAGE
    assert not list((tmp_path / "store").rglob("records.db"))
