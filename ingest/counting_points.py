"""Incident points counted into ward, quarter and category: any number of rows, on this machine or a cluster, never all in memory.

The rows go the way of an ordinary load (`data.incident_checks`, `geo.join`), block by block. What only all rows together tell
(whether dates are month first, whether codes can be trusted) is first taken as it nearly always is; where the rows say otherwise
they are counted once more. The counts are whole numbers added up and sorted, so neither blocks nor processes change a byte.

Not found while rows are counted in blocks: rows with an identifier that comes again (settings that map `id` are refused), and
totals rows that differ from the sum of the others (they are put aside as ever).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.coverage import incomplete_quarters
from data.errors import RefusedInputError
from data.incident_blocks import Piece, check_countable, list_pieces
from data.incident_columns import SECTION, mapped_headings
from data.input_files import Paths
from data.quarters import quarters_of
from data.report import TableReport
from data.settings import Settings
from geo.join import JoinReport
from ingest.counting_executors import Executor, OneProcess
from ingest.counting_sums import Sums, no_counts
from ingest.counting_tallies import ROWS_OF_A_BLOCK, Plan, Tally, merge_accounts
from ingest.joining import settle_join
from ingest.preparing import Progress


@dataclass(frozen=True)
class PointCounts:
    """Counts of incidents, and the account of every row that was read.

    Attributes
    ----------
    counts : DataFrame
        `ward_code`, `quarter` (label), `category` (missing where there is none) and `count` (int64), each combination once,
        sorted by all three.
    report
        As of an ordinary load.
    invented
        Whether any row is marked as invented.
    """

    counts: pd.DataFrame
    report: TableReport
    invented: bool


def count_points(
    paths: Paths,
    *,
    wards: gpd.GeoDataFrame,
    settings: Settings,
    executor: Executor | None = None,
    progress: Progress = lambda _: None,
    rows_of_a_block: int = ROWS_OF_A_BLOCK,
) -> PointCounts:
    """Count incident points.

    Parameters
    ----------
    paths
        CSV or Parquet files, folders of such, patterns, or several of these.
    wards : GeoDataFrame
        As `data.readers.read_wards` gives them.
    settings
        `[incidents]` must map coordinates. Of `[limits]` all hold but the number of rows.
    executor
        Where the work is done; in this process by default.
    progress
        Called with a sentence now and then.
    rows_of_a_block
        Rows that a process has in memory at a time.

    Raises
    ------
    RefusedInputError
        As `data.readers.read_incidents`.
    UsageError
        If the settings are not of points, or the workers are lost.
    """
    check_countable(settings.incidents)
    pieces = list_pieces(paths, limits=settings.limits)
    names = mapped_headings(settings.incidents)
    before = _states(pieces)
    plan = Plan(settings.incidents, settings.limits, rows_of_a_block=rows_of_a_block)
    doubted: JoinReport | None = None
    with executor or OneProcess() as work:
        while True:
            tally = _gather(work.tallies(pieces, plan=plan, wards=wards), pieces=len(pieces), progress=progress)
            choice = tally.choice(plan.choice, names=names)
            if choice == plan.choice:
                break
            doubted = tally.joined.report if tally.joined and not choice.trust_codes else None
            plan = replace(plan, choice=choice)
            progress("What the rows say together changes how each is read: counting once more")
    _refuse_changed(before, pieces)
    return _settled(tally, pieces, settings=settings, doubted=doubted)


def _gather(tallies: Iterable[tuple[int, Tally]], *, pieces: int, progress: Progress) -> Tally:
    """Add up what the pieces gave, in whatever order they come."""
    sums, known = Sums(), {}
    rows = 0
    for done, (number, tally) in enumerate(tallies, start=1):
        sums.add(tally.counts)
        known[number] = replace(tally, counts=no_counts())
        rows += sum(tally.report.rows.values())
        progress(f"Counted part {done:,} of {pieces:,}: {rows:,} rows")
    whole = Tally(sums.table())
    for number in sorted(known):  # so that the first findings are those of the first rows
        merge_accounts(whole, known[number])
    return whole


def _settled(tally: Tally, pieces: list[Piece], *, settings: Settings, doubted: JoinReport | None) -> PointCounts:
    for words in tally.words.values():
        words.judge()
    _refuse_copies(tally.digests, pieces)
    files = list(dict.fromkeys(piece.path.name for piece in pieces))
    read = tally.report.settled(SECTION, files=files, columns_not_read=tuple(tally.passed_over))
    assert tally.joined is not None  # `settled` refuses an input without rows
    report = settle_join(read, tally.joined, doubted=doubted, vintage=settings.wards.vintage)
    return PointCounts(tally.counts, replace(report, notes=(*report.notes, *_coverage(tally.months))), tally.invented)


def _coverage(months: dict[str, int]) -> list[str]:
    dates = pd.Series(pd.to_datetime(sorted(months)), dtype="datetime64[us]")
    events = pd.DataFrame(
        {"date": dates, "quarter": quarters_of(dates), "count": [months[one] for one in sorted(months)]}
    )
    return [
        f"They {what}, so {quarter} is incomplete. Counts by quarter do not say so: leave it out before they are loaded."
        for quarter, what in incomplete_quarters(events).items()
    ]


def _refuse_copies(digests: dict[str, str], pieces: list[Piece]) -> None:
    seen: dict[str, str] = {}
    for piece in pieces:
        digest = digests.get(str(piece.path)) if piece.first else None
        if digest in seen:
            raise RefusedInputError(
                f"{seen[digest]} and {piece.path.name} have the same content. Take one of them out."
            )
        if digest:
            seen[digest] = piece.path.name


def _states(pieces: list[Piece]) -> dict[str, tuple[int, int]]:
    files = {piece.path for piece in pieces if piece.first and isinstance(piece.path, Path)}
    states = {str(path): path.stat() for path in files}
    return {path: (state.st_size, state.st_mtime_ns) for path, state in states.items()}


def _refuse_changed(before: dict[str, tuple[int, int]], pieces: list[Piece]) -> None:
    after = _states(pieces)
    changed = sorted({Path(path).name for path in before if before[path] != after[path]})
    if changed:
        raise RefusedInputError(
            f"{', '.join(changed)}: changed while being read. Count again when nobody writes to the files."
        )
