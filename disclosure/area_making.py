"""How wards are put together into areas for an audience: with exact counts, or by residents alone."""

from math import ceil

import numpy as np
from numpy.typing import NDArray

from analysis.areas import MARGIN, Areas, make_areas
from analysis.counting import EventTables
from data.errors import RefusedInputError
from data.settings import Disclosure
from geo.neighbours import ward_neighbours


def areas_by_counts(tables: EventTables, *, counts: NDArray[np.int64], rule: Disclosure) -> Areas:
    """Make areas with enough events each, going by the exact counts (n, 2) of each ward and measure."""
    return make_areas(
        tables.wards,
        referrals=counts[:, 0],
        incidents=counts[:, 1],
        neighbours=ward_neighbours(tables.wards),
        least=least_shown(rule),
    )


def areas_by_residents(
    tables: EventTables, *, totals: tuple[int | None, int | None], rule: Disclosure, least_wards: int = 1
) -> Areas | None:
    """Make areas with residents in the place of events; none where the whole area's totals cannot be shown.

    An area has at least so many residents that, at the whole area's rate as it is shown, `MARGIN` times the smallest
    count that is shown would be expected among them: in most areas enough for a count, though nobody looked. And it has
    at least so many wards.
    """
    rarer = min((-1 if total is None else total) for total in totals)
    residents = tables.wards["residents"].fillna(0).round().to_numpy(dtype=np.int64)
    if rarer <= 0:
        return None
    if not residents.any():
        raise RefusedInputError(
            "No ward has residents, and areas are made by residents. Load a population file with these wards."
        )
    return make_areas(
        tables.wards,
        referrals=residents,
        incidents=residents,
        neighbours=ward_neighbours(tables.wards),
        least=min(ceil(MARGIN * least_shown(rule) * residents.sum() / rarer), int(residents.sum())),
        least_wards=least_wards,
    )


def least_shown(rule: Disclosure) -> int:
    """Give the smallest count that is not suppressed."""
    return rule.suppress_up_to + 1
