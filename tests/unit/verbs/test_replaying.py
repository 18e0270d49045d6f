"""`replay`: the same figures of the same snapshot, or what differs, never a value; and what is no run of ours is refused."""

import json
import sqlite3
from contextlib import closing

import pytest

from data.settings import load_settings
from disclosure import run_facts
from disclosure.export_register import open_register
from ingest.places import records_file
from tests.area_files import CODES
from tests.ingested import call, ingested_area
from verbs.common import DONE, WRONG_USAGE

pytestmark = pytest.mark.usefixtures("remembered_fits")
DIFFERS = 1


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """An area that is ingested once: runs only read it."""
    with ingested_area(tmp_path_factory.mktemp("replaying")) as path:
        yield path


@pytest.fixture
def written(settings, tmp_path):
    """Write a run; give its folder."""

    def run(audience="analyst", *more):
        done = call(
            *("run", "--settings", settings, "--snapshot", "newest", "--audience", audience, "--out", tmp_path / "out"),
            *more,
        )
        assert done.exit_code == DONE, done.stderr
        return tmp_path / "out"

    return run


def replay(settings, folder):
    return call("replay", folder / "run.json", "--settings", settings)


def rewritten(folder, **changes):
    path = folder / "run.json"
    facts = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**facts, **changes}), encoding="utf-8")
    return facts


def change_table(folder, change):
    """Change the figures as if a former version had written others, hashes and all."""
    path = folder / "overlap.csv"
    text = change(path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    facts = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    files = {**facts["files"], **run_facts.file_hashes({"overlap.csv": text.encode()})}
    rewritten(folder, files=files, figures=run_facts.figures_facts(text))


@pytest.mark.parametrize("audience", ["analyst", "steering"])
def test_the_same_question_gives_the_same_figures_and_writes_nothing(settings, written, audience):
    folder = written(audience)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = replay(settings, folder)
    assert (done.exit_code, done.stdout.count("\n")) == (DONE, 1), done.stdout + done.stderr
    assert done.stdout.startswith("The same: 6 rows, ")
    assert "figure by figure" in done.stdout
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    with closing(sqlite3.connect(records_file(load_settings(settings)))) as database:
        last = database.execute("SELECT action, what, audience FROM audit ORDER BY number DESC LIMIT 1").fetchone()
    assert last == ("verified", "run", audience)


def test_a_run_of_some_categories_and_quarters_is_asked_as_it_was(settings, written):
    folder = written("analyst", "--quarters", "2", "--last-quarter", "2024/25 Q3")
    rewritten(folder, settings={"analysis": {"threshold": 9}})
    done = replay(settings, folder)
    assert done.exit_code == DONE, done.stdout
    assert "Setting [analysis] threshold: is not as it was." in done.stdout


def test_figures_that_differ_are_named_by_column_and_counted_and_never_told(settings, written):
    folder = written("analyst")
    change_table(folder, lambda text: text.replace(",36,", ",4711,", 1))
    done = replay(settings, folder)
    assert done.exit_code == DIFFERS
    assert "observed_referrals: differs in 1 of 6 rows." in done.stdout
    assert done.stdout.splitlines()[-1].startswith("It differs: 6 rows")
    assert "4711" not in done.stdout
    assert "36" not in done.stdout


def test_a_last_digit_is_no_difference_and_the_one_before_is(settings, written):
    folder = written("analyst")
    table = (folder / "overlap.csv").read_text(encoding="utf-8").splitlines()
    place = table[0].split(",").index("relative_risk_referrals")
    value = table[1].split(",")[place]
    for factor, code in ((1 + 1e-5, DONE), (1 + 1e-4, DIFFERS)):
        other = f"{float(value) * factor:.6g}"
        assert other != value
        change_table(folder, lambda text, old=value, new=other: text.replace(f",{old},", f",{new},", 1))
        assert replay(settings, folder).exit_code == code
        value = other


def test_a_ward_that_is_gone_is_said(settings, written):
    folder = written("analyst")
    change_table(folder, lambda text: "".join(one for one in text.splitlines(keepends=True) if CODES[2] not in one))
    assert "0 rows were there and are not now, 1 are new." in replay(settings, folder).stdout


def test_without_the_table_beside_it_hashes_tell_which_columns_differ(settings, written):
    folder = written("analyst", "--format", "gpkg,xlsx")
    assert {path.name for path in folder.iterdir()} == {"overlap.gpkg", "overlap.xlsx", "run.json"}
    done = replay(settings, folder)
    assert done.exit_code == DONE
    assert "overlap.csv is not beside the run.json" in done.stdout
    facts = rewritten(folder)
    figures = {**facts["figures"], "sha256": {**facts["figures"]["sha256"], "class": "0" * 64}}
    rewritten(folder, figures=figures)
    done = replay(settings, folder)
    assert done.exit_code == DIFFERS
    assert "class: is not the same." in done.stdout


def test_a_table_that_was_edited_is_not_the_same_whatever_the_snapshot_gives(settings, written):
    folder = written("analyst")
    with (folder / "overlap.csv").open("a", encoding="utf-8") as file:
        file.write("x")
    done = replay(settings, folder)
    assert done.exit_code == DIFFERS
    assert "overlap.csv beside the run.json is not as the run wrote it" in done.stdout
    last = done.stdout.splitlines()[-1]
    assert last.startswith(
        "Not the same: changed since the run: overlap.csv. The snapshot gives the figures of the run.json: 6 rows"
    )


def test_any_file_of_the_run_that_was_edited_is_named_and_others_are_not(settings, written):
    folder = written("analyst", "--format", "csv,geojson,svg")
    (folder / "notes.txt").write_text("ours", encoding="utf-8")
    (folder / "overlap.svg").unlink()
    assert replay(settings, folder).exit_code == DONE
    with (folder / "overlap.geojson").open("a", encoding="utf-8") as file:
        file.write(" ")
    done = replay(settings, folder)
    assert done.exit_code == DIFFERS
    assert "changed since the run: overlap.geojson. " in done.stdout
    assert "figure by figure" in done.stdout


def test_a_table_with_other_figures_than_the_run_names_is_changed_though_its_hash_is_not(settings, written):
    folder = written("analyst")
    text = (folder / "overlap.csv").read_text(encoding="utf-8").replace(",36,", ",37,", 1)
    (folder / "overlap.csv").write_text(text, encoding="utf-8")
    facts = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    rewritten(folder, files={**facts["files"], **run_facts.file_hashes({"overlap.csv": text.encode()})})
    done = replay(settings, folder)
    assert (done.exit_code, "changed since the run: overlap.csv." in done.stdout) == (DIFFERS, True)


def test_no_file_outside_the_folder_is_read_for_a_name_in_the_run(settings, written, tmp_path):
    folder = written("analyst")
    (tmp_path / "outside.csv").write_text("x", encoding="utf-8")
    facts = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    rewritten(folder, files={**facts["files"], "../outside.csv": "0" * 64})
    assert replay(settings, folder).exit_code == DONE


def test_versions_that_differ_are_named(settings, written):
    folder = written("analyst")
    rewritten(folder, versions={"ward_overlap": "0.0.1", "numpy": "1.0", "python\u202e": "3"})
    done = replay(settings, folder)
    assert done.exit_code == DONE
    assert "Version of ward_overlap: 0.0.1 then, 0.1.0 now." in done.stdout
    assert "\u202e" not in done.stdout


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kind": "a shopping list"}, "is not the run.json of a run"),
        ({"audience": "everyone"}, "is not the run.json of a run"),
        ({"snapshot": "../../etc"}, "That is not a snapshot id"),
        ({"snapshot": "2024-25-q4-000000000000"}, "There is no snapshot"),
        (
            {"question": {"denominator": "residents", "concerns": ["no such"]}},
            "categories that its snapshot does not hold",
        ),
        ({"window": {"last_quarter": "2024/25 Q4", "quarters": 9}}, "Choose 4 quarters or fewer"),
        ({"window": {"last_quarter": "2024/25 Q4", "quarters": "4"}}, "is not the run.json of a run"),
        ({"figures": {"rows": 1, "sha256": {"class": "x"}}}, "is not the run.json of a run"),
    ],
)
def test_what_is_no_run_of_ours_is_refused_with_a_sentence(settings, written, change, sentence):
    folder = written("analyst")
    rewritten(folder, **change)
    done = replay(settings, folder)
    assert (done.exit_code, done.stdout) == (WRONG_USAGE, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_may_not_ask_for_more_than_its_audience_may_have(settings, written):
    folder = written("steering")
    rewritten(
        folder, question={"denominator": "residents", "threshold": 1.1}, settings={"disclosure": {"suppress_up_to": 0}}
    )
    done = replay(settings, folder)
    assert done.exit_code == WRONG_USAGE
    assert "may have the threshold of the settings" in done.stderr


def test_a_run_of_a_version_without_hashes_gets_a_sentence(settings, written):
    folder = written("analyst")
    facts = rewritten(folder)
    for name in ("figures", "kind"):
        del facts[name]
    (folder / "run.json").write_text(json.dumps(facts), encoding="utf-8")
    assert "kept no hash of the figures" in replay(settings, folder).stderr


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"kind": NaN}'])
def test_what_is_no_json_object_is_refused(settings, tmp_path, content):
    (tmp_path / "run.json").write_bytes(content)
    assert "is not the run.json of a run" in replay(settings, tmp_path).stderr


def test_every_kind_of_file_is_written_recorded_and_registered_and_what_is_left_stays_registered(settings, written):
    folder = written("steering", "--format", "xlsx")
    folder = written("steering", "--format", "SVG, .png,GeoParquet,parquet")
    names = {"overlap.png", "overlap-certainty.png", "overlap.svg", "overlap-certainty.svg", "overlap.parquet"}
    assert {path.name for path in folder.iterdir()} == {*names, "overlap.xlsx", "run.json"}
    (entry,) = [one for one in open_register(load_settings(settings)).exports() if one.folder == str(folder.resolve())]
    assert set(entry.files) == {*names, "overlap.xlsx", "run.json"}
    with closing(sqlite3.connect(records_file(load_settings(settings)))) as database:
        (detail,) = database.execute(
            "SELECT detail FROM audit WHERE action = 'exported' ORDER BY number DESC"
        ).fetchone()
    assert json.loads(detail)["format"] == "parquet,png,svg"


@pytest.mark.parametrize("formats", ["", "doc", "csv,doc"])
def test_a_kind_of_file_that_there_is_not_is_refused(settings, tmp_path, formats):
    done = call("run", "--settings", settings, "--snapshot", "newest", "--format", formats, "--out", tmp_path / "out")
    assert done.exit_code == WRONG_USAGE
    assert "choose among csv, geojson, gpkg, parquet, xlsx, png, svg" in done.stderr
    assert not (tmp_path / "out").exists()
