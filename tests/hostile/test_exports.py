"""What leaves as CSV holds no cell and no heading that a spreadsheet would run, whatever the files said."""

import csv
import json
from pathlib import Path

from data.spreadsheet_text import harmless_cell
from tests.hostile.cases import Trial
from tests.hostile.conftest import Run
from tests.hostile.corpus_boundaries import features, geojson, put

FORMULAS = ["=cmd|' /C calc'!A0", "\uff1dcmd|' /C calc'!A0", ' "=1+1', "@SUM(1)", "+1+1", "-1+1|x"]
SETTINGS = """
[partnership]
name = "=cmd"
[wards]
vintage = 2023
credit = "=cmd"
[referrals]
count = "=1+1"
[incidents]
date = "date"
easting = "easting"
northing = "northing"
category = "strand"
[disclosure]
handling = "=cmd|' /C calc'!A0"
"""


def assert_harmless(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert all(harmless_cell(cell) == cell for row in rows for cell in row)
    return rows


def formulas_for_names(trial: Trial) -> None:
    changed = features()
    for feature, formula in zip(changed, FORMULAS, strict=True):
        feature["properties"] |= {"ward_name": formula, "district": formula}
    put(trial, "w.geojson", geojson(changed))


def test_the_results_of_a_run_are_harmless_to_a_spreadsheet(trial: Trial, run: Run) -> None:
    formulas_for_names(trial)
    referrals = Path(trial.referrals)
    referrals.write_text(referrals.read_text(encoding="utf-8").replace(",count", ",=1+1"), encoding="utf-8")
    trial.settings = SETTINGS
    loaded = run(trial)
    assert loaded.code == 0, loaded.err
    trial.snapshot = loaded.out.splitlines()[-1]
    trial.verb = [
        "run",
        "--settings",
        "{settings}",
        "--snapshot",
        "{snapshot}",
        "--audience",
        "analyst",
        "--out",
        "{out}",
    ]
    ended = run(trial)
    assert ended.code == 0, ended.err
    rows = assert_harmless(trial.folder / "out" / "overlap.csv")
    assert sum(cell.startswith("'") for row in rows for cell in row) >= 2 * len(FORMULAS)
    json.loads((trial.folder / "out" / "overlap.geojson").read_text(encoding="utf-8"))


def test_invented_referrals_are_harmless_to_a_spreadsheet_headings_included(trial: Trial, run: Run) -> None:
    formulas_for_names(trial)
    trial.settings = SETTINGS.replace("[referrals]", '[referrals]\nward_name = "@name"')
    made = trial.folder / "made.csv"
    trial.verb = ["demo-referrals", "--settings", "{settings}", "--wards", str(trial.wards), "--out", str(made)]
    ended = run(trial)
    assert ended.code == 0, ended.err
    rows = assert_harmless(made)
    assert "'=1+1" in rows[0]
    assert "'@name" in rows[0]
