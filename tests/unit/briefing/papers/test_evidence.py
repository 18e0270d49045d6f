"""The evidence for a bid: what it says of wards, flagged or not, whose words are whose, and what it keeps back."""

from dataclasses import replace
from datetime import date

import pytest

import briefing.papers.evidence as evidence
from briefing.figure import Figure
from briefing.papers.bid_words import BidWords
from briefing.papers.evidence import MOST_NAMED, MOST_WARDS, write_evidence
from briefing.papers.evidence_need import chance_wrong
from briefing.papers.paper import Box, Paper, Table
from briefing.ward_facts import ward_facts
from data.errors import UsageError
from disclosure.wording import PROBABILITY
from tests.briefings import CODES, FLAGGED, NEITHER, UNKNOWN, UNSURE, make_area
from tests.papers import crowded_area
from tests.register_samples import CASTLE, DAN, HandClock, issued, register_in

DAY = date(2026, 11, 22)
BID = BidWords(
    title="Young voices",
    author="Insp. A. Example",
    costs=({"what": "Rooms", "pounds": 4_500},),
    project="We talk.\n\nWe listen.",
    outcomes=({"what": "More trust", "measure": "A survey"},),
)


@pytest.fixture(autouse=True)
def quick_maps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Maps that need no drawing: `test_making` draws them."""
    for name in ("area_map_figure", "ward_map"):
        monkeypatch.setattr(evidence, name, lambda *_, **__: Figure(b"", b"", "Map.", 1, 1))


def written(wards=(UNSURE, FLAGGED), *, area=None, bid=BID, briefings=None, made_on=DAY) -> Paper:
    return write_evidence(area or make_area(), wards=wards, bid=bid, briefings=briefings, made_on=made_on)


def blocks(paper: Paper, heading: str):
    return next(part.blocks for part in paper.parts if part.heading == heading)


def tables(paper: Paper, heading: str = "The need, as the figures have it") -> list[Table]:
    return [one for one in blocks(paper, heading) if isinstance(one, Table)]


def texts(paper: Paper) -> str:
    """All that stands in it."""
    return repr(paper.parts)


def in_short(paper: Paper) -> str:
    (box,) = blocks(paper, "In short")
    assert isinstance(box, Box)
    return " ".join(f"{one.lead}: {one.text}" for one in box.lines)


def test_wards_stand_by_district_and_name_whatever_their_order():
    one, other = written((FLAGGED, UNSURE, NEITHER)), written((NEITHER, UNSURE, FLAGGED, UNSURE))
    assert one == other
    assert [row[0] for row in tables(one)[0].rows] == sorted(row[0] for row in tables(one)[0].rows)


def test_a_ward_that_is_not_flagged_is_said_first_and_never_hidden():
    said = in_short(written((FLAGGED, UNSURE, UNKNOWN)))
    assert "In 1 of the 3 wards chosen" in said
    assert "The data cannot tell whether Mill & Bridge is high on both." in said
    assert "Nothing can be said of Weir: no population is known." in said
    area = make_area(classes={NEITHER: "incidents only"})
    assert "In St Anne's, the incidents are high for the area, and referrals to Prevent are not." in in_short(
        written((NEITHER,), area=area)
    )


def test_where_none_is_flagged_no_need_is_claimed():
    area = make_area()
    wards = area.released.wards.assign(flagged=False)
    wards["class"] = wards["class"].where(wards["class"] == "no denominator", "too uncertain to say")
    paper = written(CODES, area=replace(area, released=replace(area.released, wards=wards)))
    assert "None of the 4 wards chosen is named" in in_short(paper)
    assert "None of the 4 wards of the whole area is named as high on both." in in_short(paper)


def test_every_ward_has_the_chance_that_its_class_is_wrong():
    area = make_area(classes={NEITHER: "neither"})
    found = {code: chance_wrong(area, ward_facts(area, code)) for code in CODES}
    assert found[UNSURE] == "cannot be told"
    assert found[UNKNOWN] == "not known"
    assert found[NEITHER] == f"{100 * (1 - area.released.question.certainty):.0f} in 100 at most"
    facts = ward_facts(area, FLAGGED)
    said = {
        word: chance_wrong(area, replace(facts, certainty=word, certainty_level=level))
        for level, word in enumerate(PROBABILITY.names)
    }
    assert said["almost certain"] == "under 5 in 100"
    assert said["likely"] == "20 to 40 in 100"
    assert said["remote chance"] == "over 95 in 100"


def test_the_whole_area_stands_beside_the_wards_and_the_numbers_add_up():
    _, whole, change = tables(written((FLAGGED, UNSURE)))
    *classes, total = [[int(cell) for cell in row[1:]] for row in whole.rows]
    assert [sum(column) for column in zip(*classes, strict=True)] == total == [4, 2]
    assert change.columns[-1].name.startswith("Since ")


def test_of_some_districts_alone_it_claims_nothing_of_the_whole_area():
    area = make_area()
    reader = replace(area.released.reader, districts=("North",))
    paper = written(area=replace(area, released=replace(area.released, reader=reader)))
    assert "In North, 1 of 4 wards is named" in in_short(paper)
    assert tables(paper)[1].caption == "All wards of North beside them"
    assert tables(written())[1].caption == "All wards of the whole area beside them"


def test_what_cannot_be_compared_is_said_and_known_breaks_stand_beside_the_change():
    paper = written(area=make_area(changes=None))
    assert "There is nothing to compare with." in tables(paper)[-1].note
    assert "The records changed." in texts(written(area=make_area(cautions=("The records changed.",))))
    assert "There is no earlier time to compare with." in texts(written(area=make_area(changes=None, years=0)))


def test_incidents_that_are_no_hate_crimes_are_not_called_so():
    said = texts(written(area=make_area(stand_in=("Public order offences.",))))
    assert "hate crime is" not in said.lower()
    assert "recorded incidents" in said
    assert "The incidents are not hate crimes." in said


def test_what_became_of_actions_is_told_without_the_names_of_people(tmp_path):
    clock = HandClock()
    register = register_in(tmp_path, clock=clock, second_person=True)
    record = issued(register, replace(CASTLE, ward_code=FLAGGED))
    paper = written(briefings=register)
    said = texts(paper)
    assert "Castle (WO-2026-0001, 15 June 2026)" in said
    assert tables(paper, "What was agreed before")[0].rows[0][2:] == (
        "Visit the market",
        "1 July 2026",
        "Not done, and overdue.",
    )
    assert "Mill & Bridge" in next(
        one.text for one in blocks(paper, "What was agreed before") if one.lead == "Without one"
    )
    for secret in ("Sgt Owner", "Cllr Smith", "Quiet words", "Please listen"):
        assert secret not in said
    register.finish_action(record.id, position=1, done_on=date(2026, 6, 15), outcome="They were met.", by=DAN)
    assert "Done on 15 June 2026. They were met." in texts(written(briefings=register))


def test_a_briefing_that_was_issued_later_is_not_in_it(tmp_path):
    register = register_in(tmp_path)
    issued(register, replace(CASTLE, ward_code=FLAGGED))
    assert "WO-2026" not in texts(written(briefings=register, made_on=date(2026, 6, 14)))


def test_the_officers_words_stand_apart_under_the_officers_name():
    paper = written()
    heads = [part.heading for part in paper.parts]
    at = heads.index("The project, in the words of Insp. A. Example")
    assert heads[at + 1 :] == [
        "What the project would do",
        "What it would cost",
        "What would be different, and how it would be measured",
        "What to bear in mind",
    ]
    assert [one.text for one in paper.parts[at + 1].blocks] == ["We talk.", "We listen."]
    before = repr(paper.parts[1:at])
    assert not any(word in before for word in ("We talk.", "Rooms", "More trust"))


def test_no_part_stands_empty_where_nothing_was_written():
    paper = written(bid=BidWords(title="Young voices"))
    assert all(part.blocks for part in paper.parts)
    assert "Nothing was written for this bid beyond its title." in texts(paper)


def test_every_ward_is_shown_among_its_neighbours_two_beside_each_other_by_the_same_numbers():
    whole, near, last = blocks(written((FLAGGED, UNSURE, UNKNOWN)), "Where")
    assert "1 Castle (North), 2 Mill & Bridge (North) and 3 Weir (North)" in whole.text
    assert [len(one.figures) for one in (whole, near, last)] == [1, 2, 1]
    assert near.text.startswith("Around 1 Castle, too uncertain to say: 2 Mill & Bridge. Around 2 Mill & Bridge, high")
    assert last.text == "Around 3 Weir, too uncertain to say: a St Anne's."


def test_many_wards_are_named_below_and_not_in_the_first_sentence():
    area = crowded_area(neighbours=MOST_NAMED)
    few, many = (in_short(written(list(area.rows[-1])[:count], area=area)) for count in (MOST_NAMED, MOST_NAMED + 1))
    assert "named below" not in few
    assert f"for {MOST_NAMED + 1} wards, named below." in many


@pytest.mark.parametrize("wards", [(), [f"X{number}" for number in range(MOST_WARDS + 1)]])
def test_a_bid_is_for_some_wards_and_not_for_too_many(wards):
    with pytest.raises(UsageError, match=f"for 1 to {MOST_WARDS} wards, and {len(wards)} are chosen"):
        written(wards)


def test_a_ward_that_is_not_there_is_refused():
    with pytest.raises(UsageError, match="There is no ward X09999999"):
        written(("X09999999",))
