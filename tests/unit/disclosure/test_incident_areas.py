import pytest
import shapely

from data.settings import Disclosure
from disclosure.audiences import Audience
from disclosure.incident_areas import FEWEST_PLACES
from disclosure.permitted import Question
from disclosure.suppression import WITHHELD
from tests.area_files import INCIDENTS, SETTINGS, middle

COARSE = [Audience.INSPECTOR, Audience.STEERING]
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


def names_of(opened) -> list[str]:
    return opened.incident_areas(YEAR).table["area_name"].tolist()


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


@pytest.mark.parametrize("audience", COARSE)
def test_others_get_outlines_without_any_number_of_incidents(view, audience):
    areas = view(audience, incidents=[HEAD, *THIN, *LATE, *spread(0, n=90)]).incident_areas(YEAR)
    assert areas.table["area_name"].tolist() == ["Castle, North"]
    assert set(areas.table) == {"area_code", "area_name", "district", "wards", "square_km", "geometry"}
    assert "without a number" in areas.statements[1]
    assert "no significance is claimed" in areas.statements[0]


@pytest.mark.parametrize("audience", COARSE)
@pytest.mark.parametrize(("in_all", "drawn"), [(22, False), (90, True)])
def test_an_area_is_drawn_only_if_the_rest_of_its_ward_could_have_few_or_many(view, audience, in_all, drawn):
    rows = [HEAD, *LATE, *spread(2, n=120), *spread(3, n=in_all)]
    assert names_of(view(Audience.ANALYST, incidents=rows)) == ["Castle, South", "St Anne's, North"]
    assert names_of(view(audience, incidents=rows)) == (["Castle, South"] if drawn else []) + ["St Anne's, North"]


@pytest.mark.parametrize("audience", COARSE)
@pytest.mark.parametrize(("others", "drawn"), [(3, False), (90, True)])
def test_an_area_that_reaches_a_ward_with_a_small_count_is_not_drawn(view, audience, others, drawn):
    across = [f"2024-05-16,{middle(0, dx=470 + 15 * (one % 5), dy=10 * (one % 3))},race" for one in range(90)]
    elsewhere = [line for line in THIN if middle(1, dx=300, dy=-300) not in line]
    other = [f"2024-06-16,{middle(1, dx=-400 + 10 * (one % 5), dy=5)},race" for one in range(others)]
    in_first = [line for line in across if int(line.split(",")[1]) < 451_000]
    rows = [HEAD, *elsewhere, *LATE, *spread(5, n=120), *in_first, *other]
    exact = view(Audience.ANALYST, incidents=rows).incident_areas(YEAR).table.set_index("area_name")
    assert exact["wards"].max() > 1
    near = [name for name in names_of(view(audience, incidents=rows)) if not name.startswith("Weir")]
    assert bool(near) == drawn


@pytest.mark.parametrize("audience", COARSE)
def test_an_area_of_very_few_points_is_not_drawn_since_it_may_be_one_address(view, audience):
    one_place = [HEAD, *THIN, *LATE, *spread(4, n=90, places=FEWEST_PLACES - 1, apart=10)]
    assert len(view(Audience.ANALYST, incidents=one_place).incident_areas(YEAR).table) == 1
    assert view(audience, incidents=one_place).incident_areas(YEAR).table.empty


@pytest.mark.parametrize("audience", COARSE)
def test_what_others_get_does_not_change_with_counts_that_are_shown_the_same(view, audience):
    more = [view(audience, incidents=[HEAD, *THIN, *LATE, *spread(0, n=n)]).incident_areas(YEAR) for n in (91, 92)]
    assert more[0].statements == more[1].statements
    pairs = zip(more[0].table.geometry, more[1].table.geometry, strict=True)
    assert all(shapely.equals(one, other) for one, other in pairs)


CODED = """
[partnership]
name = "Sixwards"
[wards]
vintage = 2023
[population]
name = "ward_name"
district = "district"
[incidents]
date = "date"
ward_code = "ward"
easting = "easting"
northing = "northing"
"""


def coded(located: int, unlocated: int) -> list[str]:
    return [
        "date,ward,easting,northing",
        *(f"2024-{4 + one % 9:02d}-15,X0590000{one % 6},{middle(one % 6)}" for one in range(located)),
        *(f"2024-{4 + one % 9:02d}-15,X0590000{one % 6},," for one in range(unlocated)),
        *(f"2025-{month:02d}-15,X05900002,," for month in range(1, 4)),
    ]


@pytest.mark.parametrize(
    ("audience", "located", "unlocated", "said"),
    [
        (Audience.ANALYST, 60, 29, "32 have no location"),
        (Audience.STEERING, 60, 29, "in no area: 30."),
        (Audience.STEERING, 60, 2, "in no area: 7 or fewer."),
        (Audience.STEERING, 3, 97, f"in no area: {WITHHELD}."),
    ],
)
def test_how_many_have_no_location_is_said_as_the_audience_may_have_it(view, audience, located, unlocated, said):
    areas = view(audience, settings=CODED, incidents=coded(located, unlocated)).incident_areas(YEAR)
    assert said in " ".join(areas.statements)


def test_the_smallest_number_asked_for_is_never_one_that_is_suppressed(view):
    strict = {"disclosure": {"incident_area_least": 5, "suppress_up_to": 30}}
    areas = view(Audience.ANALYST, now=strict, incidents=[HEAD, *THIN, *LATE, *spread(0, n=90)]).incident_areas(YEAR)
    assert areas.table["incidents"].min() > 30
    assert "at least 31 incidents" in areas.statements[0]
    assert Disclosure().incident_area_least > Disclosure().suppress_up_to
