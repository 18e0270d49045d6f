"""What names of services say: names as the ONS has used them since 1998, and names of other things."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.sources.ons_names import Named, read_name


def said(name):
    found = read_name(name)
    return (
        None
        if found is None
        else (found.kind, found.year, found.month, found.scope, found.generalisation, found.version)
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("WD_MAY_2023_UK_BGC", ("wards", 2023, 5, "UK", "BGC", 0)),
        ("WD_MAY_2025_UK_BGC_V2", ("wards", 2025, 5, "UK", "BGC", 2)),
        ("WD_DEC_2023_GB_BFE", ("wards", 2023, 12, "GB", "BFE", 0)),
        ("WD_1998_UK_BGC", ("wards", 1998, None, "UK", "BGC", 0)),
        ("Wards_December_2023_Boundaries_UK_BGC", ("wards", 2023, 12, "UK", "BGC", 0)),
        ("Wards_December_2021_GB_BGC_2022", ("wards", 2021, 12, "GB", "BGC", 0)),
        ("Wards_December_2019_Boundaries_UK_BFC_v2", ("wards", 2019, 12, "UK", "BFC", 2)),
        ("Wards_December_2016_SGCB_in_the_UK", ("wards", 2016, 12, "UK", "BSC", 0)),
        ("Wards_December_2016_GCB_in_Great_Britain_2022", ("wards", 2016, 12, "GB", "BGC", 0)),
        ("Wards_December_2016_Full_Clipped_Boundaries_in_Great_Britain", ("wards", 2016, 12, "GB", "BFC", 0)),
        ("Wards_December_2016_Super_Generalised_Clipped_Boundaries_in_the_UK", ("wards", 2016, 12, "UK", "BSC", 0)),
        ("Wards_December_2016_SGCB_GB", ("wards", 2016, 12, "GB", "BSC", 0)),
        ("Wards_May_2024_Boundaries_UK_BFE_", ("wards", 2024, 5, "UK", "BFE", 0)),
        ("Wards_(December_2025)_Boundaries_UK_BSC", ("wards", 2025, 12, "UK", "BSC", 0)),
        ("WD23_LAD23_UK_LU", ("lookup", 2023, None, "UK", "", 0)),
        ("WD23_LAD23_UK_LU_DEC", ("lookup", 2023, 12, "UK", "", 0)),
        ("WD25_LAD25_UK_LU_v2", ("lookup", 2025, None, "UK", "", 2)),
        ("WD19_LAD19_CTY19_OTH_UK_LU", ("lookup", 2019, None, "UK", "", 0)),
        ("WD26_LAD26_CTYUA26_RGN26_CTRY26_UK_LU", ("lookup", 2026, None, "UK", "", 0)),
        ("WD17_LAD17_UK_LU_4aa38f5449104ea197413eac1a582a02", ("lookup", 2017, None, "UK", "", 0)),
        ("Ward_Mid_2020_Population_Estimates_EW", ("population", 2020, None, "", "", 0)),
        ("WD22_MYE_2022_EW", ("population", 2022, None, "", "", 0)),
    ],
)
def test_names_that_were_in_use_are_understood(name, expected):
    assert said(name) == expected


@pytest.mark.parametrize(
    "name",
    [
        *(
            "LAD_MAY_2025_UK_BGC",
            "WD_DEC_2023_UK_NC",
            "Wards_December_2022_Names_and_Codes_UK",
            "Tiles",
            "",
            "_",
            "WD_BGC",
        ),
        *(
            "WD24_PCON24_LAD24_UTLA24_UK_LU",
            "WD24_LAD24_CTY24_CED24_EN_LU",
            "WD11_CMWD11_LAD11_EW_LU",
            "OA21_WD22_LAD22_EW_LU",
        ),
        *("WD16_REGD16_LAD16_EW_LU", "PAR23_WD23_LAD23_EW_LU", "WD23_UK_LU", "LAD_Population_2022", "WD_Population"),
        *("WD_DEC_2023_UK_BGC_centroids", "WD19_WD21_WD23_UK_LU", "WD_2023_UK"),
    ],
)
def test_names_of_other_things_are_passed_over(name):
    assert read_name(name) is None


def test_a_lookup_between_two_vintages_is_of_the_later_since_the_earlier():
    assert read_name("WD19_WD23_UK_LU") == Named(
        "WD19_WD23_UK_LU", "changes", year=2023, scope="UK", since=2019, words=4
    )


@given(st.text(max_size=60))
def test_no_name_is_too_strange(name):
    found = read_name(name)
    assert found is None or found.service == name
