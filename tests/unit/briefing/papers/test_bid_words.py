"""The officer's words of a bid: lengths, sums, paragraphs, and what is said of what lacks, without quoting anything."""

import pytest

from briefing.papers.bid_words import BidWords, bid_words, read_bid_words, what_lacks
from data.errors import UsageError

WHOLE = """
title = "Young voices"
amount = 24500
project = \"\"\"
Workshops in
two schools.

A forum.\"\"\"
[[costs]]
what = "Two youth workers"
pounds = 20000
[[costs]]
what = "Rooms"
pounds = 4500
[[outcomes]]
what = "Young people know whom to tell"
measure = "Survey before and after"
by = 2027-03-31
"""


def test_a_file_is_read_with_its_paragraphs(tmp_path):
    path = tmp_path / "bid.toml"
    path.write_text(WHOLE, encoding="utf-8")
    words = read_bid_words(path)
    assert words.project == "Workshops in two schools.\n\nA forum."
    assert words.asked == 24_500
    assert what_lacks(words) == ()


def test_costs_that_do_not_add_up_are_refused_with_both_sums():
    with pytest.raises(UsageError, match="add up to 2 pounds, and 3 are asked for"):
        bid_words({"title": "Young voices", "amount": 3, "costs": [{"what": "Rooms", "pounds": 2}]})


def test_without_an_amount_it_is_what_the_costs_add_up_to():
    assert bid_words({"title": "Young voices", "costs": [{"what": "Rooms", "pounds": 2}]}).asked == 2


@pytest.mark.parametrize("field", ["title", "project", "need", "provided", "author", "fund", "references"])
def test_a_text_that_is_too_long_is_refused_by_its_field_and_not_quoted(field):
    with pytest.raises(UsageError, match=f"bid.toml, {field}") as refused:
        bid_words({"title": "Young voices", field: "quiet " * 600}, file="bid.toml")
    assert "quiet" not in str(refused.value)


def test_what_cannot_be_seen_is_taken_out():
    assert BidWords(title="Young\u202e \u200bvoices\x07", project="One\u2028\u202e.").project == "One ."


def test_what_lacks_is_said_and_nothing_is_refused():
    said = " ".join(what_lacks(BidWords(title="Young voices", amount=30_001, outcomes=({"what": "More trust"},))))
    assert "30,001 pounds are asked for" in said
    assert "What the project would do is not said." in said
    assert "of 1 of 1 outcomes" in said
    assert what_lacks(BidWords(title="Young voices")) == (
        "No amount is given.",
        "What the project would do is not said.",
        "No outcome is named.",
    )
    assert "30,000" not in " ".join(what_lacks(BidWords(title="Young voices", amount=30_000)))
