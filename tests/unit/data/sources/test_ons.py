"""Choosing a service and its fields: every guess is said, and what cannot be told is refused."""

import pytest

from data.errors import UsageError
from data.sources.arcgis_layers import Layer
from data.sources.faults import ServiceError
from data.sources.ons import (
    ONS,
    Place,
    Vintage,
    check_generalisation,
    choose_service,
    find_people,
    need_field,
    parse_place,
    parse_vintage,
)

NAMES = (
    *("WD_MAY_2023_UK_BGC", "WD_DEC_2023_GB_BGC", "Wards_December_2023_Boundaries_UK_BGC", "WD_DEC_2023_UK_BSC"),
    *("WD_MAY_2025_UK_BGC", "WD_MAY_2025_UK_BGC_V2", "LAD_MAY_2025_UK_BGC"),
    *("WD23_LAD23_UK_LU", "WD23_LAD23_UK_LU_DEC", "WD19_LAD19_CTY19_OTH_UK_LU", "WD19_LAD19_UK_LU"),
    *("WD19_WD23_UK_LU", "WD21_WD23_UK_LU"),
)


def choose(kind, vintage, *, generalisation="", since=None, names=NAMES):
    lines: list[str] = []
    chosen = choose_service(
        names, kind=kind, vintage=parse_vintage(vintage), generalisation=generalisation, since=since, say=lines.append
    )
    return chosen, lines[0]


@pytest.mark.parametrize(
    ("kind", "vintage", "generalisation", "expected"),
    [
        ("wards", "2023", "BGC", "Wards_December_2023_Boundaries_UK_BGC"),
        ("wards", "2023-05", "BGC", "WD_MAY_2023_UK_BGC"),
        ("wards", "2023-12", "BSC", "WD_DEC_2023_UK_BSC"),
        ("wards", "2025", "BGC", "WD_MAY_2025_UK_BGC_V2"),
        ("lookup", "2023", "", "WD23_LAD23_UK_LU_DEC"),
        ("lookup", "2023-12", "", "WD23_LAD23_UK_LU_DEC"),
        ("lookup", "2023-05", "", "WD23_LAD23_UK_LU"),
        ("lookup", "2019", "", "WD19_LAD19_UK_LU"),
    ],
)
def test_the_latest_month_the_widest_area_the_newest_version_and_the_plainest_name_are_chosen(
    kind, vintage, generalisation, expected
):
    chosen, line = choose(kind, vintage, generalisation=generalisation)
    assert chosen == expected
    assert line.startswith(f"Service, guessed from its name: {expected}")


def test_what_was_passed_over_is_said():
    _, line = choose("wards", "2023", generalisation="BGC")
    assert "passed over: WD_MAY_2023_UK_BGC" in line or "passed over: WD_DEC_2023_GB_BGC, WD_MAY_2023_UK_BGC" in line


def test_changes_are_chosen_by_both_vintages():
    assert choose("changes", "2023", since=2019)[0] == "WD19_WD23_UK_LU"


def test_the_order_of_the_list_does_not_matter():
    assert choose("wards", "2023", generalisation="BGC") == choose(
        "wards", "2023", generalisation="BGC", names=NAMES[::-1]
    )


@pytest.mark.parametrize(
    ("kind", "vintage", "generalisation", "sentence"),
    [
        (
            "wards",
            "2023",
            "BUC",
            r"no boundaries of wards of 2023 as BUC. It has: BGC of 2023-05, BGC of 2023-12, BSC of 2023-12",
        ),
        ("wards", "1999", "BGC", r"no boundaries of wards of 1999 as BGC. It has: .*BGC of 2025-05"),
        ("lookup", "2024", "", "no lookup of wards of 2024 to districts. It has: WD19_LAD19"),
        ("changes", "2024", "", r"no lookup of wards of None|no lookup of wards"),
        (
            "population",
            "2023",
            "",
            r"no populations of wards of 2023. It has: none at all. The ONS publishes them as a workbook",
        ),
    ],
)
def test_what_is_not_there_is_said_with_what_is(kind, vintage, generalisation, sentence):
    with pytest.raises(ServiceError, match=sentence):
        choose(kind, vintage, generalisation=generalisation)


def test_hostile_names_are_shown_as_harmless_lines_and_not_all_of_them():
    names = [f"WD_{month}_{year}_UK_BGC" for year in range(1990, 2020) for month in ("MAY", "DEC")]
    with pytest.raises(ServiceError) as raised:
        choose("wards", "2023", generalisation="BGC", names=names)
    assert "and 48 more" in str(raised.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2023", Vintage(2023)), (" 2023-05 ", Vintage(2023, 5)), ("WD19", Vintage(2019)), ("wd23", Vintage(2023))],
)
def test_vintages_are_read_as_people_type_them(text, expected):
    assert parse_vintage(text) == expected


@pytest.mark.parametrize("text", ["23", "2023-13", "2023-5", "1823", "", "2023 May", "²⁰²³"])
def test_what_is_no_vintage_is_refused(text):
    with pytest.raises(UsageError, match="--vintage: give a year"):
        parse_vintage(text)


def test_generalisations_are_read_in_any_capitals():
    assert check_generalisation("bgc") == "BGC"
    with pytest.raises(UsageError, match="one of BFE, BFC, BGC, BSC or BUC"):
        check_generalisation("20m")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (ONS, Place(ONS)),
        (f"{ONS}/WD_DEC_2023_UK_BGC/FeatureServer", Place(ONS, "WD_DEC_2023_UK_BGC")),
        (f"{ONS}/Wards_%28December_2025%29/FeatureServer", Place(ONS, "Wards_(December_2025)")),
        (f" {ONS}/WD_DEC_2023_UK_BGC/FeatureServer/3/ ", Place(ONS, "WD_DEC_2023_UK_BGC", 3)),
    ],
)
def test_an_address_is_a_list_of_services_a_service_or_a_layer(address, expected):
    assert parse_place(address) == expected


def layer(**kinds):
    return Layer("X/FeatureServer/0", "X", tuple(kinds.items()), "FID", 10, False, True, None, "")


def test_a_field_is_found_whatever_its_capitals_and_never_of_another_vintage():
    assert need_field(layer(wd19cd="esriFieldTypeString"), "WD", "CD", Vintage(2019)) == "wd19cd"
    with pytest.raises(ServiceError, match=r"no field WD23CD\. It has wd19cd"):
        need_field(layer(wd19cd="esriFieldTypeString"), "WD", "CD", Vintage(2023))


NUMBER = "esriFieldTypeInteger"


@pytest.mark.parametrize("name", ["Total", "All_Ages", "population", "POP2022", "Mid_2022", "MYE2022"])
def test_the_field_of_residents_is_guessed_where_one_alone_can_be_it(name):
    assert (
        find_people(layer(**{name: NUMBER, "F16": NUMBER, "Population_note": "esriFieldTypeString"}), named=None)
        == name
    )


def test_where_it_cannot_be_told_it_is_asked_for():
    two = layer(Total=NUMBER, Persons=NUMBER, Households=NUMBER)
    with pytest.raises(ServiceError, match="Name one with --field: Total, Persons, Households"):
        find_people(two, named=None)
    assert find_people(two, named="Households") == "Households"
    with pytest.raises(UsageError, match="no field of numbers of this name"):
        find_people(two, named="WD23NM")
