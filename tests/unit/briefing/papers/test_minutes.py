"""The minutes of a meeting: what was decided then, what became of what was decided before, and nothing of others' districts."""

from dataclasses import replace
from datetime import date

import pytest

from briefing.decisions import Outcome
from briefing.papers.documents import make_papers
from briefing.papers.minutes import write_minutes
from briefing.papers.paper import Table
from data.errors import UsageError
from disclosure.audiences import Audience, Reader
from tests.briefings import make_area
from tests.decision_samples import SPRING, SUMMER, decision, decisions_in_folder
from tests.register_samples import ANN, HandClock, register_in

DAY = date(2026, 7, 1)


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def decisions(tmp_path, clock):
    return decisions_in_folder(tmp_path, clock=clock)


@pytest.fixture
def write(tmp_path, clock, decisions):
    register = register_in(tmp_path, clock=clock)

    def written(*, area=None, **given):
        area = area or make_area(audience=Audience.STEERING)
        return write_minutes(area, briefings=register, decisions=decisions, **{"made_on": DAY, **given})

    return written


def rows(paper) -> list[tuple[str, ...]]:
    return [row for part in paper.parts for block in part.blocks if isinstance(block, Table) for row in block.rows]


def test_the_last_meeting_has_its_decisions_and_what_became_of_those_before(write, decisions, clock):
    decisions.record(decision(meeting=SPRING, recommendation="Of spring"), by=ANN)
    clock.set(SUMMER)
    decisions.record(decision(meeting=SUMMER, recommendation="Of summer", due=date(2026, 9, 1)), by=ANN)
    decisions.conclude(1, outcome=Outcome.DONE, note="Held", by=ANN)
    paper = write()
    assert paper.period == "Meeting of 10 June 2026"
    assert paper.marking == make_area(audience=Audience.STEERING).marking
    decided, earlier = rows(paper)
    assert (decided[2], decided[4]) == ("Of summer", "1 September 2026")
    assert earlier[0] == "Done on 10 June 2026. Held"
    assert [row[2] for row in rows(write(meeting=SPRING))] == ["Of spring"]


def test_where_nothing_was_decided_no_minutes_are_made_and_that_is_said(write, decisions):
    with pytest.raises(UsageError, match="No decision is in the register yet"):
        write()
    decisions.record(decision(meeting=SPRING), by=ANN)
    with pytest.raises(UsageError, match="No decision of 10 June 2026 is in the register"):
        write(meeting=SUMMER)
    with pytest.raises(UsageError, match="lies after the day of the minutes"):
        write(meeting=date(2026, 7, 2))


def test_nothing_of_other_districts_stands_in_them(write, decisions):
    elsewhere = {"ward_code": "E05999999", "ward_name": "Faraway", "district": "Elsewhere"}
    decisions.record(decision(recommendation="Faraway words", **elsewhere), by=ANN)
    area = make_area(audience=Audience.STEERING)
    mine = replace(area, released=replace(area.released, reader=Reader(Audience.STEERING, ("North",))))
    with pytest.raises(UsageError, match="No decision is in the register yet"):
        write(area=mine)
    assert "Faraway words" in str(rows(write()))


def test_the_same_decisions_give_the_same_bytes(write, decisions):
    decisions.record(decision(), by=ANN)
    first, second = (make_papers(write()) for _ in range(2))
    assert first == second
