"""Counts dealt out to new wards, by hand."""

import numpy as np
import pandas as pd
import pytest

from data.errors import RefusedInputError
from geo.vintage_counts import Moved, convert_counts, convert_people, measure_moved

WEIGHTS = pd.DataFrame(
    [("A", "A", 1.0), ("B", "A", 1.0), ("C", "C", 0.75), ("C", "D", 0.25)], columns=["from_code", "to_code", "share"]
)
QUARTERS = [f"20{year}/{year + 1} Q{quarter}" for year in range(10, 30) for quarter in range(1, 5)]


def counts(*rows: tuple[str, str, int], sector: str | None = None) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["ward_code", "quarter", "count"])
    return table.assign(category="concern", sector=pd.Series(sector, index=table.index, dtype="str"))


def test_whole_wards_take_their_counts_along_and_merged_ones_add_up():
    converted = convert_counts(counts(("A", "2023/24 Q1", 2), ("B", "2023/24 Q1", 3), ("B", "2023/24 Q2", 0)), WEIGHTS)
    assert converted.counts[["ward_code", "quarter", "count"]].to_numpy().tolist() == [
        ["A", "2023/24 Q1", 5],
        ["A", "2023/24 Q2", 0],
    ]
    assert converted.moved == Moved(total=5, whole=5, split=0, away=0, misplaced=0)


def test_months_of_one_quarter_are_added_up_and_a_missing_sector_stays_missing():
    converted = convert_counts(counts(("A", "2023/24 Q1", 2), ("A", "2023/24 Q1", 3)), WEIGHTS).counts
    assert converted["count"].tolist() == [5]
    assert converted["sector"].isna().all()


def test_counts_of_one_are_dealt_out_by_share_and_not_all_to_the_largest_piece():
    converted = convert_counts(counts(*[("C", quarter, 1) for quarter in QUARTERS]), WEIGHTS).counts
    assert len(QUARTERS) == 80
    # Largest remainder, cell by cell, would give 80 and 0.
    assert converted.groupby("ward_code")["count"].sum().to_dict() == {"C": 60, "D": 20}
    assert set(converted.groupby("quarter")["count"].sum()) == {1}


def test_every_run_of_quarters_from_the_first_on_is_within_one_of_its_share():
    rng = np.random.default_rng(5)
    rows = counts(*[("C", quarter, int(n)) for quarter, n in zip(QUARTERS, rng.poisson(1.5, 80), strict=True)])
    dealt = convert_counts(rows, WEIGHTS, seed=3).counts
    so_far = dealt[dealt["ward_code"] == "D"]["count"].cumsum().to_numpy()
    assert np.abs(so_far - 0.25 * rows["count"].cumsum().to_numpy()).max() < 1


def test_over_seeds_the_mean_of_a_cell_is_its_share():
    rows = counts(("C", "2023/24 Q1", 1), ("C", "2023/24 Q2", 2))
    dealt = [convert_counts(rows, WEIGHTS, seed=seed).counts for seed in range(100)]
    ours = np.array([table[table["ward_code"] == "D"]["count"].to_list() for table in dealt])
    # 100 draws of 0.25 and 0.5: standard errors 0.043 and 0.05.
    assert ours.mean(axis=0) == pytest.approx([0.25, 0.5], abs=0.12)


def test_what_comes_later_or_elsewhere_changes_nothing_before():
    rows = counts(*[("C", quarter, 3) for quarter in QUARTERS[:8]])
    more = pd.concat([rows, counts(("C", QUARTERS[8], 7), ("A", QUARTERS[0], 4))])
    early = convert_counts(more, WEIGHTS).counts
    early = early[(early["quarter"] != QUARTERS[8]) & (early["ward_code"] != "A")].reset_index(drop=True)
    pd.testing.assert_frame_equal(early, convert_counts(rows, WEIGHTS).counts)


def test_the_same_seed_gives_the_same_counts_and_another_others():
    rows = counts(*[("C", quarter, 1) for quarter in QUARTERS])
    first, again, other = (convert_counts(rows, WEIGHTS, seed=seed).counts for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert not first.equals(other)


def test_nothing_to_convert_gives_nothing():
    assert convert_counts(counts(), WEIGHTS).counts.empty


def test_counts_of_a_ward_that_went_nowhere_are_refused():
    with pytest.raises(RefusedInputError, match="where the wards Z went"):
        convert_counts(counts(("Z", "2023/24 Q1", 1)), WEIGHTS)


def test_people_are_divided_as_they_are_and_what_is_not_known_stays_unknown():
    people = convert_people(pd.Series({"A": 10.0, "B": 5.5, "C": 100.0}), WEIGHTS)
    assert people.to_dict() == {"A": 15.5, "C": 75.0, "D": 25.0}
    lacking = convert_people(pd.Series({"A": 10.0, "B": np.nan, "C": 100.0}), WEIGHTS)
    assert np.isnan(lacking["A"])
    assert lacking["C"] == 75.0


def test_how_much_is_estimated_is_stated():
    moved = measure_moved(pd.Series({"A": 10.0, "C": 40.0}), WEIGHTS)
    # Of 40, a quarter leaves the larger piece; put at random by the shares, 2 * 3/4 * 1/4 of them are in the wrong one.
    assert moved == Moved(total=50, whole=10, split=40, away=10, misplaced=15)
