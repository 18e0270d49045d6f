"""Looking things up in the register of briefings. Nothing here changes anything."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

from sqlalchemy import RowMapping, and_, select

from briefing.keeping import KeptReader, signed
from briefing.register_records import (
    ActionRecord,
    BriefingRecord,
    RequestRecord,
    State,
    StoredDocument,
    Version,
)
from briefing.register_store import record_of, records, versions_of
from briefing.register_tables import ACTIONS, ANSWERS, BRIEFINGS, DOCUMENTS, ISSUES, OUTCOMES, REGISTER, REQUESTS
from data.errors import UsageError
from disclosure.audit_entries import DamagedError
from disclosure.records_place import Place


class RegisterReader(KeptReader):
    """The register of one partnership, for reading. It knows no districts: the caller shows to each person what is theirs."""

    def __init__(self, path: Place) -> None:
        """Name the database. Where there is none yet, the register is empty."""
        super().__init__(path, tables=REGISTER)

    def record(self, id: int) -> BriefingRecord:
        """Give one briefing.

        Raises
        ------
        UsageError
            If there is no such briefing.
        """
        with self._reading() as connection:
            if connection is None:
                raise UsageError(f"There is no briefing {id} in the register. Nothing has been drafted yet.")
            return record_of(connection, id)

    def versions(self, id: int) -> tuple[Version, ...]:
        """Give every text that was ever saved of a briefing, the oldest first."""
        with self._reading() as connection:
            return () if connection is None else tuple(versions_of(connection, id))

    def search(
        self,
        text: str = "",
        *,
        ward: str = "",
        state: State | None = None,
        overdue: bool = False,
        today: date | None = None,
    ) -> tuple[BriefingRecord, ...]:
        """Give briefings, the newest first.

        Parameters
        ----------
        text
            Words, each of which must stand in the number, the ward, the name of who it was for or who worked on it, or in the
            officer's text; capitals do not matter.
        ward
            Code of a ward.
        state
            How far they have come; any if none.
        overdue
            Only those with an action that is overdue on `today`.
        """
        found = [one for one in self._all(ward=ward) if state in (None, one.state)]
        if overdue:
            late = {one.briefing for one in self.overdue_actions(today or datetime.now(UTC).date())}
            found = [one for one in found if one.id in late]
        words = text.casefold().split()
        return tuple(one for one in reversed(found) if all(word in _searched(one) for word in words))

    def history(self, ward: str) -> tuple[BriefingRecord, ...]:
        """Give every briefing of a ward, the newest first."""
        return tuple(reversed(self._all(ward=ward)))

    def last_issued(self, ward: str) -> BriefingRecord | None:
        """Give the briefing of a ward that was issued last and stands."""
        return self.last_issued_by_ward(ward=ward).get(ward)

    def last_issued_by_ward(self, *, ward: str = "") -> Mapping[str, BriefingRecord]:
        """Give the last issued briefing that stands of every ward that has one, by ward code."""
        issued = [(one.issue, one) for one in self._all(ward=ward) if one.issue and one.is_standing]
        issued.sort(key=lambda found: (found[0].issued_on, found[1].id))
        return {one.basis.ward_code: one for _, one in issued}

    def open_drafts(self) -> Mapping[str, BriefingRecord]:
        """Give the briefing that is being worked on of every ward that has one, by ward code."""
        return {one.basis.ward_code: one for one in self._all() if one.is_open}

    def actions(self, id: int) -> tuple[ActionRecord, ...]:
        """Give the actions of an issued briefing, in its order."""
        return tuple(one for one in self._actions(id=id))

    def overdue_actions(self, today: date) -> tuple[ActionRecord, ...]:
        """Give the actions of standing briefings whose day has passed and that are not done, the latest first."""
        standing = {one.id for one in self._all() if one.is_standing}
        late = [one for one in self._actions() if one.is_overdue(today) and one.briefing in standing]
        return tuple(sorted(late, key=lambda one: (one.due, one.number, one.position)))

    def requests(self, *, answered: bool | None = False) -> tuple[RequestRecord, ...]:
        """Give requests for briefings, the oldest first: those that are open, those that are answered, or all (`None`)."""
        answer = (ANSWERS.c[name].label(f"answer_{name}") for name in ("at", "who", "name", "answer"))
        query = select(REQUESTS, *answer).join(ANSWERS, ANSWERS.c.request == REQUESTS.c.id, isouter=True)
        found = [_request(row) for row in self._rows(query.order_by(REQUESTS.c.id))]
        return tuple(one for one in found if answered is None or answered == (one.answered is not None))

    def document(self, id: int, *, kind: str) -> StoredDocument:
        """Give a document of an issued briefing, as it was issued.

        Raises
        ------
        UsageError
            If there is none.
        DamagedError
            If it is not what its hash says. Whoever may write the database can change both: the audit trail names the hashes
            too, in the entry of the issue.
        """
        query = select(DOCUMENTS).where(DOCUMENTS.c.briefing == id, DOCUMENTS.c.kind == kind)
        found = self._rows(query)
        if not found:
            raise UsageError(f"Briefing {id} has no {kind} document in the register. Only an issued one has.")
        content, sha256 = bytes(found[0]["content"]), str(found[0]["sha256"])
        if hashlib.sha256(content).hexdigest() != sha256:
            raise DamagedError(
                f"The {kind} document of briefing {id} in the register is not as it was issued. Do not hand it out: restore the "
                "records from a backup."
            )
        return StoredDocument(kind, content, sha256)

    def kinds_of_documents(self, id: int) -> tuple[str, ...]:
        """Give which documents there are of a briefing."""
        query = select(DOCUMENTS.c.kind).where(DOCUMENTS.c.briefing == id).order_by(DOCUMENTS.c.kind)
        return tuple(str(row["kind"]) for row in self._rows(query))

    def _all(self, *, ward: str = "") -> list[BriefingRecord]:
        with self._reading() as connection:
            return [] if connection is None else records(connection, ward=ward)

    def _actions(self, *, id: int | None = None) -> list[ActionRecord]:
        same = and_(OUTCOMES.c.briefing == ACTIONS.c.briefing, OUTCOMES.c.position == ACTIONS.c.position)
        query = (
            select(ACTIONS, ISSUES.c.number, BRIEFINGS, OUTCOMES.c.done_on, OUTCOMES.c.outcome)
            .join(BRIEFINGS, BRIEFINGS.c.id == ACTIONS.c.briefing)
            .join(ISSUES, ISSUES.c.briefing == ACTIONS.c.briefing)
            .join(OUTCOMES, same, isouter=True)
            .order_by(ACTIONS.c.briefing, ACTIONS.c.position)
        )
        return [_action(row) for row in self._rows(query if id is None else query.where(ACTIONS.c.briefing == id))]


def _searched(record: BriefingRecord) -> str:
    basis, issue = record.basis, record.issue
    people = [one.by.name for one in record.steps] + [one.name for one in record.savers]
    told = [issue.number, issue.for_whom] if issue else []
    texts = _texts_in(record.words.model_dump())
    return "\n".join([basis.ward_code, basis.ward_name, basis.district, *told, *people, *texts]).casefold()


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for one in value.values() for text in _texts_in(one))
    elif isinstance(value, (list, tuple)):
        yield from (text for one in value for text in _texts_in(one))


def _action(row: RowMapping) -> ActionRecord:
    names = ("briefing", "position", "number", "ward_code", "ward_name", "district", "what", "owner", "due", "done_on")
    return ActionRecord(**{name: row[name] for name in names}, outcome=row["outcome"] or "")


def _request(row: RowMapping) -> RequestRecord:
    names = ("id", "ward_code", "ward_name", "district", "reason")
    answered = signed(row, prefix="answer_") if row["answer_at"] else None
    given = {name: row[name] for name in names}
    return RequestRecord(**given, by=signed(row), answered=answered, answer=row["answer_answer"] or "")
