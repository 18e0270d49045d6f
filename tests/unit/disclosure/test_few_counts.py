"""What is said of counts this small beside “neither” and beside a change."""

from dataclasses import replace

import pytest

from disclosure.audiences import Audience, Reader
from disclosure.data_power import FoundFrom, ReleasedPower
from disclosure.few_counts import (
    change_in_words,
    findable_in_words,
    neither_in_words,
    with_change_explained,
    with_neither_explained,
)
from disclosure.gate import release
from disclosure.suppression import WITHHELD
from tests.briefings import RULE
from tests.studies import make_study


def answer(audience=Audience.ANALYST, *, districts=None, referrals="340", incidents="13,035", neither=True):
    released = release(make_study(told_by=None if audience is Audience.ANALYST else RULE), audience, RULE)
    wards = released.wards.copy()
    wards.loc[2, "class"] = "neither" if neither else "too uncertain to say"
    return replace(
        released,
        wards=wards,
        reader=Reader(audience, districts),
        total_referrals=referrals,
        total_incidents=incidents,
    )


@pytest.mark.parametrize("audience", [Audience.ANALYST, Audience.STEERING, Audience.COUNCILLOR])
def test_neither_is_said_not_to_mean_low_to_every_audience(audience):
    said = " ".join(neither_in_words(answer(audience)))
    assert said.startswith("“Neither” does not mean low. ")
    assert "likely to be above 1.5 times the area's" in said
    assert ("An analyst, with exact counts, may find" in said) == (audience is not Audience.ANALYST)


def test_where_no_ward_reads_so_nothing_is_said_of_it():
    released = answer(neither=False)
    assert neither_in_words(released) == ()
    assert with_neither_explained(released) is released


def test_few_counts_are_said_by_the_average_of_the_sparser_measure_and_what_the_threshold_would_make_of_it():
    said = " ".join(neither_in_words(answer(referrals="9", incidents="400")))
    assert "A ward has about 2.2 referrals on average; at 1.5 times the rate it would have 3.4." in said
    assert change_in_words(answer(referrals="400", incidents="9")).startswith(
        "With about 2.2 incidents a ward, a change"
    )


def test_where_a_ward_at_the_threshold_stands_out_from_chance_its_count_is_not_called_few():
    """At 1.5 times the rate that is from 16 events a ward on: half of 16 is two standard deviations."""
    few, enough = answer(referrals="60", incidents="900"), answer(referrals="64", incidents="900")
    assert "15 referrals on average" in " ".join(neither_in_words(few))
    assert "on average" not in " ".join(neither_in_words(enough))
    assert change_in_words(enough).startswith("Where counts are small, a change must be large")
    assert "on average" in " ".join(
        neither_in_words(replace(enough, question=replace(enough.question, threshold=1.25)))
    )


@pytest.mark.parametrize(
    "released",
    [
        answer(Audience.COUNCILLOR, referrals=WITHHELD, incidents=WITHHELD),
        answer(Audience.STEERING, referrals=WITHHELD),
        answer(Audience.STEERING, districts=("North",)),
        answer(referrals="0"),
    ],
    ids=["no counts", "one total not given", "totals of the whole area beside some districts", "none at all"],
)
def test_no_average_is_made_of_what_is_not_given(released):
    assert "on average" not in " ".join(neither_in_words(released))
    assert change_in_words(released).startswith("Where counts are small")


def test_it_stands_among_the_notes_of_the_overlap_and_of_a_change():
    released = answer(Audience.STEERING)
    explained = with_neither_explained(released)
    *before, note = explained.layers["overlap"].notes
    assert tuple(before) == released.layers["overlap"].notes
    assert note == " ".join(neither_in_words(released))
    assert explained.layers["probability"] == released.layers["probability"]
    assert with_change_explained(released.layers["overlap"], released).notes[-1] == change_in_words(released)


def test_what_a_typical_ward_would_take_is_quoted_where_it_was_tried():
    found = FoundFrom("a typical ward", "A typical ward would be found at 9.3 times.", True, 9.3, 8.5, 10.9)
    small = replace(found, name="a small ward", sentence="A small ward would not.")
    power = ReleasedPower(places=(small, found), largest=20.0, notes=())
    assert findable_in_words(power) == "Worked out for this window: a typical ward would be found at 9.3 times."
    assert findable_in_words(replace(power, places=(small, replace(found, tried=False)))) == ""
