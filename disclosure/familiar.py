"""The familiar local statistics as layers of the map, for those who may have exact values.

They are tested on exact counts, so that their labels would let others work back to counts under the threshold: no other
audience is offered them.
"""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from analysis.around_ward import LocalStatistic
from analysis.counting import MEASURES
from analysis.familiar_statistics import FamiliarStatistics, familiar_statistics
from data.errors import UsageError
from data.settings import Disclosure
from disclosure.audiences import Audience, permission
from disclosure.gate import Released
from disclosure.layers import NOT_MODELLED, Layer
from geo.neighbours import ward_neighbours

FAMILIAR_TITLES = {
    "local_moran_referrals": "Local Moran, referrals",
    "local_moran_incidents": "Local Moran, recorded incidents",
    "gi_star_referrals": "Gi*, referrals",
    "gi_star_incidents": "Gi*, recorded incidents",
    "bivariate_moran_referrals": "Bivariate local Moran, referrals here, incidents around",
    "bivariate_moran_incidents": "Bivariate local Moran, incidents here, referrals around",
    "local_lee": "Lee's L, referrals and recorded incidents around",
}
"""Title of each by its key, in the order of a menu: known before anything is computed, and short enough for one line."""
_OF_ONE_MEASURE = ("local_moran", "gi_star")
_SINGULAR = {"referrals": "referral", "incidents": "recorded incident"}


def offered_statistics(audience: Audience, *, rule: Disclosure) -> tuple[str, ...]:
    """Keys of the familiar statistics that an audience may choose: all of them, or none."""
    return tuple(FAMILIAR_TITLES) if permission(audience, rule=rule).exact else ()


def release_familiar(released: Released, *, wards: gpd.GeoDataFrame) -> dict[str, Layer]:
    """Compute the familiar statistics of an answer, and give each as a layer.

    Parameters
    ----------
    released : Released
        The answer, with exact values. The statistics are tested with the seed of its question.
    wards : (n,) GeoDataFrame
        Outlines of the same wards in the same order, EPSG:27700.

    Returns
    -------
    dict of Layer
        By key, in the order of `FAMILIAR_TITLES`; wards without a denominator have a class of their own.

    Raises
    ------
    UsageError
        If the audience may not have exact values.
    """
    if not released.exact:
        raise UsageError(
            f"The {released.audience} audience may not have the familiar statistics, which follow from exact counts. "
            "Ask for the overlap."
        )
    modelled = released.wards["expected_referrals"].notna().to_numpy()
    frame = released.wards[modelled]
    found = familiar_statistics(
        referrals=frame["observed_referrals"].to_numpy(),
        incidents=frame["observed_incidents"].to_numpy(),
        expected_referrals=frame["expected_referrals"].to_numpy(),
        expected_incidents=frame["expected_incidents"].to_numpy(),
        neighbours=ward_neighbours(wards[modelled]),
        seed=released.question.seed,
    )
    notes = _notes(found, islands=released.islands)
    return {
        key: _layer(one, modelled=modelled, notes=(*notes, *_cautions(key, few_events=found.few_events)))
        for key, one in found.layers.items()
    }


def _layer(statistic: LocalStatistic, *, modelled: NDArray[np.bool_], notes: tuple[str, ...]) -> Layer:
    places = {int(label): place for place, label in enumerate(statistic.labels)}
    codes = np.full(len(modelled), len(statistic.labels), dtype=np.int64)
    codes[modelled] = [places[int(label)] for label in statistic.label]
    return Layer(
        key=statistic.key,
        title=FAMILIAR_TITLES[statistic.key],
        explanation=statistic.explanation,
        classes=(*(label.phrase for label in statistic.labels), NOT_MODELLED),
        codes=tuple(int(code) for code in codes),
        notes=notes,
    )


def _notes(found: FamiliarStatistics, *, islands: Sequence[str]) -> tuple[str, ...]:
    tested = (
        f"Each label was put beside {found.permutations:,} random rearrangements of the map, and at most "
        f"{100 * found.alpha:g} in 100 of the labels shown are expected to be wrong."
    )
    return (tested, f"Without neighbours, so not clear: {', '.join(islands)}.") if islands else (tested,)


def _cautions(key: str, *, few_events: tuple[bool, bool]) -> tuple[str, ...]:
    """Warn of a measure with very few events, where this statistic looks at it."""
    measures = [
        measure
        for measure, few in zip(MEASURES, few_events, strict=True)
        if few and (not key.startswith(_OF_ONE_MEASURE) or key.endswith(measure))
    ]
    return tuple(
        f"Take care: this window has less than one {_SINGULAR[measure]} a ward, and with so few, more of the labels are wrong."
        for measure in measures
    )
