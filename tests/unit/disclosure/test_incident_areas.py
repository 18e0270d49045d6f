import pytest

from data.errors import UsageError
from data.settings import Disclosure
from disclosure.audiences import Audience, permission
from disclosure.permitted import Question
from tests.area_files import INCIDENTS, PLACES, SETTINGS, middle, squares

WITHOUT_EXACT_VALUES = [one for one in Audience if not permission(one, rule=Disclosure()).exact]
YEAR = Question(quarters=4)
HEAD = INCIDENTS[0]


def spread(ward: int, *, n: int, apart: int = 40, places: int = 6) -> list[str]:
    """`n` incidents of the year at several points around the middle of a ward."""
    return [
        f"2024-{4 + one % 9:02d}-16,{middle(ward, dx=apart * (one % places), dy=apart * (one % 2))},race"
        for one in range(n)
    ]


THIN = [f"2024-{month:02d}-15,{middle(ward, dx=300, dy=-300)},race" for month in range(4, 13) for ward in range(6)]
LATE = [f"2025-{month:02d}-15,{middle(2, dx=300)},race" for month in range(1, 4)]
"""So that the four quarters are covered."""


def test_the_analyst_gets_exact_numbers_that_add_up_and_the_place_by_name(view):
    areas = view(Audience.ANALYST, incidents=[HEAD, *THIN, *LATE, *spread(0, n=90)]).incident_areas(YEAR)
    assert areas.table["area_name"].tolist() == ["Castle, North"]
    area = areas.table.iloc[0]
    assert area["incidents"] >= 90
    assert area["share"] == pytest.approx(area["incidents"] / (90 + len(THIN) + len(LATE)))
    assert area["places"] >= 6
    assert area["district"] == "North"
    assert area["square_km"] == pytest.approx(area["geometry"].area / 1e6)
    assert f"{area['incidents']} lie in these areas; all have a location" in areas.statements[1]
    assert "no significance is claimed" in areas.statements[0]


def test_several_areas_of_a_ward_are_numbered_from_the_north(view):
    wide = "incident_area_least = 8\nincident_area_square = 100\n"
    south = [f"2024-05-16,{middle(0, dx=20 * (one % 5), dy=-400)},race" for one in range(40)]
    north = [f"2024-05-16,{middle(0, dx=20 * (one % 5), dy=400)},race" for one in range(60)]
    opened = view(
        Audience.ANALYST, settings=f"{SETTINGS}[disclosure]\n{wide}", incidents=[HEAD, *THIN, *LATE, *south, *north]
    )
    table = opened.incident_areas(YEAR).table
    mine = table[table["area_name"].str.startswith("Castle, North (")]
    assert len(mine) >= 2
    tops = mine.geometry.bounds["maxy"].tolist()
    assert tops == sorted(tops, reverse=True)


@pytest.mark.parametrize("audience", WITHOUT_EXACT_VALUES)
def test_others_get_none_however_many_incidents_there_are(view, audience):
    opened = view(audience, incidents=[HEAD, *THIN, *LATE, *spread(0, n=90), *spread(2, n=120)])
    with pytest.raises(UsageError, match="from exact counts alone"):
        opened.incident_areas(YEAR)


def test_an_analyst_without_exact_values_gets_none_either(view):
    opened = view(Audience.ANALYST, now={"disclosure": {"analyst_exact": False}})
    with pytest.raises(UsageError, match="from exact counts alone"):
        opened.incident_areas(YEAR)


def test_an_area_that_reaches_two_wards_says_so_and_is_named_after_the_one_that_most_of_it_lies_in(view):
    across = [f"2024-05-16,{middle(0, dx=200 + 31 * (one % 12), dy=10 * (one % 3))},race" for one in range(90)]
    areas = view(Audience.ANALYST, incidents=[HEAD, *THIN, *LATE, *across]).incident_areas(YEAR)
    row = areas.table.loc[areas.table["wards"].idxmax()]
    wards = squares()
    overlap = wards.geometry.intersection(row["geometry"]).area
    assert row["wards"] == (overlap > 0).sum() == 2
    main = wards.loc[overlap.idxmax()]
    assert row["area_name"].startswith(f"{main['ward_name']}, {main['district']}")


CODED = (
    PLACES
    + """[incidents]
date = "date"
ward_code = "ward"
easting = "easting"
northing = "northing"
"""
)


def coded(located: int, unlocated: int) -> list[str]:
    return [
        "date,ward,easting,northing",
        *(f"2024-{4 + one % 9:02d}-15,X0590000{one % 6},{middle(one % 6)}" for one in range(located)),
        *(f"2024-{4 + one % 9:02d}-15,X0590000{one % 6},," for one in range(unlocated)),
        *(f"2025-{month:02d}-15,X05900002,," for month in range(1, 4)),
    ]


def test_how_many_have_no_location_is_said(view):
    areas = view(Audience.ANALYST, settings=CODED, incidents=coded(60, 29)).incident_areas(YEAR)
    assert "32 have no location" in " ".join(areas.statements)


def test_the_smallest_number_asked_for_is_never_one_that_is_suppressed(view):
    strict = {"disclosure": {"incident_area_least": 5, "suppress_up_to": 30}}
    areas = view(Audience.ANALYST, now=strict, incidents=[HEAD, *THIN, *LATE, *spread(0, n=90)]).incident_areas(YEAR)
    assert areas.table["incidents"].min() > 30
    assert "at least 31 incidents" in areas.statements[0]
    assert Disclosure().incident_area_least > Disclosure().suppress_up_to
