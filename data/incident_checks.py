"""From the cells of incidents to rows that can be used: what each row says, told to the account; all rows, or a block of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from data.accounts import NOT_KEPT, REPEATED, TOTALS_ROW, RowAccount
from data.codes import clean_text
from data.incident_columns import PLACE
from data.incident_fields import Decided, read_counts, read_points, read_times
from data.numbers import parse_numbers
from data.remarks import Fact, Teller
from data.repeats import repeated_rows, say_repeats
from data.row_checks import check_places, check_provenance, set_aside_empty
from data.settings import Incidents
from data.totals import are_totals, names_kinds, totals_disagree

_COLUMNS = ("date", "quarter", "category", "count", *PLACE, "easting", "northing")


def check_incidents(
    account: RowAccount,
    cells: pd.DataFrame,
    *,
    names: dict[str, str],
    settings: Incidents,
    decided: Decided | None = None,
) -> tuple[bool, pd.DataFrame]:
    """Read what each row says, and put aside what cannot be used.

    Parameters
    ----------
    account
        Of these rows.
    cells
        Text cells in canonical columns; coordinates may be numbers.
    names
        Canonical column to heading, of the columns that are mapped.
    settings
        Section `[incidents]`.
    decided
        If these are a block of an input's rows: what all of its rows decide. Then totals rows are not compared with the sums
        of the others, which are in other blocks.

    Returns
    -------
    bool
        Whether any row is marked as invented.
    DataFrame
        All rows with what was read of them.
    """
    set_aside_empty(account, cells)
    _set_aside_totals(account, cells, names=names, decided=decided)
    invented = check_provenance(account, cells)
    _set_aside_categories(account, cells, settings=settings)
    dates, quarters = read_times(account, cells, names=names, decided=decided)
    counts = read_counts(account, cells, names=names)
    cells = check_places(account, cells, names=names)
    points = read_points(account, cells, names=names)
    cells = cells.assign(date=dates, quarter=quarters, count=counts, easting=points.easting, northing=points.northing)
    return invented, cells


def usable_rows(account: RowAccount, cells: pd.DataFrame) -> pd.DataFrame:
    """Give the rows that are to be used, in canonical columns."""
    return cells.loc[account.open, [*_COLUMNS, "source_row", "source_file"]].reset_index(drop=True)


def _set_aside_totals(
    account: RowAccount, cells: pd.DataFrame, *, names: dict[str, str], decided: Decided | None
) -> None:
    keys = [key for key in names if key != "count"]
    counted = cells if "count" in names else cells.drop(columns="count")
    totals = are_totals(counted, keys=keys, broken_down=decided.broken_down if decided else None)
    if "category" in names:
        account.settle(BrokenDown(names_kinds(cells["category"])))
    if "count" in names and not decided:
        numbers = parse_numbers(cells["count"])
        wrong = totals_disagree(cells, numbers.where(account.open), keys=keys, totals=totals)
        account.remark(
            wrong, "the total differs from the sum of the rows", do="Find out which is right.", column=names["count"]
        )
    account.set_aside(totals, TOTALS_ROW)


@dataclass(frozen=True)
class BrokenDown:
    """Whether any row names a real category."""

    named: bool

    @property
    def about(self) -> str:
        """Which question."""
        return "categories named"

    def plus(self, other: Fact) -> "BrokenDown":
        """Add those of rows further on."""
        assert isinstance(other, BrokenDown)
        return BrokenDown(self.named or other.named)

    def judge(self, account: Teller) -> None:
        """Say nothing: it decides what is a totals row."""


def _set_aside_categories(account: RowAccount, cells: pd.DataFrame, *, settings: Incidents) -> None:
    if not settings.keep:
        return
    kept = {clean_text(category).casefold(): category for category in settings.keep}
    found = cells["category"].str.casefold()
    account.settle(
        KeptCategories(
            settings.category or "", {category: bool((found == folded).any()) for folded, category in kept.items()}
        )
    )
    account.set_aside(~found.isin(list(kept)), NOT_KEPT)


@dataclass(frozen=True)
class KeptCategories:
    """Which of the categories to keep are there."""

    column: str
    found: Mapping[str, bool]

    @property
    def about(self) -> str:
        """Which question."""
        return "categories to keep"

    def plus(self, other: Fact) -> "KeptCategories":
        """Add those of rows further on."""
        assert isinstance(other, KeptCategories)
        return replace(self, found={category: there or other.found[category] for category, there in self.found.items()})

    def judge(self, account: Teller) -> None:
        """Say which are not there."""
        for category, there in self.found.items():
            if not there:
                account.find(
                    f"no row has the category '{category}' that [incidents] keep names",
                    do="Correct its spelling.",
                    column=self.column,
                )


def set_aside_repeats(account: RowAccount, cells: pd.DataFrame, *, names: dict[str, str], complete: bool) -> None:
    """Put aside rows that repeat an earlier one, all rows of an input at once.

    Parameters
    ----------
    complete
        Whether every column of the files is mapped.
    """
    if "id" in names:
        keys, among = ["id"], account.open & cells["id"].notna()
        again = repeated_rows(cells, keys=keys, values=[], among=among, what="identifier")
    elif complete and "count" in names and not {"longitude", "easting"} & names.keys():
        # With every column of the file mapped, rows that agree in all of them but the count cannot both be right. Where other
        # columns were passed over, those may tell the rows apart.
        keys, among = ["date", "quarter", *PLACE, "category"], account.open
        again = repeated_rows(cells, keys=keys, values=["count"], among=among, what="ward, time and category")
    else:
        return
    account.set_aside(
        again,
        REPEATED,
        what="the row repeats an earlier one and was not counted again",
        do="Remove it at the source.",
        each=say_repeats(cells, again, keys=keys, among=among),
    )
