from dataclasses import replace

import numpy as np
import pytest

from analysis.question import Question
from analysis.stability import check_stability
from analysis.study import Study, study_overlap
from geo.neighbours import nearest_wards
from tests.studies import make_study

pytestmark = pytest.mark.usefixtures("remembered_fits")

SAME = (True, True, False, False)


@pytest.fixture
def base(tables):
    """Four wards of which the first two are flagged, with the tables' last quarter."""
    return answer(flagged=SAME)


def answer(*, flagged, probability=(0.95, 0.9, 0.2, 0.1), modelled=(True, True, True, True)) -> Study:
    study = make_study()
    known = np.where(modelled, probability, np.nan)
    wards = study.wards.assign(flagged=list(flagged), probability_both=known)
    return replace(study, question=Question(last_quarter="2025/26 Q4"), wards=wards, islands=())


class Answers:
    """Stands in for the model: one answer a variation, and a record of what was asked."""

    def __init__(self, **by_key):
        self.by_key, self.asked = by_key, []

    def __call__(self, tables, *, question, neighbour_rule):
        assert tables is not None
        key = self.key(question, neighbour_rule)
        self.asked.append(key)
        return self.by_key.get(key, answer(flagged=SAME))

    @staticmethod
    def key(question, neighbour_rule):
        if neighbour_rule is nearest_wards:
            return "neighbours"
        if question.threshold != 1.5:
            return "lower" if question.threshold < 1.5 else "higher"
        return "denominator" if question.denominator == "workday" else "window"


def test_every_variation_that_the_data_allow_is_asked_once(base, tables):
    answers, told = Answers(), []
    stability = check_stability(base, source=tables, ask=answers, progress=lambda done, of: told.append((done, of)))
    assert answers.asked == ["denominator", "window", "lower", "higher", "neighbours"]
    assert told == [(done, 6) for done in range(7)]
    assert [ward.in_words() for ward in stability.wards] == ["5 of 5", "5 of 5"]


def test_a_vintage_that_there_is_not_is_neither_survived_nor_lost(base, tables):
    stability = check_stability(base, source=tables, ask=Answers())
    vintage = stability.checks[-1]
    assert vintage.unavailable
    assert (vintage.flags, vintage.checked, vintage.survived) == (0, 0, 0)
    assert all(ward.not_checked == ("vintage",) for ward in stability.wards)


@pytest.mark.parametrize("key", ["denominator", "window", "neighbours"])
def test_at_the_same_threshold_a_flag_survives_if_the_ward_is_flagged_again(base, tables, key):
    again = answer(flagged=(True, False, True, False), probability=(0.6, 0.99, 0.9, 0.1))
    stability = check_stability(base, source=tables, ask=Answers(**{key: again}))
    assert [ward.survived for ward in stability.wards] == [5, 4]
    assert stability.wards[1].lost_in == (key,)
    check = next(check for check in stability.checks if check.key == key)
    assert (check.flags, check.kept, check.lost, check.new, check.checked, check.survived) == (2, 1, 1, 1, 2, 1)


def test_at_a_lower_threshold_the_ward_alone_must_be_as_sure_as_the_promise(base, tables):
    lower = answer(flagged=(True, True, True, True), probability=(0.9, 0.89, 0.9, 0.9))
    stability = check_stability(base, source=tables, ask=Answers(lower=lower))
    assert [ward.lost_in for ward in stability.wards] == [(), ("threshold 1.25",)]


def test_at_a_higher_threshold_it_must_be_at_least_as_likely_as_not(base, tables):
    higher = answer(flagged=(False, False, False, False), probability=(0.5, 0.49, 0.1, 0.1))
    stability = check_stability(base, source=tables, ask=Answers(higher=higher))
    assert [ward.lost_in for ward in stability.wards] == [(), ("threshold 2",)]
    row = stability.table.set_index("key").loc["threshold 2"]
    assert (row["flags"], row["lost"], row["survived"]) == (0, 2, 1)


def test_a_ward_without_the_other_denominator_is_not_checked_against_it(base, tables):
    workday = answer(flagged=(True, False, False, False), modelled=(True, False, True, True))
    stability = check_stability(base, source=tables, ask=Answers(denominator=workday))
    assert stability.wards[1].in_words() == "4 of 4"
    assert stability.wards[1].not_checked == ("denominator", "vintage")
    assert (stability.checks[0].checked, stability.checks[0].lost) == (1, 0)


def test_the_sentence_names_the_choices_that_the_finding_hangs_on(base, tables):
    gone = answer(flagged=(False, True, False, False))
    stability = check_stability(base, source=tables, ask=Answers(denominator=gone, neighbours=gone))
    assert stability.in_words(stability.wards[0]) == (
        "Asked in other reasonable ways, this finding stands in 3 of 5. It does not stand with incidents compared with how many "
        "people are there on a working day, not how many live there; nor with a ward's six nearest wards as its neighbours, "
        "touching or not."
    )
    assert stability.in_words(stability.wards[1]) == ("Asked in other reasonable ways, this finding stands in 5 of 5.")


def test_a_study_without_flags_still_says_what_the_other_choices_flag(tables):
    nothing = answer(flagged=(False,) * 4)
    stability = check_stability(nothing, source=tables, ask=Answers(lower=answer(flagged=SAME)))
    assert stability.wards == ()
    assert stability.table.set_index("key").loc["threshold 1.25", "new"] == 2


def test_on_real_fits_a_plain_overlap_survives_what_leaves_it_plain(more_tables):
    stability = check_stability(study_overlap(more_tables, question=Question()), source=more_tables)
    (ward,) = stability.wards
    assert ward.ward_code == "X05900000"
    assert (ward.survived, ward.checked, ward.lost_in, ward.not_checked) == (5, 5, (), ("vintage",))
