"""A briefing as the templates of both documents take it: texts, rows and lists that are ready to be set."""

from collections.abc import Iterator, Mapping
from typing import Any

from briefing.content import Briefing, Issue
from briefing.printable import LONGEST_NAME, check_printable
from data.errors import UsageError
from data.in_words import say_day

Content = Mapping[str, Any]
_QUESTIONS = ("What", "How sure", "What we ask")


def paper_content(briefing: Briefing) -> Content:
    """Give what stands in both documents, by the names that their templates use.

    Raises
    ------
    UsageError
        If the ward's name is too long for a document, or a text holds a character that the font does not have.
    """
    facts, issue, words = briefing.facts, briefing.issue, briefing.words
    if len(facts.name) > LONGEST_NAME:
        raise UsageError(
            f"The name of ward {facts.code} has {len(facts.name):,} characters. A document has room for {LONGEST_NAME}: shorten "
            "it in the file of boundaries, and load the data again."
        )
    content = {
        "title": f"Ward briefing: {facts.name}",
        "partnership": briefing.partnership,
        "place": f"{facts.district}. {briefing.partnership}",
        "period": f"Figures for {facts.window}",
        "marking": briefing.marking.text,
        "handling": briefing.marking.handling,
        "is_draft": issue.is_draft,
        "number": issue.number,
        "about": about_issue(issue),
        "warnings": list(briefing.warnings),
        "bottom_line": _pairs(zip(_QUESTIONS, briefing.bottom_line, strict=True)),
        "position": _pairs(briefing.position),
        "map_text": briefing.map_text,
        "change": list(briefing.change),
        "trend_text": briefing.trend_text,
        "context": words.context,
        "context_by": words.author or issue.author or "the officer",
        "grading": briefing.grading,
        "actions": [{"what": one.what, "owner": one.owner, "due": say_day(one.due)} for one in words.actions],
        "provided": briefing.provided,
        "to_do": list(briefing.to_do),
        "contact": words.contact,
        # Cautions on the change stand beside the change, and are not said twice.
        "limits": [one for one in briefing.limits if one not in briefing.change],
        "people": _people(briefing),
        "references": words.references,
        "provenance": briefing.provenance,
    }
    check_printable(_texts(content))
    return content


def about_issue(issue: Issue) -> list[dict[str, str]]:
    """Say under which number and for whom it goes out; what is not known is left out."""
    told = (
        ("Issue", f"{issue.number}, version {issue.version}"),
        ("For", issue.for_whom),
        ("Made on", say_day(issue.made_on)),
        ("Expires", say_day(issue.expires) if issue.expires else ""),
        ("Takes the place of", issue.supersedes),
    )
    return _pairs((name, value) for name, value in told if value)


def _people(briefing: Briefing) -> list[dict[str, str]]:
    issue = briefing.issue
    told = (
        ("Written by", issue.author or briefing.words.author),
        ("Checked by", issue.checker),
        ("Approved by", issue.approver or ("nobody yet" if issue.is_draft else "no second person")),
    )
    return _pairs((name, value) for name, value in told if value)


def _pairs(pairs: Any) -> list[dict[str, str]]:
    return [{"name": name, "text": text} for name, text in pairs]


def _texts(content: Any, what: str = "") -> Iterator[tuple[str, str]]:
    """Give every text in it, and in which part it stands."""
    if isinstance(content, str):
        yield f"the part of the document called “{what.replace('_', ' ')}”", content
    elif isinstance(content, dict):
        for key, value in content.items():
            yield from _texts(value, what or key)
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value, what)
