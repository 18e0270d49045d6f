import numpy as np
import pandas as pd
import pytest

from analysis.change_classes import ChangeClass, classify_changes

SURE = 0.8
STATES = ("new", "persistent", "easing", "cleared", "neither")


def wards(*, code="A", now=0.5, **said: float) -> pd.DataFrame:
    columns = {f"probability_{state}": [said.get(state, 0.0)] for state in STATES}
    return pd.DataFrame({"ward_code": [code], "probability_now": [now], **columns})


def had(one: ChangeClass, *, code="A") -> pd.DataFrame:
    return pd.DataFrame({"ward_code": [code], "change_class": [int(one)]})


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"new": 0.8}, ChangeClass.NEW),
        ({"persistent": 0.8, "easing": 0.79}, ChangeClass.PERSISTENT),
        ({"persistent": 0.85, "easing": 0.85}, ChangeClass.EASING),
        ({"cleared": 0.8, "easing": 0.82}, ChangeClass.CLEARED),
        ({"cleared": 0.5, "persistent": 0.4, "easing": 0.8}, ChangeClass.EASING),
        ({"neither": 0.9}, ChangeClass.NONE),
        ({"new": 0.79, "neither": 0.2}, ChangeClass.UNCERTAIN),
    ],
)
def test_the_class_that_says_most_of_those_sure_enough_is_named(said, expected):
    assert classify_changes(wards(**said), certainty=SURE).tolist() == [int(expected)]


def test_a_ward_without_a_denominator_is_called_so_even_if_it_had_a_class():
    lacking = wards(now=np.nan)
    assert classify_changes(lacking, certainty=SURE, earlier=had(ChangeClass.NEW)).tolist() == [6]


@pytest.mark.parametrize(
    ("probability", "kept"), [(0.79, True), (0.71, True), (0.69, False)], ids=["just under", "at the edge", "beyond it"]
)
def test_a_class_is_kept_until_it_is_plainly_left(probability, kept):
    found = classify_changes(wards(persistent=probability), certainty=SURE, earlier=had(ChangeClass.PERSISTENT))
    assert found.tolist() == [int(ChangeClass.PERSISTENT if kept else ChangeClass.UNCERTAIN)]


def test_what_is_sure_now_goes_before_what_was_said_then():
    now = wards(new=0.0, persistent=0.9, easing=0.2)
    assert classify_changes(now, certainty=SURE, earlier=had(ChangeClass.NEW)).tolist() == [int(ChangeClass.PERSISTENT)]


@pytest.mark.parametrize(
    "earlier", [had(ChangeClass.NONE), had(ChangeClass.NEW, code="B")], ids=["other class", "other ward"]
)
def test_another_class_or_another_ward_then_keeps_nothing(earlier):
    assert classify_changes(wards(new=0.75), certainty=SURE, earlier=earlier).tolist() == [int(ChangeClass.UNCERTAIN)]


def test_every_class_has_its_own_phrase():
    assert len({one.phrase for one in ChangeClass}) == len(ChangeClass)
