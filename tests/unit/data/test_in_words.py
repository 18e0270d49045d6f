from datetime import date

import pytest

from data.in_words import listed, say_day


def test_a_day_is_written_without_noughts():
    assert say_day(date(2026, 4, 1)) == "1 April 2026"


@pytest.mark.parametrize(
    ("words", "said"),
    [([], ""), (["one"], "one"), (["one", "two"], "one and two"), (["one", "two", "three"], "one, two and three")],
)
def test_words_are_listed_as_people_list_them(words, said):
    assert listed(words) == said


def test_a_choice_is_listed_with_or():
    assert listed(("one", "two", "three"), last="or") == "one, two or three"
