"""`init`: what it writes, what it refuses, what it asks, what it records; and that a begun area can be tried."""

import json
import tomllib

import pyogrio
import pytest
from typer.testing import CliRunner

import cli
from data.settings import load_settings
from data.snapshots import SnapshotStore
from disclosure.audit import open_audit
from ingest.places import STORE_VARIABLE, snapshot_folder
from tests.national_wards import COUNTRY, country, write_country


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "store"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def wards(tmp_path):
    return write_country(tmp_path / "country")


def call(*arguments, answers: str | None = None):
    return CliRunner().invoke(cli.app, [str(one) for one in arguments], input=answers)


def begin(wards, folder, *more):
    return call("init", "--wards", wards, "--name", "Made-up York", "--into", folder, *more)


def test_it_writes_settings_that_hold_and_the_wards_of_the_area_alone(wards, tmp_path):
    done = begin(wards, tmp_path / "york", "--district", "york")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.split() == [str(tmp_path / "york" / name) for name in ("settings.toml", "wards.gpkg")]
    assert f"2 wards of Made-up York; {COUNTRY - 2} other wards of wards.gpkg are not in it." in done.stderr
    assert "python cli.py ingest --settings" in done.stderr
    settings = load_settings(tmp_path / "york" / "settings.toml")
    assert (settings.partnership.name, settings.wards.vintage, settings.wards.code) == ("Made-up York", 2022, "WD22CD")
    assert "Office for National Statistics" in str(settings.wards.credit)
    assert pyogrio.read_info(tmp_path / "york" / "wards.gpkg")["features"] == 2
    said = json.loads((tmp_path / "york" / "source.json").read_text(encoding="utf-8"))
    assert said["made_from"]["records"] == COUNTRY
    assert "Open Government Licence" in said["licence"]
    recorded = [(row.action, row.what) for row in open_audit(settings).entries()]
    assert recorded == [("made", "settings")]


def test_terms_that_stand_beside_the_boundaries_are_kept(wards, tmp_path):
    from data.manifest import hash_file

    terms = {"sha256": hash_file(wards), "licence": "Licence of Test", "attribution": ["Made by Test", "© Test"]}
    (wards.parent / "source.json").write_text(json.dumps(terms), encoding="utf-8")
    assert begin(wards, tmp_path / "a", "--district", "york").exit_code == 0
    said = json.loads((tmp_path / "a" / "source.json").read_text(encoding="utf-8"))
    assert (said["licence"], said["attribution"]) == ("Licence of Test", ["Made by Test. © Test"])
    (wards.parent / "source.json").write_text(json.dumps({**terms, "sha256": "of another file"}), encoding="utf-8")
    assert begin(wards, tmp_path / "b", "--district", "york").exit_code == 0
    assert "Open Government" in (tmp_path / "b" / "source.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ['York "North" \\ \\u0041', "Ynys Môn", "A = [b]\u2028# c", "tab\there"])
def test_a_name_is_written_so_that_it_is_read_as_it_was(wards, tmp_path, name):
    done = call("init", "--wards", wards, "--district", "york", "--name", name, "--into", tmp_path / "a")
    assert done.exit_code == 0, done.stderr
    read = tomllib.loads((tmp_path / "a" / "settings.toml").read_text(encoding="utf-8"))
    assert read["partnership"]["name"] == name.replace("\u2028", " ").replace("\t", " ")


def test_what_is_there_is_left_alone_unless_told_and_then_kept(wards, tmp_path):
    folder = tmp_path / "york"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    assert begin(wards, folder, "--district", "york").exit_code == 0
    before = (folder / "settings.toml").read_bytes()
    again = begin(wards, folder, "--district", "craven")
    assert again.exit_code == 2
    assert "holds source.json and wards.gpkg and settings.toml already" in again.stderr
    assert (folder / "settings.toml").read_bytes() == before
    assert begin(wards, folder, "--district", "craven", "--replace").exit_code == 0
    assert (folder / "settings.toml.old").read_bytes() == before
    assert {path.name for path in folder.iterdir()} == {
        "notes.txt",
        *(f"{name}{end}" for name in ("settings.toml", "wards.gpkg", "source.json") for end in ("", ".old")),
    }
    actions = [row.action for row in open_audit(load_settings(folder / "settings.toml")).entries()]
    assert actions == ["changed", "made"]
    assert begin(wards, folder, "--district", "york", "--replace").exit_code == 0
    assert (folder / "settings.toml.old").read_bytes() == before, "what was kept once is not written over"
    assert (folder / "settings.toml.old2").is_file()


def test_settings_of_which_another_account_is_operator_are_not_replaced(wards, tmp_path):
    folder = tmp_path / "york"
    assert begin(wards, folder, "--district", "york").exit_code == 0
    access = '[access]\ncontact = "x"\n[[access.groups]]\ngroup = "g"\naudiences = ["analyst"]\n'
    access += '[[access.operators]]\nuser = "nobody-here"\n'
    text = (folder / "settings.toml").read_text(encoding="utf-8") + access
    (folder / "settings.toml").write_text(text, encoding="utf-8")
    refused = begin(wards, folder, "--district", "craven", "--replace")
    assert refused.exit_code == 2
    assert (folder / "settings.toml").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("fault", ["no outline", "twice"])
def test_wards_that_cannot_be_used_leave_nothing(tmp_path, fault):
    made = country()
    if fault == "twice":
        made.loc[5, "WD22CD"] = made.loc[4, "WD22CD"]
    else:
        made.loc[4, "geometry"] = None
    done = begin(write_country(tmp_path / "country", wards=made), tmp_path / "york", "--district", "york")
    assert done.exit_code == 1, done.stderr
    assert "nothing was written" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["country"]
    elsewhere = begin(tmp_path / "country" / "wards.gpkg", tmp_path / "craven", "--district", "craven")
    assert elsewhere.exit_code == 0


def test_what_did_not_match_is_said_and_written_down(wards, tmp_path):
    lookup = wards.with_name("lookup.csv")
    done = begin(wards, tmp_path / "s", "--police-force", "South Yorkshire", "--lookup", lookup)
    assert done.exit_code == 0, done.stderr
    assert "does not know 4 wards" in done.stderr
    assert any(
        "does not know 4 wards" in note for note in json.loads((tmp_path / "s" / "source.json").read_text())["notes"]
    )
    refused = begin(wards, tmp_path / "n", "--police-force", "North Yorkshire", "--lookup", lookup)
    assert refused.exit_code == 1
    assert not (tmp_path / "n").exists()


def test_questions_are_asked_and_answers_checked_at_once(wards, tmp_path):
    answers = [str(tmp_path / "nothing.gpkg"), str(wards), "dist", "?", "Yrok", "york", "", ""]
    done = call("init", answers="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.stderr
    assert "nothing.gpkg: there is no such file" in done.stderr
    assert "; Hambleton; " in done.stderr
    assert "Did you mean 'York'" in done.stderr
    assert load_settings(tmp_path / "york" / "settings.toml").partnership.name == "York"


def test_a_police_force_is_asked_for_with_the_lookup_beside_the_wards_as_default(wards, tmp_path):
    done = call("init", "--wards", wards, "--into", tmp_path / "h", answers="police\n\nhertfordshire\n\n")
    assert done.exit_code == 0, done.stderr
    assert load_settings(tmp_path / "h" / "settings.toml").partnership.name == "Hertfordshire"


def test_enter_and_a_question_mark_are_answered_at_every_question(wards, tmp_path):
    answers = ["police", "?", "", "", "?", "sy", "South Yorkshire", "?", ""]
    done = call("init", "--wards", wards, "--into", tmp_path / "s", answers="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.stderr
    assert done.stderr.count(str(wards.with_name("lookup.csv"))) >= 2, "in brackets, and as the list"
    assert "Enter takes nothing here" in done.stderr
    assert "; South Yorkshire; " in " ".join(done.stderr.split())
    assert "Did you mean 'South Yorkshire'?" in done.stderr
    assert "There is nothing to choose from" in done.stderr
    assert load_settings(tmp_path / "s" / "settings.toml").partnership.name == "South Yorkshire"


def test_a_lookup_that_is_not_there_is_not_offered(wards, tmp_path):
    wards.with_name("lookup.csv").unlink()
    done = call("init", "--wards", wards, "--into", tmp_path / "s", answers="police\n\n?\n")
    assert done.exit_code == 2
    assert "Enter takes nothing here" in done.stderr
    assert "[" not in done.stderr.rpartition("Lookup")[2]
    assert "There is nothing to choose from" in done.stderr
    assert "give --lookup" in done.stderr


def test_where_nobody_can_be_asked_the_option_is_named(wards):
    done = call("init", "--wards", wards, "--district", "york", "--name", "x", answers="")
    assert done.exit_code == 2
    assert "give --into" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_begun_area_is_tried_with_invented_data_that_says_so(wards, tmp_path):
    folder = tmp_path / "all"
    assert begin(wards, folder, "--all").exit_code == 0
    settings, outlines, out = folder / "settings.toml", folder / "wards.gpkg", folder / "invented"
    made = call(
        "demo-data",
        "--settings",
        settings,
        "--wards",
        outlines,
        "--out",
        out,
        "--quarters",
        4,
        "--last-quarter",
        "2025/26 Q2",
    )
    assert made.exit_code == 0, made.stderr
    files = {name: out / f"{name}.csv" for name in ("population", "referrals", "incidents")}
    files["provision"] = out / "provision-2025-09-30.csv"
    for path in files.values():
        first, *rows = path.read_text(encoding="utf-8").splitlines()
        assert first.endswith("provenance")
        assert rows
        assert all(row.endswith(",invented") for row in rows)
    given = [text for name, path in files.items() for text in (f"--{name}", path)]
    assert all(f"--{name} {path}" in made.stderr for name, path in files.items()), "what is printed loads all of it"
    done = call("ingest", "--settings", settings, "--wards", outlines, *given)
    assert done.exit_code == 0, done.stderr
    manifest = SnapshotStore(snapshot_folder(load_settings(settings))).newest().manifest
    assert {*manifest.invented} >= {"populations", "referrals", "incidents", "provision"}
    assert "provision-2025-09-30.csv): 5 rows read, 5 used" in done.stdout
    again = call("demo-data", "--settings", settings, "--wards", outlines, "--out", out)
    assert again.exit_code == 2
    assert "is there already" in again.stderr
