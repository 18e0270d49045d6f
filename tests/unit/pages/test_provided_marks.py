"""Marks of what is provided: how many things run at a place."""

from types import SimpleNamespace

import geopandas as gpd
import pandas as pd
import shapely

from disclosure.audiences import Audience, Reader
from disclosure.provision import release_provision
from pages.components.provided_marks import _points
from tests.briefings import FLAGGED, NEITHER, UNSURE, make_area
from tests.provided import AS_AT, SETTINGS, provision_rows


def test_a_thing_of_several_wards_with_one_point_is_counted_there_once():
    area, wards = make_area(audience=Audience.STEERING), (FLAGGED, UNSURE, NEITHER)
    rows = provision_rows()
    there = rows["provision"] == 3
    found = release_provision(
        rows.assign(easting=rows["easting"].mask(there, 450_000.0), northing=rows["northing"].mask(there, 300_000.0)),
        as_at=AS_AT,
        window=area.released.window,
        newest=True,
        wards=wards,
        reader=Reader(Audience.STEERING),
        settings=SETTINGS,
    )
    assert found is not None
    middles = {code: shapely.Point(450_100 + 1_000 * at, 300_100) for at, code in enumerate(wards)}
    outlines = gpd.GeoDataFrame(
        {"ward_code": pd.Series(wards, dtype="str")}, geometry=[one.buffer(50) for one in middles.values()], crs=27700
    )
    marks = _points(found, chosen=SimpleNamespace(view=SimpleNamespace(outlines=lambda: outlines)))  # type: ignore[arg-type]
    assert marks.pop(shapely.Point(450_000, 300_000)) == 1
    assert [(round(point.x), count) for point, count in marks.items()] == [(452_100, 1)]
