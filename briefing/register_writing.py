"""How anything is written to the register: together with its entry in the audit trail, or not at all."""

from collections.abc import Callable

from sqlalchemy import Connection

from briefing.keeping import Clock, Signed, carry_out, sign, utc_now
from briefing.register_reading import RegisterReader
from briefing.register_records import Basis, BriefingRecord, Version
from briefing.register_tables import REGISTER
from data.briefing_settings import Briefing
from data.errors import UsageError
from disclosure.audiences import Audience
from disclosure.audit import Action, AuditEntry, AuditTrail, What
from disclosure.people import Person


class NewerVersionError(UsageError):
    """Somebody else saved meanwhile, or the briefing is no draft any more. Both texts are kept."""

    def __init__(self, sentence: str, *, mine: Version, newest: Version) -> None:
        super().__init__(sentence)
        self.mine = mine
        """What was to be saved, as the version it is kept as."""
        self.newest = newest
        """The text that counts."""


class RegisterWriter(RegisterReader):
    """The register of one partnership, for writing. Base of what the register can do."""

    def __init__(self, trail: AuditTrail, *, rules: Briefing, now: Clock = utc_now) -> None:
        """Take the audit trail, whose database the register shares, and the section `[briefing]` of the settings."""
        super().__init__(trail.path)
        self._trail, self._rules, self._now = trail, rules, now

    def _carry_out(self, act: Callable[[Connection], AuditEntry]) -> None:
        """Do something and record it, in one transaction.

        Raises
        ------
        UnrecordedError
            If the database cannot be written, or the trail does not hold. Nothing has been done.
        """
        carry_out(act, trail=self._trail, tables=REGISTER)

    def _signed(self, by: Person) -> Signed:
        return sign(by, now=self._now)


def entry_of(action: Action, basis: Basis, *, id: int, by: Person, version: int, **detail: str) -> AuditEntry:
    """Say what was done with a briefing, for the audit trail: numbers, codes and hashes only."""
    told = {"briefing": str(id), "version": str(version), "ward": basis.ward_code, **detail}
    return AuditEntry(action, by.id, What.BRIEFING, audience=Audience.COUNCILLOR, snapshot=basis.snapshot, detail=told)


def entry_for(action: Action, record: BriefingRecord, *, by: Person, **detail: str) -> AuditEntry:
    """Say what was done with a briefing that is in the register."""
    number = {"number": record.issue.number} if record.issue else {}
    return entry_of(action, record.basis, id=record.id, by=by, version=record.version, **{**number, **detail})
