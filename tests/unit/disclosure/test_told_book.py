import threading

import numpy as np
import pytest

from data.errors import RefusedInputError, UsageError
from data.settings import Disclosure
from disclosure.audiences import Audience
from disclosure.permitted import Question
from disclosure.telling import tell
from disclosure.told_book import FOLDER, ToldBook, copy_book

RULE = Disclosure()


@pytest.fixture
def told(tables):
    return tell(tables, rule=RULE, lengths=(4,))


def test_what_was_told_is_read_as_it_was_written(told, tmp_path):
    book = ToldBook(tmp_path)
    assert (book.entry("2025-26-q4-0123456789ab"), book.entries()) == (None, [])
    book.write("2025-26-q4-0123456789ab", told)
    again = book.entry("2025-26-q4-0123456789ab")
    assert again is not None
    assert again.totals == told.totals
    assert list(again.ranges) == list(told.ranges)
    for window, pair in told.ranges.items():
        for one, other in zip(pair, again.ranges[window], strict=True):
            np.testing.assert_array_equal(one.least, other.least)
            np.testing.assert_array_equal(one.most, other.most)
    assert again.wards.equals(told.wards)


def test_entries_stand_in_the_order_of_telling_and_the_last_one_of_a_snapshot_counts(told, tmp_path):
    book = ToldBook(tmp_path)
    later = tell_nothing(told)
    for snapshot, one in (("b", told), ("a", told), ("b", later)):
        book.write(snapshot, one)
    assert [bool(one.ranges) for one in book.entries()] == [True, True, False]
    assert book.entry("b").ranges == {}


def tell_nothing(told):
    return type(told)(wards=told.wards, ranges={}, totals={})


def test_a_damaged_entry_is_refused_and_never_left_out(told, tmp_path):
    book = ToldBook(tmp_path)
    book.write("a", told)
    (tmp_path / FOLDER / "000001-a" / "ranges.parquet").write_bytes(b"PAR1")
    with pytest.raises(RefusedInputError, match="what may be"):
        book.entries()


def test_what_cannot_be_written_down_is_not_told(view, tmp_path):
    opened = view(Audience.STEERING)
    (tmp_path / "store" / FOLDER).write_text("in the way")
    with pytest.raises(UsageError, match="not shown"):
        opened.answer(Question())


def test_the_analyst_is_told_exact_counts_and_nothing_is_written_down(view, tmp_path):
    view(Audience.ANALYST).answer(Question())
    assert not (tmp_path / "store" / FOLDER).exists()
    view(Audience.STEERING).answer(Question())
    assert len(list((tmp_path / "store" / FOLDER).glob("0*"))) == 1


def test_a_copy_of_the_book_is_read_like_the_book_and_entries_that_are_there_are_left(told, tmp_path):
    first, second = tmp_path / "one", tmp_path / "two"
    ToldBook(first).write("a", told)
    copy_book(first / FOLDER, second / FOLDER)
    copy_book(first / FOLDER, second / FOLDER)
    assert ToldBook(second).entry("a").totals == told.totals
    copy_book(tmp_path / "nowhere", second / FOLDER)
    assert len(ToldBook(second).entries()) == 1


def test_a_second_process_tells_only_when_the_first_has_written_down_what_it_told(told, tmp_path):
    book, order = ToldBook(tmp_path), []

    def tell_second() -> None:
        with ToldBook(tmp_path).one_at_a_time():
            order.append(len(ToldBook(tmp_path).entries()))

    with book.one_at_a_time():
        other = threading.Thread(target=tell_second)
        other.start()
        other.join(timeout=0.3)
        book.write("a", told)
        order.append("written")
    other.join()
    assert order == ["written", 1]
