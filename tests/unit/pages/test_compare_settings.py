"""Which wards two answers speak of differently."""

from dataclasses import replace

import pandas as pd

from data.settings import Disclosure
from disclosure.audiences import Audience
from disclosure.gate import Released, release
from pages.components.compare_settings import difference
from tests.studies import make_study


def answer() -> Released:
    return release(make_study(), Audience.ANALYST, Disclosure())


def test_wards_whose_class_differs_are_listed_with_how_sure_each_is() -> None:
    one, wards = answer(), answer().wards.copy()
    wards.loc[1, ["class", "certainty"]] = ["referrals only", "unlikely"]
    found = difference(one, replace(one, wards=wards))
    assert found.wards["ward_name"].tolist() == ["Ward 1"]
    assert found.wards[["class_a", "class_b", "certainty_b"]].iloc[0].tolist() == [
        *("too uncertain to say", "referrals only", "unlikely"),
    ]
    assert (found.compared, found.alone) == (4, 0)


def test_the_same_answer_differs_nowhere() -> None:
    assert difference(answer(), answer()).wards.empty


def test_wards_of_other_boundaries_are_counted_and_not_compared() -> None:
    one = answer()
    wards = one.wards.assign(ward_code=["X05900000", "X05900001", "Y1", "Y2"])
    wards = pd.concat([wards, wards.tail(1).assign(ward_code="Y3")], ignore_index=True)
    found = difference(one, replace(one, wards=wards))
    assert (found.compared, found.alone) == (2, 5)
