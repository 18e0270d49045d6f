"""The command line: what stands on which stream, exit codes, and a sentence for whatever can be put right."""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import cli
from data.demo import files
from data.manifest import is_snapshot_id
from ingest.places import STORE_VARIABLE
from tests.area_files import REFERRALS, SETTINGS, write_area
from verbs import common

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.usefixtures("remembered_fits")


@pytest.fixture(autouse=True)
def own_store(tmp_path, monkeypatch):
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "store"))


def call(*arguments):
    return CliRunner().invoke(cli.app, [str(one) for one in arguments])


def ingest(folder, *, incidents=None, **files):
    settings, inputs = write_area(folder, **files)
    chosen = [incidents or folder / "incidents.csv"]
    options = [("--wards", inputs.wards), ("--population", inputs.population), ("--referrals", inputs.referrals)]
    options += [("--incidents", one) for one in chosen]
    return call("ingest", "--settings", settings, *(part for option in options for part in option))


def run(folder, *options):
    return call("run", "--settings", folder / "settings.toml", "--out", folder / "out", *options)


@pytest.fixture
def area(tmp_path):
    """The small area, ingested."""
    result = ingest(tmp_path / "files")
    assert result.exit_code == 0, result.stderr
    return tmp_path / "files"


def said(result, *, code):
    """The sentence that a call ended with, if it ended as it should: nothing on standard output, no traceback."""
    assert result.exit_code == code, result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    return result.stderr


def test_the_last_line_of_an_ingest_is_the_id_alone_and_progress_is_not_among_the_results(tmp_path):
    result = ingest(tmp_path)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert is_snapshot_id(lines[-1])
    assert lines[0] == "wards (wards.geojson): 6 rows read, 6 used"
    assert "Reading the populations" in result.stderr
    assert "Reading the populations" not in result.stdout


def test_the_same_ingest_again_says_so_and_ends_with_the_same_id(tmp_path):
    first, second = ingest(tmp_path), ingest(tmp_path)
    assert second.stdout.splitlines()[-2:] == [
        "The very same input is stored already, as snapshot:",
        first.stdout.splitlines()[-1],
    ]


@pytest.mark.parametrize("audience", ["analyst", "inspector", "steering"])
def test_a_run_writes_what_the_audience_may_have_and_names_the_files(area, audience):
    result = run(area, "--snapshot", "newest", "--audience", audience)
    assert result.exit_code == 0, result.stderr
    out = area / "out"
    assert result.stdout.splitlines() == [str(out / name) for name in ("overlap.csv", "overlap.geojson", "run.json")]
    exact = "expected_referrals" in pd.read_csv(out / "overlap.csv")
    assert exact == (audience == "analyst")
    assert json.loads((out / "run.json").read_text(encoding="utf-8"))["audience"] == audience


def test_without_an_audience_nothing_exact_is_written(area):
    assert run(area, "--snapshot", "newest").exit_code == 0
    assert "7 or fewer" in (area / "out" / "overlap.csv").read_text(encoding="utf-8")


def test_a_quarter_is_read_as_people_type_it(area):
    result = run(
        area, "--snapshot", "newest", "--audience", "analyst", "--quarters", 2, "--last-quarter", "2024/2025 q3"
    )
    assert result.exit_code == 0, result.stderr
    window = json.loads((area / "out" / "run.json").read_text(encoding="utf-8"))["window"]
    assert window == {"first_quarter": "2024/25 Q2", "last_quarter": "2024/25 Q3", "quarters": 2}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--snapshot", "newest", "--quarters", "3", "--audience", "steering"], "windows of 4 quarters"),
        (["--snapshot", "newest", "--quarters", "9", "--audience", "analyst"], "Choose 4 quarters or fewer"),
        (
            ["--snapshot", "newest", "--audience", "public"],
            "needs 12 quarters of referrals and incidents, and there are 4",
        ),
        (["--snapshot", "newest", "--audience", "everyone"], "Choose one of: analyst, inspector, steering, public."),
        (["--snapshot", "newest", "--audience", "councillor"], "`python cli.py brief`"),
        (["--snapshot", "newest", "--last-quarter", "summer"], "such as 2025/26 Q2"),
        (["--snapshot", "newest", "--last-quarter", "2030/31 Q1"], "The data run from 2024/25 Q1 to 2024/25 Q4"),
        (["--snapshot", "2024-25-q4-000000000000"], "There is no snapshot 2024-25-q4-000000000000. Known: 2024-25-q4-"),
        (["--snapshot", "../../etc/passwd"], "That is not a snapshot id"),
    ],
)
def test_a_wrong_request_is_refused_with_a_sentence_and_nothing_written(area, options, sentence):
    refusal = said(run(area, *options), code=common.WRONG_USAGE)
    assert sentence in refusal
    assert "Fitting" not in refusal
    assert not list(area.glob("out/*.*"))


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (None, "cannot be read"),
        ("[partnership", "not valid TOML"),
        (SETTINGS.replace("vintage = 2023", ""), "[wards] vintage: it is missing. Add it."),
        (SETTINGS.replace('name = "ward_name"', 'nmae = "ward_name"'), "there is no such setting"),
        (SETTINGS.replace('name = "ward_name"', 'code = ""'), "code) or name"),
    ],
)
def test_wrong_settings_are_refused_with_what_to_do(tmp_path, settings, sentence):
    path = tmp_path / "settings.toml"
    if settings is not None:
        path.write_text(settings, encoding="utf-8")
    for command in (["snapshots"], ["run", "--snapshot", "newest", "--out", tmp_path / "out"]):
        assert sentence in said(call(*command, "--settings", path), code=common.WRONG_USAGE)


@pytest.mark.parametrize("table", ["wards", "population", "referrals", "incidents"])
def test_a_missing_file_is_named(tmp_path, table):
    settings, _ = write_area(tmp_path)
    options = [part for one in ("wards", "population", "referrals", "incidents") for part in (
        f"--{one}", tmp_path / ("nowhere.csv" if one == table else f"{one}.{'geojson' if one == 'wards' else 'csv'}")
    )]  # fmt: skip
    result = call("ingest", "--settings", settings, *options)
    assert (result.exit_code, result.stdout) == (common.REFUSED, "")
    assert "nowhere.csv" in result.stderr.splitlines()[-1]


def test_a_refused_file_ends_with_its_sentence_and_no_cell_of_it(tmp_path):
    result = ingest(tmp_path, referrals=[f"{REFERRALS[0]},surname", f"{REFERRALS[1]},Smithson"])
    assert (result.exit_code, result.stdout) == (common.REFUSED, "")
    assert "referrals.csv" in result.stderr
    assert "Smithson" not in result.stderr


@pytest.mark.parametrize("command", ["run", "demo", "demo-referrals"])
def test_a_place_that_cannot_be_written_is_said_in_a_sentence(area, command):
    (area / "file").write_text("", encoding="utf-8")
    options = {
        "run": ["--settings", area / "settings.toml", "--snapshot", "newest"],
        "demo": [],
        "demo-referrals": ["--settings", area / "settings.toml", "--wards", area / "wards.geojson"],
    }
    result = call(command, *options[command], "--out", area / "file" / "inside")
    assert str(area / "file") in said(result, code=common.WRONG_USAGE)


def test_snapshots_are_listed_the_newest_first(area):
    assert ingest(area, referrals=REFERRALS[:-1]).exit_code == 0
    lines = call("snapshots", "--settings", area / "settings.toml").stdout.splitlines()
    assert len(lines) == 2
    assert all(is_snapshot_id(line.split()[0]) and " UTC by " in line for line in lines)


def test_no_snapshot_is_no_line(tmp_path):
    settings, _ = write_area(tmp_path)
    result = call("snapshots", "--settings", settings)
    assert (result.exit_code, result.stdout) == (0, "")


def test_invented_referrals_are_written_and_can_be_ingested(area):
    out = area / "invented.csv"
    result = call(
        *("demo-referrals", "--settings", area / "settings.toml", "--wards", area / "wards.geojson"),
        *("--population", area / "population.csv", "--out", out, "--quarters", 4, "--last-quarter", "2024/25 Q4"),
    )
    assert result.exit_code == 0, result.stderr
    assert result.stdout == f"{out}: {len(pd.read_csv(out)):,} rows of invented referrals\n"
    again = ingest(area, referrals=out.read_text(encoding="utf-8").splitlines())
    assert again.exit_code == 0, again.stderr


def test_no_command_shows_the_help_and_an_unknown_one_is_wrong_usage():
    assert "ingest" in call().output
    assert call("predict").exit_code == common.WRONG_USAGE


def test_stopping_it_is_no_traceback(tmp_path, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(files, "write_demo", interrupted)
    assert said(call("demo", "--out", tmp_path), code=common.STOPPED).startswith("Stopped before it was finished.")


def test_a_fault_of_the_program_says_where_and_never_what_the_data_held(tmp_path, monkeypatch):
    cell = "Smithson"

    def faulty(*_, **__):
        raise ValueError(f"could not convert string to float: {cell}")

    monkeypatch.setattr(files, "write_demo", faulty)
    result = call("demo", "--out", tmp_path)
    assert (result.exit_code, result.stdout) == (common.OUR_FAULT, "")
    assert "ValueError" in result.stderr
    assert "in demo_command" in result.stderr
    assert "Smithson" not in result.stderr


def test_a_full_disk_is_said_in_a_sentence(tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device", str(tmp_path / "wards.geojson"))

    monkeypatch.setattr(files, "write_demo", full)
    sentence = said(call("demo", "--out", tmp_path), code=common.WRONG_USAGE)
    assert sentence.startswith(f"{tmp_path / 'wards.geojson'}: No space left on device.")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
def test_a_reader_that_has_had_enough_is_no_fault(area, tmp_path):
    command = f"{sys.executable} cli.py audit list --settings {area / 'settings.toml'} | true"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


def test_the_demonstration_from_its_files_to_flags_where_they_were_planted(tmp_path):
    """The whole way, once: `demo`, `ingest` and `run` on what they wrote."""
    assert call("demo", "--out", tmp_path).exit_code == 0
    files = {name: tmp_path / f"{name}.csv" for name in ("population", "referrals", "incidents")}
    options = [part for name, path in files.items() for part in (f"--{name}", path)]
    made = call("ingest", "--settings", tmp_path / "settings.toml", "--wards", tmp_path / "wards.geojson", *options)
    assert made.exit_code == 0, made.stderr
    result = run(tmp_path, "--snapshot", made.stdout.splitlines()[-1], "--audience", "analyst")
    assert result.exit_code == 0, result.stderr
    table = pd.read_csv(tmp_path / "out" / "overlap.csv")
    truth = pd.read_csv(tmp_path / "truth.csv")
    planted = set(truth.loc[truth["kind"].isin(["overlap", "isolated", "emerging"]), "ward_code"])
    flagged = set(table.loc[table["flagged"], "ward_code"])
    assert len(planted & flagged) >= 9
    assert len(flagged - planted) <= 0.2 * len(flagged)
    assert set(table["marking"].str.contains("FICTIONAL AREA")) == {True}
