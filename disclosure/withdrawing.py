"""Taking back a wrong load: the snapshot goes, and what was shown of it and since binds nothing any more."""

from collections.abc import Callable
from enum import StrEnum

from data.snapshots import SnapshotStore
from disclosure.audit_entries import Action, AuditEntry, What
from disclosure.telling_turns import Turn
from disclosure.told_book import ToldBook


class Why(StrEnum):
    """Why a snapshot is withdrawn: fixed words, for the audit trail."""

    WRONG_FILE = "wrong-file"
    WRONG_SETTINGS = "wrong-settings"
    TRIAL = "trial"


def withdraw_snapshot(
    id: str,
    *,
    why: Why,
    store: SnapshotStore,
    record: Callable[[AuditEntry], object],
    who: str,
    turn: Turn | None = None,
) -> int:
    """Withdraw a snapshot. The files that it was read from give the same one again.

    What was shown of it was false, and what was shown afterwards had to agree with it: neither is held to any more, so that the
    snapshots that stay are told anew. Whoever kept what was shown can compare it with what is shown from now on; that is weighed
    by whoever withdraws (docs/disclosure.md).

    Parameters
    ----------
    record
        Called before anything is done; what it raises leaves everything as it was.
    turn
        As `telling_turns.turn_of` gives it.

    Returns
    -------
    int
        How many tellings are no longer held to.

    Raises
    ------
    UsageError
        If there is no such snapshot, or a folder cannot be changed.
    """
    store.open(id)
    book = ToldBook(store.folder, turn=turn)
    with book.one_at_a_time():
        record(AuditEntry(Action.WITHDREW, who, What.SNAPSHOT, snapshot=id, detail={"reason": why.value}))
        freed = book.forget_since(id)
        store.remove(id)
    return freed
