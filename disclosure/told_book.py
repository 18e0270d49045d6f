"""The book of what was told: it outlives the snapshots, since what people have seen cannot be taken back.

Beside the snapshots, one folder for each of which something was told, numbered in the order of telling. It holds only what
audiences without exact values may have.
"""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from analysis.windows import Window
from data.durable import write_folder
from data.errors import RefusedInputError, UsageError
from data.settings import Settings
from disclosure.suppression import Ranges
from disclosure.telling import Pair, Told, Totals
from disclosure.telling_turns import FileTurn, Turn, turn_of

FOLDER = ".told"
_WARDS, _RANGES, _TOTALS = "wards.parquet", "ranges.parquet", "totals.json"
_LOCK = ".lock"
ENTRY_FILES = (_WARDS, _RANGES, _TOTALS)
_ASIDE = "withdrawn-"
_DAMAGE = (OSError, ValueError, TypeError, KeyError)
_ENTRY = re.compile(r"\d{6}-[0-9a-z-]+")


class ToldBook:
    """The book of one store of snapshots."""

    def __init__(self, store: Path, *, turn: Turn | None = None) -> None:
        """Name the store's folder, and what its servers take turns by: a file in it if nothing else is named."""
        self._folder = store / FOLDER
        self._turn = turn or FileTurn(self._folder / _LOCK)

    def __contains__(self, snapshot_id: str) -> bool:
        """Whether something was told of a snapshot; reads nothing."""
        return bool(self._places_of(snapshot_id))

    def entry(self, snapshot_id: str) -> Told | None:
        """Give what was told of a snapshot, the last time where it was told more than once; none if nothing was.

        Raises
        ------
        RefusedInputError
            If the entry is damaged: to go on without it would be to forget what was told.
        """
        found = self._places_of(snapshot_id)
        return _read(found[-1]) if found else None

    def entries(self) -> list[Told]:
        """Give all that was told, in the order of telling. Errors as of `entry`."""
        return [_read(place) for place in self._places()]

    @contextmanager
    def one_at_a_time(self) -> Iterator[None]:
        """Keep every other process from telling: two that do not know of each other's could be subtracted.

        Raises
        ------
        UsageError
            If the lock cannot be had.
        """
        with ExitStack() as stack:
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                stack.enter_context(self._turn.taken())
            except OSError as error:
                raise self._unwritable(error) from error
            yield

    def write(self, snapshot_id: str, told: Told) -> None:
        """Write down what is about to be told; within `one_at_a_time`.

        Raises
        ------
        UsageError
            If it cannot be written, or the turn was lost: then it must not be told.
        """
        self._turn.check()
        place = self._folder / f"{self._last_number() + 1:06d}-{snapshot_id}"
        try:
            write_folder(place, lambda folder: _fill(folder, told))
        except OSError as error:
            raise self._unwritable(error) from error

    def first_to_tell(self, window: Window) -> str | None:
        """Give the snapshot of which a window was told first; none if nobody was told of it. Errors as of `entry`."""
        for place in self._places():
            if window in _windows(place):
                return place.name.partition("-")[2]
        return None

    def forget_since(self, snapshot_id: str) -> int:
        """Hold no longer to what was told of a snapshot and since; within `one_at_a_time`. It stays, set aside.

        Returns
        -------
        int
            How many entries were set aside.

        Raises
        ------
        UsageError
            If the folder cannot be written.
        """
        places, of_it = self._places(), self._places_of(snapshot_id)
        since = places[places.index(of_it[0]) :] if of_it else []
        try:
            for place in reversed(since):
                place.rename(place.with_name(f"{_ASIDE}{place.name}"))
        except OSError as error:
            raise self._unwritable(error) from error
        return len(since)

    def _last_number(self) -> int:
        """Give the last number that was used, also of what has been set aside."""
        names = [place.name.removeprefix(_ASIDE) for place in self._folder.iterdir()] if self._folder.is_dir() else []
        return max((int(name[:6]) for name in names if is_entry(name)), default=0)

    def _unwritable(self, error: OSError) -> UsageError:
        return UsageError(
            f"What is shown of this snapshot cannot be written down in {self._folder} ({error.strerror}), so it is not "
            "shown. Check that the disk has room and that this user may write there."
        )

    def _places_of(self, snapshot_id: str) -> list[Path]:
        return [place for place in self._places() if place.name.partition("-")[2] == snapshot_id]

    def _places(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        return sorted(place for place in self._folder.iterdir() if is_entry(place.name))


def open_book(store: Path, *, settings: Settings) -> ToldBook:
    """Open the book of a partnership's store, whose servers take turns where its records are."""
    return ToldBook(store, turn=turn_of(settings))


def is_entry(name: str) -> bool:
    """Whether a folder of the book has a name as entries have."""
    return _ENTRY.fullmatch(name) is not None


def copy_book(source: Path, target: Path) -> None:
    """Copy the entries of a book of what was told that are not there yet: an entry never changes."""
    for entry in sorted(source.iterdir()) if source.is_dir() else ():
        if is_entry(entry.name) and not (target / entry.name).exists():
            write_folder(target / entry.name, partial(_copy_entry, entry))


def _copy_entry(entry: Path, target: Path) -> None:
    for name in ENTRY_FILES:
        shutil.copyfile(entry / name, target / name)


def _fill(folder: Path, told: Told) -> None:
    told.wards.to_parquet(folder / _WARDS, index=False, compression="zstd")
    _table(told).to_parquet(folder / _RANGES, index=False, compression="zstd")
    totals = [[window.last, window.quarters, *both] for window, both in told.totals.items()]
    (folder / _TOTALS).write_text(json.dumps(totals), encoding="utf-8")


def _table(told: Told) -> pd.DataFrame:
    rows = len(told.wards)
    pieces = [
        pd.DataFrame(
            {
                "last_quarter": window.last,
                "quarters": window.quarters,
                "measure": measure,
                "ward": np.arange(rows),
                "least": each.least,
                "most": each.most,
            }
        )
        for window, pair in told.ranges.items()
        for measure, each in enumerate(pair)
    ]
    columns = ["last_quarter", "quarters", "measure", "ward", "least", "most"]
    return pd.concat(pieces, ignore_index=True) if pieces else pd.DataFrame(columns=columns)


def _read(place: Path) -> Told:
    try:
        wards = gpd.read_parquet(place / _WARDS)
        table = pd.read_parquet(place / _RANGES)
        found = _windows(place)
        return Told(wards=wards, ranges=_ranges(table, windows=list(found)), totals=found)
    except _DAMAGE as error:
        raise _unreadable(place) from error


def _windows(place: Path) -> dict[Window, Totals]:
    try:
        totals = json.loads((place / _TOTALS).read_text(encoding="utf-8"))
        return {Window(last, quarters): _as_totals(both) for last, quarters, *both in totals}
    except _DAMAGE as error:
        raise _unreadable(place) from error


def _unreadable(place: Path) -> RefusedInputError:
    return RefusedInputError(
        f"What was shown before cannot be read from {place}. Put it back from a backup: without it, nobody knows what may be "
        "shown beside it."
    )


def _as_totals(both: list[int | None]) -> Totals:
    referrals, incidents = both
    return referrals, incidents


def _ranges(table: pd.DataFrame, *, windows: list[Window]) -> dict[Window, Pair]:
    by = table.sort_values("ward", kind="stable").groupby(["last_quarter", "quarters", "measure"])
    parts = {key: Ranges(least=one["least"].to_numpy(), most=one["most"].to_numpy()) for key, one in by}
    return {
        window: (parts[window.last, window.quarters, 0], parts[window.last, window.quarters, 1]) for window in windows
    }
