"""Whatever people do to the register, in whatever order: what is issued stays as it was, and nothing that was saved is lost."""

import re
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from briefing.officers_words import OfficersWords
from briefing.register import BriefingRegister, NewerVersionError
from briefing.register_records import OPEN, BriefingRecord, State
from data.errors import UsageError
from tests.register_samples import ANN, BEN, CASTLE, CAT, DAN, PARK, HandClock, documents, register_in

PEOPLE = st.sampled_from([ANN, BEN, CAT, DAN])
WHICH = st.integers(0, 5)
"""Which of the briefings that there are, counted from the last and round again."""
BEHIND = st.sampled_from([0, 0, 1, 2])
"""How many versions behind the text is that somebody has open."""
TEXTS = st.sampled_from(["", "one", "two", "three"]).map(lambda text: OfficersWords(context=text))
ANY = st.characters(codec="utf-8")
ACTS = st.one_of(
    st.tuples(st.just("draft"), st.sampled_from([CASTLE, PARK]), TEXTS, PEOPLE),
    st.tuples(st.just("save"), WHICH, TEXTS, PEOPLE, BEHIND),
    st.tuples(st.sampled_from(["check", "approve"]), WHICH, PEOPLE, BEHIND),
    st.tuples(st.sampled_from(["issue", "review", "withdraw"]), WHICH, PEOPLE),
    st.tuples(st.just("forward"), WHICH),
    st.tuples(st.just("correct"), WHICH, TEXTS, PEOPLE),
    st.tuples(st.just("supersede"), WHICH, WHICH, PEOPLE),
    st.tuples(st.just("wait"), st.integers(1, 200)),
)


class Played:
    """A register that is played with, what was saved, and each issued briefing as it was when it was issued."""

    def __init__(self, folder: Path) -> None:
        self.clock = HandClock()
        self.register = register_in(folder, clock=self.clock)
        event.listen(self.register._trail._store._engine, "connect", without_waiting_for_the_disk)
        self.linked = 0
        self.saved: list[tuple[int, OfficersWords]] = []
        self.issued: dict[int, tuple[object, bytes, OfficersWords]] = {}

    def play(self, name: str, *given: object) -> None:
        """Do one thing; a refusal is an answer."""
        with suppress(UsageError):
            getattr(self, name)(*given)

    def wait(self, days: int) -> None:
        self.clock.set(self.clock.at.date() + timedelta(days=days))

    def draft(self, basis, words, by) -> None:
        self.saved.append((self.register.draft(basis, words=words, by=by).id, words))

    def save(self, which, words, by, behind) -> None:
        record = self.pick(which)
        try:
            self.register.save(record.id, words=words, by=by, based_on=max(1, len(record.savers) - behind))
        except NewerVersionError:
            self.saved.append((record.id, words))
            raise
        self.saved.append((record.id, words))

    def check(self, which, by, behind) -> None:
        record = self.pick(which)
        self.register.check(record.id, version=record.version - behind, by=by)

    def approve(self, which, by, behind) -> None:
        record = self.pick(which)
        self.register.approve(record.id, version=record.version - behind, by=by)

    def issue(self, which, by) -> None:
        record = self.register.issue(self.pick(which).id, to="Cllr Smith", by=by, make_documents=documents)
        self.issued[record.id] = (record.issue, self.register.document(record.id, kind="pdf").content, record.words)

    def forward(self, which) -> None:
        """Bring one all the way by whoever may, as otherwise few would get there."""
        for act in (self.check, self.approve):
            for by in (ANN, BEN, CAT, DAN):
                with suppress(UsageError):
                    act(which, by, 0)
        self.issue(which, ANN)

    def correct(self, which, words, by) -> None:
        old = self.pick(which)
        new = self.register.draft(old.basis, words=words, by=by, in_place_of=old.id)
        self.saved.append((new.id, words))
        self.forward(0)

    def review(self, which, by) -> None:
        self.register.review(self.pick(which).id, outcome="Calmer", by=by)

    def withdraw(self, which, by) -> None:
        self.register.withdraw(self.pick(which).id, reason="Not needed", by=by)

    def supersede(self, old, new, by) -> None:
        self.register.supersede(self.pick(old).id, new=self.pick(new).id, by=by)
        self.linked += 1

    def pick(self, which) -> BriefingRecord:
        there = self.register.search()
        return there[which % len(there)]


def without_waiting_for_the_disk(connection: object, _: object) -> None:
    connection.execute("PRAGMA synchronous=OFF").close()


@settings(max_examples=25, derandomize=True)
@given(st.lists(ACTS, min_size=5, max_size=20))
def test_any_sequence_of_acts_keeps_what_the_register_promises(acts):
    with TemporaryDirectory() as folder:
        played = Played(Path(folder))
        played.play("draft", CASTLE, OfficersWords(context="first"), ANN)
        for act in acts:
            played.play(*act)
        records = played.register.search()
        for record in records:
            kept = [one.words for one in played.register.versions(record.id)]
            assert all(words in kept for id, words in played.saved if id == record.id)
            check_record(played.register, record)
            if record.id in played.issued:
                document = played.register.document(record.id, kind="pdf").content
                assert (record.issue, document, record.words) == played.issued[record.id]
        check_numbers(records)
        open_wards = [one.basis.ward_code for one in records if one.is_open]
        assert len(open_wards) == len(set(open_wards))
        assert played.register._trail.verify().ok
        assert played.register._trail.head().rows == count_of_acts(played.register, records) + played.linked


def check_record(register: BriefingRegister, record: BriefingRecord) -> None:
    approved = [step.version for step in record.steps if step.state is State.APPROVED]
    if record.issue is None:
        assert record.state in (*OPEN, State.WITHDRAWN)
        assert register.kinds_of_documents(record.id) == ()
        return
    assert record.issue.version == approved[-1] == record.version
    writers = {one.who for one in record.savers[: record.issue.version]}
    assert record.checker.who not in writers
    assert record.approver.who not in {*writers, record.checker.who}


def check_numbers(records: tuple[BriefingRecord, ...]) -> None:
    numbers = sorted(one.issue.number for one in records if one.issue)
    for year in {number[3:7] for number in numbers}:
        serials = [int(number[8:]) for number in numbers if number[3:7] == year]
        assert serials == list(range(1, len(serials) + 1))
    for one in records:
        if one.issue:
            assert re.fullmatch(rf"WO-{one.issue.issued_on.year}-\d{{4}}", one.issue.number)
            assert one.issue.expires > one.issue.issued_on >= date(2026, 6, 15)
        if one.state is State.SUPERSEDED:
            assert one.steps[-1].note in numbers


def count_of_acts(register: BriefingRegister, records: tuple[BriefingRecord, ...]) -> int:
    """Every act is one row of the trail: each version (the first with its draft), each step of its own."""
    versions = sum(len(register.versions(one.id)) for one in records)
    own = (State.CHECKED, State.APPROVED, State.ISSUED, State.REVIEWED, State.WITHDRAWN)
    steps = sum(step.state in own for one in records for step in one.steps)
    return versions + steps


@settings(max_examples=20, derandomize=True)
@given(st.text(ANY, max_size=60), st.text(ANY, max_size=60))
def test_any_text_and_any_name_come_back_as_they_were_taken(register, text, name):
    words = OfficersWords(context=text)
    basis = replace(CASTLE, ward_code=f"E{len(register.search()):08d}", ward_name=name)
    record = register.draft(basis, words=words, by=ANN)
    assert (record.words, record.basis) == (words, basis)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> BriefingRegister:
    return register_in(tmp_path_factory.mktemp("register"))
