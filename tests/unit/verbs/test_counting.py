"""`count-points`: points become a file of counts that loads to what the points load to."""

import json

import pandas as pd
import pytest
from typer.testing import CliRunner

import cli
from data.settings import load_settings
from data.snapshots import SnapshotStore
from ingest.places import STORE_VARIABLE, snapshot_folder
from tests.area_files import INCIDENTS, PLACES, middle, write_area
from verbs.common import DONE, REFUSED, WRONG_USAGE

COUNTS = """[incidents]
ward_code = "ward_code"
quarter = "quarter"
category = "category"
count = "count"
"""
KEYS = ["ward_code", "quarter", "category"]


@pytest.fixture(autouse=True)
def own_store(tmp_path, monkeypatch):
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "store"))


def call(*arguments):
    return CliRunner().invoke(cli.app, [str(one) for one in arguments])


def count(folder, out, *options, points=None):
    settings, inputs = write_area(folder, incidents=points or INCIDENTS)
    files = ("--settings", settings, "--wards", inputs.wards, "--points", folder / "incidents.csv")
    return call("count-points", *files, "--out", out, *options)


def loaded(folder, *, incidents, settings):
    """Incidents of the snapshot that an ingest makes."""
    _, inputs = write_area(folder, settings=settings, incidents=incidents)
    given = (("--wards", inputs.wards), ("--population", inputs.population), ("--referrals", inputs.referrals))
    files = [part for pair in (*given, ("--incidents", folder / "incidents.csv")) for part in pair]
    done = call("ingest", "--settings", folder / "settings.toml", *files)
    assert done.exit_code == DONE, done.stderr
    store = SnapshotStore(snapshot_folder(load_settings(folder / "settings.toml")))
    return store.open(done.stdout.splitlines()[-1])


def test_counts_load_to_the_rows_that_the_points_load_to(tmp_path):
    points = [f"{line},invented" for line in [*INCIDENTS[1:], f"2024-05-01,{middle(2)},", "2024-05-01,,,race"]]
    points = [f"{INCIDENTS[0]},provenance", *points]
    out = tmp_path / "out" / "counts.csv"
    done = count(tmp_path / "points", out, points=points)
    assert done.exit_code == DONE, done.stderr
    assert (
        done.stdout.splitlines()[0] == f"incidents (incidents.csv): {len(points) - 1} rows read, {len(points) - 2} used"
    )
    settings = (tmp_path / "points" / "settings.toml").read_text(encoding="utf-8")
    direct = loaded(tmp_path / "direct", incidents=points, settings=settings)
    lines = out.read_text(encoding="utf-8").splitlines()
    counted = loaded(tmp_path / "counted", incidents=lines, settings=PLACES + COUNTS)
    grouped = direct.incidents().groupby(KEYS, dropna=False)["count"].sum().reset_index()
    rows = counted.incidents().sort_values(KEYS, ignore_index=True)
    pd.testing.assert_frame_equal(rows[[*KEYS, "count"]], grouped)
    assert counted.manifest.invented == direct.manifest.invented
    account = json.loads((tmp_path / "out" / "counts.account.json").read_text(encoding="utf-8"))
    (report,) = [report for report in direct.manifest.reports if report.table == "incidents"]
    assert (account["rows"], account["rows_read"]) == (report.rows, report.rows_read)
    assert account["incidents"] == grouped["count"].sum()


def test_counts_as_parquet_are_those_of_the_csv(tmp_path):
    for name in ("counts.csv", "counts.parquet"):
        assert count(tmp_path / "points", tmp_path / name).exit_code == DONE
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "counts.parquet"), pd.read_csv(tmp_path / "counts.csv"))


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("counts.xlsx", (), "counts are written as .csv or .parquet"),
        ("counts.csv", ("--workers", "2", "--cluster", "tcp://127.0.0.1:9"), "Give one of the two"),
        ("counts.csv", ("--workers", "2", "--memory", "much"), "--memory is an amount such as"),
        ("counts.csv", ("--workers", "2", "--memory", "100MB"), "A worker needs 500 MB at least"),
    ],
)
def test_wrong_requests_end_with_a_sentence_and_nothing_written(tmp_path, name, options, said):
    done = count(tmp_path / "points", tmp_path / "out" / name, *options)
    assert (done.exit_code, done.stdout) == (WRONG_USAGE, "")
    assert said in done.stderr
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_refused_points_leave_the_counts_of_before_as_they_were(tmp_path):
    out = tmp_path / "counts.csv"
    assert count(tmp_path / "points", out).exit_code == DONE
    before = out.read_bytes()
    done = count(tmp_path / "points", out, points=["date,easting,northing,strand", f"2024-05-01,{middle(0)},AB123456C"])
    assert done.exit_code == REFUSED
    assert "AB123456C" not in done.stderr
    assert out.read_bytes() == before


def test_a_full_disk_ends_with_a_sentence_and_leaves_nothing_half_written(tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_csv", full)
    done = count(tmp_path / "points", tmp_path / "out" / "counts.csv")
    assert done.exit_code == WRONG_USAGE
    assert "No space left on device" in done.stderr
    assert list((tmp_path / "out").iterdir()) == []
