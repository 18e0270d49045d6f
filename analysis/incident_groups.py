"""Places of incidents into groups that lie close together (HDBSCAN, in metres)."""

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import HDBSCAN

from data.errors import UsageError

MOST_POINTS = 100_000
"""scikit-learn compares each point with each other: about 2 s for 25,000 and 40 s for this many, on one core."""
NOT_GROUPED = -1

Labels = NDArray[np.int64]


def group_places(
    places: NDArray[np.float64], *, counts: NDArray[np.int64], least: int, apart: float, reach: float
) -> Labels:
    """Find groups of at least `least` incidents that lie closer together than the incidents around them.

    Parameters
    ----------
    places : (m, 2) float array
        Easting and northing, metres: distinct, and in lexical order so that ties always fall the same way.
    counts : (m,) int array
        Incidents at each place, 1 or more.
    least : int
        Incidents that a group has at least, 2 or more; also how many neighbours decide how dense a place is.
    apart : float
        Metres. Groups are not told apart below this distance.
    reach : float
        Metres, at least `apart`. A place is in a group only if `least` incidents lie within this distance of it, and groups
        that would hang together only over a longer distance are parted.

    Returns
    -------
    (m,) int array
        Number of each place's group, 0 being the one with most incidents; `NOT_GROUPED` elsewhere.

    Raises
    ------
    UsageError
        If there are more than `MOST_POINTS` points, counting at most `least` at each place.

    Notes
    -----
    HDBSCAN (Campello, Moulavi and Sander 2013, doi:10.1007/978-3-642-37456-2_14), with groups that part only below
    `apart` put together again as in Malzer and Baum 2020 (doi:10.1109/MFI49285.2020.9235263). scikit-learn's own option
    for that, `cluster_selection_epsilon`, fails with NumPy 2.4 (its issue 33219), so it is done from the cuts of the
    hierarchy that scikit-learn gives: see `_not_parted_below`. `reach` is the same at the other end: without it HDBSCAN
    counts a place miles away to a group if the next group is further still.

    Incidents often coincide, because they are snapped to a point of a street. A place enters with at most `least` copies:
    more would change no distance between groups and no group's being large enough, but would let a single point be
    divided, with densities of infinity less infinity. No place is moved.
    """
    copies = np.minimum(counts, least)
    if counts.sum() < least:
        return np.full(len(places), NOT_GROUPED)
    if copies.sum() > MOST_POINTS:
        raise UsageError(
            f"These are more incidents than can be grouped in about a minute ({MOST_POINTS:,} points, with at most {least} "
            "at each place). Choose fewer quarters or fewer categories."
        )
    place = np.repeat(np.arange(len(places)), copies)
    model = HDBSCAN(min_cluster_size=least, min_samples=least, algorithm="kd_tree", copy=True).fit(places[place])
    near, far = (
        np.asarray(model.dbscan_clustering(cut_distance=metres, min_cluster_size=least)) for metres in (apart, reach)
    )
    labels = _not_parted_below(_within_reach(np.asarray(model.labels_), far=far), near=near)
    return _by_size(_one_label_a_place(labels, place=place), counts=counts)


def _within_reach(labels: Labels, *, far: Labels) -> Labels:
    """Part groups where the hierarchy is cut at `far`, and leave out what is in no group there."""
    grouped = (labels >= 0) & (far >= 0)
    parted = np.full(len(labels), NOT_GROUPED)
    parted[grouped] = np.unique(np.column_stack([labels, far])[grouped], axis=0, return_inverse=True)[1]
    return parted


def _not_parted_below(labels: Labels, *, near: Labels) -> Labels:
    """Put groups together that part only below the distance at which `near` was cut.

    Both come from one hierarchy, so of a group and a near group one lies in the other or they are apart. A near group that
    lies in no group stands for all the groups in it (or for itself: HDBSCAN never gives all points as one group).
    """
    groups = int(labels.max(initial=NOT_GROUPED)) + 1
    both = (labels >= 0) & (near >= 0)
    pairs, inside = np.unique(np.column_stack([near[both], labels[both]]), axis=0, return_counts=True)
    sticks_out = inside < np.bincount(labels[labels >= 0], minlength=groups)[pairs[:, 1]]
    whole = (near >= 0) & ~np.isin(near, pairs[sticks_out, 0])
    return np.where(whole, groups + near, labels)


def _one_label_a_place(labels: Labels, *, place: Labels) -> Labels:
    """Give each place the commonest label among its incidents: ties in distance can have parted them."""
    pairs, votes = np.unique(np.column_stack([place, labels]), axis=0, return_counts=True)
    best_first = np.lexsort((pairs[:, 1], -votes, pairs[:, 0]))
    _, first = np.unique(pairs[best_first, 0], return_index=True)
    return np.asarray(pairs[best_first][first, 1], dtype=np.int64)


def _by_size(labels: Labels, *, counts: NDArray[np.int64]) -> Labels:
    grouped = labels >= 0
    incidents = np.bincount(labels[grouped], weights=counts[grouped])
    rank = np.argsort(np.argsort(-incidents, kind="stable"))
    by_size = np.full(len(labels), NOT_GROUPED)
    by_size[grouped] = rank[labels[grouped]]
    return by_size
