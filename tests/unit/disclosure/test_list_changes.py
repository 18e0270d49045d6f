"""The list of flagged wards beside that of a quarter before."""

from types import SimpleNamespace
from typing import cast

import pandas as pd
import pytest

from analysis.windows import Window
from disclosure.gate import Released
from disclosure.list_changes import ListedWard, compare_lists, end_before


def answer(last: str, **sureness: str) -> Released:
    """Give an answer in which the wards whose certainty ends with `!` are flagged, in that order."""
    wards = pd.DataFrame({"ward_code": list(sureness), "certainty": [said.rstrip("!") for said in sureness.values()]})
    flagged = wards[[said.endswith("!") for said in sureness.values()]]
    names = {code: f"Ward {code}" for code in sureness}
    return cast(Released, SimpleNamespace(wards=wards, flagged=flagged, names=names, window=Window(last, 4)))


def test_wards_that_came_left_and_stayed_are_named_with_how_sure_each_was() -> None:
    before = answer("2025/26 Q3", A="likely!", B="likely!", C="unlikely", D="unlikely")
    now = answer("2025/26 Q4", C="almost certain!", A="highly likely!", B="unlikely", D="unlikely")
    change = compare_lists(now, before)
    assert change.came == (ListedWard("C", "Ward C", now="almost certain", then="unlikely"),)
    assert change.left == (ListedWard("B", "Ward B", now="unlikely", then="likely"),)
    assert [ward.ward_code for ward in change.stayed] == ["A"]
    assert (change.shared_quarters, change.quarters) == (3, 4)
    assert change.before.last == "2025/26 Q3"


@pytest.mark.parametrize(
    ("last", "end"), [("2025/26 Q4", "2025/26 Q3"), ("2025/26 Q3", "2025/26 Q1"), ("2025/26 Q1", None)]
)
def test_the_window_before_is_the_next_older_one_that_may_be_had(last: str, end: str | None) -> None:
    assert end_before(["2025/26 Q4", "2025/26 Q3", "2025/26 Q1"], last=last) == end
