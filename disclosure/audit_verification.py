"""Checking the audit trail: every row, the end against the anchor, and a head that was written down elsewhere."""

from dataclasses import dataclass, replace

from disclosure.audit_anchor import UNSET, Anchor, Anchored
from disclosure.audit_chain import EMPTY, KEY_VARIABLE, Head, Row, Sealer, Walked, fault_of_key, walk
from disclosure.audit_entries import DamagedError
from disclosure.audit_store import AuditStore, all_rows, head_of, last_row, rows_to
from disclosure.records_place import PostgresPlace

NEXT_STEP = (
    "What to do now: stop the server, copy the record and its anchor for whoever looks into it, then begin a new trail with "
    "`python cli.py audit set-aside --settings S`; this one is kept under another name. Step by step: docs/audit.md."
)
"""Stands wherever a trail is said not to hold."""
SET_THE_KEY = (
    f"What to do now: set {KEY_VARIABLE} to the key that the trail was kept with, for server and command line, and check again. "
    "If it never had one, or the key is lost for good: docs/audit.md."
)
"""Stands in its place where the key may only be missing."""
_CRASHED = (
    " The last row is one newer than the anchor, which announced it: the program was stopped in between. The next entry brings "
    "the anchor up to date."
)


@dataclass(frozen=True)
class Verification:
    """What came of checking a trail."""

    ok: bool
    head: Head
    """How far the trail goes, or how far it holds if it is not as it should be."""
    sentence: str
    wrong_row: int | None = None
    """The first row that is not as it should be, where one can be named."""
    limits: str = ""
    """What this check cannot find on this machine as it is set up."""
    next_step: str = NEXT_STEP
    """What to do where it does not hold."""

    @property
    def rows(self) -> int:
        """How many rows hold."""
        return self.head.rows


def verify_trail(store: AuditStore, anchor: Anchor, *, sealer: Sealer, known: Head | None = None) -> Verification:
    """Check a trail. Others may go on adding to it meanwhile: they wait only while its end is read.

    Parameters
    ----------
    known
        A head that was written down elsewhere: the trail must have gone through it.

    Raises
    ------
    UnrecordedError
        If the trail cannot be read just now, for instance because another program holds it.
    """
    try:
        with store.locked() as connection:
            anchored = anchor.read()
            end = head_of(None if connection is None else last_row(connection))
        walked, passed = _walk(store, end=end, sealer=sealer, known=known)
    except DamagedError as damaged:
        return Verification(ok=False, head=EMPTY, sentence=damaged.for_operator)
    asks_for_key = "" if walked.wrong is None or walked.head != EMPTY else fault_of_key_in(store, sealer=sealer)
    if asks_for_key:
        found = Verification(ok=False, head=EMPTY, sentence=asks_for_key, next_step=SET_THE_KEY)
    else:
        found = _verdict(walked, anchored=anchored, known=known, passed=passed)
    return replace(found, limits=limits_of(sealer, same_disk=_on_same_disk(store, anchor)))


def limits_of(sealer: Sealer, *, same_disk: bool) -> str:
    """Say what a check cannot find."""
    said = [
        "trail and anchor put back to an older state together, or removed together: only a head written down elsewhere shows "
        "that."
    ]
    if not sealer.sealed:
        said.append("No key is set: whoever may write both could have written the whole trail anew.")
    if same_disk:
        said.append("The anchor lies on the same disk as the trail.")
    return " ".join(["What this check cannot find:", *said])


def fault_of_key_in(store: AuditStore, *, sealer: Sealer) -> str:
    """Say that a trail was kept with another key than the one that is set, or with one where none is; nothing if it was not."""
    try:
        with store.glancing() as connection:
            return "" if connection is None else fault_of_key(all_rows(connection), sealer=sealer)
    except DamagedError:
        return ""


def _walk(store: AuditStore, *, end: Head, sealer: Sealer, known: Head | None) -> tuple[Walked, bool]:
    """Walk up to the end that was read under the lock; says too whether a known head was passed on the way."""
    passed = known in (None, EMPTY)

    def look(row: Row) -> None:
        nonlocal passed
        passed = passed or head_of(row) == known

    with store.reading() as connection:
        rows = iter(()) if connection is None else rows_to(connection, end.rows)
        return walk(rows, sealer=sealer, each=look), passed


def _verdict(walked: Walked, *, anchored: Anchored | None, known: Head | None, passed: bool) -> Verification:
    head = walked.head
    if walked.wrong is not None:
        return Verification(ok=False, head=head, sentence=walked.wrong.sentence, wrong_row=walked.wrong.row)
    fault = _fault_of_end(head, anchored=anchored)
    if fault is not None:
        return fault
    if known is not None and not passed:
        return _fault_of_known(head, known=known)
    if head == EMPTY:
        return Verification(ok=True, head=head, sentence="Nothing has been recorded yet.")
    crashed = _CRASHED if anchored is not None and anchored.announces(head) else ""
    through = ", and goes through the head that was given" if known else ""
    rows = f"All {head.rows:,} rows are" if head.rows > 1 else "The one row is"
    sentence = f"{rows} as written, and none is missing{through}.{crashed}"
    return Verification(ok=True, head=head, sentence=sentence)


def _fault_of_end(head: Head, *, anchored: Anchored | None) -> Verification | None:
    if anchored is None and head != EMPTY:
        return Verification(
            ok=False, head=head, sentence="The anchor is missing or damaged, so rows may be missing at the end."
        )
    said = anchored or UNSET
    if said.fits(head):
        return None
    if head.rows < said.rows:
        sentence = f"Rows are missing at the end: the anchor knows {said.rows}, the trail has {head.rows}."
        return Verification(ok=False, head=head, sentence=sentence, wrong_row=head.rows + 1)
    if head.rows > said.rows:
        sentence = (
            f"Row {said.rows + 1} and what follows were put in by something else: the anchor knows {said.rows} rows."
        )
        return Verification(ok=False, head=head, sentence=sentence, wrong_row=said.rows + 1)
    sentence = f"The trail was written anew: its last row, {head.rows}, is not the one that the anchor knows."
    return Verification(ok=False, head=head, sentence=sentence, wrong_row=head.rows)


def _fault_of_known(head: Head, *, known: Head) -> Verification:
    if known.rows > head.rows:
        sentence = (
            f"Rows are missing at the end: it had {known.rows} when the head was written down, and has {head.rows}."
        )
        return Verification(ok=False, head=head, sentence=sentence, wrong_row=head.rows + 1)
    sentence = f"Row {known.rows} is not the one whose hash was written down: the trail was written anew before that."
    return Verification(ok=False, head=head, sentence=sentence, wrong_row=known.rows)


def _on_same_disk(store: AuditStore, anchor: Anchor) -> bool:
    if isinstance(store.path, PostgresPlace):
        return False  # a server has disks of its own, as far as can be known from here
    try:
        return store.path.parent.stat().st_dev == anchor.path.parent.stat().st_dev
    except OSError:
        return True  # nothing is there yet
