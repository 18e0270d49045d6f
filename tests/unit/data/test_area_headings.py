"""Headings of areas, whatever the year and whoever wrote them."""

import pytest

from data.area_headings import DISTRICT, FORCE, WARD, Field, find_fields, read_heading, year_of


@pytest.mark.parametrize(
    ("heading", "kind", "part", "year"),
    [
        ("WD23CD", "ward", "code", 2023),
        ("wd98nm", "ward", "name", 1998),
        ("LAD24NMW", "district", "welsh", 2024),
        ("ltla24_code", "district", "code", 2024),
        (" PFA 2024 name", "police force", "name", 2024),
        ("CTYUA23NM", "county", "name", 2023),
        ("csp24_code", "csp", "code", 2024),
        ("ward_code", "ward", "code", None),
        ("District", "district", "name", None),
    ],
)
def test_a_heading_says_kind_part_and_year(heading, kind, part, year):
    found = read_heading(heading)
    assert found is not None
    assert (found.kind, found.part, found.year) == (kind, part, year)


@pytest.mark.parametrize(
    "heading", ["", "FID", "LONG", "code", "name", "la", "wd", "BNG_E", "WD23", "toward_code", "Shape__Area"]
)
def test_what_is_of_no_kind_of_area_is_left(heading):
    assert read_heading(heading) is None


def test_of_several_years_the_nearest_is_taken_else_the_latest():
    headings = ["LAD21CD", "LAD23CD", "WD23CD"]
    assert find_fields(headings)[(DISTRICT, "code")] == 1
    assert find_fields(headings, near=2020)[(DISTRICT, "code")] == 0


def test_a_county_is_taken_before_what_counts_unitary_authorities_as_counties():
    assert find_fields(["CTYUA24CD", "CTY24CD"])[("county", "code")] == 1


def test_the_year_is_that_of_the_codes():
    headings = ["WD22CD", "LAD24CD", "PFA"]
    fields = find_fields(headings)
    assert (year_of(headings, fields, WARD), year_of(headings, fields, DISTRICT)) == (2022, 2024)
    assert year_of(headings, fields, FORCE) is None
    assert read_heading("CTY24CD") == Field("county", "code", 2024, 0)
