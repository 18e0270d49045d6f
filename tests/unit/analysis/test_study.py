import numpy as np
import pandas as pd
import pytest

from analysis.classes import OverlapClass
from analysis.counting import EventTables
from analysis.question import Question
from analysis.study import study_overlap
from data.errors import RefusedInputError, UsageError

pytestmark = pytest.mark.usefixtures("remembered_fits")

FIRST, LAST = "X05900000", "X05900019"


def ward(study, code):
    return study.wards.set_index("ward_code").loc[code]


def test_a_ward_that_is_plainly_high_on_both_is_flagged_and_the_others_are_not(tables):
    study = study_overlap(tables, question=Question())
    assert ward(study, FIRST)["flagged"]
    assert study.wards["flagged"].sum() == 1
    assert ward(study, "X05900004")["overlap_class"] == OverlapClass.INCIDENTS_ONLY


def test_counts_are_those_of_the_window(tables):
    study = study_overlap(tables, question=Question(quarters=2, last_quarter="2024/25 Q3"))
    assert ward(study, FIRST)["observed_referrals"] == 24
    assert study.window.labels == ["2024/25 Q2", "2024/25 Q3"]


def test_expected_counts_sum_to_what_was_observed_in_the_modelled_wards(tables):
    wards = study_overlap(tables, question=Question()).wards
    modelled = wards[wards["overlap_class"] != OverlapClass.NO_DENOMINATOR]
    for measure in ("referrals", "incidents"):
        assert modelled[f"expected_{measure}"].sum() == pytest.approx(modelled[f"observed_{measure}"].sum())


def test_a_ward_without_residents_is_kept_and_called_so_never_guessed(tables):
    study = study_overlap(tables, question=Question())
    lacking = ward(study, LAST)
    assert len(study.wards) == len(tables.wards)
    assert lacking["overlap_class"] == OverlapClass.NO_DENOMINATOR
    assert lacking["observed_referrals"] == 4
    assert np.isnan(lacking["probability_both"])
    assert not lacking["flagged"]


def test_the_other_denominator_changes_the_incidents_only(tables):
    residents = study_overlap(tables, question=Question())
    crowded = tables.wards.assign(workday=np.where(tables.wards["ward_code"] == FIRST, 60_000.0, 2_000.0))
    workday = study_overlap(
        EventTables(crowded, tables.referrals, tables.incidents), question=Question(denominator="workday")
    )
    assert ward(workday, FIRST)["expected_incidents"] > ward(residents, FIRST)["expected_incidents"]
    assert ward(workday, FIRST)["expected_referrals"] == ward(residents, FIRST)["expected_referrals"]
    assert not ward(workday, FIRST)["flagged"]


def test_categories_narrow_the_counts(tables):
    other = tables.referrals.assign(category="concern B")
    both = EventTables(tables.wards, pd.concat([other, tables.referrals], ignore_index=True), tables.incidents)
    study = study_overlap(both, question=Question(concerns=("concern B",)))
    assert ward(study, FIRST)["observed_referrals"] == 48


def test_no_population_at_all_is_refused_with_what_to_do(tables):
    nobody = EventTables(tables.wards.assign(residents=np.nan), tables.referrals, tables.incidents)
    with pytest.raises(RefusedInputError, match="No ward has a population"):
        study_overlap(nobody, question=Question())


def test_a_window_beyond_the_data_is_refused(tables):
    with pytest.raises(UsageError, match="Choose 8 quarters or fewer"):
        study_overlap(tables, question=Question(quarters=9))


def test_the_tables_are_left_as_they_were(tables):
    before = tables.wards.copy(), tables.referrals.copy(), tables.incidents.copy()
    study_overlap(tables, question=Question())
    for now, then in zip((tables.wards, tables.referrals, tables.incidents), before, strict=True):
        assert now.equals(then)
