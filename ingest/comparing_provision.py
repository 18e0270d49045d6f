"""What is provided in one snapshot beside an earlier one, in a sentence."""

from collections import Counter
from collections.abc import Collection

import pandas as pd

from data.provision_settings import OF_A_THING
from data.snapshots import Snapshot


def what_is_provided(later: Snapshot, earlier: Snapshot, *, districts: Collection[str] | None) -> str:
    """Say how many things are new, gone or as they were; nothing where there is no file of it in either.

    A thing of which anything is different, its wards too, is one that is gone and one that is new.

    Parameters
    ----------
    districts
        Look at the wards of these alone; at all if none are named.

    Raises
    ------
    RefusedInputError
        If one is damaged.
    """
    before, after = (_things(one, districts=districts) for one in (earlier, later))
    if before is None and after is None:
        return ""
    if after is None:
        return "What is provided: it was known before, and there is no file of it any more."
    if before is None:
        return f"What is provided: there was no file of it before, and {after.total():,} things are known now."
    new, lost, same = after - before, before - after, after & before
    parts = {"new or changed": new.total(), "gone or changed": lost.total(), "as they were": same.total()}
    return f"What is provided: {', '.join(f'{n:,} {what}' for what, n in parts.items() if n) or 'nothing'}."


def _things(snapshot: Snapshot, *, districts: Collection[str] | None) -> "Counter[tuple[str, ...]] | None":
    rows = snapshot.provision()
    if rows is None:
        return None
    if districts is not None:
        wards = snapshot.wards()
        rows = rows[rows["ward_code"].isin(wards.loc[wards["district"].isin(list(districts)), "ward_code"])]
    return Counter(_thing(wards) for _, wards in rows.groupby("provision"))


def _thing(wards: pd.DataFrame) -> tuple[str, ...]:
    first = wards.iloc[0]
    return (*(str(first[key]) for key in OF_A_THING), ";".join(sorted(wards["ward_code"])))
