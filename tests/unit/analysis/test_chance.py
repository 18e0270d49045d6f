from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from analysis.chance import ChanceFlags, FlagsByChance, flags_by_chance
from analysis.question import Question
from analysis.study import study_overlap

pytestmark = pytest.mark.usefixtures("remembered_fits")


class Model:
    """Stands in for the model: flags wards of which both counts are above twice the expected, and keeps what it was given."""

    def __init__(self):
        self.given = []

    def __call__(self, *, referrals, incidents, expected_referrals, expected_incidents, **rule):
        self.given.append((referrals, incidents, expected_referrals, expected_incidents, rule))
        flagged = (referrals > 2 * expected_referrals) & (incidents > 2 * expected_incidents)
        return SimpleNamespace(flagged=flagged, probability=flagged * 0.9)


@pytest.fixture
def study(tables):
    return study_overlap(tables, question=Question())


@pytest.fixture
def run(study, tables):
    """The answer with a stand-in for the model, which is given back too."""
    model, told = Model(), []
    answer = flags_by_chance(
        study, wards=tables.wards, maps=60, seed=3, fit=model, progress=lambda done, of: told.append((done, of))
    )
    return answer, model.given[0::2], model.given[1::2], told


def test_flags_expected_to_be_false_are_the_sum_of_what_the_probabilities_leave(study, run):
    flagged = study.wards[study.wards["flagged"]]
    assert run[0].observed == len(flagged) == 1
    assert run[0].expected_false == pytest.approx(1 - flagged["probability_both"].iloc[0])


def test_with_equal_risks_as_many_events_are_dealt_out_by_the_expected_counts(study, run):
    inside = study.wards["expected_referrals"].notna()
    _, equal, _, _ = run
    for referrals, incidents, *_ in equal:
        assert referrals.sum() == study.wards.loc[inside, "observed_referrals"].sum()
        assert incidents.sum() == study.wards.loc[inside, "observed_incidents"].sum()
    mean = np.mean([given[1] for given in equal], axis=0)
    expected = study.wards.loc[inside, "expected_incidents"].to_numpy()
    assert np.abs(mean - expected).max() < 5 * np.sqrt(expected.max() / 60)


def test_unrelated_incidents_move_with_their_expected_counts_and_referrals_stay(study, run):
    inside = study.wards["expected_referrals"].notna()
    frame = study.wards[inside]
    _, _, unrelated, _ = run
    before = sorted(zip(frame["observed_incidents"], frame["expected_incidents"], strict=True))
    for referrals, incidents, expected_referrals, expected_incidents, _ in unrelated:
        assert np.array_equal(referrals, frame["observed_referrals"])
        assert np.array_equal(expected_referrals, frame["expected_referrals"])
        assert sorted(zip(incidents, expected_incidents, strict=True)) == before
    assert len({tuple(given[1]) for given in unrelated}) > 10


def test_chance_is_counted_on_the_simulated_maps(run):
    answer, equal, unrelated, _ = run
    for summary, given in ((answer.equal_risks, equal), (answer.unrelated, unrelated)):
        flags = [
            Model()(referrals=r, incidents=i, expected_referrals=a, expected_incidents=b).flagged.sum()
            for r, i, a, b, _ in given
        ]
        assert summary.mean == pytest.approx(np.mean(flags))
        assert summary.lower <= summary.mean <= summary.upper
        assert summary.as_many == pytest.approx((1 + sum(flag >= 1 for flag in flags)) / 61)
    # One ward high on referrals, two on incidents, of 19: about 2 in 19 by coincidence, never where risks are equal.
    assert 0.02 < answer.unrelated.mean < 0.3
    assert answer.equal_risks.mean == 0


def test_the_rule_is_the_study_s_and_progress_is_told(run):
    _, equal, _, told = run
    assert {key: equal[0][4][key] for key in ("threshold", "fdr", "seed")} == {"threshold": 1.5, "fdr": 0.10, "seed": 0}
    assert told == [(done, 120) for done in range(121)]


def test_the_same_seed_gives_the_same_answer_and_another_another(study, tables):
    def ask(seed):
        model = Model()
        flags_by_chance(study, wards=tables.wards, maps=3, seed=seed, fit=model)
        return [given[1].tolist() for given in model.given]

    assert ask(1) == ask(1) != ask(2)


def test_the_sentences_say_all_three():
    answer = ChanceFlags(
        observed=6,
        expected_false=0.44,
        equal_risks=FlagsByChance(mean=0.0, lower=0, upper=0, as_many=0.024, maps=40),
        unrelated=FlagsByChance(mean=1.25, lower=0, upper=4, as_many=0.024, maps=40),
    )
    chance = (
        "If where referrals are made had nothing to do with where incidents are, coincidence would flag about 1.2 wards "
        "(0 to 4 on 95 of 100 such maps).",
        "If no ward truly differed from the area's rate, luck would flag hardly any wards.",
    )
    assert answer.sentences() == ("6 wards are flagged; about 0.4 of these may be false.", *chance)
    assert replace(answer, observed=0, expected_false=0.0).sentences() == ("No ward is flagged.", *chance)
    assert [replace(answer, observed=flags).beyond_coincidence for flags in (0, 4, 5)] == [False, False, True]


def test_on_real_fits_a_plain_overlap_is_more_than_chance_gives(more_tables):
    answer = flags_by_chance(study_overlap(more_tables, question=Question()), wards=more_tables.wards, maps=3)
    assert answer.observed == 1
    assert answer.equal_risks.mean == 0
    assert answer.unrelated.mean < 1
