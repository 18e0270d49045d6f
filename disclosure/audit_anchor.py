"""The anchor of the audit trail: a small file that says how far the trail goes, so that rows missing from its end are noticed.

It is written twice for each row: before the row is committed it says which hash comes next, afterwards that it came. Each time it
is written beside its place, made durable and renamed. So a crash at any moment leaves it either fitting, or one row behind a row
that it announced; a row that it did not announce was put there by something else.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from data.durable import sync_folder
from disclosure.audit_chain import EMPTY, Head


@dataclass(frozen=True)
class Anchored:
    """What an anchor says."""

    rows: int
    hash: str
    next_hash: str | None = None
    """The row that was about to be committed when this was written."""
    sealed: bool = False
    """Whether the trail is kept with a key. Only to explain; nothing is trusted because of it."""

    @property
    def head(self) -> Head:
        """How far the trail goes for certain."""
        return Head(self.rows, self.hash)

    def announces(self, head: Head) -> bool:
        """Whether a trail with this head has just the row more that was announced."""
        return self.next_hash is not None and head == Head(self.rows + 1, self.next_hash)

    def fits(self, head: Head) -> bool:
        """Whether a trail with this head is what the anchor says, or the announced row more."""
        return head == self.head or self.announces(head)


UNSET = Anchored(EMPTY.rows, EMPTY.hash)


class Anchor:
    """The file."""

    def __init__(self, path: Path) -> None:
        """Name it."""
        self.path = path

    def read(self) -> Anchored | None:
        """Give what it says; `None` if it is not there or is no anchor. Where rows are, that is a fault."""
        try:
            said = json.loads(self.path.read_text(encoding="ascii"))
            return Anchored(
                rows=int(said["rows"]),
                hash=str(said["hash"]),
                next_hash=None if said["next_hash"] is None else str(said["next_hash"]),
                sealed=bool(said["sealed"]),
            )
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None

    def announce(self, head: Head, *, next_hash: str, sealed: bool) -> None:
        """Say which row comes next, before it is committed."""
        self._write(Anchored(head.rows, head.hash, next_hash, sealed))

    def settle(self, head: Head, *, sealed: bool) -> None:
        """Say how far the trail goes, once that is certain."""
        self._write(Anchored(head.rows, head.hash, None, sealed))

    def _write(self, what: Anchored) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = self.path.with_name(f"{self.path.name}.tmp")
        try:
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as stream:
                stream.write(json.dumps(asdict(what)) + "\n")
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(self.path)
        except OSError:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise
        sync_folder(self.path.parent)
