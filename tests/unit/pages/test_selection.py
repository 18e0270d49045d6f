"""What is selected, in words and in each view."""

from dataclasses import replace

import pandas as pd
import pytest

from data.settings import Disclosure
from disclosure.audiences import Audience
from disclosure.gate import Released, release
from pages.components.risk_grid import bands_of, say_box
from pages.components.risk_scatter import chosen_in, scatter_rows
from pages.components.selection import in_order, said_of, with_toggled
from pages.components.selection_trend import MOST_LINES, wards_drawn
from tests.studies import make_study


def released(audience: Audience = Audience.ANALYST) -> Released:
    return release(make_study(told_by=None if audience is Audience.ANALYST else Disclosure()), audience, Disclosure())


def test_wards_are_selected_once_and_in_the_order_of_the_map() -> None:
    assert in_order(["c", "a", "c", "x"], codes=["a", "b", "c"]) == ("a", "c")
    assert with_toggled(("a", "c"), "b") == ("a", "c", "b")
    assert with_toggled(("a", "c"), "a") == ("c",)


def test_a_selection_is_summed_for_those_with_exact_values() -> None:
    said = said_of(("X05900000", "X05900001"), released())
    assert said.startswith("2 wards selected, 1 of them flagged.")
    assert "Referrals made: 12 (at the area's rate: 6.4)" in said
    assert "Recorded incidents: 87 (at the area's rate: 6.4)" in said


@pytest.mark.parametrize("audience", [Audience.INSPECTOR, Audience.STEERING])
def test_a_selection_is_never_summed_for_others_who_could_subtract(audience: Audience) -> None:
    whole, one_less = (said_of(tuple(codes), released(audience)) for codes in (CODES, CODES[:-1]))
    assert whole == "4 wards selected, 1 of them flagged."
    assert one_less == "3 wards selected, 1 of them flagged."


CODES = [f"X0590{number:04d}" for number in range(4)]


def test_a_lasso_a_box_or_clicks_in_the_scatter_take_the_wards_of_their_points() -> None:
    rows = scatter_rows(released(), selection=CODES[:1])
    assert rows["ward_code"].tolist() == CODES[:3], "a ward without a denominator has no risk"
    assert rows["selected"].tolist() == [True, False, False]
    points = [{"id": f"{CODES[1]} High Street, North"}, {"id": CODES[0]}, {"id": "X99999999 elsewhere"}, {"x": 1.0}]
    nothing: dict[str, list[object]] = {"points": [], "lasso": [], "box": []}
    assert chosen_in(rows, {**nothing, "points": points, "lasso": [{"x": [1.0], "y": [1.0]}]}) == CODES[:2]
    assert chosen_in(rows, {**nothing, "points": points[:1]}) == CODES[1:2]
    assert chosen_in(rows, {**nothing, "box": [{"x": [1.0, 2.0], "y": [1.0, 2.0]}]}) == []
    assert chosen_in(rows, nothing) is None


def test_a_box_of_bands_says_what_is_in_it() -> None:
    wards = released(Audience.INSPECTOR).wards
    high = bands_of(wards, referrals="high (1.5 or more)", incidents="high (1.5 or more)")
    assert say_box(high, selection=high["ward_code"].tolist()).startswith(f"{len(high)} ward")
    two = pd.DataFrame({"ward_code": ["a", "b"], "class": ["neither", "too uncertain to say"]})
    assert say_box(two, selection=["b", "c"]) == "2 wards, 1 too uncertain, 1 selected"


def test_of_many_selected_wards_the_surest_get_a_line_and_no_two_the_same_name() -> None:
    found = released()
    many = pd.concat([found.wards] * 3, ignore_index=True)
    many["ward_code"] = [f"W{number:02d}" for number in range(len(many))]
    drawn = wards_drawn(replace(found, wards=many), selection=tuple(many["ward_code"]))
    assert len(drawn) == MOST_LINES
    assert drawn["ward_code"].tolist()[:3] == ["W00", "W04", "W08"]
    assert drawn["shown"].is_unique
