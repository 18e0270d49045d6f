"""The register of briefings: who was told what, when, and on what basis.

Every act is written together with its entry in the audit trail, in one transaction: both are on disk, or neither. The entry
names the briefing, its version and its ward by their numbers and codes; no text and no name of anybody stands in it.

Nothing that was saved is ever lost: a text that was written while somebody else saved another, or while the briefing was issued,
is kept as a version of its own beside the text that counts. Nothing in the register is ever changed or removed: what becomes of a
briefing is told by further rows (`register_tables`).

What it does not do: know the districts of a person (the caller does), tell that two sign-ins are one person, or send anything.
"""

from sqlalchemy import Connection

from briefing.keeping import Clock, add, next_in, said, stamp, utc_now
from briefing.register_drafting import LONGEST_REASON, Drafting
from briefing.register_issuing import Issuing
from briefing.register_records import RequestRecord
from briefing.register_store import open_requests
from briefing.register_tables import ANSWERS, REQUESTS
from briefing.register_writing import NewerVersionError
from data.errors import UsageError
from data.settings import Settings
from disclosure.audit import Action, AuditEntry, What, open_audit
from disclosure.people import Person

__all__ = ["BriefingRegister", "NewerVersionError", "open_briefings"]


class BriefingRegister(Drafting, Issuing):
    """The register of one partnership."""

    def ask_for(self, ward_code: str, *, ward_name: str, district: str, reason: str, by: Person) -> RequestRecord:
        """Ask for a briefing of a ward. It stays open until one is issued or it is answered otherwise.

        Raises
        ------
        UsageError
            If no reason is given.
        """
        why = said(reason, what="why a briefing is asked for", most=LONGEST_REASON)
        made: list[int] = []

        def act(connection: Connection) -> AuditEntry:
            made.append(next_in(connection, REQUESTS.c.id))
            ward = {"ward_code": ward_code, "ward_name": ward_name, "district": district}
            add(connection, REQUESTS, id=made[0], reason=why, **ward, **stamp(self._signed(by)))
            return AuditEntry(Action.ASKED_FOR, by.id, What.BRIEFING_REQUEST, detail={"ward": ward_code})

        self._carry_out(act)
        return next(one for one in self.requests(answered=None) if one.id == made[0])

    def answer(self, request: int, *, answer: str, by: Person) -> RequestRecord:
        """Answer a request without a briefing.

        Raises
        ------
        UsageError
            If there is no such open request, or nothing is said.
        """
        note = said(answer, what="what is answered", most=LONGEST_REASON)

        def act(connection: Connection) -> AuditEntry:
            wards = open_requests(connection)
            if request not in wards:
                raise UsageError(f"There is no open request {request}: it was answered meanwhile, or never made.")
            add(connection, ANSWERS, request=request, answer=note, **stamp(self._signed(by)))
            return AuditEntry(Action.ANSWERED, by.id, What.BRIEFING_REQUEST, detail={"ward": wards[request]})

        self._carry_out(act)
        return next(one for one in self.requests(answered=True) if one.id == request)


def open_briefings(settings: Settings, *, now: Clock = utc_now) -> BriefingRegister:
    """Open the register of a partnership. Cheap: nothing is made or read until something is done or asked.

    Parameters
    ----------
    now
        The clock, for runs with a fixed date.
    """
    return BriefingRegister(open_audit(settings), rules=settings.briefing, now=now)
