import geopandas as gpd
import shapely

from disclosure.ground import same_ground

FIRST, SECOND = "X05900000", "X05900001"


def moved(wards, code, outline):
    """The same wards, one of them with another outline."""
    other = wards.copy()
    other.loc[other["ward_code"] == code, "geometry"] = outline
    return other


def test_wards_in_another_order_are_found_by_their_codes(grid_wards):
    ground = same_ground(grid_wards, other=grid_wards.iloc[::-1].reset_index(drop=True))
    assert ground.row.tolist() == list(range(len(grid_wards)))[::-1]
    assert not ground.changed.any()


def test_an_outline_drawn_a_little_otherwise_is_the_same_ward_and_one_with_a_street_more_is_not(grid_wards):
    finer = same_ground(grid_wards, other=moved(grid_wards, FIRST, shapely.box(0, 0, 1_009, 1_009).segmentize(50)))
    assert not finer.changed.any()
    more = same_ground(grid_wards, other=moved(grid_wards, FIRST, shapely.box(0, 0, 1_100, 1_000)))
    assert more.changed.tolist() == [True, *[False] * 19]
    assert more.row[0] == -1


def test_both_parts_of_a_ward_that_was_split_lie_in_the_whole(grid_wards):
    whole = moved(grid_wards, FIRST, shapely.box(0, 0, 2_000, 1_000))
    ground = same_ground(grid_wards, other=whole[whole["ward_code"] != SECOND])
    assert ground.changed.tolist() == [True, True, *[False] * 18]


def test_wards_of_another_area_share_no_ground(grid_wards):
    elsewhere = grid_wards.set_geometry(grid_wards.geometry.translate(1e6)).assign(
        ward_code=grid_wards["ward_code"] + "B"
    )
    ground = same_ground(grid_wards, other=gpd.GeoDataFrame(elsewhere))
    assert set(ground.row) == {-1}
    assert not ground.changed.any()
