"""Codes and plain names of groups of wards."""

from collections.abc import Iterable

import pandas as pd

from analysis.group_codes import group_code


def code_area(ward_codes: Iterable[str]) -> str:
    """Give the code of an area: the same wards always have the same code, other wards another."""
    return group_code("A", ward_codes)


def name_areas(wards: pd.DataFrame, *, area: "pd.Series[str]") -> "pd.Series[str]":
    """Name areas after their ward with most residents and their district, e.g. `Oadby East and 3 others, Oadby and Wigston`.

    Parameters
    ----------
    wards : (n,) DataFrame
        `ward_code`, `ward_name`, `district`, `residents`.
    area : (n,) Series
        The code of each ward's area, on the same index.

    Returns
    -------
    Series
        A name for each area code; two areas never have the same.
    """
    in_district = wards.groupby("district")["ward_code"].size()
    names = pd.Series({code: _name(group, in_district=in_district) for code, group in wards.groupby(area)}, dtype="str")
    alike = names.duplicated(keep=False)
    return names.where(~alike, names + " (" + names.index.astype("str") + ")")


def _name(wards: pd.DataFrame, *, in_district: "pd.Series[int]") -> str:
    ordered = wards.sort_values(["residents", "ward_code"], ascending=[False, True], na_position="last")
    names = ordered["ward_name"].fillna(ordered["ward_code"]).tolist()
    districts = ordered["district"].dropna().unique().tolist()
    if len(names) > 1 and len(districts) == 1 and len(names) == in_district[districts[0]]:
        return f"All of {districts[0]}"
    said = " and ".join(names) if len(names) <= 2 else f"{names[0]} and {len(names) - 1} others"
    return ", ".join([said, *districts[:-2], " and ".join(districts[-2:])] if districts else [said])
