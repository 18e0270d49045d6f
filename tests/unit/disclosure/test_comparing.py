"""Two snapshots beside each other: everything that differs, counted; without counts for those who have none."""

import pytest

from data.settings import Disclosure, load_settings
from data.snapshots import SnapshotStore
from disclosure.comparing import release_comparison
from ingest.pipeline import ingest
from tests.area_files import INCIDENTS, NAMES, POPULATION, middle, write_area

RULE = Disclosure()


@pytest.fixture
def two(tmp_path):
    """The six wards, then with a year more, a quarter less, another name and other residents."""
    store = SnapshotStore(tmp_path / "store")
    kept = [line for line in INCIDENTS if not line.startswith(("2024-04", "2024-05", "2024-06"))]
    more = [*kept, f"2025-04-15,{middle(1)},religion", f"2025-03-15,{middle(5)},race"]
    changed = {
        "names": [*NAMES[:5], "Lock"],
        "population": [line.replace("Weir", "Lock").replace("3500", "3600") for line in POPULATION],
        "incidents": more,
    }
    snapshots = []
    for name, files in (("before", {}), ("after", changed)):
        path, inputs = write_area(tmp_path / name, **files)
        done = ingest(inputs, settings=load_settings(path), store=store)
        snapshots.append(store.open(done.snapshot_id))
    return snapshots


def test_what_appeared_vanished_and_changed_is_counted(two):
    before, after = two
    found = release_comparison(after, before, rule=RULE, districts=None)
    assert [(one.quarter, one.before, one.after, one.what, one.difference) for one in found.quarters["incidents"]] == [
        ("2024/25 Q1", "30", "none", "vanished", "−30"),
        ("2024/25 Q2", "30", "30", "the same", "0"),
        ("2024/25 Q3", "30", "30", "the same", "0"),
        ("2024/25 Q4", "30", "31", "more", "+1"),
        ("2025/26 Q1", "none", "1", "appeared", "+1"),
    ]
    assert [(one.ward, one.quarter, one.before, one.after) for one in found.cells["incidents"]] == [
        ("Lock", "2024/25 Q4", "3", "4")
    ]
    assert found.wards.renamed == ("Weir is now Lock (X05900005)",)
    assert (found.wards.moved, found.wards.other_residents) == (0, 1)
    assert found.sentences == (
        "Wards: 1 renamed, 1 with another number of residents.",
        "Referrals: no quarter differs.",
        "Incidents: 2024/25 Q1 vanished; 2025/26 Q1 appeared; 1 quarter changed.",
        "Kinds of incidents that are new: religion.",
    )
    assert found.loses_something


def test_the_other_way_round_is_the_other_way_round(two):
    before, after = two
    found = release_comparison(before, after, rule=RULE, districts=None)
    assert [one.difference for one in found.quarters["incidents"]] == ["+30", "0", "0", "−1", "−1"]


def test_a_snapshot_beside_itself_differs_in_nothing(two):
    found = release_comparison(two[0], two[0], rule=RULE, districts=None)
    assert found.wards.are_none
    assert found.sentences[0] == "Wards: all 6 are as they were."
    assert not found.loses_something


def test_of_some_districts_only_these_are_compared(two):
    found = release_comparison(two[1], two[0], rule=RULE, districts=("North",))
    assert found.wards.renamed == ()
    assert found.quarters["incidents"][-2].what == "the same"
    assert found.quarters["incidents"][0].before == "18"


def test_without_exact_values_only_what_is_there_is_told(two):
    rule = Disclosure(analyst_exact=False)
    found = release_comparison(two[1], two[0], rule=rule, districts=None)
    assert release_comparison(two[1], two[0], rule=rule, districts=("South",)) == found
    assert "religion" not in " ".join(found.sentences)
    assert {one.counts for lines in found.quarters.values() for one in lines} == {None}
    assert {one.difference for one in found.quarters["incidents"]} == {""}
    assert [one.what for one in found.quarters["incidents"]] == ["vanished", *["there in both"] * 3, "appeared"]
    assert not [one for one in found.sentences if "changed" in one]
    assert not any(found.cells.values())
