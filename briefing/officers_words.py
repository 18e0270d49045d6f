"""What an officer adds to a briefing: kept apart from what the tool says, in the officer's own words and name.

The lengths are what fits on two pages beside everything else.
"""

from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from data.briefing_settings import Briefing
from data.errors import UsageError
from data.toml_files import read_toml
from data.visible_text import visible_text

MOST_ACTIONS = 4
IMPACT = ("minor", "moderate", "serious", "severe")
LIKELIHOOD = ("unlikely", "possible", "likely", "very likely")
"""The grades 1 to 4 of the grid."""


def plain_line(text: str) -> str:
    """Write a text in one line, without what cannot be seen."""
    return " ".join(visible_text(text).split())


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Action(_Words):
    """Something that is being done."""

    what: Annotated[str, AfterValidator(plain_line), Field(min_length=3, max_length=140)]
    owner: Annotated[str, AfterValidator(plain_line), Field(min_length=2, max_length=60)]
    due: date


class OfficersWords(_Words):
    """The officer's part of a briefing. All of it may be left empty."""

    context: Annotated[str, AfterValidator(plain_line), Field(max_length=700)] = ""
    """Events, tension, anything known locally. Never about a person."""
    impact: Annotated[int, Field(ge=1, le=4)] | None = None
    likelihood: Annotated[int, Field(ge=1, le=4)] | None = None
    grading_reason: Annotated[str, AfterValidator(plain_line), Field(max_length=240)] = ""
    ask: Annotated[str, AfterValidator(plain_line), Field(max_length=200)] = ""
    """What is asked of the councillor, as one sentence."""
    actions: Annotated[tuple[Action, ...], Field(max_length=MOST_ACTIONS)] = ()
    contact: Annotated[str, AfterValidator(plain_line), Field(max_length=120)] = ""
    """Where to send concerns."""
    author: Annotated[str, AfterValidator(plain_line), Field(max_length=80)] = ""
    references: Annotated[str, AfterValidator(plain_line), Field(max_length=160)] = ""
    """Data protection and equality impact references."""

    def with_defaults(self, settings: Briefing) -> "OfficersWords":
        """Give the same with the partnership's contact and references where the officer gave none."""
        given = {"contact": self.contact or settings.contact, "references": self.references or settings.references}
        return self.model_copy(update=given)


def read_officers_words(path: Path) -> OfficersWords:
    """Read an officer's words from a TOML file, for the command line.

    Raises
    ------
    UsageError
        One sentence for each mistake: which field, what was expected. Quotes nothing of the text.
    """
    try:
        return OfficersWords.model_validate(read_toml(path, what="file of words"))
    except ValidationError as error:
        raise UsageError("\n".join(say_mistakes(error, file=path.name))) from error


def say_mistakes(error: ValidationError, *, file: str = "") -> list[str]:
    """Say what is wrong with an officer's words, a sentence a mistake."""
    start = f"{file}, " if file else ""
    return [
        f"{start}{_where(one['loc'])}: {one['msg'][:1].lower()}{one['msg'][1:]}. Correct it." for one in error.errors()
    ]


def _where(place: tuple[int | str, ...]) -> str:
    return " ".join(str(part + 1) if isinstance(part, int) else part.replace("_", " ") for part in place) or "the text"
