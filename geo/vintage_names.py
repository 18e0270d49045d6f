"""Ward codes and names of two vintages held against each other: which wards kept both, and what contradicts."""

from collections.abc import Iterator

import pandas as pd

from geo.ward_names import plain_name


def shared_codes(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Give the codes that both vintages have, with both names and whether they are the same name.

    Parameters
    ----------
    old, new : DataFrame
        With unique `ward_code`, `ward_name` and `district`.

    Returns
    -------
    DataFrame
        `ward_code`, `old_name`, `new_name`, `same` (bool; case, apostrophes, dashes and `&` for `and` do not matter).
    """
    both = old[["ward_code", "ward_name"]].merge(
        new[["ward_code", "ward_name"]], on="ward_code", validate="1:1", suffixes=("_old", "_new")
    )
    both = both.rename(columns={"ward_name_old": "old_name", "ward_name_new": "new_name"})
    plain = both[["old_name", "new_name"]].fillna("").map(plain_name)
    return both.assign(same=plain["old_name"] == plain["new_name"]).sort_values("ward_code", ignore_index=True)


def say_contradictions(shared: pd.DataFrame, *, table: pd.DataFrame, named: pd.DataFrame) -> Iterator[str]:
    """Say in words where code, name and outline do not agree.

    Parameters
    ----------
    shared
        As `shared_codes` gives it.
    table
        Shares of each old ward: `from_code`, `to_code`, `share`, `basis`.
    named
        The new wards, to tell which of them has a name now.
    """
    differ = int((~shared["same"]).sum())
    if 2 * differ > len(shared):
        yield (
            f"{differ:,} of the {len(shared):,} codes that both files of wards have stand with different names: "
            "the codes of one of the files cannot be right. Look some of them up; outlines decided here, not codes"
        )
    goes = table.groupby("from_code")["to_code"].agg(list)
    by_name = named.groupby(named["ward_name"].fillna("").map(plain_name))["ward_code"].agg(list)
    for code, before, after, same in shared.astype({"ward_code": "object"}).itertuples(index=False, name=None):
        to = goes.get(code, [])
        alone = to == [code]
        if same and not alone:
            yield (f"{code} {before}: code and name are as before but the outline is not, {_where(code, to)}")
        elif not same and alone:
            yield (
                f"{code} is called {before} in the old wards and {after} in the new; "
                "the outlines agree, so it was taken as a new name"
            )
        elif not same:
            others = [one for one in by_name.get(plain_name(str(before)), []) if one != code]
            now = f"; {before} has the code {', '.join(others)} in the new wards" if others else ""
            yield (
                f"the code {code} contradicts its name: it is {before} in the old wards and "
                f"{after} in the new, {_where(code, to)}{now}"
            )


def _where(code: str, to: list[str]) -> str:
    if code in to:
        return f"and the outline of {code} lies in {len(to)} new wards; it was divided"
    return f"and the outline lies elsewhere ({', '.join(to)}); the code was not used"
