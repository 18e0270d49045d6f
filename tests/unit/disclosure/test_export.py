import json
import os
import sys

import geopandas as gpd
import pandas as pd
import pytest

from data.errors import UsageError
from disclosure.audiences import Audience
from disclosure.export import write_run
from disclosure.permitted import Question
from tests.area_files import CODES, NAMES, POPULATION
from tests.remembered_fits import forget_fits

COARSE = [Audience.INSPECTOR, Audience.STEERING]


@pytest.fixture
def run(tmp_path, view):
    """Write a run; give its three files as read back."""

    def written(audience, *, question=None, out="out", **changes):
        folder = tmp_path / out
        paths = write_run(view(audience, **changes), question=question or Question(), folder=folder)
        assert [path.name for path in paths] == ["overlap.csv", "overlap.geojson", "run.json"]
        assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in paths)
        return pd.read_csv(paths[0]), gpd.read_file(paths[1]), json.loads(paths[2].read_text(encoding="utf-8"))

    return written


def test_the_analyst_gets_exact_numbers_in_all_three_files(run):
    table, shapes, facts = run(Audience.ANALYST)
    assert table["ward_code"].tolist() == CODES
    assert table["observed_referrals"].tolist() == [36, 4, 4, 4, 4, 4]
    assert table["observed_incidents"].tolist() == [48, 12, 12, 12, 24, 12]
    assert (shapes["observed_referrals"] == table["observed_referrals"]).all()
    assert facts["counts"]["referrals_in_window"] == 56
    assert facts["counts"]["rows"]["incidents"] == {"read": 120, "used": 120}
    assert table["flagged"].tolist()[0] is True


@pytest.mark.parametrize("audience", COARSE)
def test_a_coarse_run_has_no_exact_number_in_any_file(run, audience):
    table, shapes, facts = run(audience)
    assert table["observed_referrals"].tolist() == ["35", *["7 or fewer"] * 5]
    assert table["observed_incidents"].tolist() == [50, 10, 10, 10, 25, 10]
    probabilities = ["probability_both"]
    for files in (table, shapes):
        assert not [one for one in files if one.startswith(("expected", "rate", "relative_risk_low"))]
        assert set(files.select_dtypes("number")) - {"observed_incidents"} == set(probabilities)
        assert set(files["probability_both"].dropna()) <= {0.025, 0.125, 0.3, 0.5, 0.7, 0.875, 0.975}
    assert facts["counts"]["referrals_in_window"] in {55, "not given"}
    assert facts["counts"]["rows"]["referrals"] == {"read": 25, "used": 25}
    assert all(round(value, 1) == value for value in facts["correlation"].values())


def test_a_run_says_where_it_came_from_and_how_to_make_it_again(run):
    _, _, facts = run(Audience.ANALYST, now={"analysis": {"threshold": 2.0}}, question=Question(threshold=2.0, seed=3))
    assert facts["snapshot"].startswith("2024-25-q4-")
    assert facts["window"] == {"first_quarter": "2024/25 Q1", "last_quarter": "2024/25 Q4", "quarters": 4}
    assert facts["question"]["threshold"] == 2.0
    assert facts["seed"] == 3
    assert facts["settings"]["analysis"]["threshold"] == 2.0
    assert facts["settings"]["incidents"]["category"] == "strand"
    assert {"ward_overlap", "python", "numpy", "scipy"} <= set(facts["versions"])


def test_settings_are_those_the_snapshot_was_read_with(run):
    _, _, facts = run(Audience.ANALYST, now={"incidents": {"tolerance_metres": 1.0}})
    assert "tolerance_metres" not in facts["settings"]["incidents"]


def test_no_file_names_a_place_on_this_machine(run, tmp_path, view):
    run(Audience.ANALYST, now={"storage": {"snapshots": str(tmp_path / "store")}})
    for path in (tmp_path / "out").iterdir():
        assert str(tmp_path) not in path.read_text(encoding="utf-8")


def test_the_same_run_gives_the_same_files(run, tmp_path):
    run(Audience.INSPECTOR, out="first")
    forget_fits()
    run(Audience.INSPECTOR, out="second")
    for name in ("overlap.csv", "overlap.geojson"):
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()
    facts = [json.loads((tmp_path / out / "run.json").read_text(encoding="utf-8")) for out in ("first", "second")]
    assert {key for key in facts[0] if facts[0][key] != facts[1][key]} <= {"seconds"}


def test_every_file_carries_the_marking(run):
    table, shapes, facts = run(Audience.STEERING, provenance="invented")
    said = (
        "OFFICIAL-SENSITIVE. For members of the partnership named here. Do not forward. "
        "FICTIONAL AREA. Every place, person count and event shown here is invented."
    )
    assert set(table["marking"]) == set(shapes["marking"]) == {said}
    assert " ".join(facts["marking"]) == said


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_name_that_a_spreadsheet_would_run_is_only_text(run, start):
    evil = f"{start}HYPERLINK(1)"
    table, _, _ = run(
        Audience.ANALYST,
        names=[evil, *NAMES[1:]],
        population=[one.replace("Castle,North", f"{evil},North") for one in POPULATION],
    )
    assert table["ward_name"].tolist() == [f"'{evil}", *NAMES[1:]]


def test_a_name_with_quotes_and_commas_comes_back_whole(run):
    odd = 'The "Old" Mill, East & West'
    table, shapes, _ = run(Audience.ANALYST, names=[*NAMES[:5], odd], population=POPULATION[:-1])
    assert table["ward_name"].tolist()[-1] == shapes["ward_name"].tolist()[-1] == odd


def test_a_ward_without_residents_is_in_every_file_with_nothing_made_up(run):
    table, shapes, facts = run(Audience.ANALYST, population=POPULATION[:-1])
    last = table.iloc[-1]
    assert (last["class"], last["flagged"]) == ("no denominator", False)
    assert pd.isna(last["probability_both"])
    assert pd.isna(last["rate_referrals"])
    assert shapes["class"].tolist()[-1] == "no denominator"
    assert facts["no_denominator"] == ["Weir"]


def test_a_folder_that_cannot_be_made_is_refused_before_the_model_runs(tmp_path, view):
    (tmp_path / "file").write_text("", encoding="utf-8")
    told: list[str] = []
    with pytest.raises(UsageError, match="cannot be written"):
        write_run(view(Audience.ANALYST), question=Question(), folder=tmp_path / "file", progress=told.append)
    assert told == []


@pytest.mark.skipif(sys.platform == "win32" or not hasattr(os, "geteuid"), reason="needs a name that is a folder")
def test_a_file_that_cannot_be_replaced_is_said_and_nothing_half_written_stays(tmp_path, view):
    (tmp_path / "out" / "overlap.csv").mkdir(parents=True)
    with pytest.raises(UsageError, match=r"overlap.csv cannot be written \(Is a directory\)"):
        write_run(view(Audience.ANALYST), question=Question(), folder=tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["overlap.csv"]


def test_each_row_of_a_table_says_for_whom_and_from_what_it_was_made(run):
    table, _, facts = run(Audience.STEERING)
    said = table["made_from"].unique().tolist()
    assert len(said) == 1
    assert facts["snapshot"] in said[0]
    assert "for steering" in said[0]
    assert "threshold 1.5" in said[0]
