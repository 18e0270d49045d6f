"""What an officer writes for a bid for project money: kept apart from the figures, in the officer's own words and name.

The lengths are what a form for such a bid has room for; no fund's own form is copied here.
"""

from datetime import date
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from briefing.officers_words import plain_line, say_mistakes
from data.errors import UsageError
from data.toml_files import read_toml

USUAL_MOST = 30_000
"""Pounds that a bid for project money usually may ask for. A fund may say otherwise, so more is said and not refused."""
MOST_COSTS, MOST_OUTCOMES = 8, 6


def _in_paragraphs(text: str) -> str:
    """Keep empty lines, which part paragraphs; take out everything else that is no text."""
    parts, lines = [], []
    for line in [*text.splitlines(), ""]:
        if plain := plain_line(line):
            lines.append(plain)
        elif lines:
            parts.append(" ".join(lines))
            lines = []
    return "\n\n".join(parts)


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Cost(_Words):
    """One thing that money is asked for."""

    what: Annotated[str, AfterValidator(plain_line), Field(min_length=3, max_length=120)]
    pounds: Annotated[int, Field(ge=1, le=10_000_000)]


class Outcome(_Words):
    """What would be different, and how anybody would know."""

    what: Annotated[str, AfterValidator(plain_line), Field(min_length=3, max_length=200)]
    measure: Annotated[str, AfterValidator(plain_line), Field(max_length=200)] = ""
    """How it would be measured."""
    by: date | None = None


class BidWords(_Words):
    """The officer's part of a bid. All of it but the title may be left empty; it is never about a person."""

    title: Annotated[str, AfterValidator(plain_line), Field(min_length=3, max_length=120)]
    fund: Annotated[str, AfterValidator(plain_line), Field(max_length=120)] = ""
    """Which money it asks for, and in which round."""
    author: Annotated[str, AfterValidator(plain_line), Field(max_length=80)] = ""
    contact: Annotated[str, AfterValidator(plain_line), Field(max_length=120)] = ""
    amount: Annotated[int, Field(ge=1, le=10_000_000)] | None = None
    """Pounds."""
    costs: Annotated[tuple[Cost, ...], Field(max_length=MOST_COSTS)] = ()
    need: Annotated[str, AfterValidator(_in_paragraphs), Field(max_length=1_500)] = ""
    """Why here: what is known locally, beside the figures."""
    provided: Annotated[str, AfterValidator(_in_paragraphs), Field(max_length=1_500)] = ""
    """What is provided there already."""
    project: Annotated[str, AfterValidator(_in_paragraphs), Field(max_length=2_500)] = ""
    """What the project would do."""
    outcomes: Annotated[tuple[Outcome, ...], Field(max_length=MOST_OUTCOMES)] = ()
    references: Annotated[str, AfterValidator(plain_line), Field(max_length=160)] = ""
    """Data protection and equality impact references."""

    @model_validator(mode="after")
    def _costs_add_up(self) -> Self:
        total = sum(one.pounds for one in self.costs)
        if self.costs and self.amount is not None and total != self.amount:
            raise PydanticCustomError(
                "costs",
                "the costs add up to {total} pounds, and {asked} are asked for",
                {"total": total, "asked": self.amount},
            )
        return self

    @property
    def asked(self) -> int | None:
        """Pounds that are asked for: the amount, or else what the costs add up to."""
        return self.amount or sum(one.pounds for one in self.costs) or None


def read_bid_words(path: Path) -> BidWords:
    """Read an officer's words from a TOML file, for the command line.

    Raises
    ------
    UsageError
        One sentence for each mistake: which field, what was expected. Quotes nothing of the text.
    """
    return bid_words(read_toml(path, what="file of words"), file=path.name)


def bid_words(given: object, *, file: str = "") -> BidWords:
    """Take an officer's words as they were written; errors as of `read_bid_words`."""
    try:
        return BidWords.model_validate(given)
    except ValidationError as error:
        raise UsageError("\n".join(say_mistakes(error, file=file))) from error


def what_lacks(words: BidWords) -> tuple[str, ...]:
    """Say what a bid will be asked for and these words do not hold: for the officer, not for the paper."""
    said = []
    if words.asked is None:
        said.append("No amount is given.")
    elif words.asked > USUAL_MOST:
        said.append(
            f"{words.asked:,} pounds are asked for. A bid for project money may usually ask for {USUAL_MOST:,} at most: check."
        )
    if not words.project:
        said.append("What the project would do is not said.")
    if not words.outcomes:
        said.append("No outcome is named.")
    unmeasured = sum(1 for one in words.outcomes if not one.measure)
    if unmeasured:
        said.append(f"How it would be measured is not said of {unmeasured:,} of {len(words.outcomes):,} outcomes.")
    return tuple(said)
