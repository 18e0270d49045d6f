"""The register of decisions: what is refused, what became of them day by day, two people at once, rows that never change."""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date

import pytest

from briefing.decisions import Outcome, draft_decision, open_decisions
from briefing.register import open_briefings
from data.errors import UsageError
from data.settings import Storage
from disclosure.audit import open_audit
from disclosure.audit_entries import DamagedError
from disclosure.backup import make_backup
from disclosure.restoring import restore_backup
from ingest.places import records_file
from tests.decision_samples import CASTLE, SPRING, SUMMER, WHOLE, decision, decisions_in_folder
from tests.register_samples import ANN, BEN, HandClock, issued
from tests.unit.data.snapshot_samples import make_settings


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def decisions(tmp_path, clock):
    return decisions_in_folder(tmp_path, clock=clock)


def refused(call, *args, **kwargs) -> str:
    with pytest.raises(UsageError) as raised:
        call(*args, **kwargs)
    return str(raised.value)


def ids(records) -> list[int]:
    return [one.id for one in records]


# --- writing down ----------------------------------------------------------------------------------------------------


def test_a_decision_comes_back_as_it_was_written_down_with_who_and_when(decisions, clock):
    draft = decision(finding=" Both  are\u200b high ", recommendation="Visit the schools")
    record = decisions.record(draft, by=ANN)
    assert (record.id, record.outcome, record.steps, record.draft) == (1, Outcome.OPEN, (), draft)
    assert (record.draft.finding, record.draft.about) == ("Both are high", "Castle, North")
    assert (record.by.name, record.by.who, record.by.at) == ("Ann Officer", "oid:ann", clock.at)
    assert decisions.record(WHOLE, by=BEN).draft.about == "The whole partnership"
    assert decisions.decision(1) == record


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"finding": "x" * 301}, "finding: "),
        ({"recommendation": " \u200b "}, "recommendation: "),
        ({"owner": ""}, "owner: "),
        ({"due": SPRING.replace(day=1)}, "due: the day lies before the meeting. Correct it."),
        ({"ward_name": ""}, "ward name: a ward has both a code and a name, and the whole partnership neither."),
        ({"ward_code": ""}, "ward name: a ward has both"),
        ({"meeting": "soon", "due": "never"}, "meeting: "),
        ({"person": "A. Name"}, "person: "),
    ],
)
def test_what_does_not_fit_is_refused_and_the_field_is_named(given, said):
    told = refused(draft_decision, **{**decision().model_dump(), **given})
    assert told.startswith(said)
    assert not any(text in told for text in ("xxx", "A. Name", "soon"))


def test_nothing_is_decided_at_a_meeting_to_come(decisions):
    assert "The meeting lies ahead" in refused(decisions.record, decision(meeting=date(2026, 6, 16)), by=ANN)
    assert decisions.record(decision(meeting=date(2026, 6, 15)), by=ANN).id == 1


def test_a_button_that_is_pressed_twice_writes_nothing_down_twice(decisions):
    first = decisions.record(CASTLE, by=ANN)
    assert decisions.record(CASTLE, by=BEN) == first
    once = decisions.conclude(1, outcome=Outcome.DONE, note="Visited", by=ANN)
    assert decisions.conclude(1, outcome=Outcome.DONE, note=" Visited ", by=BEN, seen=0) == once
    assert len(decisions._trail.entries()) == 2
    assert decisions.record(CASTLE, by=ANN).id == 2, "what is done may be decided again"


# --- what became of them ---------------------------------------------------------------------------------------------


def test_what_became_of_a_decision_is_told_by_further_rows_of_which_the_last_counts(decisions, clock):
    decisions.record(CASTLE, by=ANN)
    clock.set(date(2026, 7, 3))
    decisions.conclude(1, outcome=Outcome.OPEN, note="Half of the schools", by=ANN)
    decisions.conclude(1, outcome=Outcome.DONE, note="All of them", by=BEN, on=date(2026, 7, 1), seen=1)
    record = decisions.conclude(1, outcome=Outcome.DROPPED, note="Written down twice", by=ANN)
    assert [(one.outcome, one.on.day, one.note, one.by.name) for one in record.steps] == [
        (Outcome.OPEN, 3, "Half of the schools", "Ann Officer"),
        (Outcome.DONE, 1, "All of them", "Ben Officer"),
        (Outcome.DROPPED, 3, "Written down twice", "Ann Officer"),
    ]
    assert (record.outcome, record.last) == (Outcome.DROPPED, record.steps[-1])


def test_it_is_open_and_overdue_as_it_stood_on_the_day_that_is_asked_for(decisions, clock):
    decisions.record(decision(due=date(2026, 6, 30)), by=ANN)
    decisions.record(decision(meeting=SUMMER, recommendation="Another", due=date(2026, 6, 20)), by=ANN)
    clock.set(date(2026, 9, 1))
    decisions.conclude(1, outcome=Outcome.DONE, note="Late", by=ANN, on=date(2026, 8, 1))
    assert ids(decisions.open_at(date(2026, 4, 1))) == []
    assert ids(decisions.open_at(date(2026, 5, 1))) == [1]
    assert ids(decisions.open_at(date(2026, 7, 31))) == [2, 1], "the one due first comes first"
    assert ids(decisions.overdue(date(2026, 6, 30))) == [2]
    assert ids(decisions.overdue(date(2026, 7, 1))) == [2, 1]
    assert ids(decisions.open_at(date(2026, 8, 1))) == [2]
    assert decisions.open_at(date(2026, 7, 31))[1].steps == (), "what came later is not told"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"on": date(2026, 6, 16)}, "The day lies ahead"),
        ({"on": date(2026, 4, 13)}, "The day lies before the meeting of 14 April 2026"),
        ({"note": " "}, "Say what came of it"),
        ({"note": "x" * 301}, "more briefly"),
        ({"id": 7}, "There is no decision 7"),
    ],
)
def test_what_cannot_have_become_of_it_is_refused(decisions, given, said):
    record = decisions.record(CASTLE, by=ANN)
    asked = {"id": 1, "outcome": Outcome.DONE, "note": "Visited", "by": ANN, **given}
    assert said in refused(decisions.conclude, asked.pop("id"), **asked)
    assert decisions.decision(1) == record


# --- looking them up -------------------------------------------------------------------------------------------------


def test_decisions_are_found_by_words_ward_and_day(decisions):
    for draft in (CASTLE, WHOLE, decision(meeting=SUMMER, ward_code="E05010459", ward_name="Park", owner="Sgt Weir")):
        decisions.record(draft, by=ANN)
    decisions.conclude(2, outcome=Outcome.DONE, note="At the forum", by=BEN)
    assert ids(decisions.search()) == [3, 2, 1]
    assert ids(decisions.search("WEIR park")) == [3]
    assert ids(decisions.search("forum ben")) == [2]
    assert ids(decisions.search("castle weir")) == []
    assert ids(decisions.search(ward="E05010458")) == [1]
    assert ids(decisions.search(since=SUMMER)) == [3]
    assert (decisions.meetings(), ids(decisions.of_meeting(SPRING))) == ((SUMMER, SPRING), [1, 2])


def test_where_nothing_was_decided_nothing_is_there_and_no_file_is_made(decisions, tmp_path):
    assert (decisions.search(), decisions.open_at(SUMMER), decisions.meetings()) == ((), (), ())
    assert "Nothing has been decided yet" in refused(decisions.decision, 1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text", ["'); DROP TABLE decisions; --", "=HYPERLINK(1)", "<b>{{ 7 }} #x $y$", "Zo\u00eb \u4e2d"]
)
def test_any_text_comes_back_as_it_was(decisions, text):
    draft = decision(finding=text, recommendation=text, ward_name=text)
    record = decisions.record(draft, by=ANN)
    assert decisions.conclude(1, outcome=Outcome.OPEN, note=text, by=ANN).steps[0].note == text
    assert (record.draft.finding, record.draft.ward_name) == (text, text)
    assert ids(decisions.search(text)) == [1]


# --- at once, for good, recorded -------------------------------------------------------------------------------------


def test_of_people_who_write_down_and_conclude_at_once_nothing_is_lost(tmp_path):
    decisions_in_folder(tmp_path).record(CASTLE, by=ANN)

    def act(number):
        mine = decisions_in_folder(tmp_path)
        mine.conclude(1, outcome=Outcome.OPEN, note=f"Note {number}", by=BEN)
        return mine.record(decision(recommendation=f"Text {number}"), by=BEN).id

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(act, range(8))) == list(range(2, 10))
    decisions = decisions_in_folder(tmp_path)
    assert {one.note for one in decisions.decision(1).steps} == {f"Note {number}" for number in range(8)}
    assert {one.draft.recommendation for one in decisions.search("text")} == {f"Text {number}" for number in range(8)}
    assert decisions._trail.verify().ok


def test_who_has_not_seen_what_another_said_meanwhile_is_told(decisions):
    decisions.record(CASTLE, by=ANN)
    decisions.conclude(1, outcome=Outcome.DONE, note="Visited", by=BEN, seen=0)
    said = refused(decisions.conclude, 1, outcome=Outcome.DROPPED, note="No need", by=ANN, seen=0)
    assert "Ben Officer said meanwhile that decision 1 is done" in said
    assert decisions.decision(1).outcome is Outcome.DONE


@pytest.mark.parametrize(
    "statement", ["DELETE FROM {}", "UPDATE {} SET name = 'x'", "REPLACE INTO {} SELECT * FROM {}"]
)
@pytest.mark.parametrize("table", ["decisions", "decision_steps"])
def test_the_database_itself_refuses_to_change_a_row(decisions, tmp_path, table, statement):
    decisions.record(CASTLE, by=ANN)
    decisions.conclude(1, outcome=Outcome.DONE, note="Visited", by=BEN)
    with closing(sqlite3.connect(tmp_path / "records.db")) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement.format(table, table))


def test_every_act_is_in_the_trail_without_a_text_or_a_name(decisions):
    draft = decision(ward_name="Kastell", district="Nordland", finding="Quiet finding", recommendation="Quiet words")
    decisions.record(draft, by=ANN)
    decisions.conclude(1, outcome=Outcome.DROPPED, note="Quiet note", by=BEN)
    last, first = decisions._trail.entries()
    assert [(one.action, one.what, one.audience) for one in (first, last)] == [
        ("recorded", "decision", "steering"),
        ("concluded", "decision", "steering"),
    ]
    assert json.loads(last.detail) == {"decision": "1", "ward": "E05010458", "outcome": "dropped"}
    everything = "\n".join(str(value) for one in (first, last) for value in one.__dict__.values())
    assert not [text for text in ("uiet", "Kastell", "Nordland", "Officer", "Sgt") if text in everything]


def test_a_row_that_was_spoilt_is_said_so(decisions, tmp_path):
    decisions.record(CASTLE, by=ANN)
    with closing(sqlite3.connect(tmp_path / "records.db", isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER decisions_not_changed")
        connection.execute("UPDATE decisions SET owner = ''")
    with pytest.raises(DamagedError, match="Decision 1 in the register cannot be read"):
        decisions.search()


def test_decisions_lie_beside_briefings_that_were_there_before_and_are_in_a_backup(tmp_path):
    here, there = (
        make_settings().model_copy(update={"storage": Storage(snapshots=str(tmp_path / one / "store"))})
        for one in ("here", "there")
    )
    briefing = issued(open_briefings(here))
    assert open_decisions(here).search() == (), "a register of briefings alone is no damage"
    before = open_decisions(here, now=HandClock()).record(CASTLE, by=ANN)
    (tmp_path / "settings.toml").write_text("# settings\n", encoding="utf-8")
    make_backup(here, settings_file=tmp_path / "settings.toml", target=tmp_path / "backup", who="os:me")
    restore_backup(tmp_path / "backup", settings=there, who="os:me")
    decisions = open_decisions(there, now=HandClock())
    assert decisions.decision(1) == before
    assert open_briefings(there).record(briefing.id) == briefing
    with closing(sqlite3.connect(records_file(there))) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("DELETE FROM decisions")
    assert decisions.conclude(1, outcome=Outcome.DONE, note="Visited", by=BEN).outcome is Outcome.DONE
    assert open_audit(there).verify().ok
