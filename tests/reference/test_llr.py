"""The job of a real partnership on its real files (`llr_partnership`)."""

import json
from pathlib import Path

import pandas as pd
import pytest

from data.settings import Settings
from data.snapshots import SnapshotStore
from disclosure.audiences import VIEWERS, Audience
from disclosure.export import write_run
from disclosure.permitted import default_question
from disclosure.views import open_view
from ingest.pipeline import Ingested
from tests.llr_partnership import ingest_llr

LLR = Path(__file__).parents[2].parent / "shared" / "data" / "llr"

pytestmark = pytest.mark.skipif(not LLR.is_dir(), reason="the real public files are not present beside the project")


@pytest.fixture(scope="module")
def job(tmp_path_factory) -> tuple[Ingested, Settings, SnapshotStore]:
    return ingest_llr(tmp_path_factory.mktemp("llr"), files=LLR)


def test_all_210_767_rows_are_accounted_for(job):
    done, _, store = job
    incidents = next(one for one in done.reports if one.table == "incidents")
    assert incidents.rows_read == 210_767
    assert incidents.rows == {
        "used": 24_661,
        "not a kept category": 185_523,
        "unlocated": 549,
        "outside": 34,
        "unmatched": 0,
    }
    assert len(store.open(done.snapshot_id).incidents()) == 24_661


def test_the_two_wards_without_residents_are_named(job):
    population = next(one for one in job[0].reports if one.table == "population")
    assert population.used == 174
    assert "Castle Donington Park (North West Leicestershire" in " ".join(population.notes)
    assert "Ibstock West (North West Leicestershire" in " ".join(population.notes)


def test_the_quarters_cut_short_at_both_ends_are_in_no_window(job):
    done, settings, store = job
    view = open_view(store, done.snapshot_id, settings=settings, audience=Audience.ANALYST)
    assert (view.choices.quarters[0], view.choices.quarters[-1]) == ("2020/21 Q4", "2022/23 Q2")


@pytest.mark.parametrize("audience", VIEWERS)
def test_a_run_has_every_ward_and_says_what_the_figures_are_not(job, tmp_path, audience):
    done, settings, store = job
    view = open_view(store, done.snapshot_id, settings=settings, audience=audience)
    write_run(view, question=default_question(settings.analysis), folder=tmp_path)
    table = pd.read_csv(tmp_path / "overlap.csv")
    facts = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert len(table) == 176
    assert (table["class"] == "no denominator").sum() == 2
    assert facts["stand_in"] == ["police.uk public order offences"]
    assert [line.partition(".")[0] for line in facts["marking"][1:]] == ["INVENTED FIGURES", "STAND-IN DATA"]
    assert facts["window"]["last_quarter"] == "2022/23 Q2"
    if audience is Audience.ANALYST:
        assert table["observed_incidents"].sum() == facts["counts"]["incidents_in_window"]
    else:
        assert (table["observed_referrals"] == "7 or fewer").sum() > 150
        assert facts["counts"]["incidents_in_window"] % 5 == 0
