"""What is provided in two snapshots, in a sentence: new, gone, as it was."""

from types import SimpleNamespace
from typing import Any

import pandas as pd

from ingest.comparing_provision import what_is_provided
from tests.provided import provision_rows

WARDS = ["X05000001", "X05000002", "X05000003"]


def snapshot(rows: pd.DataFrame | None) -> Any:
    wards = pd.DataFrame({"ward_code": WARDS, "district": ["North", "South", "South"]})
    return SimpleNamespace(provision=lambda: rows, wards=lambda: wards)


def test_a_thing_of_which_anything_differs_is_gone_and_new() -> None:
    before = provision_rows(wards=WARDS)
    after = before.assign(cost=before["cost"].where(before["provision"] != 3, 2_000.0))
    after = after[after["provision"] != 4]
    said = what_is_provided(snapshot(after), snapshot(before), districts=None)
    assert said == "What is provided: 1 new or changed, 2 gone or changed, 2 as they were."
    assert what_is_provided(snapshot(before), snapshot(before), districts=None) == "What is provided: 4 as they were."


def test_it_looks_at_the_districts_that_may_be_seen() -> None:
    before = provision_rows(wards=WARDS)
    after = before[before["provision"] != 4]
    assert (
        what_is_provided(snapshot(after), snapshot(before), districts=["North"]) == "What is provided: 2 as they were."
    )


def test_a_file_that_was_not_there_before_or_is_gone_is_said_and_nothing_where_there_is_none() -> None:
    with_it, without = snapshot(provision_rows(wards=WARDS)), snapshot(None)
    assert what_is_provided(without, without, districts=None) == ""
    assert "4 things are known now" in what_is_provided(with_it, without, districts=None)
    assert "no file of it any more" in what_is_provided(without, with_it, districts=None)
