"""Codes and plain names of areas."""

import pandas as pd

from analysis.area_names import code_area, name_areas

WARDS = pd.DataFrame(
    {
        "ward_code": ["E1", "E2", "E3", "E4", "E5", "E6"],
        "ward_name": ["Oadby East", "Oadby West", "St Anne's & Weir", None, "Park", "Mill"],
        "district": ["Oadby and Wigston"] * 3 + ["Rutland"] * 3,
        "residents": [9_000.0, 4_000.0, 5_000.0, 6_000.0, None, 2_000.0],
    }
)


def names(*area: str) -> dict[str, str]:
    return name_areas(WARDS, area=pd.Series(list(area), dtype="str")).to_dict()


def test_an_area_is_named_after_the_ward_with_most_residents():
    assert names("a", "a", "a", "a", "b", "c") == {
        "a": "Oadby East and 3 others, Oadby and Wigston and Rutland",
        "b": "Park, Rutland",
        "c": "Mill, Rutland",
    }


def test_two_wards_are_both_named_and_a_whole_district_goes_by_its_name():
    assert names("a", "a", "b", "c", "c", "c") == {
        "a": "Oadby East and Oadby West, Oadby and Wigston",
        "b": "St Anne's & Weir, Oadby and Wigston",
        "c": "All of Rutland",
    }


def test_a_ward_without_a_name_goes_by_its_code_and_one_without_residents_comes_last():
    assert names("a", "a", "a", "b", "b", "c")["b"] == "E4 and Park, Rutland"


def test_areas_that_would_be_called_the_same_are_told_apart():
    wards = WARDS.assign(ward_name="Abbey", district=None)
    called = name_areas(wards, area=pd.Series(["a", "b", "b", "b", "c", "c"], dtype="str"))
    assert called.is_unique
    assert called["a"] == "Abbey"
    assert called["b"] == "Abbey and 2 others"
    twice = name_areas(wards, area=pd.Series(["a", "a", "a", "b", "b", "b"], dtype="str"))
    assert twice.to_dict() == {"a": "Abbey and 2 others (a)", "b": "Abbey and 2 others (b)"}


def test_the_code_is_that_of_the_wards_in_any_order_and_of_no_others():
    assert code_area(["E1", "E2"]) == code_area(["E2", "E1"])
    assert len({code_area(group) for group in (["E1"], ["E2"], ["E1", "E2"], ["E1E2"], ["E1", "E2", "E3"])}) == 5
    assert code_area(["E1", "E2"]) == "AB85B43F28C"
