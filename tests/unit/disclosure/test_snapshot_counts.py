from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from analysis.windows import Window
from data.settings import Disclosure
from disclosure.snapshot_counts import SnapshotCounts, snapshots_before
from disclosure.telling import Told
from disclosure.told_book import ToldBook

RULE = Disclosure()
COUNTS = [0, 2, 3, 2, 5, 2, 3, 2]
"""Of the first ward: its second year would be told as 8 to 12, and by itself the third, too."""


def manifest(id, *, day=1, invented=()):
    return SimpleNamespace(id=id, created_at=datetime(2026, 5, day, tzinfo=UTC), invented=invented)


@pytest.fixture
def snapshot(tables):
    """Make a snapshot of some of the eight quarters, as the store would open it."""
    quarters = tables.covered
    referrals = tables.referrals.copy()
    referrals.loc[referrals["ward_code"] == "X05900000", "count"] = COUNTS

    def make(id, held=slice(None), **made):
        kept = replace(
            tables,
            referrals=referrals[referrals["quarter"].isin(quarters[held])],
            incidents=tables.incidents[tables.incidents["quarter"].isin(quarters[held])],
        )
        return SimpleNamespace(
            id=id,
            manifest=manifest(id, **made),
            wards=lambda: kept.wards,
            referrals=lambda: kept.referrals,
            incidents=lambda: kept.incidents,
        )

    return make


@pytest.fixture
def book(tmp_path):
    return ToldBook(tmp_path)


def counts_of(one, *, book, earlier=(), rule=RULE, exact=False):
    return SnapshotCounts(one, earlier=earlier, book=book, rule=rule, exact=exact)


def of_first(cells, quarter):
    referrals, _ = cells.ranges(Window(quarter, 4))
    return int(referrals.least[0]), int(referrals.most[0])


def test_exact_counts_are_asked_of_the_tables_and_nothing_is_told(snapshot, book):
    counts = counts_of(snapshot("now"), book=book, exact=True)
    assert counts.cells is None
    assert counts.source is counts.tables
    assert book.entries() == []


def test_others_ask_what_is_told_and_it_is_written_down(snapshot, book):
    counts = counts_of(snapshot("now"), book=book)
    assert counts.source is counts.cells
    told = book.entry("now")
    assert isinstance(told, Told)
    assert {window.last for window in told.ranges} == set(counts.tables.covered[3:])


def test_earlier_snapshots_that_nobody_looked_at_are_told_first(snapshot, book):
    late = snapshot("late", slice(3, 8))
    cells = counts_of(snapshot("now"), book=book, earlier=[late]).cells
    assert book.entry("late") is not None
    assert len(book.entries()) == 2
    ends = snapshot("now").referrals()["quarter"].unique()
    # By itself the year to the fifth quarter is told as 8 to 12; but the two newest years are told now.
    assert of_first(cells, ends[4]) == (8, 19)
    assert of_first(counts_of(snapshot("now"), book=ToldBook(book._folder.parent / "another")).cells, ends[4]) == (
        8,
        12,
    )


def test_what_a_snapshot_that_is_gone_told_still_stands(snapshot, book):
    assert counts_of(snapshot("gone", slice(0, 5)), book=book).cells is not None
    cells = counts_of(snapshot("now", slice(2, 8)), book=book).cells
    newest = snapshot("now").referrals()["quarter"].unique()[5]
    assert of_first(cells, newest) == (1, 12)


def test_looking_again_tells_the_same_and_writes_nothing(snapshot, book):
    first = counts_of(snapshot("now"), book=book).cells
    again = counts_of(snapshot("now"), book=book).cells
    assert len(book.entries()) == 1
    for quarter in first.covered[3:]:
        assert of_first(first, quarter) == of_first(again, quarter)


def test_a_rule_with_more_windows_tells_them_beside_the_others(snapshot, book):
    yearly = counts_of(snapshot("now"), book=book, rule=Disclosure(window_step=4)).cells
    every = counts_of(snapshot("now"), book=book).cells
    for quarter in (yearly.covered[3], yearly.covered[7]):
        assert of_first(every, quarter) == of_first(yearly, quarter)
    fewer = counts_of(snapshot("now"), book=book, rule=Disclosure(window_step=4)).cells
    assert of_first(fewer, yearly.covered[7]) == of_first(yearly, yearly.covered[7])
    assert len(book.entries()) == 2


def test_a_snapshot_of_invented_wards_is_told_by_itself(snapshot, book):
    counts_of(snapshot("gone", slice(0, 5)), book=book).cells  # noqa: B018  # tells
    invented = counts_of(snapshot("demo", slice(2, 8), invented=("wards",)), book=book).cells
    newest = snapshot("now").referrals()["quarter"].unique()[5]
    assert of_first(invented, newest) == (8, 12)


def test_the_snapshots_before_are_those_made_earlier_the_oldest_first_and_none_of_invented_wards():
    made = [
        manifest("newer", day=9),
        manifest("this", day=8),
        manifest("later", day=5),
        manifest("demo", day=4, invented=("wards", "referrals")),
        manifest("partly", day=3, invented=("referrals",)),
        manifest("first", day=2),
    ]
    store = SimpleNamespace(manifests=lambda: made, open=lambda id: SimpleNamespace(id=id))
    this = SimpleNamespace(manifest=made[1])
    assert [one.id for one in snapshots_before(this, store=store)] == ["first", "partly", "later"]


def test_what_was_told_of_invented_wards_binds_no_other_snapshot(snapshot, book):
    counts_of(snapshot("demo", slice(0, 5), invented=("wards",)), book=book).cells  # noqa: B018  # tells
    real = counts_of(snapshot("now", slice(2, 8)), book=book).cells
    newest = snapshot("now").referrals()["quarter"].unique()[5]
    assert of_first(real, newest) == (8, 12)
