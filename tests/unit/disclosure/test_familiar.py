import numpy as np
import pytest

from analysis import local_statistics
from analysis.familiar_statistics import familiar_statistics
from data.errors import UsageError
from disclosure.audiences import Audience
from disclosure.familiar import FAMILIAR_TITLES
from disclosure.permitted import Question
from geo.neighbours import ward_neighbours
from tests.area_files import CODES, POPULATION, REFERRALS

COARSE = [Audience.INSPECTOR, Audience.STEERING]


def layers_of(view):
    return view.familiar(view.answer(Question(quarters=4)))


def test_every_statistic_has_the_title_that_its_menu_has_and_one_class_a_ward(view):
    layers = layers_of(view(Audience.ANALYST))
    assert list(layers) == list(FAMILIAR_TITLES)
    for key, layer in layers.items():
        assert (layer.key, layer.title) == (key, FAMILIAR_TITLES[key])
        assert sum(layer.class_counts()) == len(CODES)
        assert layer.classes[-2:] == ("not clear", "no denominator")


def test_labels_are_those_of_the_analysis_of_the_same_counts_in_map_order(view):
    opened = view(Audience.ANALYST)
    released = opened.answer(Question(quarters=4, seed=3))
    graph = ward_neighbours(opened.outlines().to_crs(27700))
    numbers = {
        f"{prefix}{measure}": released.wards[f"{stem}_{measure}"].to_numpy()
        for stem, prefix in (("observed", ""), ("expected", "expected_"))
        for measure in ("referrals", "incidents")
    }
    found = familiar_statistics(**numbers, neighbours=graph, seed=3)
    for key, layer in opened.familiar(released).items():
        statistic = found.layers[key]
        assert layer.explanation == statistic.explanation
        said = [layer.classes[code] for code in layer.codes]
        assert said == [type(statistic.labels[0])(label).phrase for label in statistic.label]


def test_a_ward_without_a_denominator_is_left_out_and_shifts_no_other(view):
    nobody = [line if not line.startswith(CODES[2]) else line.rsplit(",", 1)[0] + ",0" for line in POPULATION]
    for layer in layers_of(view(Audience.ANALYST, population=nobody)).values():
        without = [layer.classes[code] == "no denominator" for code in layer.codes]
        assert without == [code == CODES[2] for code in CODES]


def test_each_label_keeps_its_ward_and_its_words(view, monkeypatch):
    """With labels put in place of tested ones: six wards are too few for any to be clear."""

    def label_in_turn(*, p, second=None, **_):
        wards = np.arange(len(p))
        return p, 4 + wards % 3 if second is None else wards % 4

    monkeypatch.setattr(local_statistics, "decide", label_in_turn)
    layers = layers_of(view(Audience.ANALYST))
    words = ["high-high", "low-low", "high-low", "low-high", "high-high", "low-low"]
    moran, gi = layers["local_moran_referrals"], layers["gi_star_referrals"]
    assert [moran.classes[code] for code in moran.codes] == [f"{one} around this ward" for one in words]
    singles = ["high around this ward", "low around this ward", "not clear"]
    assert [gi.classes[code] for code in gi.codes] == 2 * singles


def test_the_number_of_permutations_and_of_expected_errors_stand_beside_each(view):
    for layer in layers_of(view(Audience.ANALYST)).values():
        assert "49,999 random rearrangements" in layer.notes[0]
        assert "5 in 100" in layer.notes[0]


def test_too_few_events_are_warned_of_where_the_statistic_looks_at_them(view):
    few = [
        "ward_code,quarter,category,sector,count",
        *(f"{CODES[0]},2024/25 Q{q},concern,education,1" for q in range(1, 5)),
    ]
    layers = layers_of(view(Audience.ANALYST, referrals=few))
    warned = {
        key for key, layer in layers.items() if any("less than one referral a ward" in note for note in layer.notes)
    }
    assert warned == {key for key in layers if key not in ("local_moran_incidents", "gi_star_incidents")}


@pytest.mark.parametrize("audience", COARSE)
def test_audiences_without_exact_values_are_neither_offered_nor_given_them(view, audience):
    opened = view(audience)
    assert opened.choices.statistics == ()
    with pytest.raises(UsageError, match="may not have the familiar statistics"):
        opened.familiar(opened.answer(Question()))


def test_an_analyst_without_exact_values_is_not_offered_them_either(view):
    opened = view(Audience.ANALYST, now={"disclosure": {"analyst_exact": False}})
    assert opened.choices.statistics == ()
    with pytest.raises(UsageError, match="may not have the familiar statistics"):
        opened.familiar(opened.answer(Question()))


def test_the_analyst_is_offered_all_of_them(view):
    assert view(Audience.ANALYST).choices.statistics == tuple(FAMILIAR_TITLES)


def test_a_window_without_any_referral_labels_nothing(view):
    none = [line if line.startswith("ward_code") else line.rsplit(",", 1)[0] + ",0" for line in REFERRALS]
    layer = layers_of(view(Audience.ANALYST, referrals=none))["gi_star_referrals"]
    assert {layer.classes[code] for code in layer.codes} == {"not clear"}
