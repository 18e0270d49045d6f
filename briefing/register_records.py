"""What the register gives back: briefings, their versions and steps, actions, requests, documents. All frozen."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from briefing.keeping import Signed
from briefing.officers_words import OfficersWords


class State(StrEnum):
    """How far a briefing has come."""

    DRAFTED = "drafted"
    CHECKED = "checked"
    APPROVED = "approved"
    ISSUED = "issued"
    REVIEWED = "reviewed"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


OPEN = (State.DRAFTED, State.CHECKED, State.APPROVED)
"""Still being worked on."""
STANDING = (State.ISSUED, State.REVIEWED)
"""Issued, and neither withdrawn nor superseded."""


@dataclass(frozen=True)
class Basis:
    """What a briefing was begun from: a ward, and how it stood then, as released to councillors."""

    ward_code: str
    ward_name: str
    district: str
    snapshot: str
    last_quarter: str
    """Last quarter of the window."""
    flagged: bool
    change: str = ""
    """Class of the change since the window before, as `WardFacts.change`; empty where none could be told."""


@dataclass(frozen=True)
class Version:
    """One text that was saved."""

    number: int
    words: OfficersWords
    by: Signed
    based_on: int | None
    """The version that was open when this was written."""
    conflict: bool
    """Whether a newer one had been saved meanwhile, or it came too late: kept, and part of nothing."""


@dataclass(frozen=True)
class Step:
    """One step of a briefing."""

    state: State
    version: int
    by: Signed
    note: str = ""
    """Why it was withdrawn, what came of it, or the number that took its place."""


@dataclass(frozen=True)
class IssueFacts:
    """Under which number a briefing went out, to whom, until when."""

    number: str
    version: int
    for_whom: str
    issued_on: date
    expires: date


@dataclass(frozen=True)
class BriefingRecord:
    """One briefing as it stands in the register."""

    id: int
    basis: Basis
    version: int
    """Of the text that counts."""
    words: OfficersWords
    steps: tuple[Step, ...]
    savers: tuple[Signed, ...]
    """Who saved each of its versions, the first first."""
    conflicts: tuple[int, ...] = ()
    """Versions that are kept beside the text."""
    issue: IssueFacts | None = None
    replaces: int | None = None
    """Id of the briefing that it is to take the place of."""

    @property
    def state(self) -> State:
        """How far it has come."""
        return self.steps[-1].state

    @property
    def is_open(self) -> bool:
        """Whether it is still being worked on."""
        return self.state in OPEN

    @property
    def is_standing(self) -> bool:
        """Whether it is issued, and neither withdrawn nor superseded."""
        return self.state in STANDING

    @property
    def label(self) -> str:
        """What it is called: its number, or that it is a draft."""
        return self.issue.number if self.issue else f"draft {self.id}"

    @property
    def author(self) -> Signed:
        """Who began it."""
        return self.savers[0]

    @property
    def checker(self) -> Signed | None:
        """Who checked the text that counts."""
        return self._who(State.CHECKED)

    @property
    def approver(self) -> Signed | None:
        """Who approved the text that counts."""
        return self._who(State.APPROVED)

    @property
    def second_person_approved(self) -> bool:
        """Whether someone approved it who wrote none of it. Where not, every document must say so."""
        return self.approver is not None and self.approver.who not in {one.who for one in self.savers}

    def _who(self, state: State) -> Signed | None:
        """Find the last such step since the text was last changed."""
        for step in reversed(self.steps):
            if step.state is state:
                return step.by
            if step.state is State.DRAFTED:
                return None
        return None


@dataclass(frozen=True)
class ActionRecord:
    """Something that an issued briefing says is being done."""

    briefing: int
    position: int
    number: str
    """Of the briefing."""
    ward_code: str
    ward_name: str
    district: str
    what: str
    owner: str
    due: date
    done_on: date | None = None
    outcome: str = ""

    def is_overdue(self, today: date) -> bool:
        """Whether its day has passed and it is not done."""
        return self.done_on is None and self.due < today


@dataclass(frozen=True)
class RequestRecord:
    """A briefing that an officer asked for."""

    id: int
    ward_code: str
    ward_name: str
    district: str
    reason: str
    by: Signed
    answered: Signed | None = None
    answer: str = ""


@dataclass(frozen=True)
class StoredDocument:
    """A document as it was issued, checked against its hash."""

    kind: str
    """The end of its file name: `pdf` or `docx`."""
    content: bytes
    sha256: str
