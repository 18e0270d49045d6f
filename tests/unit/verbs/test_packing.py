"""`pack`: papers about the whole partnership, the same bytes for the same input, recorded and registered, or refused."""

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from briefing.papers.kinds import KINDS, Kind
from data.settings import load_settings
from disclosure.export_register import open_register
from ingest.places import records_file
from tests.area_files import CODES
from tests.ingested import call, ingested_area
from verbs.common import DONE, WRONG_USAGE

pytestmark = pytest.mark.usefixtures("remembered_fits")
BID = 'title = "Young voices"\namount = 24500\nproject = "A secret plan."\n'


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """An area that is ingested once: packs only read it."""
    with ingested_area(tmp_path_factory.mktemp("packing")) as path:
        yield path


@pytest.fixture
def words(tmp_path):
    path = tmp_path / "bid.toml"
    path.write_text(BID, encoding="utf-8")
    return path


def pack(settings, kind, out, *more):
    return call("pack", kind, "--settings", settings, "--out", out, "--date", "2026-11-22", *more)


def recorded(settings, what) -> list[tuple[str, str, dict[str, str]]]:
    with closing(sqlite3.connect(records_file(load_settings(settings)))) as database:
        rows = database.execute("SELECT action, audience, detail FROM audit WHERE what = ?", (what,)).fetchall()
    return [(action, audience, json.loads(detail)) for action, audience, detail in rows]


def test_briefings_of_all_wards_hold_what_brief_writes_of_each(settings, tmp_path):
    done = pack(settings, "briefings", tmp_path / "pack", "--wards", "all")
    assert done.exit_code == DONE, done.stderr
    brief = ["brief", "--settings", settings, "--snapshot", "newest", "--date", "2026-11-22", "--out", tmp_path / "one"]
    assert call(*brief, "--ward", CODES[1]).exit_code == DONE
    with zipfile.ZipFile(io.BytesIO((tmp_path / "pack" / "briefings.zip").read_bytes())) as packed:
        listed = packed.read("contents.txt").decode()
        name = next(line.split()[0] for line in listed.splitlines() if f" {CODES[1]} " in line)
        for kind in ("pdf", "docx"):
            assert packed.read(f"{name}.{kind}") == (tmp_path / "one" / f"briefing.{kind}").read_bytes()
    assert f"Setting the briefings: {len(CODES)} of {len(CODES)}" in done.stderr
    assert done.stdout.splitlines() == [str(tmp_path / "pack" / "briefings.zip")]


def test_evidence_is_the_same_each_time_recorded_by_code_and_registered(settings, tmp_path, words):
    more = ("--wards", f"{CODES[1]}, {CODES[0]}", "--words", words)
    first, second = (pack(settings, "evidence", tmp_path / name, *more) for name in ("one", "two"))
    assert (first.exit_code, second.exit_code) == (DONE, DONE), first.stderr
    for name in ("evidence.pdf", "evidence.docx"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    action, audience, detail = recorded(settings, "evidence for a bid")[0]
    assert (action, audience, detail["ward"]) == ("exported", "councillor", f"{CODES[1]}; {CODES[0]}")
    assert "What the project would do is not said" not in first.stderr
    assert "No outcome is named." in first.stderr
    files = {tuple(sorted(one.files)) for one in open_register(load_settings(settings)).exports()}
    assert ("evidence.docx", "evidence.pdf") in files


@pytest.mark.parametrize("kind", [Kind.STEERING, Kind.PROFILE])
def test_every_other_kind_is_made_under_its_own_name_for_its_own_audience(settings, tmp_path, kind):
    done = pack(settings, kind, tmp_path)
    assert done.exit_code == DONE, done.stderr
    assert {path.name for path in Path(tmp_path).iterdir()} == {f"{KINDS[kind].file}.{end}" for end in ("pdf", "docx")}
    assert recorded(settings, KINDS[kind].what)[0][:2] == ("exported", KINDS[kind].audience)


@pytest.mark.parametrize(
    ("kind", "more", "said"),
    [
        ("steering", ("--wards", "all"), "made of the whole area"),
        ("briefings", ("--wards", "X09999999"), "There is no ward X09999999"),
        ("evidence", ("--wards", CODES[0]), "takes the words of the bid"),
        ("scrutiny", (), "more quarters than the 4 that these data cover"),
        ("scrutiny", ("--audience", "analyst"), "is made for: public"),
        ("profile", ("--meeting", "2027-03-12"), "is of no meeting"),
        ("steering", ("--meeting", "2026-11-21"), "lies before the day of the pack"),
        ("minutes", (), "No decision is in the register yet"),
        ("profile", ("--audience", "public"), "is made for: inspector or analyst or steering"),
    ],
)
def test_what_lacks_or_does_not_belong_is_refused_and_nothing_is_written(settings, tmp_path, kind, more, said):
    done = pack(settings, kind, tmp_path / "out", *more)
    assert done.exit_code == WRONG_USAGE
    assert said in done.stderr
    assert not (tmp_path / "out").exists()


def test_words_that_are_wrong_are_refused_without_being_quoted(settings, tmp_path, words):
    words.write_text(BID + "amount_asked = 3\n", encoding="utf-8")
    done = pack(settings, "evidence", tmp_path / "out", "--wards", CODES[0], "--words", words)
    assert done.exit_code == WRONG_USAGE
    assert "bid.toml, amount asked" in done.stderr
    assert "secret" not in done.stderr
