from dataclasses import replace
from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pytest
import shapely

from analysis.detection_curve import SmallestRisk
from analysis.flagging import largest_flagged_set
from analysis.overlap import fit_overlap
from analysis.planting import KINDS
from analysis.power import Findable, what_can_be_found
from analysis.question import Question
from analysis.study import study_overlap
from tests.overlap_worlds import fit, lattice

pytestmark = pytest.mark.usefixtures("remembered_fits")

SINGLE = KINDS[:3]
SIDE = 45


class Model:
    """Stands in for the model: a ward is sure to be high where both counts are at least `times` what is expected."""

    def __init__(self, times=4.0, sure=0.95):
        self.times, self.sure, self.given = times, sure, []

    def __call__(self, *, referrals, incidents, expected_referrals, expected_incidents, **_):
        self.given.append((referrals, incidents))
        high = (referrals >= self.times * expected_referrals) & (incidents >= self.times * expected_incidents)
        return SimpleNamespace(probability=np.where(high, self.sure, 0.0))


@pytest.fixture
def study(tables):
    return study_overlap(tables, question=Question())


def found(study, tables, model, **options):
    return what_can_be_found(study, wards=tables.wards, fit=model, **options)


def test_a_stricter_model_needs_more(study, tables):
    lenient, strict = (found(study, tables, Model(times), kinds=SINGLE, trials=60) for times in (2.0, 6.0))
    for one, other in zip(lenient.findable, strict.findable, strict=True):
        assert one.smallest.upper < other.smallest.lower


def test_what_is_found_is_about_where_counts_reach_what_the_model_asks_for(study, tables):
    # Expected incidents are many more than referrals, so that the referrals decide: 8 in 10 Poisson counts reach four
    # times the expected count if their mean is a little above that.
    (typical,) = found(study, tables, Model(4.0), kinds=KINDS[1:2], trials=200).findable
    expected = study.wards["expected_referrals"].median()
    draws = np.random.default_rng(0).poisson
    risks = np.linspace(3, 8, 101)
    reached = [(draws(risk * expected, 4_000) >= 4 * expected).mean() for risk in risks]
    truth = risks[np.argmax(np.array(reached) >= 0.8)]
    assert typical.smallest.estimate == pytest.approx(truth, rel=0.15)


def test_where_nothing_can_be_found_it_says_so(study, tables):
    result = found(study, tables, Model(times=1e6), kinds=SINGLE, trials=30)
    for findable in result.findable:
        assert findable.smallest.estimate is None
        assert "may well be missed, even if both its rates were 20 times" in findable.in_words(largest=result.largest)


def test_only_the_planted_wards_change_and_both_their_counts(study, tables):
    model = Model()
    found(study, tables, model, trials=6)
    inside = study.wards["expected_referrals"].notna()
    before = study.wards.loc[inside, ["observed_referrals", "observed_incidents"]].to_numpy()
    for referrals, incidents in model.given:
        changed = (referrals != before[:, 0]) | (incidents != before[:, 1])
        assert 0 < changed.sum() <= 5  # 19 wards: one place a map


def test_on_a_small_area_each_place_has_a_map_of_its_own_and_progress_is_told(study, tables):
    told = []
    result = found(study, tables, Model(), trials=5, progress=lambda done, of: told.append((done, of)))
    assert [findable.trials for findable in result.findable] == [5, 5, 5, 5]
    assert result.fits == 20
    assert told == [(done, 20) for done in range(21)]


def large_study(tables):
    """A study of 45 by 45 wards that grow from the first to the last, and in which nothing was recorded."""
    corners = [(1_000.0 * (ward % SIDE), 1_000.0 * (ward // SIDE)) for ward in range(SIDE**2)]
    wards = gpd.GeoDataFrame(
        {"ward_code": [f"X{ward}" for ward in range(SIDE**2)], "ward_name": "", "district": ""},
        geometry=[shapely.box(x, y, x + 1_000, y + 1_000) for x, y in corners],
        crs="EPSG:27700",
    )
    one = study_overlap(tables, question=Question())
    sizes = np.linspace(5, 50, SIDE**2)
    frame = one.wards.iloc[[1] * SIDE**2].assign(
        observed_referrals=0, observed_incidents=0, expected_referrals=sizes, expected_incidents=10 * sizes
    )
    return replace(one, wards=frame), wards


def test_places_in_one_map_are_judged_as_if_each_were_alone(tables):
    # Planted small wards are sure. At 0.85 the others cannot be flagged alone, but could in the company of sure ones.
    study, wards = large_study(tables)

    def model(*, referrals, expected_referrals, **_):
        sure = np.where(expected_referrals < 20, 1.0, 0.85)
        return SimpleNamespace(probability=np.where(referrals > 0, sure, 0.0))

    result = what_can_be_found(study, wards=wards, fit=model, kinds=SINGLE, trials=40)
    assert result.fits < 120
    small, typical, large = (findable.smallest.estimate for findable in result.findable)
    assert small < 2
    assert typical is None
    assert large is None


def test_on_a_large_area_places_share_maps_but_not_fewer_than_eight(tables):
    study, wards = large_study(tables)
    result = what_can_be_found(study, wards=wards, fit=Model(), kinds=SINGLE, trials=40)
    assert 8 <= result.fits < 120 / 2
    assert [findable.trials for findable in result.findable] == [40, 40, 40]


def test_the_same_seed_gives_the_same_answer(study, tables):
    one, again, other = (found(study, tables, Model(), kinds=SINGLE, trials=10, seed=seed) for seed in (1, 1, 2))
    assert one == again != other


def test_sentences_say_how_much_is_needed_and_between_what():
    smallest = SmallestRisk(2.67, 2.47, 3.07)
    sentence = Findable("a typical ward", 1, 1, smallest, 80).in_words(largest=20)
    assert sentence == (
        "A typical ward would be found 8 times of 10 if both its rates were about 2.7 times the area's (most likely between "
        "2.5 and 3.1)."
    )
    assert "and more than 20)" in Findable("a small ward", 1, 1, SmallestRisk(15.0, 8.0, None), 80).in_words(largest=20)
    group = Findable("a group of five adjoining wards", 5, 3, SmallestRisk(None, None, None), 0)
    assert group.in_words(largest=20) == "The area has no group of five adjoining wards to try this with."


def test_the_flags_of_a_fit_are_what_its_probabilities_and_the_promise_give():
    # `power` leaves wards out of the set and flags the rest by this rule: if `fit_overlap` flags otherwise, it must too.
    rng = np.random.default_rng(5)
    expected = np.tile([2.0, 20.0], (64, 1))
    risks = np.where(np.arange(64)[:, None] < 6, 3.0, 0.6)
    result = fit(rng.poisson(expected * risks), expected, lattice(8, 8))
    assert result.flagged.any()
    assert np.array_equal(result.flagged, largest_flagged_set(result.probability, fdr=0.10))


def test_on_real_fits_the_model_learns_that_a_few_times_the_area_s_rate_is_enough(more_tables):
    study = study_overlap(more_tables, question=Question())
    (typical,) = found(study, more_tables, fit_overlap, kinds=KINDS[1:2], trials=8).findable
    # Before any trial the estimate would be 8.9.
    assert 1.2 < typical.smallest.estimate < 6
