"""A briefing: what stands in it, made only of released facts, and the officer's own words kept apart from them."""

from dataclasses import dataclass, field
from datetime import date

from briefing.area_facts import AreaFacts
from briefing.officers_words import IMPACT, LIKELIHOOD, OfficersWords
from briefing.provision_words import in_short
from briefing.sentences import (
    age_of_figures,
    bottom_line,
    change_since,
    limits,
    map_in_words,
    trend_in_words,
    what_to_do,
)
from briefing.ward_facts import WardFacts, ward_facts
from disclosure.marking import Marking

DRAFT = "DRAFT"


@dataclass(frozen=True)
class Issue:
    """Under which number, for whom and by whom a briefing goes out. A draft has no number."""

    made_on: date
    number: str = DRAFT
    version: int = 1
    for_whom: str = ""
    expires: date | None = None
    author: str = ""
    checker: str = ""
    approver: str = ""
    """Empty where nobody has approved it."""
    supersedes: str = ""
    """Number of the briefing that this one takes the place of."""
    previous: str = ""
    """When the ward was last briefed, in a sentence."""

    @property
    def is_draft(self) -> bool:
        """Whether it is not issued."""
        return self.number == DRAFT


@dataclass(frozen=True)
class Briefing:
    """Everything that stands in one, in the order of the paper."""

    marking: Marking
    issue: Issue
    partnership: str
    facts: WardFacts
    words: OfficersWords
    bottom_line: tuple[str, str, str]
    """What, how sure, what is asked."""
    position: tuple[tuple[str, str], ...]
    """Each measure, and its band against the area."""
    change: tuple[str, ...]
    map_text: str
    trend_text: str
    grading: str
    """The officer's grading of impact and likelihood in words; empty where there is none."""
    to_do: tuple[str, ...]
    limits: tuple[str, ...]
    provenance: str
    incidents_in_words: str
    provided: str = ""
    """What is provided there, in a sentence; empty where no file of it was loaded."""
    warnings: tuple[str, ...] = field(default=())
    """What must be seen first: a draft, a fictional area."""


def write_briefing(area: AreaFacts, code: str, *, words: OfficersWords, issue: Issue) -> Briefing:
    """Write the briefing of one ward.

    Parameters
    ----------
    area : AreaFacts
        Released for councillors.
    code
        The ward.
    words
        The officer's part.
    issue
        Number, dates and people.

    Raises
    ------
    UsageError
        If there is no such ward, or nothing is known of it.
    """
    facts = ward_facts(area, code)
    told = bottom_line(area, facts, ask=words.ask)
    previous = (issue.previous,) if issue.previous else ("This is the first briefing on this ward.",)
    return Briefing(
        marking=area.marking,
        issue=issue,
        partnership=area.partnership,
        facts=facts,
        words=words,
        bottom_line=told,
        position=(
            ("Referrals to Prevent", facts.referrals_band),
            (area.incidents_in_words.capitalize(), facts.incidents_band),
        ),
        change=(*change_since(area, facts), *previous),
        map_text=map_in_words(facts),
        trend_text=trend_in_words(facts),
        grading=_grading(words),
        to_do=what_to_do(facts),
        limits=limits(area),
        provenance=area.provenance,
        incidents_in_words=area.incidents_in_words,
        provided=in_short(area.provision, code) if area.provision else "",
        warnings=_warnings(area, issue),
    )


def _grading(words: OfficersWords) -> str:
    if words.impact is None or words.likelihood is None:
        return ""
    impact, likelihood = IMPACT[words.impact - 1], LIKELIHOOD[words.likelihood - 1]
    reason = f" {words.grading_reason}" if words.grading_reason else ""
    return f"Impact {words.impact} of 4 ({impact}), likelihood {words.likelihood} of 4 ({likelihood}).{reason}"


def _warnings(area: AreaFacts, issue: Issue) -> tuple[str, ...]:
    said = list(area.marking.warnings)
    if issue.is_draft:
        said.insert(0, "DRAFT. Not approved, not issued: not to be handed over.")
    elif not issue.approver:
        said.insert(0, "No second person has approved this briefing.")
    if old := age_of_figures(area, on=issue.made_on):
        said.append(old)
    return tuple(said)
