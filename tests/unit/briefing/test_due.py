"""Which wards are due: each rule with a ward that it names and one that it does not, and what is said of drafts."""

from dataclasses import replace
from datetime import date

import pytest

from analysis.change_classes import ChangeClass
from briefing.due import Reason, due_wards
from briefing.follow_up import basis_of, draft_notes, follow_up
from data.briefing_settings import Briefing
from disclosure.audiences import Audience, Reader
from tests.briefings import FLAGGED, NEITHER, UNKNOWN, UNSURE, make_area
from tests.register_samples import ANN, BEN, CAT, DAN, HandClock, documents, register_in, words

RULES = Briefing()
NOW, EARLIER, LONG_AGO = "2025/26 Q4", "2025/26 Q2", "2024/25 Q4"
"""Ends of the window of the area, of one that shares quarters with it, and of the one just before."""
JUNE, SEPTEMBER, OCTOBER = date(2026, 6, 30), date(2026, 9, 30), date(2026, 10, 1)


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def register(tmp_path, clock):
    return register_in(tmp_path, clock=clock)


def brief(register, clock, code=FLAGGED, *, quarter=EARLIER, flagged=True, change="", on=JUNE):
    """Issue a briefing of a ward as it stood in an earlier window."""
    clock.set(on)
    basis = replace(basis_of(make_area(), code), last_quarter=quarter, flagged=flagged, change=change)
    record = register.draft(basis, words=words(), by=ANN)
    register.check(record.id, version=1, by=BEN)
    register.approve(record.id, version=1, by=CAT)
    return register.issue(record.id, to="Cllr Smith", by=DAN, make_documents=documents)


def due(register, area, *, today=OCTOBER, rules=RULES):
    return {one.ward_code: one for one in due_wards(area, register, rules=rules, today=today)}


def unflagged(area):
    wards = area.released.wards.assign(flagged=False)
    wards["class"] = wards["class"].replace("high on both", "referrals only")
    return replace(area, released=replace(area.released, wards=wards))


# --- a new flag ------------------------------------------------------------------------------------------------------


def test_a_new_flag_is_due_with_its_certainty_and_a_ward_without_a_flag_is_not(register):
    area = make_area(changes=ChangeClass.NEW)  # which says so of every ward
    found = due(register, area)
    assert list(found) == [FLAGGED]
    one = found[FLAGGED]
    certainty = area.rows[-1][FLAGGED]["certainty"]
    assert (one.reason, one.certainty, one.since) == (Reason.NEW, certainty, date(2026, 3, 31))
    assert one.sentence == f"Flagged ({certainty}), and not high on both in the window before."
    assert (one.also, one.draft, one.notes) == ((), None, ())


def test_a_new_flag_that_was_told_of_is_not_due_again_at_once(register, clock):
    brief(register, clock, quarter=EARLIER)
    assert due(register, make_area(changes=ChangeClass.NEW), today=SEPTEMBER) == {}


def test_a_new_flag_is_due_where_the_last_briefing_was_of_the_flag_before_or_of_none(register, clock):
    brief(register, clock, quarter=LONG_AGO)
    assert due(register, make_area(changes=ChangeClass.NEW), today=JUNE)[FLAGGED].reason is Reason.NEW
    brief(register, clock, quarter=EARLIER, flagged=False)
    assert due(register, make_area(changes=ChangeClass.NEW), today=JUNE)[FLAGGED].reason is Reason.NEW


def test_a_briefing_that_was_withdrawn_told_nobody(register, clock):
    record = brief(register, clock)
    register.withdraw(record.id, reason="Wrong", by=ANN)
    assert due(register, make_area(changes=ChangeClass.NEW), today=JUNE)[FLAGGED].reason is Reason.NEW


def test_new_flags_can_be_left_out_and_the_others_stay(register):
    rules = Briefing(brief_new=False)
    assert due(register, make_area(changes=ChangeClass.NEW), rules=rules) == {}
    assert list(due(register, make_area(changes=ChangeClass.PERSISTENT), rules=rules)) == [FLAGGED]


# --- a flag that stays -----------------------------------------------------------------------------------------------


def test_a_flag_that_stays_is_due_when_so_many_quarters_have_gone_by_and_not_before(register, clock):
    area = make_area(changes=ChangeClass.PERSISTENT)
    brief(register, clock, quarter=NOW, on=JUNE)  # in April to June
    assert due(register, area, today=SEPTEMBER) == {}
    one = due(register, area, today=OCTOBER)[FLAGGED]
    assert one.reason is Reason.PERSISTENT
    assert one.sentence.endswith("now and in the window before. Briefed in June 2026 (WO-2026-0001), not since.")
    assert due(register, area, today=OCTOBER, rules=Briefing(persistent_after_quarters=3)) == {}
    assert list(due(register, area, today=date(2027, 1, 1), rules=Briefing(persistent_after_quarters=3))) == [FLAGGED]


def test_a_flag_that_stays_and_was_never_told_of_is_due(register, clock):
    area = make_area(changes=ChangeClass.PERSISTENT)
    assert "never briefed" in due(register, area)[FLAGGED].sentence
    brief(register, clock, flagged=False, quarter=NOW)
    assert due(register, area, today=JUNE)[FLAGGED].reason is Reason.PERSISTENT


@pytest.mark.parametrize("change", [None, ChangeClass.UNCERTAIN, ChangeClass.NONE])
def test_a_flag_is_due_where_nothing_is_known_of_a_change(register, clock, change):
    area = make_area(changes=change)
    assert due(register, area)[FLAGGED].reason is Reason.FLAGGED
    brief(register, clock, quarter=NOW)
    assert due(register, area, today=SEPTEMBER) == {}
    assert due(register, area, today=OCTOBER)[FLAGGED].reason is Reason.FLAGGED


# --- easing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "reason", "said"),
    [
        (ChangeClass.EASING, Reason.EASING, "Briefed in June 2026 (WO-2026-0001) when it was flagged, and is easing."),
        (
            ChangeClass.CLEARED,
            Reason.CLEARED,
            "Briefed in June 2026 (WO-2026-0001) when it was flagged, and is no longer high on both.",
        ),
    ],
)
def test_easing_after_a_briefing_is_due(register, clock, change, reason, said):
    brief(register, clock)
    one = due(register, unflagged(make_area(changes=change)), today=SEPTEMBER)[FLAGGED]
    assert (one.reason, one.sentence) == (reason, said)


@pytest.mark.parametrize("change", [ChangeClass.EASING, ChangeClass.CLEARED])
def test_easing_is_not_due_without_a_briefing_of_the_flag_nor_on_the_same_figures_nor_twice(register, clock, change):
    area = unflagged(make_area(changes=change))
    assert due(register, area) == {}
    brief(register, clock, flagged=False)
    assert due(register, area) == {}
    brief(register, clock, quarter=NOW)
    assert due(register, area) == {}
    brief(register, clock, change=change.phrase)
    assert due(register, area) == {}
    brief(register, clock)
    assert list(due(register, area)) == [FLAGGED]
    assert due(register, area, rules=Briefing(brief_easing=False)) == {}


def test_what_eases_and_is_still_flagged_is_due_as_flagged_where_easing_is_left_out(register, clock):
    brief(register, clock)
    area = make_area(changes=ChangeClass.EASING)
    rules = Briefing(brief_easing=False)
    assert due(register, area, today=JUNE)[FLAGGED].reason is Reason.EASING
    assert due(register, area, today=JUNE, rules=rules) == {}
    assert due(register, area, today=OCTOBER, rules=rules)[FLAGGED].reason is Reason.FLAGGED


# --- requests and drafts ---------------------------------------------------------------------------------------------


def ask(register, code, *, name="Weir", district="South"):
    return register.ask_for(code, ward_name=name, district=district, reason="Words of an officer", by=BEN)


def test_a_request_is_due_until_it_is_answered(register):
    request = ask(register, NEITHER)
    ask(register, NEITHER)
    area = make_area(changes=ChangeClass.NONE)
    one = due(register, area)[NEITHER]
    assert (one.reason, one.since) == (Reason.REQUEST, date(2026, 6, 15))
    assert one.sentence == "First asked for on 15 June 2026, by 2 requests."
    register.answer(request.id, answer="No", by=CAT)
    register.answer(request.id + 1, answer="No", by=CAT)
    assert NEITHER not in due(register, area)


def test_a_request_of_a_ward_without_a_population_or_that_is_no_more_says_that_none_can_be_written(register):
    ask(register, UNKNOWN)
    ask(register, "E05999999", name="Old Ward")
    found = due(register, make_area())
    assert found[UNKNOWN].sentence.endswith("No population is known for it, so none can be written.")
    assert (found["E05999999"].ward_name, found["E05999999"].certainty_level) == ("Old Ward", -1)
    assert "no such ward in snapshot 2024-25-q4-0123456789ab" in found["E05999999"].sentence


def test_a_person_of_one_district_is_not_told_of_requests_elsewhere(register):
    ask(register, "E05999999", district="South")
    area = make_area()
    limited = replace(area.released, reader=Reader(Audience.COUNCILLOR, districts=("North",)))
    assert "E05999999" in due(register, area)
    assert "E05999999" not in due(register, replace(area, released=limited))


def test_a_ward_that_is_due_and_has_a_draft_says_so(register):
    area = make_area(changes=ChangeClass.NEW)
    ask(register, FLAGGED)
    record = register.draft(basis_of(area, FLAGGED), words=words(), by=ANN)
    one = due(register, area)[FLAGGED]
    assert (one.reason, one.also, one.draft) == (Reason.NEW, (Reason.REQUEST, Reason.DRAFT), record.id)
    assert one.sentence.endswith("Draft 1 is open: drafted, begun on 15 June 2026.")
    assert one.notes == ()


def test_a_draft_whose_flag_vanished_or_whose_snapshot_was_followed_by_another_says_so_and_is_not_lost(register):
    area = make_area(changes=ChangeClass.NEW)
    record = register.draft(basis_of(area, FLAGGED), words=words(), by=ANN)
    later = replace(unflagged(area), snapshot_id="2025-26-q1-aaaaaaaaaaaa")
    one = due(register, later)[FLAGGED]
    assert (one.reason, one.draft) == (Reason.DRAFT, record.id)
    assert one.notes == (
        "It was flagged when this draft was begun; it is not now.",
        "This draft was begun on snapshot 2024-25-q4-0123456789ab, and the figures now come from 2025-26-q1-aaaaaaaaaaaa. "
        "Look at them again.",
    )
    newly = register.draft(replace(basis_of(area, NEITHER), flagged=False), words=words(), by=ANN)
    now = replace(area, released=replace(area.released, wards=area.released.wards.assign(flagged=True)))
    assert draft_notes(newly, now) == ("It was not flagged when this draft was begun; it is now.",)


def test_a_draft_of_a_ward_that_is_no_more_is_there(register):
    area = make_area()
    register.draft(replace(basis_of(area, FLAGGED), ward_code="E05999999"), words=words(), by=ANN)
    (note,) = due(register, area)["E05999999"].notes
    assert note == "There is no ward E05999999 in snapshot 2024-25-q4-0123456789ab. Withdraw this draft."


def test_the_surest_come_first_then_by_name_whatever_the_reason(register):
    area = make_area(changes=ChangeClass.NEW, names=("Zoo", "Mill", "Anne", "Weir"))
    wards = area.released.wards.assign(
        certainty=["likely", "almost certain", "likely", ""], flagged=[True, False, True, False]
    )
    area = replace(area, released=replace(area.released, wards=wards))
    ask(register, UNSURE)
    ask(register, UNKNOWN)
    listed = due_wards(area, register, rules=RULES, today=OCTOBER)
    assert [(one.ward_name, one.certainty) for one in listed] == [
        ("Mill", "almost certain"),
        ("Anne", "likely"),
        ("Zoo", "likely"),
        ("Weir", ""),
    ]


# --- what became of it -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "change", "said"),
    [
        ("", ChangeClass.EASING, "since then easing (probability 0.8 or more)."),
        (ChangeClass.EASING.phrase, ChangeClass.EASING, "since then still easing (probability 0.8 or more)."),
        ("", ChangeClass.CLEARED, "since then no longer high on both (probability 0.8 or more)."),
        ("", ChangeClass.PERSISTENT, "since then still high on both."),
        ("", None, "since then still high on both."),
    ],
)
def test_the_page_of_a_ward_says_how_it_stands_since_it_was_briefed(register, clock, before, change, said):
    record = brief(register, clock, change=before)
    assert follow_up(record, make_area(changes=change)) == f"Briefed in June 2026 (WO-2026-0001); {said}"


def test_where_there_is_nothing_newer_or_nothing_to_say_that_is_said(register, clock):
    area = make_area(changes=ChangeClass.UNCERTAIN)
    cases = {
        (FLAGGED, NOW, True): "no newer figures since then.",
        (FLAGGED, EARLIER, False): "since then high on both.",
        (UNSURE, EARLIER, True): "since then too uncertain to say.",
        (UNKNOWN, EARLIER, True): "since then no population is known.",
    }
    for (code, quarter, flagged), said in cases.items():
        assert follow_up(brief(register, clock, code, quarter=quarter, flagged=flagged), area).endswith(f"; {said}")
    assert follow_up(brief(register, clock), unflagged(area)).endswith("; since then not high on both.")
    gone = replace(brief(register, clock), basis=replace(basis_of(area, FLAGGED), ward_code="E05999999"))
    assert follow_up(gone, area).endswith("; there is no such ward any more.")
    assert follow_up(None, area) == ""
