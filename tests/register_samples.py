"""A register of briefings for tests: four people, a ward or two, words, documents, and a clock that is set by hand."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from briefing.content import Issue
from briefing.officers_words import Action as WordsAction
from briefing.officers_words import OfficersWords
from briefing.register import BriefingRegister
from briefing.register_records import Basis, BriefingRecord
from data.briefing_settings import Briefing
from disclosure.people import Person
from tests.audit_samples import make_trail

ANN, BEN, CAT, DAN = (Person(f"oid:{name.lower()}", f"{name} Officer") for name in ("Ann", "Ben", "Cat", "Dan"))
CASTLE = Basis("E05010458", "Castle", "North", "2025-26-q2-0123456789ab", "2025/26 Q2", flagged=True, change="")
PARK = replace(CASTLE, ward_code="E05010459", ward_name="Park")
SECRET = "Quiet words of an officer"


@dataclass
class HandClock:
    """Says the time it was set to."""

    at: datetime = field(default_factory=lambda: datetime(2026, 6, 15, 12, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def set(self, day: date) -> None:
        self.at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def words(context: str = SECRET, *, due: date = date(2026, 7, 1)) -> OfficersWords:
    action = WordsAction(what="Visit the market", owner="Sgt Owner", due=due)
    return OfficersWords(context=context, impact=2, likelihood=3, actions=(action,), ask="Please listen.")


def register_in(folder: Path, *, clock: HandClock | None = None, **rules: object) -> BriefingRegister:
    settings = Briefing.model_validate(rules)
    return BriefingRegister(make_trail(folder), rules=settings, now=clock or HandClock())


def documents(issue: Issue, text: OfficersWords) -> dict[str, bytes]:
    """Bytes that tell what they were made from."""
    told = f"{issue.number} {issue.version} {issue.for_whom} {issue.supersedes} {text.context}".encode()
    return {"pdf": b"%PDF " + told, "docx": b"PK " + told}


def approved(
    register: BriefingRegister, basis: Basis = CASTLE, *, context: str = SECRET, **more: int
) -> BriefingRecord:
    record = register.draft(basis, words=words(context), by=ANN, **more)
    register.check(record.id, version=record.version, by=BEN)
    return register.approve(record.id, version=record.version, by=CAT)


def issued(register: BriefingRegister, basis: Basis = CASTLE, **more: object) -> BriefingRecord:
    record = approved(register, basis, **more)
    return register.issue(record.id, to="Cllr Smith", by=DAN, make_documents=documents)
