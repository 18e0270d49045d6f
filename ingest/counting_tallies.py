"""Incidents of one piece checked, joined and counted, by the same code as those of an ordinary load; and how pieces add up."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd

from data.block_accounts import BlockAccount, BlockReport
from data.contracts import INCIDENTS, keep_contract
from data.date_order import DateOrder
from data.incident_blocks import OpenPiece, Piece, Words, open_piece
from data.incident_checks import BrokenDown, check_incidents, usable_rows
from data.incident_columns import SECTION, mapped_headings
from data.incident_fields import USUAL, Decided
from data.limits_settings import Limits
from data.row_checks import Invented
from data.settings import Incidents
from ingest.counting_sums import KEYS, Sums, no_counts
from ingest.joining import Joined, join_rows

ROWS_OF_A_BLOCK = 250_000


@dataclass(frozen=True)
class Choice:
    """What all rows decide of each: at first as it nearly always is, then as the rows say."""

    rows: Decided = USUAL
    trust_codes: bool = True


AT_FIRST = Choice()


@dataclass(frozen=True)
class Plan:
    """How each piece is to be counted."""

    settings: Incidents
    limits: Limits
    choice: Choice = AT_FIRST
    rows_of_a_block: int = ROWS_OF_A_BLOCK


@dataclass
class Tally:
    """What was counted in a piece, or in several."""

    counts: pd.DataFrame
    """`KEYS` and `count`; each combination once."""
    report: BlockReport = field(default_factory=BlockReport)
    joined: Joined | None = None
    months: dict[str, int] = field(default_factory=dict)
    """Events by month, of those that have a date and a ward."""
    words: dict[str, Words] = field(default_factory=dict)
    """By path."""
    passed_over: dict[str, None] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    """Content of each file that has rows, by path."""

    @property
    def invented(self) -> bool:
        """Whether any row is marked as invented."""
        said = self.report.facts.get("provenance")
        return isinstance(said, Invented) and said.marked

    def choice(self, before: Choice, *, names: Mapping[str, str]) -> Choice:
        """Say what the rows decide, that were counted by the choice before."""
        orders = {key: self._order(names.get(key)) for key in ("date", "quarter")}
        named = self.report.facts.get("categories named")
        rows = Decided(
            dates_month_first=orders["date"],
            quarters_month_first=orders["quarter"],
            broken_down=named.named if isinstance(named, BrokenDown) else True,
        )
        if rows != before.rows:  # which codes contradict names is asked of the rows that are then left
            return Choice(rows)
        doubtful = self.joined is not None and self.joined.report.codes_doubtful
        return Choice(rows, trust_codes=before.trust_codes and not doubtful)

    def _order(self, column: str | None) -> bool:
        order = self.report.facts.get(f"date order of {column}")
        return isinstance(order, DateOrder) and order.read_month_first


def count_piece(piece: Piece, plan: Plan, wards: gpd.GeoDataFrame) -> Tally:
    """Count one piece, block by block.

    Parameters
    ----------
    wards
        As `data.readers.read_wards` gives them.

    Raises
    ------
    RefusedInputError
        As `data.readers.read_incidents`, where a block of rows tells.
    """
    opened = open_piece(piece, plan.settings, rows=plan.rows_of_a_block, limits=plan.limits)
    tally = Tally(no_counts(), passed_over=dict.fromkeys(opened.columns.passed_over))
    words = Words(piece.path.name, opened.columns.looked_at)
    sums = Sums()
    for cells in opened.blocks:
        words.look_at(cells)
        if opened.digest:
            tally.digests[str(piece.path)] = opened.digest
        sums.add(_count_block(cells, opened, plan=plan, wards=wards, tally=tally))
    tally.counts = sums.table()
    tally.words[str(piece.path)] = words
    return tally


def _count_block(
    cells: pd.DataFrame, opened: OpenPiece, *, plan: Plan, wards: gpd.GeoDataFrame, tally: Tally
) -> pd.DataFrame:
    account = BlockAccount(SECTION, cells, notes=opened.notes)
    names = mapped_headings(plan.settings)
    _, read = check_incidents(account, cells, names=names, settings=plan.settings, decided=plan.choice.rows)
    rows = keep_contract(usable_rows(account, read), INCIDENTS, table=SECTION)
    inside, joined = join_rows(
        rows, wards=wards, tolerance=plan.settings.tolerance_metres, trust_codes=plan.choice.trust_codes
    )
    tally.report = tally.report.plus(account.close())
    tally.joined = tally.joined.plus(joined) if tally.joined else joined
    _add_months(tally.months, inside)
    return inside[[*KEYS, "count"]]


def _add_months(months: dict[str, int], rows: pd.DataFrame) -> None:
    dated = rows["date"].notna().to_numpy()
    found, which = np.unique(rows["date"].to_numpy()[dated].astype("datetime64[M]"), return_inverse=True)
    counted = np.bincount(which, weights=rows["count"].to_numpy()[dated], minlength=len(found))
    for month, count in zip(found.astype(str).tolist(), counted.tolist(), strict=True):
        months[month] = months.get(month, 0) + int(count)


def merge_accounts(whole: Tally, other: Tally) -> None:
    """Add what is known of another piece, further on in the data, but for its counts."""
    whole.report = whole.report.plus(other.report)
    if other.joined:
        whole.joined = whole.joined.plus(other.joined) if whole.joined else other.joined
    for month, count in other.months.items():
        whole.months[month] = whole.months.get(month, 0) + count
    for path, words in other.words.items():
        if path in whole.words:
            whole.words[path].add(words)
        else:
            whole.words[path] = words
    whole.passed_over.update(other.passed_over)
    whole.digests.update(other.digests)
