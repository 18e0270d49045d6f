"""What is provided in the papers: gaps in the pack, what runs in a bid, a sentence in a briefing; cost only where it may be."""

from dataclasses import replace
from datetime import date

import pytest

import briefing.papers.evidence as evidence
from briefing.area_facts import AreaFacts
from briefing.content import Issue, write_briefing
from briefing.figure import Figure
from briefing.officers_words import OfficersWords
from briefing.paper_content import paper_content
from briefing.papers.bid_words import BidWords
from briefing.papers.evidence import write_evidence
from briefing.papers.paper import Paper, Paragraph, Table
from briefing.papers.steering_facts import PackFacts
from briefing.papers.steering_provided import provided_parts
from briefing.ward_facts import ward_facts
from data.settings import Disclosure
from disclosure.audiences import Audience
from tests.briefings import FLAGGED, NEITHER, UNSURE, make_area
from tests.provided import SETTINGS, with_provision

DAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def quick_maps(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("area_map_figure", "ward_map"):
        monkeypatch.setattr(evidence, name, lambda *_, **__: Figure(b"", b"", "Map.", 1, 1))


def pack_of(area: AreaFacts) -> PackFacts:
    flagged = tuple(ward_facts(area, code) for code in area.released.flagged["ward_code"])
    return PackFacts(area, flagged, made_on=DAY, last_meeting=None, decisions=(), briefings=(), late_actions=())


def told(area: AreaFacts) -> str:
    return repr(provided_parts(pack_of(area)))


def bid(area: AreaFacts) -> Paper:
    return write_evidence(area, wards=[FLAGGED, NEITHER], bid=BidWords(title="Voices"), briefings=None, made_on=DAY)


def test_the_pack_says_where_a_flag_stands_without_anything_and_where_something_stands_without_a_flag() -> None:
    said = told(with_provision(make_area(audience=Audience.STEERING)))
    assert "In 1 of 1 flagged ward nothing is known to be provided. That is so by the file of 31 March 2025." in said
    assert "2 wards: Mill & Bridge (1 forum) and St Anne's (1 forum, 1 champion)." in said
    assert "does not mean that nothing is provided" in said


def test_without_a_file_no_paper_says_anything_of_it() -> None:
    area = make_area(audience=Audience.STEERING)
    assert provided_parts(pack_of(area)) == []
    assert "What is provided there now" not in repr(bid(make_area()).parts)
    assert (
        paper_content(write_briefing(make_area(), FLAGGED, words=OfficersWords(), issue=Issue(DAY)))["provided"] == ""
    )


def test_a_briefing_has_a_sentence_without_cost() -> None:
    area = with_provision(make_area(audience=Audience.COUNCILLOR))
    content = paper_content(write_briefing(area, NEITHER, words=OfficersWords(), issue=Issue(DAY)))
    assert content["provided"] == "Provided here, by the file of 31 March 2025: Market forum and Champions (3)."
    assert "£" not in repr(content)


def test_a_bid_says_what_runs_and_where_nothing_is_known_to_and_no_cost_unless_the_settings_let_it() -> None:
    paper = bid(with_provision(make_area()))
    (part,) = [one for one in paper.parts if one.heading == "What is provided there now"]
    first, table = part.blocks
    assert isinstance(first, Paragraph)
    assert "Nothing is known to run in Castle." in first.text
    assert isinstance(table, Table)
    assert [row[0] for row in table.rows] == ["Market forum", "Champions (3)", "Drama in schools"]
    assert "£" not in repr(paper.parts)
    allowed = SETTINGS.model_copy(update={"disclosure": Disclosure(provision_cost_in_bids=True)})
    assert "£20,000 in all, Home Office" in repr(bid(with_provision(make_area(), settings=allowed)).parts)


def test_many_long_names_leave_the_sentence_short() -> None:
    area = with_provision(make_area())
    provision = area.provision
    assert provision is not None
    thing = next(one for one in provision.things if UNSURE in one.wards)
    things = tuple(replace(thing, number=at, name=f"{at} {'long ' * 28}name") for at in range(9))
    content = paper_content(
        write_briefing(
            replace(area, provision=replace(provision, things=things)), UNSURE, words=OfficersWords(), issue=Issue(DAY)
        )
    )
    assert len(content["provided"]) < 330
    assert content["provided"].endswith("and 8 more.")
