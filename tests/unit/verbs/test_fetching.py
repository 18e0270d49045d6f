"""The verbs that ask the ONS: what they print, what they record, and that nothing else can ask."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from data.settings import load_settings
from disclosure.audit import open_audit
from ingest.places import STORE_VARIABLE
from tests.arcgis_server import ArcgisServer, Reply, Served, arcgis_server, ward_records, wards_served
from tests.area_files import write_area

ROOT = Path(__file__).parents[3]
PACKAGES = ("data", "geo", "ingest", "analysis", "disclosure", "briefing", "pages", "server", "verbs")
OUTSIDE = {"data.sources.asking", "data.sources.ons_fetching"}


@pytest.fixture
def server() -> Iterator[ArcgisServer]:
    with arcgis_server() as running:
        running.services["WD_DEC_2023_UK_BGC"] = wards_served(6)
        running.services["WD23_LAD23_UK_LU"] = Served(ward_records(6))
        running.services["WD23_Population_2023"] = Served([{**one, "Total": 9_000} for one in ward_records(6)])
        yield running


def call(*arguments):
    return CliRunner().invoke(cli.app, ["fetch", *(str(one) for one in arguments)])


def fetch(server, kind, out, *more):
    return call(kind, "--vintage", "2023", "--out", out, "--service", server.address, *more)


@pytest.mark.parametrize(
    ("kind", "folder", "section"),
    [
        ("wards", "wards_2023_BGC", "wards"),
        ("lookup", "lookup_2023", None),
        ("population", "population_2023", "population"),
    ],
)
def test_it_prints_lines_for_the_settings_and_the_folder_and_tells_what_it_does(
    server, tmp_path, kind, folder, section
):
    done = fetch(server, kind, tmp_path)
    assert done.exit_code == 0, done.stderr
    *lines, last = done.stdout.splitlines()
    assert last == str(tmp_path / folder)
    assert (tmp_path / folder / "source.json").is_file()
    assert list(tomllib.loads("\n".join(lines))) == ([section] if section else [])
    assert "Asking 127.0.0.1. It is told what kind of data is wanted, not for which area." in done.stderr
    assert "Service, guessed from its name:" in done.stderr
    assert "6 records" in done.stderr


def test_areas_and_generalisation_are_options(server, tmp_path):
    server.services["WD_DEC_2023_UK_BSC"] = wards_served(6)
    more = ("--generalisation", "bsc", "--area", "Leicester", "--area", "E06000001")
    done = fetch(server, "wards", tmp_path, *more)
    assert done.exit_code == 0, done.stderr
    assert "4 records" in done.stderr
    assert (tmp_path / "wards_2023_BSC").is_dir()


def test_a_fault_of_the_service_is_a_sentence_and_leaves_nothing(server, tmp_path):
    server.fail("directory", Reply(b"<html>sign in here</html>"))
    done = fetch(server, "wards", tmp_path)
    assert done.exit_code == 1
    assert "sign-in page of a proxy" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_already_is_left_and_nobody_is_asked(server, tmp_path):
    (tmp_path / "wards_2023_BGC").mkdir()
    done = fetch(server, "wards", tmp_path)
    assert done.exit_code == 2
    assert "is there already, and is left as it is" in done.stderr
    assert server.asked == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("wards", "--vintage", "23"), "--vintage: give a year"),
        (("wards", "--vintage", "2023", "--generalisation", "XYZ"), "--generalisation: give one of"),
        (
            ("wards", "--vintage", "2023", "--service", "http://example.org/x"),
            "only addresses that begin with https://",
        ),
        (("lookup", "--vintage", "2023", "--since", "2024"), "--since: give a vintage earlier"),
        (("lookup", "--vintage", "2023", "--since", "x"), "--since: give a year"),
        (
            ("wards", "--vintage", "2023", "--service", "https://x.invalid", "--proxy", "gopher://x"),
            "--proxy: this is not",
        ),
    ],
)
def test_wrong_usage_is_a_sentence_before_anybody_is_asked(tmp_path, arguments, sentence):
    done = call(*arguments, "--out", tmp_path)
    assert done.exit_code == 2
    assert sentence in done.stderr


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "store"))
    return write_area(tmp_path / "files")[0]


def test_with_settings_it_is_recorded_before_it_is_asked(server, tmp_path, settings):
    server.fail("directory", Reply(status=404))
    done = fetch(server, "wards", tmp_path / "out", "--settings", settings)
    assert done.exit_code == 1
    (entry,) = open_audit(load_settings(settings)).entries()
    assert (entry.action, entry.what, entry.detail) == ("fetched", "open data", '{"format": "wards"}')


def test_without_settings_nothing_is_recorded(server, tmp_path, settings):
    assert fetch(server, "lookup", tmp_path / "out").exit_code == 0
    assert open_audit(load_settings(settings)).entries() == []


def test_limits_of_the_settings_hold(server, tmp_path, settings):
    with Path(settings).open("a", encoding="utf-8") as stream:
        stream.write("\n[limits]\nwards = 5\n")
    done = fetch(server, "wards", tmp_path / "out", "--settings", settings)
    assert done.exit_code == 1
    assert "has 6 records; from 1 to 5 are read" in done.stderr


def importers(word: str) -> Iterator[tuple[str, set[str]]]:
    """Files of the product in which a word stands, with all that they import."""
    for path in (*(one for package in PACKAGES for one in sorted((ROOT / package).rglob("*.py"))), ROOT / "cli.py"):
        text = path.read_text(encoding="utf-8")
        if word not in text:
            continue
        found: set[str] = set()
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                found |= {one.name for one in node.names}
            elif isinstance(node, ast.ImportFrom):
                found |= {str(node.module), *(f"{node.module}.{one.name}" for one in node.names)}
        yield path.relative_to(ROOT).as_posix(), found


def test_this_verb_is_the_only_way_to_ask_the_service():
    asking = {path for path, found in importers("data.sources") if found & OUTSIDE}
    assert {path for path in asking if not path.startswith("data/sources/")} == {"verbs/fetching.py"}


def test_nothing_else_has_a_client_for_the_web_but_the_question_to_the_identity_provider():
    with_client = {path for path, found in importers("httpx") if "httpx" in found}
    assert with_client == {"data/sources/asking.py", "pages/provider.py"}
