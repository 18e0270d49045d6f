"""Areas cut out of the real wards of England and Wales, by a real lookup of another year."""

from pathlib import Path

import pytest

from data.errors import RefusedInputError
from data.reading_areas import read_area_lookup
from ingest.choosing_area import Wish, choose
from ingest.national_wards import read_national

FILES = Path(__file__).parents[3] / "shared" / "data" / "england_wales"
WARDS, LOOKUP = FILES / "wards_dec2023.geojson", FILES / "lookup_ltla24_csp24_pfa24.csv"
pytestmark = pytest.mark.skipif(not WARDS.is_file(), reason="the public wards of England and Wales are not here")


@pytest.fixture(scope="module")
def wards():
    return read_national(WARDS)


@pytest.fixture(scope="module")
def lookup():
    return read_area_lookup(LOOKUP, near=2023)


@pytest.mark.parametrize(
    ("wish", "number"),
    [
        (Wish(districts=("calderdale",)), 17),
        (Wish(districts=("North Yorkshire", "york")), 110),
        (Wish(areas=(("police force", "North-Yorkshire"),)), 110),
        (Wish(districts=("E08000025",)), 69),
        (Wish(areas=(("police force", "west yorkshire"),)), 124),
        (Wish(areas=(("police force", "devon and cornwall"),)), 296),
        (Wish(districts=("ynys mon",)), 14),
        (Wish(everything=True), 7_624),
    ],
)
def test_an_area_has_its_wards_and_none_is_left_over(wards, lookup, wish, number):
    choice = choose(wards, wish, lookup=lookup)
    assert choice.rows.sum() == number
    assert choice.notes == ()


def test_every_ward_lies_in_one_police_force_area(wards, lookup):
    forces = sorted(set(lookup.rows["police force_name"]))
    numbers = [choose(wards, Wish(areas=(("police force", one),)), lookup=lookup).rows for one in forces]
    assert len(forces) == 43
    assert (sum(rows.astype(int) for rows in numbers) == 1).all()


def test_a_district_with_four_partnerships_is_not_dealt_out(wards, lookup):
    with pytest.raises(RefusedInputError, match="Buckinghamshire"):
        choose(wards, Wish(areas=(("csp", "Wycombe"),)), lookup=lookup)
