"""HDBSCAN on places with counts."""

import numpy as np
import pytest
from sklearn.cluster import HDBSCAN

from analysis import incident_groups
from analysis.incident_groups import group_places
from data.errors import UsageError


def blobs(*middles: tuple[float, float], each: int = 30, spread: float = 20.0) -> np.ndarray:
    rng = np.random.default_rng(2)
    points = np.concatenate([rng.normal(middle, spread, (each, 2)) for middle in middles])
    return points[np.lexsort((points[:, 1], points[:, 0]))]


def group(
    places: np.ndarray, *, counts: np.ndarray | None = None, least: int = 10, apart: float = 50.0, reach: float = 1e6
):
    counts = ones(places) if counts is None else counts
    return group_places(places, counts=counts, least=least, apart=apart, reach=reach)


def ones(places: np.ndarray) -> np.ndarray:
    return np.ones(len(places), dtype=np.int64)


def same_groups(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two labellings part the same points in the same way, noise included."""
    return (
        len(set(zip(one, other, strict=True))) == len(set(one)) == len(set(other)) and ((one < 0) == (other < 0)).all()
    )


def test_groups_are_those_of_hdbscan_where_the_distance_is_too_short_to_matter():
    places = blobs((0, 0), (400, 0), (5_000, 5_000))
    alone = HDBSCAN(min_cluster_size=10, min_samples=10, algorithm="kd_tree", copy=True).fit_predict(places)
    assert alone.max() == 2
    assert same_groups(group(places, apart=1e-3), alone)


def test_groups_that_part_only_below_the_distance_are_one():
    places = blobs((0, 0), (400, 0), (5_000, 5_000))
    groups = group(places, apart=500.0)
    assert np.bincount(groups[groups >= 0]).tolist() == [60, 30]


def test_a_group_that_parts_above_the_distance_is_kept_whole():
    # spread so widely that at 5 m no ten of a group are together
    places = blobs((0, 0), (5_000, 5_000), spread=100.0)
    wide = group(places, apart=5.0)
    assert wide.max() == 1
    assert (wide >= 0).mean() > 0.7


def test_a_place_out_of_reach_is_in_no_group_though_the_next_group_is_further_still():
    places = np.concatenate([blobs((0, 0), (9_000, 0)), [[9_500.0, 2_000.0]]])
    assert group(places)[-1] >= 0
    assert group(places, reach=1_000.0).tolist() == [*group(places)[:-1].tolist(), -1]


def test_a_group_that_hangs_together_only_over_a_longer_distance_is_parted():
    # two pairs: HDBSCAN takes each pair as one group
    places = blobs((0, 0), (700, 0), (50_000, 0), (50_700, 0), each=40, spread=150.0)
    assert len(set(group(places, apart=1.0)) - {-1}) == 2
    assert len(set(group(places, apart=1.0, reach=200.0)) - {-1}) == 4


def test_one_group_alone_is_found_if_it_is_dense_enough():
    places = blobs((0, 0))
    assert (group(places, apart=100.0) == 0).all()


def test_groups_are_numbered_by_their_incidents():
    places = np.array([[0.0, 0.0], [0.0, 1.0], [9_000.0, 0.0], [9_000.0, 1.0]])
    assert group(places, counts=np.array([5, 5, 9, 8]), least=8).tolist() == [1, 1, 0, 0]


def test_many_more_incidents_at_one_point_change_nothing_elsewhere():
    places = blobs((0, 0), (400, 0), (5_000, 5_000))
    few, many = ones(places), ones(places)
    few[0], many[0] = 10, 5_000
    assert same_groups(group(places, counts=few), group(places, counts=many))


def test_too_few_incidents_are_no_group():
    places = blobs((0, 0), each=5)
    assert (group(places, least=6) == -1).all()
    assert group(np.empty((0, 2))).shape == (0,)


def test_more_points_than_can_be_grouped_in_a_minute_are_refused(monkeypatch):
    monkeypatch.setattr(incident_groups, "MOST_POINTS", 20)
    places = blobs((0, 0))
    with pytest.raises(UsageError, match="more incidents than can be grouped in about a minute"):
        group(places)
    # incidents at one place beyond `least` are no more work
    assert group(places[:1], counts=np.array([5_000])).tolist() == [0]


def test_a_place_whose_incidents_fell_apart_goes_with_most_of_them():
    labels, place = np.array([1, 1, 0, -1, -1, 2, 0, -1]), np.array([0, 0, 0, 1, 1, 1, 2, 2])
    assert incident_groups._one_label_a_place(labels, place=place).tolist() == [1, -1, -1]
