"""The chain of the audit trail: each row carries a hash of itself and of the row before, so that no row changes unnoticed.

Without a key the hash is SHA-256: whoever may write the database can compute it as well, and could write the whole chain anew.
What then gives them away is the anchor (`disclosure/audit_anchor.py`), as far as they cannot write that too. With a key, which is
an environment variable and never on the disk of the database, the hash is HMAC-SHA256: nobody without the key can make a row that
fits. A chain is sealed from its first row to its last or not at all.

No chain can tell by itself that its end is missing, or that it was put back to an older state together with its anchor: for that
a head (number of rows and last hash) must have been written down elsewhere, see `python cli.py audit head`.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass

from data.errors import UsageError

KEY_VARIABLE = "WARD_OVERLAP_AUDIT_KEY"
"""Environment variable with the key that seals the trail: 16 characters or more, the same for server and command line."""
BEGINNING = "0" * 64
"""What stands for the hash before the first row."""
_SHORTEST_KEY = 16
_HEAD = re.compile(r"(\d{1,12}):([0-9a-f]{64})")


@dataclass(frozen=True)
class Row:
    """One row of the audit trail, as it is stored."""

    number: int
    made_at: str
    """UTC, ISO 8601 with microseconds."""
    action: str
    who: str
    what: str
    audience: str
    snapshot: str
    settings: str
    detail: str
    """JSON, sorted."""
    software: str
    previous_hash: str
    row_hash: str


@dataclass(frozen=True)
class Head:
    """How far a chain goes: its number of rows and the hash of the last."""

    rows: int
    hash: str

    def __str__(self) -> str:
        return f"{self.rows}:{self.hash}"


EMPTY = Head(0, BEGINNING)


def parse_head(text: str) -> Head:
    """Read a head as `python cli.py audit head` printed it.

    Raises
    ------
    UsageError
        If it is none.
    """
    found = _HEAD.fullmatch(text.strip().lower())
    if found is None:
        raise UsageError("That is no head of an audit trail. Give it as `audit head` printed it: COUNT:HASH.")
    return Head(int(found[1]), found[2])


@dataclass(frozen=True)
class Sealer:
    """Computes the hash of a row, with a key or without."""

    key: bytes = b""

    @property
    def sealed(self) -> bool:
        """Whether there is a key."""
        return bool(self.key)

    def hash_of(self, row: Row) -> str:
        """Hash all fields of a row but its own hash; the hash of the row before is one of them."""
        fields = asdict(row)
        del fields["row_hash"]
        text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")
        if self.key:
            return hmac.new(self.key, text, hashlib.sha256).hexdigest()
        return hashlib.sha256(text).hexdigest()

    def fits(self, row: Row) -> bool:
        """Whether a row is as it was written."""
        try:
            return hmac.compare_digest(self.hash_of(row), row.row_hash)
        except TypeError:
            return False  # bytes, or letters outside ASCII, where the program writes text


def sealer_of(key: str | None) -> Sealer:
    """Make a sealer of the key that the environment gives, if any.

    Raises
    ------
    UsageError
        If the key is too short to be one.
    """
    if not key:
        return Sealer()
    if len(key) < _SHORTEST_KEY:
        raise UsageError(f"The key of the audit trail has fewer than {_SHORTEST_KEY} characters. Choose a longer one.")
    return Sealer(key.encode())


@dataclass(frozen=True)
class Wrong:
    """The first place where a chain does not hold."""

    row: int
    sentence: str


@dataclass(frozen=True)
class Walked:
    """What came of walking along a chain."""

    head: Head
    wrong: Wrong | None = None


def walk(rows: Iterable[Row], *, sealer: Sealer, each: Callable[[Row], None] = lambda _: None) -> Walked:
    """Check rows in the order of their numbers; stops at the first that is wrong.

    Parameters
    ----------
    each
        Called with every row that holds.
    """
    head = EMPTY
    for row in rows:
        sentence = _fault(row, head=head, sealer=sealer)
        if sentence:
            return Walked(head, Wrong(head.rows + 1, sentence))
        head = Head(row.number, row.row_hash)
        each(row)
    return Walked(head)


def _fault(row: Row, *, head: Head, sealer: Sealer) -> str | None:
    expected = head.rows + 1
    if row.number != expected:
        return f"Row {expected} is missing: after row {head.rows} comes row {row.number}."
    if not sealer.fits(row):
        return _unfit(row, sealer=sealer)
    if row.previous_hash != head.hash:
        return f"Row {expected} does not follow the row before it: a row was put in, taken out or moved here."
    return None


def _unfit(row: Row, *, sealer: Sealer) -> str:
    if sealer.sealed and Sealer().fits(row):
        return f"Row {row.number} was written without the key: the trail was begun before there was one, or rewritten."
    return f"Row {row.number} is not as it was written."


def fault_of_key(rows: Iterable[Row], *, sealer: Sealer) -> str:
    """Say that a trail was kept with another key than the one that is set, or with one where none is; nothing if it was not.

    One row that fits, with the key that is set or without any, tells that the others were altered. Where none does, either the
    key is not that of the trail, or every row was altered, which cannot be told apart without the key.
    """
    some = False
    for row in rows:
        if sealer.fits(row) or Sealer().fits(row):
            return ""
        some = True
    if not some:
        return ""
    if sealer.sealed:
        return f"This trail was kept with another key than the one in {KEY_VARIABLE} (or every row was altered)."
    return f"This trail was kept with a key, and {KEY_VARIABLE} is not set (or every row was altered)."
