import pytest

from data.errors import UsageError
from data.snapshots import SnapshotStore
from disclosure.audiences import Audience
from disclosure.permitted import Question
from disclosure.views import open_view
from tests.area_files import CODES

COARSE = [Audience.INSPECTOR, Audience.STEERING]


def test_the_analyst_may_choose_what_the_data_hold(view):
    choices = view(Audience.ANALYST).choices
    assert choices.quarters == ("2024/25 Q1", "2024/25 Q2", "2024/25 Q3", "2024/25 Q4")
    assert choices.lengths == (1, 2, 3, 4)
    assert (choices.concerns, choices.sectors, choices.strands) == (("concern",), ("education",), ("race",))
    assert choices.denominators == ("residents",)


@pytest.mark.parametrize("audience", COARSE)
def test_coarse_audiences_may_choose_no_category_and_only_years(view, audience):
    opened = view(audience)
    assert (opened.choices.concerns, opened.choices.sectors, opened.choices.strands) == ((), (), ())
    assert opened.choices.lengths == (4,)
    assert opened.ends(4) == ["2024/25 Q4"]


@pytest.mark.parametrize("audience", COARSE)
def test_the_manifest_of_coarse_audiences_counts_no_rows(view, audience):
    manifest = view(audience).manifest
    assert (manifest.rows, manifest.reports, manifest.files) == ({}, (), {})
    assert manifest.id == view(Audience.ANALYST).manifest.id
    assert view(Audience.ANALYST).manifest.rows["incidents"] == 120


def test_reports_are_those_of_the_audience(view):
    assert [one.read for one in view(Audience.ANALYST).reports] == ["6", "6", "24", "120"]
    assert [one.read for one in view(Audience.STEERING).reports] == ["6", "6", "25", "120"]


def test_what_may_not_be_asked_is_not_answered(view):
    with pytest.raises(UsageError, match="windows of 4 quarters"):
        view(Audience.STEERING).answer(Question(quarters=2))
    with pytest.raises(UsageError, match="may not filter"):
        view(Audience.STEERING).trend(Question(strands=("race",)))
    with pytest.raises(UsageError, match="reaches before the data"):
        view(Audience.ANALYST).answer(Question(quarters=5))


def test_an_answer_has_the_wards_in_map_order(view):
    opened = view(Audience.INSPECTOR)
    released = opened.answer(Question())
    assert released.wards["ward_code"].tolist() == opened.wards["ward_code"].tolist() == CODES
    assert opened.outlines()["ward_code"].tolist() == CODES


def test_the_trend_has_every_ward_and_measure(view):
    shown = view(Audience.INSPECTOR).trend(Question())
    assert len(shown) == 12
    assert set(shown["count"]) == {"7 or fewer", "35", "10", "50", "25"}


def test_stand_in_incidents_are_marked_whether_said_when_read_or_since(view):
    said = view(Audience.ANALYST, change={"incidents": {"stand_in": "burglaries"}}).marking.warnings
    since = view(Audience.ANALYST, now={"incidents": {"stand_in": "burglaries"}}).marking.warnings
    assert said == since == ("STAND-IN DATA. The incidents are not recorded hate crimes: burglaries.",)


def test_the_newest_snapshot_needs_one_to_be_there(tmp_path, view):
    settings = view(Audience.ANALYST).settings
    with pytest.raises(UsageError, match="There are no snapshots yet"):
        open_view(SnapshotStore(tmp_path / "empty"), "newest", settings=settings, audience=Audience.ANALYST)
