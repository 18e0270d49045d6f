"""What areas of incidents must hold wherever the incidents are."""

import numpy as np
import pandas as pd
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.incident_clusters import cluster_incidents

few = settings(max_examples=40, deadline=None)


@st.composite
def incident_tables(draw):
    """Points snapped to a few hundred places, many of them shared, some missing."""
    row = st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 3), st.booleans())
    rows = draw(st.lists(row, max_size=120))
    frame = pd.DataFrame(rows, columns=["easting", "northing", "count", "known"])
    metres = frame[["easting", "northing"]].astype(float) * 40.0 + 450_010.0
    return metres.where(frame["known"] | (frame["count"] == 1)).assign(count=frame["count"].astype("int64"))


@few
@given(incident_tables(), st.integers(2, 12), st.sampled_from([30.0, 90.0]))
def test_every_area_has_enough_and_every_incident_is_accounted_for(incidents, least, apart):
    found = cluster_incidents(incidents, least=least, apart=apart, square=100.0)
    assert (found.table["incidents"] >= least).all()
    assert found.clustered + found.unclustered + found.unlocated == incidents["count"].sum()
    assert found.unlocated == incidents.loc[incidents["easting"].isna(), "count"].sum()
    by_row = incidents["count"].groupby(found.incident_area).sum()
    assert by_row.to_dict() == found.table.set_index("area_code")["incidents"].to_dict()
    outlines = found.table.geometry.to_numpy()
    assert abs(shapely.union_all(outlines).area - shapely.area(outlines).sum()) < 1e-3
    assert (shapely.get_coordinates(outlines) % 100 == 0).all()


@few
@given(incident_tables(), st.integers(2, 12), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(incidents, least, random):
    order = np.array(random.sample(range(len(incidents)), len(incidents)), dtype=int)
    found = cluster_incidents(incidents, least=least, square=100.0)
    moved = cluster_incidents(incidents.iloc[order], least=least, square=100.0)
    assert moved.table.equals(found.table)
    assert moved.incident_area.equals(found.incident_area.iloc[order])
