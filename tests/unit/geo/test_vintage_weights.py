"""Where old wards go, on square wards of 1 km, drawn well and badly."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from shapely import box

from data.errors import RefusedInputError, UsageError
from geo.vintage_weights import AREA, CODE, LOOKUP, NAME, OUTLINE, RESIDENTS, VintageWeights, vintage_weights
from tests.square_wards import EAST, NORTH, SIDE, square_wards


def square(x: float, y: float, *, wide: float = 1, high: float = 1) -> shapely.Polygon:
    return box(EAST + SIDE * x, NORTH + SIDE * y, EAST + SIDE * (x + wide), NORTH + SIDE * (y + high))


def wards(**shapes: shapely.Polygon) -> gpd.GeoDataFrame:
    """Wards by code; each is called by its code, without what follows an underscore, in small letters."""
    columns = {"ward_code": list(shapes), "ward_name": [code.lower().split("_")[0] for code in shapes]}
    return gpd.GeoDataFrame({**columns, "district": "Mere"}, geometry=list(shapes.values()), crs="EPSG:27700")


def shares(found: VintageWeights) -> dict[tuple[str, str], float]:
    table = found.table
    return {(row.from_code, row.to_code): round(row.share, 4) for row in table.itertuples()}


def bases(found: VintageWeights) -> dict[str, str]:
    return dict(zip(found.table["from_code"], found.table["basis"], strict=True))


OLD = wards(A=square(0, 0), B=square(1, 0), C=square(2, 0))


def test_a_ward_goes_whole_by_code_by_name_or_by_its_outline_alone():
    new = wards(A=square(0, 0), B_2=square(1, 0), D=square(2, 0))
    found = vintage_weights(OLD, new)
    assert shares(found) == {("A", "A"): 1, ("B", "B_2"): 1, ("C", "D"): 1}
    assert bases(found) == {"A": CODE, "B": NAME, "C": OUTLINE}
    assert not found.remarks


def test_merged_wards_both_go_whole_and_a_split_one_by_area():
    new = wards(AB=square(0, 0, wide=2), C_1=square(2, 0, high=0.25), C_2=square(2, 0.25, high=0.75))
    found = vintage_weights(OLD, new, widest_sliver=100)
    assert shares(found) == {("A", "AB"): 1, ("B", "AB"): 1, ("C", "C_1"): 0.25, ("C", "C_2"): 0.75}
    assert bases(found)["C"] == AREA
    assert len(found.whole) == 2
    assert len(found.split) == 2


def test_a_strip_as_narrow_as_the_drawing_splits_no_ward():
    new = wards(A=square(0, 0, wide=1.05), B=square(1.05, 0, wide=0.95), C=square(2, 0))
    assert shares(vintage_weights(OLD, new)) == {("A", "A"): 1, ("B", "B"): 1, ("C", "C"): 1}
    every_piece = vintage_weights(OLD, new, widest_sliver=0)
    assert shares(every_piece)[("B", "A")] == pytest.approx(0.05)


def test_how_wide_a_strip_of_drawing_is_is_measured_where_nothing_moved():
    old = square_wards(5, 5)
    # Every second ward is drawn 30 m wider to all sides but the outer, over its neighbours.
    drawn = old.geometry.where(old.index % 2 == 0, old.geometry.buffer(30, join_style="mitre"))
    rest = drawn.iloc[1::2].union_all()
    new = old.assign(geometry=drawn.where(old.index % 2 == 1, drawn.difference(rest)))
    drawing = vintage_weights(old, new).drawing
    assert drawing.how == "measured"
    assert drawing.width == pytest.approx(30, abs=0.5)
    assert 0.05 < drawing.most_share < 0.15


def test_without_wards_that_kept_their_codes_the_coarsest_drawing_is_assumed():
    new = wards(X=square(0, 0), Y=square(1, 0), Z=square(2, 0))
    assert vintage_weights(OLD, new).drawing.how == "assumed"
    assert vintage_weights(OLD, new).drawing.width == 400


def test_a_new_ward_narrower_than_drawing_still_gets_its_part():
    new = wards(A=square(0, 0, wide=0.8), N=square(0.8, 0, wide=0.2), B=square(1, 0), C=square(2, 0))
    assert shares(vintage_weights(OLD, new)) == {("A", "A"): 0.8, ("A", "N"): 0.2, ("B", "B"): 1, ("C", "C"): 1}


def test_residents_of_new_wards_weigh_their_pieces():
    new = wards(A=square(0, 0), Town=square(1, 0, wide=0.5), Field=square(1.5, 0, wide=1.5))
    people = pd.Series({"A": 5.0, "Town": 3_000.0, "Field": 3_000.0})
    found = vintage_weights(OLD, new, residents=people)
    # Half of B has the 3,000 of Town; the other half a third of the 3,000 of Field.
    assert shares(found)[("B", "Town")] == pytest.approx(0.75)
    assert bases(found)["B"] == RESIDENTS


def test_residents_of_finer_areas_go_where_they_lie():
    new = wards(A=square(0, 0), B_1=square(1, 0, wide=0.5), B_2=square(1.5, 0, wide=0.5), C=square(2, 0))
    places = gpd.GeoDataFrame(
        {"residents": [90.0, 10.0, 7.0]},
        geometry=[square(1.1, 0.1, wide=0.1), square(1.8, 0.1, wide=0.1).centroid, square(0.2, 0.2).centroid],
        crs="EPSG:27700",
    )
    found = vintage_weights(OLD, new, residents=places)
    assert shares(found)[("B", "B_1")] == pytest.approx(0.9)


def test_where_residents_are_not_known_area_decides_and_it_is_said():
    new = wards(A=square(0, 0), B_1=square(1, 0, wide=0.5), B_2=square(1.5, 0, wide=0.5), C=square(2, 0))
    found = vintage_weights(OLD, new, residents=pd.Series({"A": 1.0, "B_1": 2.0, "C": 3.0}))
    assert shares(found)[("B", "B_1")] == 0.5
    assert found.remarks == ("B: divided by area, because residents of their pieces are not known or there are none",)


def lookup(*rows: tuple[str, str, float | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["from_code", "to_code", "share"]).astype({"share": "float64"})


def test_a_lookup_comes_before_outlines():
    new = wards(A=square(0, 0), B=square(1, 0), C=square(2, 0))
    told = lookup(("A", "B", None), ("B", "B", 0.3), ("B", "C", 0.7))
    found = vintage_weights(OLD, new, lookup=told)
    assert shares(found) == {("A", "B"): 1, ("B", "B"): 0.3, ("B", "C"): 0.7, ("C", "C"): 1}
    assert bases(found) == {"A": LOOKUP, "B": LOOKUP, "C": CODE}


def test_a_lookup_without_shares_says_among_which_wards_the_outlines_decide():
    new = wards(B_1=square(1, 0, wide=0.5), B_2=square(1.5, 0, wide=0.3), AC=square(0, 0), D=square(1.8, 0, wide=1.2))
    told = lookup(("B", "B_1", None), ("B", "B_2", None))
    found = vintage_weights(OLD, new, lookup=told)
    assert shares(found)[("B", "B_1")] == pytest.approx(0.625)
    assert bases(found)["B"] == AREA


def test_a_lookup_that_divides_among_wards_elsewhere_without_shares_is_refused():
    told = lookup(("A", "B", None), ("A", "C", None))
    with pytest.raises(RefusedInputError, match="State the shares"):
        vintage_weights(OLD, wards(A=square(0, 0), B=square(1, 0), C=square(2, 0)), lookup=told)


def test_old_wards_outside_the_new_ones_are_refused_unless_a_lookup_says_where_they_went():
    new = wards(A=square(0, 0), B=square(1, 0))
    with pytest.raises(RefusedInputError, match=r"1 of 3 old wards lie by less than half .*\(C\)"):
        vintage_weights(OLD, new)
    assert shares(vintage_weights(OLD, new, lookup=lookup(("C", "B", None))))[("C", "B")] == 1


def test_a_code_that_moved_to_another_ward_is_reported_and_not_used():
    new = OLD.assign(ward_code=["A", "C", "B"])
    found = vintage_weights(OLD, new)
    assert shares(found) == {("A", "A"): 1, ("B", "C"): 1, ("C", "B"): 1}
    assert found.remarks[0].startswith("2 of the 3 codes that both files of wards have stand with different names")
    assert found.remarks[1] == (
        "the code B contradicts its name: it is b in the old wards and c in the new, and the outline lies elsewhere (C); "
        "the code was not used; b has the code C in the new wards"
    )


def test_a_new_name_of_the_same_outline_is_said_and_taken_as_one():
    found = vintage_weights(OLD, OLD.assign(ward_name=["a", "Bridge", "c"]))
    assert shares(found)[("B", "B")] == 1
    assert found.remarks == (
        "B is called b in the old wards and Bridge in the new; the outlines agree, so it was taken as a new name",
    )


def test_code_and_name_kept_but_not_the_outline_is_said():
    found = vintage_weights(OLD, wards(A=square(0, 0), B=square(1, 0, wide=0.5), C=square(1.5, 0, wide=1.5)))
    assert shares(found)[("B", "C")] == 0.5
    assert found.remarks == (
        "B b: code and name are as before but the outline is not, and the outline of B lies in 2 new wards; it was divided",
    )


def test_the_order_of_wards_changes_nothing():
    new = wards(AB=square(0, 0, wide=1.6), C=square(1.6, 0, wide=1.4))
    straight, turned = vintage_weights(OLD, new), vintage_weights(OLD.iloc[::-1], new.iloc[::-1])
    pd.testing.assert_frame_equal(straight.table, turned.table)


@pytest.mark.parametrize("width", [-1.0, float("nan")])
def test_a_width_that_is_none_is_refused(width: float):
    with pytest.raises(UsageError, match="zero or more"):
        vintage_weights(OLD, OLD, widest_sliver=width)


def test_wards_in_other_systems_are_refused():
    with pytest.raises(RefusedInputError, match="different coordinate reference systems"):
        vintage_weights(OLD, OLD.to_crs("EPSG:32630"))
