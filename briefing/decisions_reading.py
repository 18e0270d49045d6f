"""Looking things up among the decisions of the steering group. Nothing here changes anything."""

from collections import defaultdict
from datetime import date

from pydantic import ValidationError
from sqlalchemy import Connection, RowMapping, select

from briefing.decisions_records import DecisionDraft, DecisionRecord, DecisionStep, Outcome
from briefing.decisions_tables import DECISION_STEPS, DECISION_TABLES, DECISIONS
from briefing.keeping import KeptReader, signed
from data.errors import UsageError
from disclosure.audit_entries import DamagedError
from disclosure.records_place import Place

_NONE_YET = "Nothing has been decided yet."


class DecisionReader(KeptReader):
    """The decisions of one partnership, for reading. It knows no districts: the caller shows to each person what is theirs."""

    def __init__(self, path: Place) -> None:
        """Name the database. Where there is none yet, there are no decisions."""
        super().__init__(path, tables=DECISION_TABLES)

    def decision(self, id: int) -> DecisionRecord:
        """Give one decision.

        Raises
        ------
        UsageError
            If there is no such decision.
        """
        with self._reading() as connection:
            if connection is None:
                raise UsageError(f"There is no decision {id} in the register. {_NONE_YET}")
            return decision_in(connection, id)

    def search(self, text: str = "", *, ward: str = "", since: date | None = None) -> tuple[DecisionRecord, ...]:
        """Give decisions, the newest first.

        Parameters
        ----------
        text
            Words, each of which must stand in the ward, the finding, the recommendation, the notes, or a name; capitals do not
            matter.
        ward
            Code of a ward.
        since
            Only those of meetings on that day and later.
        """
        words = text.casefold().split()
        found = [one for one in self._all() if ward in ("", one.draft.ward_code)]
        return tuple(
            one
            for one in sorted(found, key=lambda one: (one.draft.meeting, one.id), reverse=True)
            if (since is None or one.draft.meeting >= since) and all(word in _searched(one) for word in words)
        )

    def open_at(self, day: date) -> tuple[DecisionRecord, ...]:
        """Give the decisions that were open at the end of a day, as they stood then; the one due first comes first."""
        then = (one.as_of(day) for one in self._all())
        still = [one for one in then if one is not None and one.outcome is Outcome.OPEN]
        return tuple(sorted(still, key=lambda one: (one.draft.due, one.id)))

    def overdue(self, day: date) -> tuple[DecisionRecord, ...]:
        """Give the decisions that were open at the end of a day, and due before it; the latest first."""
        return tuple(one for one in self.open_at(day) if one.is_overdue(day))

    def of_meeting(self, meeting: date) -> tuple[DecisionRecord, ...]:
        """Give what was decided on a day, in the order it was written down."""
        return tuple(one for one in self._all() if one.draft.meeting == meeting)

    def meetings(self) -> tuple[date, ...]:
        """Give the days on which something was decided, the newest first."""
        return tuple(sorted({one.draft.meeting for one in self._all()}, reverse=True))

    def _all(self) -> list[DecisionRecord]:
        with self._reading() as connection:
            return [] if connection is None else decisions_in(connection)


def decision_in(connection: Connection, id: int) -> DecisionRecord:
    """Give one decision, on a connection that the caller holds.

    Raises
    ------
    UsageError
        If there is no such decision.
    """
    found = decisions_in(connection, id=id)
    if not found:
        raise UsageError(f"There is no decision {id} in the register. Look for it in the list.")
    return found[0]


def decisions_in(connection: Connection, *, id: int | None = None) -> list[DecisionRecord]:
    """Give decisions in the order they were written down: one or all. As many queries for all as for one."""
    chosen, of_chosen = select(DECISIONS), select(DECISION_STEPS)
    if id is not None:
        chosen, of_chosen = chosen.where(DECISIONS.c.id == id), of_chosen.where(DECISION_STEPS.c.decision == id)
    steps: dict[int, list[DecisionStep]] = defaultdict(list)
    in_order = of_chosen.order_by(DECISION_STEPS.c.decision, DECISION_STEPS.c.position)
    for row in connection.execute(in_order).mappings():
        steps[row["decision"]].append(DecisionStep(Outcome(row["outcome"]), row["day"], row["note"], signed(row)))
    rows = connection.execute(chosen.order_by(DECISIONS.c.id)).mappings()
    return [DecisionRecord(row["id"], _draft(row), signed(row), tuple(steps[row["id"]])) for row in rows]


def _draft(row: RowMapping) -> DecisionDraft:
    try:
        return DecisionDraft.model_validate({name: row[name] for name in DecisionDraft.model_fields})
    except ValidationError as error:
        raise DamagedError(
            f"Decision {row['id']} in the register cannot be read. Restore the records from a backup."
        ) from error


def _searched(record: DecisionRecord) -> str:
    draft = record.draft
    said = [draft.ward_code, draft.about, draft.finding, draft.recommendation, draft.owner, record.by.name]
    told = [text for one in record.steps for text in (one.note, one.by.name)]
    return "\n".join([*said, *told]).casefold()
