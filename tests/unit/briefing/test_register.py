"""The register of briefings: every step and every refusal, two people at once, documents that never change."""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest

from briefing.register import NewerVersionError
from briefing.register_records import State
from briefing.register_rules import why_not_step
from data.errors import UsageError
from disclosure.audit_entries import DamagedError
from disclosure.people import Person
from tests.register_samples import (
    ANN,
    BEN,
    CASTLE,
    CAT,
    DAN,
    PARK,
    SECRET,
    HandClock,
    approved,
    documents,
    issued,
    register_in,
    words,
)


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def register(tmp_path, clock):
    return register_in(tmp_path, clock=clock)


def refused(call, *args, **kwargs) -> str:
    with pytest.raises(UsageError) as raised:
        call(*args, **kwargs)
    return str(raised.value)


# --- from a draft to a review ----------------------------------------------------------------------------------------


def test_a_briefing_goes_from_draft_to_review_and_every_step_says_who_and_when(register, clock):
    record = register.draft(CASTLE, words=words(), by=ANN)
    assert (record.state, record.version, record.issue, record.label) == (State.DRAFTED, 1, None, "draft 1")
    register.check(record.id, version=1, by=BEN)
    register.approve(record.id, version=1, by=CAT)
    out = register.issue(record.id, to=" Cllr  Smith ", by=DAN, make_documents=documents)
    clock.set(date(2026, 9, 1))
    done = register.review(record.id, outcome="The market is calmer.", by=ANN)
    assert out.issue is not None
    assert (out.issue.number, out.issue.for_whom, out.issue.version) == ("WO-2026-0001", "Cllr Smith", 1)
    assert (out.issue.issued_on, out.issue.expires) == (date(2026, 6, 15), date(2026, 10, 13))
    assert [(step.state, step.by.who) for step in done.steps] == [
        (State.DRAFTED, "oid:ann"),
        (State.CHECKED, "oid:ben"),
        (State.APPROVED, "oid:cat"),
        (State.ISSUED, "oid:dan"),
        (State.REVIEWED, "oid:ann"),
    ]
    assert (done.steps[-1].note, done.steps[-1].by.at) == ("The market is calmer.", clock.at)
    assert (done.author.name, done.checker.name, done.approver.name) == ("Ann Officer", "Ben Officer", "Cat Officer")
    assert done == register.record(record.id)


def test_the_documents_are_made_from_the_number_and_the_approved_text(register):
    record = approved(register)
    seen = []
    register.issue(
        record.id,
        to="Cllr Smith",
        by=DAN,
        make_documents=lambda issue, text: seen.append((issue, text)) or documents(issue, text),
        expires=date(2026, 7, 1),
    )
    ((issue, text),) = seen
    assert text == words()
    assert (issue.number, issue.version, issue.for_whom) == ("WO-2026-0001", 1, "Cllr Smith")
    assert (issue.made_on, issue.expires, issue.supersedes) == (date(2026, 6, 15), date(2026, 7, 1), "")
    assert (issue.author, issue.checker, issue.approver) == ("Ann Officer", "Ben Officer", "Cat Officer")
    assert register.document(record.id, kind="pdf").content == documents(issue, text)["pdf"]
    assert register.kinds_of_documents(record.id) == ("docx", "pdf")


def test_numbers_begin_anew_each_year_and_have_no_gaps(register, clock):
    clock.set(date(2026, 12, 31))
    numbers = [issued(register, basis).issue.number for basis in (CASTLE, PARK)]
    failed = approved(register)
    with pytest.raises(ZeroDivisionError):
        register.issue(failed.id, to="Cllr Smith", by=DAN, make_documents=lambda *_: 1 / 0)
    numbers.append(register.issue(failed.id, to="Cllr Smith", by=DAN, make_documents=documents).issue.number)
    clock.set(date(2027, 1, 1))
    numbers.append(issued(register).issue.number)
    assert numbers == ["WO-2026-0001", "WO-2026-0002", "WO-2026-0003", "WO-2027-0001"]


ORDER = {
    State.DRAFTED: {
        "approve": "It has to be checked first.",
        "issue": "checked and approved first",
        "review": "issued first",
    },
    State.CHECKED: {"check": "checked already", "issue": "It has to be approved first.", "review": "issued first"},
    State.APPROVED: {"check": "approved already", "approve": "approved already", "review": "issued first"},
    State.ISSUED: {"check": "never changes", "approve": "never changes", "issue": "never changes"},
    State.REVIEWED: {"check": "never changes", "approve": "never changes", "issue": "never changes"},
    State.WITHDRAWN: dict.fromkeys(("check", "approve", "issue", "review", "withdraw"), "It was withdrawn."),
    State.SUPERSEDED: dict.fromkeys(("check", "approve", "issue", "review", "withdraw"), "has taken its place"),
}


def brought_to(register, state):
    record = register.draft(CASTLE, words=words(), by=ANN)
    if state is State.WITHDRAWN:
        return register.withdraw(record.id, reason="Not needed", by=ANN)
    if state is not State.DRAFTED:
        register.check(record.id, version=1, by=BEN)
    if state not in (State.DRAFTED, State.CHECKED):
        register.approve(record.id, version=1, by=CAT)
    if state in (State.ISSUED, State.REVIEWED, State.SUPERSEDED):
        register.issue(record.id, to="Cllr Smith", by=DAN, make_documents=documents)
    if state is State.REVIEWED:
        register.review(record.id, outcome="Calmer", by=ANN)
    if state is State.SUPERSEDED:
        new = approved(register, in_place_of=record.id)
        register.issue(new.id, to="Cllr Smith", by=DAN, make_documents=documents)
    return register.record(record.id)


def acts(register, id):
    return {
        "check": lambda: register.check(id, version=1, by=DAN),
        "approve": lambda: register.approve(id, version=1, by=DAN),
        "issue": lambda: register.issue(id, to="Cllr Smith", by=DAN, make_documents=documents),
        "review": lambda: register.review(id, outcome="Calmer", by=DAN),
        "withdraw": lambda: register.withdraw(id, reason="Not needed", by=DAN),
    }


@pytest.mark.parametrize("state", ORDER)
def test_a_step_out_of_order_is_refused_with_what_comes_first_and_any_other_is_not(register, state):
    record = brought_to(register, state)
    assert record.state is state
    for name, act in acts(register, record.id).items():
        if name in ORDER[state]:
            assert ORDER[state][name] in refused(act)
            assert register.record(record.id) == record
    trail_before = register._trail.head().rows
    allowed = [name for name in acts(register, record.id) if name not in ORDER[state]]
    if allowed:
        acts(register, record.id)[allowed[0]]()
        assert register._trail.head().rows == trail_before + 1


def test_there_is_no_briefing_that_nobody_began(register):
    assert "There is no briefing 7" in refused(register.record, 7)
    issued(register)
    for act in acts(register, 7).values():
        assert "There is no briefing 7" in refused(act)


@pytest.mark.parametrize(
    ("call", "given", "named"),
    [
        ("withdraw", {"reason": " \u200b "}, "why it is withdrawn"),
        ("withdraw", {"reason": "x" * 301}, "more briefly"),
        ("review", {"outcome": ""}, "what came of it"),
        ("issue", {"to": "\u202e", "make_documents": documents}, "whom it is for"),
    ],
)
def test_what_has_to_be_said_is_said_plainly(register, call, given, named):
    record = approved(register)
    assert named in refused(getattr(register, call), record.id, by=DAN, **given)
    assert register.record(record.id) == record


def test_it_cannot_have_expired_when_it_is_issued(register):
    record = approved(register)
    said = refused(register.issue, record.id, to="Cllr", by=DAN, make_documents=documents, expires=date(2026, 6, 15))
    assert "would have expired" in said


# --- by whom ---------------------------------------------------------------------------------------------------------


def test_nobody_checks_or_approves_what_they_wrote_nor_approves_what_they_checked(register):
    record = register.draft(CASTLE, words=words(), by=ANN)
    record = register.save(record.id, words=words("Other"), by=DAN, based_on=1)
    for author in (ANN, DAN):
        assert "Who wrote any of it cannot check it" in refused(register.check, record.id, version=2, by=author)
    register.check(record.id, version=2, by=BEN)
    for author in (ANN, DAN):
        assert "wrote any of it cannot approve" in refused(register.approve, record.id, version=2, by=author)
    assert "Who checked it cannot approve it" in refused(register.approve, record.id, version=2, by=BEN)
    assert register.approve(record.id, version=2, by=CAT).second_person_approved


def test_a_person_is_told_by_the_id_and_not_by_the_name(register):
    record = register.draft(CASTLE, words=words(), by=ANN)
    assert "cannot check" in refused(register.check, record.id, version=1, by=Person(ANN.id, "Somebody Else"))
    assert register.check(record.id, version=1, by=Person("oid:other", ANN.name)).state is State.CHECKED


def test_where_one_person_works_alone_no_document_names_an_approver(tmp_path):
    alone = register_in(tmp_path, second_person=False)
    record = alone.draft(CASTLE, words=words(), by=ANN)
    alone.check(record.id, version=1, by=ANN)
    record = alone.approve(record.id, version=1, by=ANN)
    assert not record.second_person_approved
    seen = []
    alone.issue(record.id, to="Cllr", by=ANN, make_documents=lambda *given: seen.append(given) or documents(*given))
    assert seen[0][0].approver == ""


def test_a_screen_can_ask_before_it_offers_a_button(register):
    record = register.draft(CASTLE, words=words(), by=ANN)
    assert why_not_step(record, State.CHECKED, by=BEN, second_person=True) is None
    assert "cannot check" in str(why_not_step(record, State.CHECKED, by=ANN, second_person=True))


# --- texts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.CHECKED, State.APPROVED])
def test_a_later_save_makes_a_draft_again_that_has_to_be_checked_anew(register, state):
    record = brought_to(register, state)
    record = register.save(record.id, words=words("Better"), by=ANN, based_on=1)
    assert (record.state, record.version, record.words) == (State.DRAFTED, 2, words("Better"))
    assert (record.checker, record.approver) == (None, None)
    assert "checked and approved first" in refused(acts(register, record.id)["issue"])


def test_of_two_people_who_edit_at_once_both_texts_are_kept(register):
    record = register.draft(CASTLE, words=words(), by=ANN)
    register.save(record.id, words=words("From Ann"), by=ANN, based_on=1)
    with pytest.raises(NewerVersionError) as raised:
        register.save(record.id, words=words("From Ben"), by=BEN, based_on=1)
    assert (raised.value.mine.words, raised.value.newest.words) == (words("From Ben"), words("From Ann"))
    assert "Ann Officer saved version 2 while you were writing. Your text is kept as version 3" in str(raised.value)
    now = register.record(record.id)
    assert (now.version, now.words, now.conflicts) == (2, words("From Ann"), (3,))
    versions = register.versions(record.id)
    assert [(one.number, one.based_on, one.conflict) for one in versions] == [
        (1, None, False),
        (2, 1, False),
        (3, 1, True),
    ]
    merged = register.save(record.id, words=words("From both"), by=BEN, based_on=2)
    assert (merged.version, merged.conflicts) == (4, (3,))


def test_a_text_that_comes_too_late_leaves_an_approval_as_it_is_and_is_kept(register):
    record = register.draft(CASTLE, words=words(), by=ANN)
    register.save(record.id, words=words("Second"), by=ANN, based_on=1)
    register.check(record.id, version=2, by=BEN)
    approved_one = register.approve(record.id, version=2, by=CAT)
    with pytest.raises(NewerVersionError):
        register.save(record.id, words=words("Late"), by=ANN, based_on=1)
    now = register.record(record.id)
    assert (now.state, now.version, now.words) == (State.APPROVED, 2, approved_one.words)


def test_a_text_written_while_it_was_issued_is_kept_and_changes_nothing(register):
    record = issued(register)
    before = register.document(record.id, kind="pdf")
    with pytest.raises(NewerVersionError, match="It was issued while you were writing") as raised:
        register.save(record.id, words=words("Late"), by=ANN, based_on=1)
    assert raised.value.mine.words == words("Late")
    now = register.record(record.id)
    assert (now.state, now.words, now.issue, now.conflicts) == (State.ISSUED, record.words, record.issue, (2,))
    assert register.document(record.id, kind="pdf") == before


def test_the_same_text_sent_twice_is_no_conflict(register):
    record = register.draft(CASTLE, words=words(), by=ANN)
    once = register.save(record.id, words=words("Same"), by=ANN, based_on=1)
    assert register.save(record.id, words=words("Same"), by=ANN, based_on=1) == once
    assert len(register.versions(record.id)) == 2


def test_there_is_no_saving_over_a_version_that_never_was(register):
    record = register.draft(CASTLE, words=words(), by=ANN)
    for version in (0, 2, -1):
        assert "There is no version" in refused(register.save, record.id, words=words("x"), by=ANN, based_on=version)


@pytest.mark.parametrize("step", ["check", "approve"])
def test_nobody_checks_or_approves_a_text_that_they_have_not_read(register, step):
    record = brought_to(register, State.DRAFTED if step == "check" else State.CHECKED)
    if step == "approve":
        said = refused(register.approve, record.id, version=2, by=CAT)
    else:
        register.save(record.id, words=words("Newer"), by=ANN, based_on=1)
        said = refused(register.check, record.id, version=1, by=BEN)
    assert "Read the newer one first" in said


def test_a_ward_has_one_draft_at_a_time(register):
    register.draft(CASTLE, words=words(), by=ANN)
    assert "Castle has a draft already: draft 1, begun by Ann Officer" in refused(
        register.draft, CASTLE, words=words(), by=BEN
    )
    assert register.draft(PARK, words=words(), by=BEN).id == 2
    register.withdraw(1, reason="Not needed", by=ANN)
    assert register.draft(CASTLE, words=words(), by=BEN).id == 3


HOSTILE = [
    "'); DROP TABLE briefings; --",
    '=HYPERLINK("http://example.org")',
    "<script>alert(1)</script>",
    "{{ 7 * 7 }} #sys.inputs $x$",
    "Zo\u00eb \U0001f642 \u4e2d\u6587",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_comes_back_as_it_was(register, text):
    person = Person("oid:x' OR 1=1 --", text)
    basis = replace(CASTLE, ward_name=text)
    record = register.draft(basis, words=words(text), by=person)
    assert register.record(record.id).words.context == words(text).context
    assert (record.basis, record.author.name) == (basis, text)
    assert [one.id for one in register.search(text)] == [record.id]
    assert register.search(text, ward="' OR 1=1 --") == ()


# --- taking the place of another -------------------------------------------------------------------------------------


def test_a_corrected_briefing_takes_the_place_of_the_first_when_it_is_issued(register):
    old = issued(register)
    new = register.draft(CASTLE, words=words("Corrected"), by=ANN)
    new = register.supersede(old.id, new=new.id, by=ANN)
    assert new.replaces == old.id
    assert register.record(old.id).state is State.ISSUED
    register.check(new.id, version=1, by=BEN)
    register.approve(new.id, version=1, by=CAT)
    register.issue(new.id, to="Cllr Smith", by=DAN, make_documents=documents)
    assert b"WO-2026-0002 1 Cllr Smith WO-2026-0001" in register.document(new.id, kind="pdf").content
    gone = register.record(old.id)
    assert (gone.state, gone.steps[-1].note) == (State.SUPERSEDED, "WO-2026-0002")
    assert b"WO-2026-0001" in register.document(old.id, kind="pdf").content
    assert register.last_issued(CASTLE.ward_code) == register.record(new.id)


def test_what_cannot_take_the_place_of_another_is_refused(register):
    old, elsewhere = issued(register), issued(register, PARK)
    draft = register.draft(CASTLE, words=words(), by=ANN)
    assert "of another ward" in refused(register.supersede, elsewhere.id, new=draft.id, by=ANN)
    assert "Only an issued briefing" in refused(register.supersede, draft.id, new=draft.id, by=ANN)
    assert "documents do not say" in refused(register.supersede, old.id, new=elsewhere.id, by=ANN)
    register.supersede(old.id, new=draft.id, by=ANN)
    assert "another briefing already" in refused(register.supersede, old.id, new=draft.id, by=ANN)
    assert "Only an issued" in refused(register.draft, PARK, words=words(), by=ANN, in_place_of=draft.id)


def test_a_briefing_that_was_withdrawn_meanwhile_has_its_place_taken_by_none(register):
    old = issued(register)
    new = approved(register, in_place_of=old.id)
    register.withdraw(old.id, reason="Wrong ward", by=ANN)
    new = register.issue(new.id, to="Cllr Smith", by=DAN, make_documents=documents)
    assert register.record(old.id).state is State.WITHDRAWN
    assert b"WO-2026-0001" not in register.document(new.id, kind="pdf").content


# --- actions, requests, looking things up ----------------------------------------------------------------------------


def test_actions_of_standing_briefings_are_overdue_until_they_are_done(register, clock):
    record = issued(register)
    assert register.overdue_actions(date(2026, 7, 1)) == ()
    (late,) = register.overdue_actions(date(2026, 7, 2))
    assert (late.number, late.what, late.owner, late.ward_name) == (
        "WO-2026-0001",
        "Visit the market",
        "Sgt Owner",
        "Castle",
    )
    assert [one.id for one in register.search(overdue=True, today=date(2026, 7, 2))] == [record.id]
    assert register.search(overdue=True, today=date(2026, 7, 1)) == ()
    clock.set(date(2026, 7, 3))
    assert "lies ahead" in refused(
        register.finish_action, record.id, position=1, done_on=date(2026, 7, 4), outcome="Done", by=BEN
    )
    done = register.finish_action(record.id, position=1, done_on=date(2026, 7, 2), outcome="All quiet", by=BEN)
    assert (done.done_on, done.outcome) == (date(2026, 7, 2), "All quiet")
    assert register.overdue_actions(date(2026, 8, 1)) == ()
    for position, said in ((1, "done already"), (2, "has no action 2")):
        assert said in refused(
            register.finish_action, record.id, position=position, done_on=date(2026, 7, 2), outcome="Done", by=BEN
        )


def test_of_a_withdrawn_briefing_nothing_is_overdue(register):
    record = issued(register)
    register.withdraw(record.id, reason="Wrong ward", by=ANN)
    assert register.overdue_actions(date(2027, 1, 1)) == ()
    assert register.last_issued(CASTLE.ward_code) is None


def test_a_request_is_open_until_a_briefing_of_its_ward_is_issued_or_it_is_answered(register):
    for ward in ("E05010458", "E05010459", "E05010459"):
        register.ask_for(ward, ward_name="Name", district="North", reason="Asked at the forum", by=BEN)
    record = issued(register)
    assert [one.id for one in register.requests()] == [2, 3]
    (answered,) = register.requests(answered=True)
    assert (answered.answer, answered.answered.who) == (f"Briefed with {record.issue.number}.", "oid:dan")
    register.answer(2, answer="Not this quarter", by=CAT)
    assert [one.id for one in register.requests()] == [3]
    for id in (1, 2, 9):
        assert "no open request" in refused(register.answer, id, answer="Again", by=CAT)
    assert "why a briefing is asked for" in refused(
        register.ask_for, "E05010458", ward_name="Castle", district="North", reason="", by=BEN
    )


def test_briefings_are_found_by_words_ward_and_state(register):
    first, second = issued(register), register.draft(PARK, words=words("Fair at the Weir"), by=BEN)
    assert [one.id for one in register.search()] == [second.id, first.id]
    assert [one.id for one in register.search("wo-2026-0001")] == [first.id]
    assert [one.id for one in register.search("WEIR fair")] == [second.id]
    assert [one.id for one in register.search("ben officer", state=State.DRAFTED)] == [second.id]
    assert [one.id for one in register.search("cllr smith")] == [first.id]
    assert register.search("weir castle") == ()
    assert [one.id for one in register.search(ward=PARK.ward_code)] == [second.id]
    assert [one.id for one in register.history(CASTLE.ward_code)] == [first.id]
    assert set(register.open_drafts()) == {PARK.ward_code}


def test_a_register_that_nobody_has_written_to_is_empty_and_makes_no_file(tmp_path):
    register = register_in(tmp_path)
    assert (register.search(), register.requests(), register.overdue_actions(date(2026, 1, 1))) == ((), (), ())
    assert (register.last_issued("x"), register.versions(1), register.kinds_of_documents(1)) == (None, (), ())
    assert "no pdf document" in refused(register.document, 1, kind="pdf")
    assert list(tmp_path.iterdir()) == []


# --- the audit trail -------------------------------------------------------------------------------------------------


def test_every_act_is_in_the_trail_without_a_text_or_a_name(register):
    basis = replace(CASTLE, ward_name="Kastell Ward", district="Nordland")
    record = approved(register, basis)
    register.save(record.id, words=words("A quiet word more"), by=ANN, based_on=1)
    with pytest.raises(NewerVersionError):
        register.save(record.id, words=words("A late word"), by=DAN, based_on=1)
    register.check(record.id, version=2, by=BEN)
    register.approve(record.id, version=2, by=CAT)
    register.ask_for(basis.ward_code, ward_name="Kastell Ward", district="Nordland", reason="A quiet reason", by=BEN)
    register.issue(record.id, to="Cllr Quietly", by=DAN, make_documents=documents)
    register.review(record.id, outcome="A quiet outcome", by=ANN)
    register.finish_action(record.id, position=1, done_on=date(2026, 6, 1), outcome="A quiet end", by=ANN)
    register.withdraw(record.id, reason="A quiet mistake", by=ANN)
    rows = register._trail.entries()[::-1]
    assert [row.action for row in rows] == [
        *("drafted", "checked", "approved", "saved", "saved", "checked", "approved", "asked for"),
        *("issued", "reviewed", "finished", "withdrew"),
    ]
    everything = "\n".join("\n".join(map(str, row.__dict__.values())) for row in rows)
    for text in ("quiet", "Quiet", "late word", "market", "Officer", "Sgt", "Kastell", "Nordland", "Please"):
        assert text not in everything, text
    told = json.loads(rows[8].detail)
    content = register.document(record.id, kind="pdf")
    assert (told["briefing"], told["number"], told["version"]) == ("1", "WO-2026-0001", "2")
    assert f"pdf:{content.sha256}" in told["documents"]
    assert register._trail.verify().ok


# --- at once ---------------------------------------------------------------------------------------------------------


def test_briefings_that_are_issued_at_once_have_numbers_of_their_own_and_documents_with_them(tmp_path):
    register = register_in(tmp_path)
    wards = [replace(CASTLE, ward_code=f"E0501046{number}") for number in range(6)]
    ids = [approved(register, ward).id for ward in wards]
    together = Barrier(3)

    def issue(id):
        another = register_in(tmp_path)
        first = iter([True])

        def make(given, text):
            if next(first, False):
                together.wait(timeout=60)  # all three have been given the same number now
            return documents(given, text)

        return another.issue(id, to="Cllr Smith", by=DAN, make_documents=make)

    with ThreadPoolExecutor(3) as pool:
        done = [*pool.map(issue, ids[:3]), *pool.map(issue, ids[3:])]
    assert sorted(one.issue.number for one in done) == [f"WO-2026-000{number}" for number in range(1, 7)]
    for one in done:
        assert register.document(one.id, kind="pdf").content.startswith(f"%PDF {one.issue.number} ".encode())
    assert register._trail.verify().ok


def test_of_two_people_who_issue_the_same_briefing_at_once_one_does(register):
    record = approved(register)

    def make(issue, text):
        if register.record(record.id).is_open:
            register.issue(record.id, to="Cllr First", by=CAT, make_documents=documents)
        return documents(issue, text)

    assert "issued already" in refused(register.issue, record.id, to="Cllr Second", by=DAN, make_documents=make)
    assert register.record(record.id).issue.for_whom == "Cllr First"


def test_a_text_that_is_saved_while_the_documents_are_made_stops_the_issue(register):
    record = approved(register)

    def make(issue, text):
        if register.record(record.id).version == 1:
            register.save(record.id, words=words("Just now"), by=ANN, based_on=1)
        return documents(issue, text)

    assert "checked and approved first" in refused(register.issue, record.id, to="Cllr", by=DAN, make_documents=make)
    assert register.record(record.id).issue is None


def test_of_people_who_save_at_once_one_counts_and_all_are_kept(tmp_path):
    record = register_in(tmp_path).draft(CASTLE, words=words(), by=ANN)

    def save(number):
        try:
            register_in(tmp_path).save(record.id, words=words(f"Text {number}"), by=BEN, based_on=1)
        except NewerVersionError as error:
            return error.mine.number
        return None

    with ThreadPoolExecutor(4) as pool:
        kept = list(pool.map(save, range(6)))
    assert kept.count(None) == 1
    texts = {one.words.context for one in register_in(tmp_path).versions(record.id)}
    assert texts == {SECRET, *(f"Text {number}" for number in range(6))}


# --- nothing is changed or removed -----------------------------------------------------------------------------------

TABLES = [
    *("briefings", "briefing_versions", "briefing_steps", "briefing_issues", "briefing_documents"),
    *("briefing_replacements", "briefing_actions", "briefing_outcomes", "briefing_requests", "briefing_answers"),
]


def filled(register):
    register.ask_for("E05010458", ward_name="Castle", district="North", reason="Asked for", by=BEN)
    old = issued(register)
    register.finish_action(old.id, position=1, done_on=date(2026, 6, 1), outcome="Done", by=ANN)
    new = approved(register, in_place_of=old.id)
    return register.issue(new.id, to="Cllr Smith", by=DAN, make_documents=documents)


def test_the_database_itself_refuses_to_change_remove_or_replace_anything(register):
    filled(register)
    with closing(sqlite3.connect(register._trail.path, isolation_level=None)) as connection:
        for table in TABLES:
            (column,) = connection.execute(f"SELECT name FROM pragma_table_info('{table}') LIMIT 1").fetchone()
            for statement in (
                f"UPDATE {table} SET {column} = {column}",
                f"DELETE FROM {table}",
                f"REPLACE INTO {table} SELECT * FROM {table}",
            ):
                with pytest.raises(sqlite3.IntegrityError, match="register"):
                    connection.execute(statement)
        with pytest.raises(sqlite3.IntegrityError, match="replaced"):
            connection.execute(
                "REPLACE INTO briefing_issues SELECT 99, year, serial, number, for_whom, version, issued_on, expires "
                "FROM briefing_issues WHERE serial = 1"
            )


def test_a_document_that_was_changed_all_the_same_is_not_given_out(register):
    record = issued(register)
    with closing(sqlite3.connect(register._trail.path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER briefing_documents_not_changed")
        connection.execute("UPDATE briefing_documents SET content = x'00' WHERE kind = 'pdf'")
    with pytest.raises(DamagedError, match="not as it was issued"):
        register.document(record.id, kind="pdf")
    assert register.document(record.id, kind="docx").content.startswith(b"PK ")


def test_a_text_that_cannot_be_read_any_more_is_said(register):
    record = issued(register)
    with closing(sqlite3.connect(register._trail.path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER briefing_versions_not_changed")
        connection.execute("UPDATE briefing_versions SET words = '{}x'")
    with pytest.raises(DamagedError, match="Version 1 of briefing 1"):
        register.record(record.id)


def test_a_table_that_is_missing_is_damage_and_no_empty_register(register):
    issued(register)
    with closing(sqlite3.connect(register._trail.path, isolation_level=None)) as connection:
        connection.execute("DROP TABLE briefing_versions")
    with pytest.raises(DamagedError, match="damaged"):
        register.search()


@pytest.mark.parametrize("made", [{}, {"pdf": b""}, {"../x": b"content"}])
def test_no_briefing_is_issued_without_documents(register, made):
    record = approved(register)
    with pytest.raises(ValueError, match="has documents"):
        register.issue(record.id, to="Cllr Smith", by=DAN, make_documents=lambda *_: made)
    assert register.record(record.id) == record
