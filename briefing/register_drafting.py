"""From a draft to its approval: saving, checking, approving, withdrawing, and which briefing it is to take the place of."""

from dataclasses import asdict

from sqlalchemy import Connection

from briefing.keeping import add, next_in, said, stamp
from briefing.officers_words import OfficersWords
from briefing.register_records import Basis, BriefingRecord, State
from briefing.register_rules import check_step
from briefing.register_store import add_step, add_version, record_of, records
from briefing.register_tables import BRIEFINGS, REPLACEMENTS
from briefing.register_writing import NewerVersionError, RegisterWriter, entry_for, entry_of
from data.errors import UsageError
from disclosure.audit import Action, AuditEntry
from disclosure.people import Person

LONGEST_REASON = 300


class _NothingNewError(Exception):
    """What is to be saved is the text that counts already."""


class Drafting(RegisterWriter):
    """What is done with a briefing before it is issued."""

    def draft(
        self, basis: Basis, *, words: OfficersWords, by: Person, in_place_of: int | None = None
    ) -> BriefingRecord:
        """Begin a briefing of a ward.

        Parameters
        ----------
        basis
            What it begins from (`follow_up.basis_of`).
        in_place_of
            Id of an issued briefing that it is to take the place of, as `supersede` would say.

        Raises
        ------
        UsageError
            If the ward has one that is being worked on.
        UnrecordedError
            As of every act: if it cannot be recorded. It is not done.
        """
        made: list[int] = []

        def act(connection: Connection) -> AuditEntry:
            _check_no_draft(connection, basis)
            id, signed = next_in(connection, BRIEFINGS.c.id), self._signed(by)
            add(connection, BRIEFINGS, id=id, **asdict(basis))
            version = add_version(connection, id, words=words, by=signed, based_on=None)
            add_step(connection, id, State.DRAFTED, version=version, by=signed)
            made.append(id)
            if in_place_of is not None:
                _check_link(record_of(connection, in_place_of), record_of(connection, id))
                add(connection, REPLACEMENTS, briefing=id, replaced=in_place_of, **stamp(signed))
            return entry_of(Action.DRAFTED, basis, id=id, by=by, version=version)

        self._carry_out(act)
        return self.record(made[0])

    def save(self, id: int, *, words: OfficersWords, by: Person, based_on: int) -> BriefingRecord:
        """Save a text. One that was checked or approved is a draft again, and has to be checked anew.

        Parameters
        ----------
        based_on
            The version that was open when the text was written.

        Raises
        ------
        NewerVersionError
            If somebody else saved meanwhile, or the briefing is no draft any more. The text is kept as a version of its own.
        UsageError
            If there is no such briefing or version.
        """
        kept: list[int] = []

        def act(connection: Connection) -> AuditEntry:
            record = record_of(connection, id)
            is_newest = record.is_open and based_on == record.version
            if not 1 <= based_on <= len(record.savers):
                raise UsageError(f"There is no version {based_on} of briefing {id}. Open it again.")
            if not is_newest and words == record.words:
                raise _NothingNewError
            signed = self._signed(by)
            version = add_version(connection, id, words=words, by=signed, based_on=based_on, conflict=not is_newest)
            if not is_newest:
                kept.append(version)
            elif record.state is not State.DRAFTED:
                add_step(connection, id, State.DRAFTED, version=version, by=signed)
            return entry_of(Action.SAVED, record.basis, id=id, by=by, version=version)

        try:
            self._carry_out(act)
        except _NothingNewError:
            return self.record(id)
        if kept:
            raise self._overtaken(id, kept=kept[0])
        return self.record(id)

    def check(self, id: int, *, version: int, by: Person) -> BriefingRecord:
        """Say that the facts and words of a version are right.

        Parameters
        ----------
        version
            The one that was read.

        Raises
        ------
        UsageError
            If it is no draft, there is a newer version, or the person wrote any of it (with `second_person`).
        """
        return self._step(id, State.CHECKED, Action.CHECKED, by=by, version=version)

    def approve(self, id: int, *, version: int, by: Person) -> BriefingRecord:
        """Say that a version may go out.

        Raises
        ------
        UsageError
            If it is not checked, there is a newer version, or the person wrote or checked it (with `second_person`).
        """
        return self._step(id, State.APPROVED, Action.APPROVED, by=by, version=version)

    def withdraw(self, id: int, *, reason: str, by: Person) -> BriefingRecord:
        """Give up a draft, or say of an issued briefing that it no longer holds. It keeps its number and documents.

        Raises
        ------
        UsageError
            If it was withdrawn or superseded already, or no reason is given.
        """
        note = said(reason, what="why it is withdrawn", most=LONGEST_REASON)
        return self._step(id, State.WITHDRAWN, Action.WITHDREW, by=by, note=note)

    def supersede(self, old: int, *, new: int, by: Person) -> BriefingRecord:
        """Say that a draft is to take the place of an issued briefing. It does so when it is issued, and its documents say so.

        Returns
        -------
        BriefingRecord
            The new one.

        Raises
        ------
        UsageError
            If the old one is not issued, the new one no draft, they are of different wards, or it takes another's place.
        """

        def act(connection: Connection) -> AuditEntry:
            record = record_of(connection, new)
            _check_link(record_of(connection, old), record)
            add(connection, REPLACEMENTS, briefing=new, replaced=old, **stamp(self._signed(by)))
            return entry_for(Action.CHANGED, record, by=by)

        self._carry_out(act)
        return self.record(new)

    def _step(
        self, id: int, state: State, action: Action, *, by: Person, version: int | None = None, note: str = ""
    ) -> BriefingRecord:
        def act(connection: Connection) -> AuditEntry:
            record = record_of(connection, id)
            check_step(record, state, by=by, second_person=self._rules.second_person, version=version)
            add_step(connection, id, state, version=record.version, by=self._signed(by), note=note)
            return entry_for(action, record, by=by)

        self._carry_out(act)
        return self.record(id)

    def _overtaken(self, id: int, *, kept: int) -> NewerVersionError:
        versions, record = self.versions(id), self.record(id)
        mine, newest = versions[kept - 1], versions[record.version - 1]
        if record.is_open:
            happened = f"{newest.by.name} saved version {newest.number} while you were writing."
        else:
            happened = f"It was {record.state} while you were writing, and does not change any more."
        return NewerVersionError(
            f"{happened} Your text is kept as version {kept}: look at both, and take over what you need.",
            mine=mine,
            newest=newest,
        )


def _check_no_draft(connection: Connection, basis: Basis) -> None:
    for one in records(connection, ward=basis.ward_code):
        if one.is_open:
            raise UsageError(
                f"{basis.ward_name} has a draft already: draft {one.id}, begun by {one.author.name}. Go on with that one, or "
                "withdraw it."
            )


def _check_link(old: BriefingRecord, new: BriefingRecord) -> None:
    """Refuse what cannot take the place of the other."""
    if not old.is_standing:
        raise UsageError(f"Only an issued briefing can be superseded, and {old.label} is {old.state}.")
    if not new.is_open:
        raise UsageError(
            f"{new.label} is {new.state}, and its documents do not say that it takes the place of {old.label}."
        )
    if old.basis.ward_code != new.basis.ward_code:
        raise UsageError(
            f"{old.label} is of another ward than {new.label}. Only a briefing of the same ward takes its place."
        )
    if new.replaces is not None:
        raise UsageError(
            f"{new.label} is to take the place of another briefing already. Withdraw it and begin a new one."
        )
