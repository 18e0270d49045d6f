"""What areas must hold for any counts, residents and districts."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.areas import make_areas
from geo.neighbours import ward_neighbours
from tests.square_wards import square_wards

WARDS = 20
few = settings(max_examples=25, deadline=None)


@st.composite
def cases(draw):
    """Twenty squares in up to three districts, some of them islands."""
    numbers = st.lists(st.integers(0, 12), min_size=WARDS, max_size=WARDS)
    islands = draw(st.sets(st.integers(0, WARDS - 1), max_size=4))
    wards = square_wards(
        4,
        5,
        districts=draw(st.lists(st.sampled_from("ABC"), min_size=WARDS, max_size=WARDS)),
        residents=draw(st.lists(st.integers(1, 20_000), min_size=WARDS, max_size=WARDS)),
        moved={ward: (20.0 + 3 * ward, 0.0) for ward in islands},
    )
    return wards, np.array(draw(numbers)), np.array(draw(numbers)), draw(st.integers(1, 40))


def make(wards, referrals, incidents, least):
    return make_areas(wards, referrals=referrals, incidents=incidents, neighbours=ward_neighbours(wards), least=least)


@few
@given(cases())
def test_every_area_has_enough_or_there_is_none(case):
    _, referrals, incidents, least = case
    areas = make(*case)
    if min(referrals.sum(), incidents.sum()) < least:
        assert len(areas.too_few) == WARDS
        assert areas.table.empty
    else:
        assert areas.too_few == ()
        assert areas.table[["referrals", "incidents"]].min().min() >= least
        assert areas.table[["wards", "referrals", "incidents"]].sum().tolist() == [
            WARDS,
            referrals.sum(),
            incidents.sum(),
        ]
        assert areas.table["area_code"].is_unique
        assert areas.table["area_name"].is_unique
        one_piece = areas.table.geometry.buffer(1).geom_type == "Polygon"
        assert (one_piece == areas.table["in_one_piece"]).all()


@few
@given(cases(), st.permutations(range(WARDS)))
def test_the_order_of_the_wards_does_not_matter(case, order):
    wards, referrals, incidents, least = case
    order = np.array(order)
    areas = make(*case)
    moved = make(wards.iloc[order], referrals[order], incidents[order], least)
    assert moved.ward_area.index.tolist() == wards["ward_code"].iloc[order].tolist()
    assert moved.ward_area.sort_index().equals(areas.ward_area.sort_index())
    assert moved.table.equals(areas.table)
