"""Issuing: a number, a named reader, documents that never change; and what comes of it afterwards."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from briefing.content import Issue
from briefing.keeping import Signed, add, said, stamp
from briefing.officers_words import OfficersWords
from briefing.register_records import ActionRecord, BriefingRecord, State
from briefing.register_rules import check_step
from briefing.register_store import add_step, next_number, open_requests, record_of
from briefing.register_tables import ACTIONS, ANSWERS, DOCUMENTS, ISSUES, OUTCOMES
from briefing.register_writing import RegisterWriter, entry_for
from data.errors import UsageError
from disclosure.audit import Action, AuditEntry, What
from disclosure.people import Person

MakeDocuments = Callable[[Issue, OfficersWords], Mapping[str, bytes]]
"""Makes the documents of a briefing, by the ends of their file names (`pdf`, `docx`): called without any lock, perhaps again."""

LONGEST_NAMES, LONGEST_OUTCOME = 200, 500
_KIND = re.compile(r"[a-z]{2,8}")
_TRIES = 25


class _OvertakenError(Exception):
    """The number went to another briefing, or this one changed, while its documents were made."""


@dataclass(frozen=True)
class _Planned:
    """What is about to be issued, as long as nothing of it changes."""

    record: BriefingRecord
    replaced: BriefingRecord | None
    issue: Issue


class Issuing(RegisterWriter):
    """What is done with a briefing when it is issued, and after that."""

    def issue(
        self, id: int, *, to: str, by: Person, make_documents: MakeDocuments, expires: date | None = None
    ) -> BriefingRecord:
        """Issue an approved briefing: give it the next number of the year, and keep its documents for good.

        Numbers have no gaps and are never given twice. The documents are made with the number that comes next, while others may
        go on; should another briefing be issued meanwhile, they are made again. Open requests for the ward are answered.

        Parameters
        ----------
        to
            Whom it is for: names of councillors.
        make_documents
            Makes them from the issue and the approved text. What it raises is raised, and nothing is issued.
        expires
            The last day it is valid; after `valid_days` of the settings if not given.

        Raises
        ------
        UsageError
            If it is not approved, nobody is named, or it would have expired.
        """
        whom = said(to, what="whom it is for", most=LONGEST_NAMES)
        for _ in range(_TRIES):
            planned = self._planned(id, to=whom, by=by, expires=expires)
            documents = _checked(make_documents(planned.issue, planned.record.words))
            try:
                self._carry_out(lambda connection: self._issue(connection, planned, documents=documents, by=by))  # noqa: B023
            except _OvertakenError:
                continue
            return self.record(id)
        raise UsageError("So many briefings are being issued at once that it got no number. Try again.")

    def review(self, id: int, *, outcome: str, by: Person) -> BriefingRecord:
        """Say what came of an issued briefing. May be said again later; all of it is kept.

        Raises
        ------
        UsageError
            If it is not issued, or nothing is said.
        """
        note = said(outcome, what="what came of it", most=LONGEST_OUTCOME)

        def act(connection: Connection) -> AuditEntry:
            record = record_of(connection, id)
            check_step(record, State.REVIEWED, by=by, second_person=self._rules.second_person)
            add_step(connection, id, State.REVIEWED, version=record.version, by=self._signed(by), note=note)
            return entry_for(Action.REVIEWED, record, by=by)

        self._carry_out(act)
        return self.record(id)

    def finish_action(self, id: int, *, position: int, done_on: date, outcome: str, by: Person) -> ActionRecord:
        """Say that an action of a briefing is done, and what came of it.

        Parameters
        ----------
        position
            Of the action among those of the briefing, from 1.

        Raises
        ------
        UsageError
            If there is no such action, it is done already, or the day lies ahead.
        """
        note = said(outcome, what="what came of the action", most=LONGEST_OUTCOME)

        def act(connection: Connection) -> AuditEntry:
            record = record_of(connection, id)
            self._check_unfinished(id, position=position, done_on=done_on)
            signed = stamp(self._signed(by))
            add(connection, OUTCOMES, briefing=id, position=position, done_on=done_on, outcome=note, **signed)
            detail = {"briefing": str(id), "ward": record.basis.ward_code}
            return AuditEntry(
                Action.FINISHED, by.id, What.BRIEFING_ACTION, snapshot=record.basis.snapshot, detail=detail
            )

        self._carry_out(act)
        return self.actions(id)[position - 1]

    def _check_unfinished(self, id: int, *, position: int, done_on: date) -> None:
        found = [one for one in self.actions(id) if one.position == position]
        if not found:
            raise UsageError(f"Briefing {id} has no action {position}. Look at its list of actions.")
        if found[0].done_on is not None:
            raise UsageError(f"Action {position} of {found[0].number} is done already.")
        if done_on > self._now().date():
            raise UsageError("The day on which the action was done lies ahead. Give one up to today.")

    def _planned(self, id: int, *, to: str, by: Person, expires: date | None) -> _Planned:
        with self._reading() as connection:
            if connection is None:
                raise UsageError(f"There is no briefing {id} in the register. Nothing has been drafted yet.")
            record = record_of(connection, id)
            check_step(record, State.ISSUED, by=by, second_person=self._rules.second_person)
            today = self._now().date()
            _, number = next_number(connection, year=today.year)
            replaced = _replaced(connection, record)
        until = expires or today + timedelta(days=self._rules.valid_days)
        if until <= today:
            raise UsageError("It would have expired when it is issued. Give a later day.")
        return _Planned(
            record, replaced, _issue_of(record, number=number, to=to, made_on=today, until=until, old=replaced)
        )

    def _issue(
        self, connection: Connection, planned: _Planned, *, documents: Mapping[str, bytes], by: Person
    ) -> AuditEntry:
        issue, record, old = planned.issue, planned.record, planned.replaced
        serial, number = next_number(connection, year=issue.made_on.year)
        if number != issue.number or record_of(connection, record.id) != record or _replaced(connection, record) != old:
            raise _OvertakenError
        signed = self._signed(by)
        _add_issue(connection, record, issue=issue, serial=serial)
        _add_documents(connection, record, documents=documents)
        add_step(connection, record.id, State.ISSUED, version=record.version, by=signed)
        if old is not None:
            add_step(connection, old.id, State.SUPERSEDED, version=old.version, by=signed, note=number)
        _answer_requests(connection, record, number=number, by=signed)
        hashes = "; ".join(f"{kind}:{_hash(content)}" for kind, content in sorted(documents.items()))
        takes = f"takes the place of {old.label}" if old else ""
        return entry_for(Action.ISSUED, record, by=by, number=number, documents=hashes, reason=takes)


def _issue_of(
    record: BriefingRecord, *, number: str, to: str, made_on: date, until: date, old: BriefingRecord | None
) -> Issue:
    return Issue(
        made_on=made_on,
        number=number,
        version=record.version,
        for_whom=to,
        expires=until,
        author=record.words.author or record.author.name,
        checker=record.checker.name if record.checker else "",
        approver=record.approver.name if record.approver and record.second_person_approved else "",
        supersedes=old.label if old else "",
    )


def _replaced(connection: Connection, record: BriefingRecord) -> BriefingRecord | None:
    """Give the briefing whose place it takes, unless that was withdrawn or superseded meanwhile."""
    if record.replaces is None:
        return None
    old = record_of(connection, record.replaces)
    return old if old.is_standing else None


def _checked(documents: Mapping[str, bytes]) -> dict[str, bytes]:
    if not documents or not all(_KIND.fullmatch(kind) and content for kind, content in documents.items()):
        raise ValueError("an issued briefing has documents, each with a kind such as pdf, and none of them empty")
    return {kind: bytes(content) for kind, content in documents.items()}


def _add_issue(connection: Connection, record: BriefingRecord, *, issue: Issue, serial: int) -> None:
    add(
        connection,
        ISSUES,
        briefing=record.id,
        year=issue.made_on.year,
        serial=serial,
        number=issue.number,
        for_whom=issue.for_whom,
        version=record.version,
        issued_on=issue.made_on,
        expires=issue.expires,
    )
    for position, one in enumerate(record.words.actions, start=1):
        add(connection, ACTIONS, briefing=record.id, position=position, what=one.what, owner=one.owner, due=one.due)


def _add_documents(connection: Connection, record: BriefingRecord, *, documents: Mapping[str, bytes]) -> None:
    for kind, content in documents.items():
        add(connection, DOCUMENTS, briefing=record.id, kind=kind, content=content, sha256=_hash(content))


def _answer_requests(connection: Connection, record: BriefingRecord, *, number: str, by: Signed) -> None:
    for request, ward in open_requests(connection).items():
        if ward == record.basis.ward_code:
            add(connection, ANSWERS, request=request, answer=f"Briefed with {number}.", **stamp(by))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
