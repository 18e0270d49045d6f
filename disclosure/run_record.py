"""Reading a `run.json` again: a file from outside, checked before anything in it is used."""

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from data.errors import UsageError
from data.settings import Denominator
from disclosure.audiences import Audience
from disclosure.permitted import Question
from disclosure.run_facts import KIND, KIND_VERSION

LARGEST = 16 * 2**20
"""Bytes of a `run.json`: names of wards without a denominator are the most of it."""
Text = Annotated[str, Field(max_length=300)]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class RecordedWindow(_Part):
    """The window of a run."""

    last_quarter: Text
    quarters: Annotated[int, Field(ge=1, le=400)]


class RecordedQuestion(_Part):
    """What was asked. The public's files name the denominator alone: the rest had no part in them."""

    denominator: Denominator
    threshold: Annotated[float, Field(gt=0, le=100, strict=False)] | None = None
    fdr: Annotated[float, Field(gt=0, lt=1)] | None = None
    certainty: Annotated[float, Field(gt=0, lt=1)] | None = None
    seed: Annotated[int, Field(ge=0, lt=2**63)] | None = None
    concerns: tuple[Text, ...] = Field(default=(), strict=False)
    sectors: tuple[Text, ...] = Field(default=(), strict=False)
    strands: tuple[Text, ...] = Field(default=(), strict=False)


class RecordedFigures(_Part):
    """How many rows there were, and a hash of each column as it was written."""

    rows: Annotated[int, Field(ge=0)]
    sha256: Annotated[dict[Text, Hash], Field(max_length=200)]


class RunRecord(_Part):
    """A `run.json`, as far as a replay needs it."""

    kind: Literal["ward-overlap run"]
    kind_version: Annotated[int, Field(ge=KIND_VERSION)]
    audience: Annotated[Audience, Field(strict=False)]
    snapshot: Text
    window: RecordedWindow
    question: RecordedQuestion
    settings: dict[Text, JsonValue]
    versions: Annotated[dict[Text, Text], Field(max_length=50)]
    figures: RecordedFigures
    files: Annotated[dict[Text, Hash], Field(max_length=50)]
    whole: dict[str, JsonValue]
    """All of it, for what is compared as it stands."""

    def asked(self, usual: Question) -> Question:
        """Give the question that was asked; `usual` says what the file does not."""
        said = {name: value for name, value in self.question.model_dump().items() if value is not None}
        known = {one.name: getattr(usual, one.name) for one in fields(usual)}
        window = {"last_quarter": self.window.last_quarter, "quarters": self.window.quarters}
        return Question(**{**known, **said, **window})


def read_run_record(path: Path) -> RunRecord:
    """Read a `run.json`.

    Raises
    ------
    UsageError
        If it cannot be read, is none of ours, or was written before a run could be replayed.
    """
    facts = _facts(path)
    if "figures" not in facts and {"snapshot", "question", "versions"} <= facts.keys():
        raise UsageError(
            f"{path.name} was written by a version that kept no hash of the figures, so there is nothing to compare with. "
            "Ask the same with `run`, and keep the run.json that it writes."
        )
    if facts.get("kind") != KIND:
        raise _not_ours(path)
    try:
        return RunRecord.model_validate({**facts, "whole": facts})
    except ValidationError as error:
        raise _not_ours(path) from error


def _facts(path: Path) -> Mapping[str, JsonValue]:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{path.name} cannot be read ({error.strerror}). Name the run.json of a run.") from error
    if len(content) > LARGEST:
        raise _not_ours(path)
    try:
        facts = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _not_ours(path) from error
    if not isinstance(facts, dict):
        raise _not_ours(path)
    return facts


def _not_ours(path: Path) -> UsageError:
    return UsageError(f"{path.name} is not the run.json of a run, or was changed. Name one that `run` wrote.")
