import numpy as np
import pandas as pd
import pytest
import shapely

from analysis.counting import EventTables
from analysis.windows import Window
from data.quarters import quarter_range
from disclosure.history import history_of, is_told

ALL = quarter_range("2025/26 Q4", 12)
FIRST, SECOND = "X05900000", "X05900001"


@pytest.fixture
def covering(grid_wards):
    """Make tables of some quarters in which a ward's count is the number of its row times `times`."""

    def make(quarters, *, wards=grid_wards, times=1):
        rows = [(code, quarter, place) for place, code in enumerate(wards["ward_code"]) for quarter in quarters]
        events = pd.DataFrame(rows, columns=["ward_code", "quarter", "place"]).assign(category="any", sector="any")
        referrals = events.assign(count=events["place"] * times)
        incidents = events.assign(count=events["place"] * times * 10)
        return EventTables(wards=wards, referrals=referrals, incidents=incidents)

    return make


def history(tables, *, earlier=(), lengths=(4,), step=1):
    return history_of(tables, earlier=earlier, lengths=lengths, step=step)


def moved(wards, code, outline):
    """The same wards, one of them with another outline."""
    other = wards.copy()
    other.loc[other["ward_code"] == code, "geometry"] = outline
    return other


def test_windows_of_one_snapshot_are_told_from_the_oldest_on_and_short_ones_before_long_ones(covering):
    told = history(covering(ALL[:6]), lengths=(5, 4))
    assert told.quarters == tuple(ALL[:6])
    assert told.windows == (
        Window(ALL[3], 4),
        Window(ALL[4], 4),
        Window(ALL[4], 5),
        Window(ALL[5], 4),
        Window(ALL[5], 5),
    )


def test_windows_that_a_snapshot_before_made_known_are_told_first_and_once(covering):
    before = history(covering(ALL[4:10])).windows
    told = history(covering(ALL[4:12]), earlier=[covering(ALL[4:10])]).windows
    assert told == (*before, Window(ALL[10], 4), Window(ALL[11], 4))


def test_what_an_earlier_snapshot_told_is_told_in_the_same_order_when_quarters_before_come_in_later(covering):
    told = history(covering(ALL), earlier=[covering(ALL[6:])]).windows
    assert told[:3] == history(covering(ALL[6:])).windows == tuple(Window(end, 4) for end in ALL[9:])
    assert set(told[3:]) == {Window(end, 4) for end in ALL[3:9]}


def test_quarters_that_the_snapshot_no_longer_has_keep_their_windows_and_the_counts_of_the_last_one_that_had_them(
    covering,
):
    earlier = [covering(ALL[:8], times=5), covering(ALL[1:9], times=3)]
    told = history(covering(ALL[4:12]), earlier=earlier)
    assert told.quarters == tuple(ALL)
    assert told.windows[0] == Window(ALL[3], 4)
    assert told.counts[2, :, 0].tolist() == [2 * 5, 2 * 3, 2 * 3, 2 * 3, *[2] * 8]
    assert told.counts[2, :, 1].tolist() == [20 * 5, 20 * 3, 20 * 3, 20 * 3, *[20] * 8]
    assert not told.elsewhere.any()


def test_a_gap_between_snapshots_has_no_window_of_its_own_and_is_still_in_time_order(covering):
    told = history(covering(ALL[8:]), earlier=[covering(ALL[:4])])
    assert told.quarters == tuple(ALL)
    assert told.windows == (Window(ALL[3], 4), Window(ALL[11], 4))
    assert told.counts[1, 4:8].tolist() == [[0, 0]] * 4


def test_a_ward_that_was_split_is_told_nothing_in_quarters_told_of_the_whole(covering, grid_wards):
    whole = moved(grid_wards, FIRST, shapely.box(0, 0, 2_000, 1_000))[lambda wards: wards["ward_code"] != SECOND]
    told = history(covering(ALL[2:10]), earlier=[covering(ALL[:8], wards=whole)])
    assert told.elsewhere[0].tolist() == [*[True] * 8, False, False]
    assert told.elsewhere[1].tolist() == [*[True] * 8, False, False]
    assert not told.elsewhere[2:].any()
    # Of quarters that only the older one had there is no count on the new ground.
    assert told.counts[1, :2].tolist() == [[0, 0], [0, 0]]
    assert told.counts[3, :2, 0].tolist() == [2, 2]  # its row among the wards of then


def test_an_outline_drawn_a_little_otherwise_is_the_same_ward(covering, grid_wards):
    finer = moved(grid_wards, FIRST, shapely.box(0, 0, 1_009, 1_009).segmentize(50))
    told = history(covering(ALL[:4]), earlier=[covering(ALL[:4], wards=finer)])
    assert not told.elsewhere.any()
    other = moved(grid_wards, FIRST, shapely.box(0, 0, 1_100, 1_000))
    told = history(covering(ALL[:4]), earlier=[covering(ALL[:4], wards=other)])
    assert told.elsewhere.any(axis=1).tolist() == [True, *[False] * 19]


def test_a_ward_that_changed_and_changed_back_is_told_nothing_of_the_quarters_between(covering, grid_wards):
    other = moved(grid_wards, FIRST, shapely.box(0, 0, 1_500, 1_000))
    earlier = [covering(ALL[:4]), covering(ALL[4:8], wards=other)]
    told = history(covering(ALL[8:]), earlier=earlier)
    assert told.elsewhere[0].tolist() == [*[False] * 4, *[True] * 4, *[False] * 4]


def test_wards_in_another_order_are_the_same_wards(covering, grid_wards):
    backwards = grid_wards.iloc[::-1].reset_index(drop=True)
    told = history(covering(ALL[4:8]), earlier=[covering(ALL[:4], wards=backwards)])
    assert not told.elsewhere.any()
    assert told.counts[0, :, 0].tolist() == [19, 19, 19, 19, 0, 0, 0, 0]


def test_snapshots_that_cover_nothing_say_nothing(covering):
    assert history(covering([])).windows == ()
    assert history(covering([])).counts.shape == (20, 0, 2)
    told, alone = (history(covering(ALL[:4]), earlier=before) for before in ([covering([])], []))
    assert (told.windows, told.quarters) == (alone.windows, alone.quarters)
    np.testing.assert_array_equal(told.counts, alone.counts)


@pytest.mark.parametrize(("step", "numbers"), [(1, ["Q1", "Q2", "Q3", "Q4"]), (2, ["Q2", "Q4"]), (4, ["Q4"])])
def test_windows_end_every_so_many_quarters_of_a_year_to_march(covering, step, numbers):
    ends = [window.last for window in history(covering(ALL), step=step).windows]
    assert ends == [quarter for quarter in ALL[3:] if quarter[-2:] in numbers]
    assert [quarter for quarter in ALL if is_told(quarter, step=step)] == [q for q in ALL if q[-2:] in numbers]
