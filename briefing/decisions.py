"""The register of the steering group's decisions: what was decided on what finding, by whom it is done, and whether it happened.

Every act is written together with its entry in the audit trail, in one transaction: both are on disk, or neither. The entry
names the decision by its number, and the ward by its code; no text and no name of anybody stands in it.

Nothing in it is ever changed or removed. What becomes of a decision is told by further rows, and the last one counts: a decision
that was written down wrongly is dropped, with a note that says so, and written down again. Like the register of briefings it is
not subject to retention.

What it does not do: know the districts of a person (the caller does), or remind anybody.
"""

from contextlib import suppress
from datetime import date

from sqlalchemy import Connection

from briefing.decisions_reading import DecisionReader, decision_in, decisions_in
from briefing.decisions_records import LONGEST_TEXT, DecisionDraft, DecisionRecord, Outcome, draft_decision
from briefing.decisions_tables import DECISION_STEPS, DECISION_TABLES, DECISIONS
from briefing.keeping import Clock, add, carry_out, next_in, said, sign, stamp, utc_now
from data.errors import UsageError
from data.in_words import say_day
from data.settings import Settings
from disclosure.audiences import Audience
from disclosure.audit import Action, AuditEntry, AuditTrail, What, open_audit
from disclosure.people import Person

__all__ = ["DecisionDraft", "DecisionRecord", "DecisionRegister", "Outcome", "draft_decision", "open_decisions"]


class _KnownError(Exception):
    """What is to be written down is in the register already: a button was pressed twice."""

    def __init__(self, id: int) -> None:
        super().__init__()
        self.id = id


class DecisionRegister(DecisionReader):
    """The decisions of one partnership."""

    def __init__(self, trail: AuditTrail, *, now: Clock = utc_now) -> None:
        """Take the audit trail, whose database the register shares."""
        super().__init__(trail.path)
        self._trail, self._now = trail, now

    def record(self, draft: DecisionDraft, *, by: Person) -> DecisionRecord:
        """Write a decision down.

        Returns
        -------
        DecisionRecord
            As it stands in the register. One that is there already, word for word and open, is not written down twice.

        Raises
        ------
        UsageError
            If the meeting lies ahead.
        UnrecordedError
            As of every act: if it cannot be recorded. It is not done.
        """
        if draft.meeting > self._now().date():
            raise UsageError("The meeting lies ahead. A decision is written down when it has been taken.")
        made: list[int] = []

        def act(connection: Connection) -> AuditEntry:
            for known in decisions_in(connection):
                if known.draft == draft and known.outcome is Outcome.OPEN:
                    raise _KnownError(known.id)
            made.append(next_in(connection, DECISIONS.c.id))
            add(connection, DECISIONS, id=made[0], **draft.model_dump(), **stamp(sign(by, now=self._now)))
            return _entry(Action.RECORDED, id=made[0], draft=draft, by=by)

        try:
            carry_out(act, trail=self._trail, tables=DECISION_TABLES)
        except _KnownError as known:
            return self.decision(known.id)
        return self.decision(made[0])

    def conclude(
        self,
        id: int,
        *,
        outcome: Outcome,
        note: str,
        by: Person,
        on: date | None = None,
        seen: int | None = None,
    ) -> DecisionRecord:
        """Say what became of a decision. May be said again later; all of it is kept, and the last counts.

        Parameters
        ----------
        outcome
            Done, dropped, or open: how far it has come, or that it was not done after all.
        note
            What came of it, or why not.
        on
            The day on which it was done or dropped; today if not given.
        seen
            How many steps of it the person had before them (`len(record.steps)`). If there are more by now, nothing is written.

        Raises
        ------
        UsageError
            If there is no such decision, nothing is said, the day lies ahead or before the meeting, or somebody else said
            something of it meanwhile.
        """
        told = said(note, what="what came of it", most=LONGEST_TEXT)
        today = self._now().date()

        def act(connection: Connection) -> AuditEntry:
            record = decision_in(connection, id)
            step = {"outcome": outcome.value, "day": on or today, "note": told}
            if record.last is not None and (record.last.outcome, record.last.on, record.last.note) == tuple(
                step.values()
            ):
                raise _KnownError(id)
            _check_news(record, seen=seen)
            _check_day(record, on=on or today, today=today)
            signed, position = stamp(sign(by, now=self._now)), len(record.steps) + 1
            add(connection, DECISION_STEPS, decision=id, position=position, **step, **signed)
            return _entry(Action.CONCLUDED, id=id, draft=record.draft, by=by, outcome=outcome.value)

        with suppress(_KnownError):
            carry_out(act, trail=self._trail, tables=DECISION_TABLES)
        return self.decision(id)


def open_decisions(settings: Settings, *, now: Clock = utc_now) -> DecisionRegister:
    """Open the decisions of a partnership. Cheap: nothing is made or read until something is done or asked.

    Parameters
    ----------
    now
        The clock, for runs with a fixed date.
    """
    return DecisionRegister(open_audit(settings), now=now)


def _check_news(record: DecisionRecord, *, seen: int | None) -> None:
    last = record.last
    if seen is not None and last is not None and len(record.steps) > seen:
        raise UsageError(
            f"{last.by.name} said meanwhile that decision {record.id} is {last.outcome}. Look at it, then say again what you "
            "want to add."
        )


def _check_day(record: DecisionRecord, *, on: date, today: date) -> None:
    if on > today:
        raise UsageError("The day lies ahead. Give one up to today.")
    if on < record.draft.meeting:
        raise UsageError(
            f"The day lies before the meeting of {say_day(record.draft.meeting)}, at which it was decided. Give a later one."
        )


def _entry(action: Action, *, id: int, draft: DecisionDraft, by: Person, **detail: str) -> AuditEntry:
    """Say what was done with a decision, for the audit trail: numbers, codes and fixed words only."""
    told = {"decision": str(id), "ward": draft.ward_code, **detail}
    return AuditEntry(action, by.id, What.DECISION, audience=Audience.STEERING, detail=told)
