"""What the register of decisions takes and gives back: drafts, decisions, what became of them. All frozen."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from briefing.keeping import Signed
from briefing.officers_words import say_mistakes
from data.codes import clean_text
from data.errors import UsageError

LONGEST_TEXT = 300
"""Characters of a finding, a recommendation and a note: what a row of a table on paper can hold."""
LONGEST_NAME = 100
WHOLE = "The whole partnership"

_Name = Annotated[str, AfterValidator(clean_text), Field(max_length=LONGEST_NAME)]
_Said = Annotated[str, AfterValidator(clean_text), Field(min_length=3, max_length=LONGEST_TEXT)]


class Outcome(StrEnum):
    """What became of a decision."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class DecisionDraft(BaseModel):
    """A decision as it is written down in a meeting.

    Never about a person. Who writes it down looks to that: no program can tell.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    meeting: date
    ward_code: Annotated[str, AfterValidator(clean_text), Field(max_length=20)] = ""
    """Empty, like its name and district, where it is about the whole partnership."""
    ward_name: _Name = ""
    district: _Name = ""
    finding: _Said
    """What it goes by."""
    recommendation: _Said
    """What is to be done."""
    owner: Annotated[str, AfterValidator(clean_text), Field(min_length=2, max_length=60)]
    due: date

    @field_validator("ward_name")
    @classmethod
    def _has_a_code(cls, name: str, others: ValidationInfo) -> str:
        if bool(name) != bool(others.data.get("ward_code")):
            raise PydanticCustomError(
                "half_a_ward", "a ward has both a code and a name, and the whole partnership neither"
            )
        return name

    @field_validator("due")
    @classmethod
    def _is_no_earlier(cls, due: date, others: ValidationInfo) -> date:
        if "meeting" in others.data and due < others.data["meeting"]:
            raise PydanticCustomError("too_early", "the day lies before the meeting")
        return due

    @property
    def about(self) -> str:
        """What it is about: a ward with its district, or the whole partnership."""
        if not self.ward_code:
            return WHOLE
        return f"{self.ward_name}, {self.district}" if self.district else self.ward_name


def draft_decision(**given: object) -> DecisionDraft:
    """Make a draft from what was filled in.

    Raises
    ------
    UsageError
        One sentence for each mistake: which field, what was expected. Quotes nothing of the text.
    """
    try:
        return DecisionDraft.model_validate(given)
    except ValidationError as error:
        raise UsageError("\n".join(say_mistakes(error))) from error


@dataclass(frozen=True)
class DecisionStep:
    """What was said to have become of a decision."""

    outcome: Outcome
    on: date
    """The day on which it was done or dropped."""
    note: str
    by: Signed


@dataclass(frozen=True)
class DecisionRecord:
    """One decision as it stands in the register."""

    id: int
    draft: DecisionDraft
    by: Signed
    """Who wrote it down, and when."""
    steps: tuple[DecisionStep, ...] = ()
    """In the order they were recorded: the last one counts."""

    @property
    def last(self) -> DecisionStep | None:
        """The step that counts."""
        return self.steps[-1] if self.steps else None

    @property
    def outcome(self) -> Outcome:
        """What became of it so far."""
        return self.steps[-1].outcome if self.steps else Outcome.OPEN

    def as_of(self, day: date) -> "DecisionRecord | None":
        """Give it as it stood at the end of a day, by the days that were named; `None` if its meeting was later."""
        if self.draft.meeting > day:
            return None
        return DecisionRecord(self.id, self.draft, self.by, tuple(one for one in self.steps if one.on <= day))

    def is_overdue(self, day: date) -> bool:
        """Whether its day has passed and it is open."""
        return self.outcome is Outcome.OPEN and self.draft.due < day
