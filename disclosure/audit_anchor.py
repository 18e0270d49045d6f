"""The anchor of the audit trail: a small file that says how far the trail goes, so that rows missing from its end are noticed.

It is written twice for each row: before the row is committed it says which hash comes next, afterwards that it came. It has two
places that are written in turn, each with a checksum, so that a crash at any moment leaves the other whole: the anchor then fits,
or is one row behind a row that it announced. A row that it did not announce was put there by something else. Once made, it needs
no more room on the disk.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from data.durable import sync_folder
from disclosure.audit_chain import EMPTY, Head

_PLACE = 4096
"""Bytes: what any disk writes at once, so that writing one place never touches the other."""
_sync = getattr(os, "fdatasync", os.fsync)


@dataclass(frozen=True)
class Anchored:
    """What an anchor says."""

    rows: int
    hash: str
    next_hash: str = ""
    """The row that was about to be committed when this was written."""
    turn: int = 0
    """How often it has been written."""

    @property
    def head(self) -> Head:
        """How far the trail goes for certain."""
        return Head(self.rows, self.hash)

    def announces(self, head: Head) -> bool:
        """Whether a trail with this head has just the row more that was announced."""
        return bool(self.next_hash) and head == Head(self.rows + 1, self.next_hash)

    def fits(self, head: Head) -> bool:
        """Whether a trail with this head is what the anchor says, or the announced row more."""
        return head == self.head or self.announces(head)


UNSET = Anchored(EMPTY.rows, EMPTY.hash)


class Anchor:
    """The file. Only the holder of the database's write lock may write it."""

    def __init__(self, path: Path) -> None:
        """Name it."""
        self.path = path

    def read(self) -> Anchored | None:
        """Give what it says; `None` if it is not there or is no anchor. Where rows are, that is a fault."""
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return None
        return max(_readable(content), key=lambda one: one.turn, default=None)

    def announce(self, head: Head, *, next_hash: str) -> None:
        """Say which row comes next, before it is committed. On disk when this returns."""
        self._write(Anchored(head.rows, head.hash, next_hash), durable=True)

    def settle(self, head: Head) -> None:
        """Say how far the trail goes, once that is certain.

        Not waited for: should a loss of power take it back, the announcement stands, and the row with it.
        """
        self._write(Anchored(head.rows, head.hash), durable=False)

    def _write(self, what: Anchored, *, durable: bool) -> None:
        before = self.read()
        turn = 1 if before is None else before.turn + 1
        made = not self.path.exists()
        if made:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if made:
                os.write(handle, b" " * 2 * _PLACE)
            os.lseek(handle, turn % 2 * _PLACE, os.SEEK_SET)
            os.write(handle, _text(Anchored(what.rows, what.hash, what.next_hash, turn)))
            if durable or made:
                _sync(handle)
        finally:
            os.close(handle)
        if made:
            sync_folder(self.path.parent)


def _text(what: Anchored) -> bytes:
    said = json.dumps(asdict(what), sort_keys=True)
    line = json.dumps([said, _checksum(said)])
    return line.encode("ascii").ljust(_PLACE - 1) + b"\n"


def _readable(content: bytes) -> Iterator[Anchored]:
    """Give what the places say that are whole."""
    for start in (0, _PLACE):
        try:
            said, checksum = json.loads(content[start : start + _PLACE])
            if checksum == _checksum(said):
                yield Anchored(**json.loads(said))
        except (ValueError, TypeError, AttributeError):
            continue


def _checksum(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()
