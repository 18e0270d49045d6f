"""`brief` and `due`: a draft as PDF and Word, the same bytes for the same input, recorded and registered."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

import cli
from briefing.register import open_briefings
from data.settings import load_settings
from disclosure.export_register import open_register
from ingest.places import STORE_VARIABLE, records_file
from tests.area_files import CODES, write_area
from tests.register_samples import CASTLE, HandClock, issued
from verbs.common import DONE, WRONG_USAGE

pytestmark = pytest.mark.usefixtures("remembered_fits")


def call(*arguments: object):
    return CliRunner().invoke(cli.app, [str(one) for one in arguments])


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "store"))
    path, inputs = write_area(tmp_path / "files")
    tables = ["--wards", inputs.wards, "--population", inputs.population, "--referrals", inputs.referrals]
    done = call("ingest", "--settings", path, *tables, "--incidents", inputs.incidents[0])
    assert done.exit_code == DONE, done.stderr
    return path


def brief(settings, out, *, ward=CODES[1], more=()):
    given = ["--settings", settings, "--snapshot", "newest", "--ward", ward, "--date", "2026-11-22", "--out", out]
    return call("brief", *given, *more)


def test_a_draft_is_written_as_pdf_and_word_the_same_bytes_each_time(settings, tmp_path):
    first, second = brief(settings, tmp_path / "one"), brief(settings, tmp_path / "two")
    assert (first.exit_code, second.exit_code) == (DONE, DONE), first.stderr
    for name in ("briefing.pdf", "briefing.docx"):
        content = (tmp_path / "one" / name).read_bytes()
        assert content == (tmp_path / "two" / name).read_bytes()
        assert content[:4] in (b"%PDF", b"PK\x03\x04")


def test_it_is_recorded_by_code_and_registered_for_retention(settings, tmp_path):
    brief(settings, tmp_path / "out")
    chosen = load_settings(settings)
    with closing(sqlite3.connect(records_file(chosen))) as database:
        rows = database.execute("SELECT audience, detail FROM audit WHERE what = 'briefing'").fetchall()
    assert [(audience, CODES[1] in detail, "Mill" in detail) for audience, detail in rows] == [
        ("councillor", True, False)
    ]
    assert [set(one.files) for one in open_register(chosen).exports()] == [{"briefing.pdf", "briefing.docx"}]


def test_a_draft_says_when_its_ward_was_last_briefed(settings, tmp_path):
    register = open_briefings(load_settings(settings), now=HandClock())
    record = issued(register, replace(CASTLE, ward_code=CODES[1]))
    assert brief(settings, tmp_path / "out").exit_code == DONE
    told = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "out" / "briefing.pdf").pages)
    assert f"Briefed in June 2026 ({record.label})" in " ".join(told.split())


def test_a_ward_that_is_not_there_is_refused_and_nothing_is_written(settings, tmp_path):
    done = brief(settings, tmp_path / "out", ward="X09999999")
    assert done.exit_code == WRONG_USAGE
    assert "There is no ward X09999999" in done.stderr
    assert not (tmp_path / "out").exists()


def test_words_that_are_wrong_are_refused_without_being_quoted(settings, tmp_path):
    words = tmp_path / "words.toml"
    words.write_text('context = "a secret"\nimpact = 9\n', encoding="utf-8")
    done = brief(settings, tmp_path / "out", more=("--words", words))
    assert done.exit_code == WRONG_USAGE
    assert "words.toml, impact" in done.stderr
    assert "secret" not in done.stderr


def test_what_is_due_is_listed_under_its_marking(settings):
    done = call("due", "--settings", settings, "--date", "2026-11-22")
    assert done.exit_code == DONE, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith("OFFICIAL-SENSITIVE")
    assert lines[1] == "April 2024 to March 2025. The newest of these figures are 19 months old."
    assert all(line[:9] in CODES for line in lines[2:]) or lines[2:] == ["No ward is due."]
