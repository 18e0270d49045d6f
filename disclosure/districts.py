"""What of a release lies in the districts that someone may see. The model always knows the whole area."""

from collections.abc import Collection
from dataclasses import replace
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.errors import UsageError
from disclosure.changes import ReleasedChanges
from disclosure.gate import Released, expected_false, sum_of_wards
from disclosure.incident_areas import ReleasedIncidentAreas
from disclosure.layers import Layer
from disclosure.ward_areas import ReleasedAreas

Table = TypeVar("Table", bound=pd.DataFrame)
Found = TypeVar("Found")


class Districts:
    """The wards of some districts among all.

    Parameters
    ----------
    wards : (n,) DataFrame
        `ward_code`, `ward_name` and `district`, in map order.
    names : collection of str or None
        Districts that may be seen; all if none are named.

    Raises
    ------
    UsageError
        If no ward lies in one of them.
    """

    def __init__(self, wards: pd.DataFrame, *, names: Collection[str] | None) -> None:
        """Find the wards."""
        self._all = names is None
        self._names = frozenset(names or ())
        self._inside: NDArray[np.bool_] = np.asarray(wards["district"].isin(self._names) | self._all, dtype=np.bool_)
        if not self._inside.any():
            raise UsageError("No ward of these data lies in a district that you may see. Ask whoever gave you access.")
        self._codes = frozenset(wards.loc[self._inside, "ward_code"])

    def rows(self, table: Table) -> Table:
        """Keep the wards, one a row in map order, that may be seen."""
        return table if self._all else table[self._inside].reset_index(drop=True)

    def of_wards(self, table: Table) -> Table:
        """Keep the rows whose `ward_code` may be seen."""
        return table if self._all else table[table["ward_code"].isin(self._codes)].reset_index(drop=True)

    def layer(self, layer: Layer) -> Layer:
        """Keep the wards of a layer."""
        codes = zip(layer.codes, self._inside, strict=True)
        return replace(layer, codes=tuple(code for code, inside in codes if inside))

    def by_code(self, found: dict[str, Found]) -> dict[str, Found]:
        """Keep what is kept by ward code."""
        return {code: one for code, one in found.items() if code in self._codes}

    def answer(self, released: Released) -> Released:
        """Keep the wards of an answer; exact totals become those of these wards, rounded ones stay the whole area's."""
        if self._all:
            return released
        wards = self.rows(released.wards)
        names = {
            released.names[code] for code in wards["ward_code"]
        }  # with the district where wards elsewhere share them
        return replace(
            released,
            reader=replace(released.reader, districts=tuple(sorted(self._names))),
            wards=wards,
            layers={key: self.layer(layer) for key, layer in released.layers.items()},
            total_referrals=sum_of_wards(wards, measure="referrals") if released.exact else released.total_referrals,
            total_incidents=sum_of_wards(wards, measure="incidents") if released.exact else released.total_incidents,
            flags_expected_false=expected_false(wards, exact=released.exact),
            islands=tuple(name for name in released.islands if name in names),
            no_denominator=tuple(name for name in released.no_denominator if name in names),
        )

    def changes(self, released: ReleasedChanges) -> ReleasedChanges:
        """Keep the wards of a comparison."""
        return replace(released, wards=self.rows(released.wards), layer=self.layer(released.layer))

    def areas(self, released: ReleasedAreas) -> ReleasedAreas:
        """Keep the areas that lie wholly in these districts."""
        if self._all or released.table.empty:
            return released
        of_ward = released.ward_area
        elsewhere = set(of_ward[~of_ward.index.isin(self._codes)])
        mine = of_ward[of_ward.index.isin(self._codes)]
        table = released.table[~released.table["area_code"].isin(elsewhere)].reset_index(drop=True)
        return replace(released, table=table, ward_area=mine.where(~mine.isin(elsewhere)))

    def incident_areas(self, released: ReleasedIncidentAreas) -> ReleasedIncidentAreas:
        """Keep the areas that lie mostly in these districts."""
        if self._all:
            return released
        inside = released.table["district"].isin(self._names)
        return replace(released, table=released.table[inside].reset_index(drop=True))
