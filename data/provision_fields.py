"""What a row of provision says: which kind it is, from when to when, how much and where, each told to the table's account."""

import pandas as pd

from data.accounts import NO_DATE, RowAccount
from data.codes import clean_texts, map_distinct
from data.coordinates import points_from_degrees, points_from_metres
from data.date_order import check_date_order
from data.dates import ParsedDates, parse_dates
from data.in_words import listed
from data.numbers import parse_numbers
from data.provision_people import SEVERAL
from data.provision_settings import Provision, plain_kind

NOT_LISTED = "kind not listed"
NO_NAME = "no name"
ENDS_FIRST = "ends before it starts"
UNLOCATED = "unlocated"
_YEARS_AHEAD = 20
_READ_DATES = "Write dates as 2025-07-14, 2025-07 or 14/07/2025."


def check_kinds(account: RowAccount, cells: pd.DataFrame, *, settings: Provision, column: str) -> "pd.Series[str]":
    """Write each kind as the settings do, and put aside rows of which it is none of theirs."""
    known = {plain_kind(kind): kind for kind in settings.kinds}
    kinds = map_distinct(cells["kind"], lambda text: known.get(plain_kind(text)))
    do = f"Write {listed(settings.kinds, last='or')}, or add the kind to [provision] kinds in the settings."
    account.set_aside(cells["kind"].isna(), NOT_LISTED, what="the kind is blank", do=do, column=column)
    account.set_aside(
        kinds.isna(), NOT_LISTED, what="the kind is none of those that the settings list", do=do, column=column
    )
    return kinds


def check_names(
    account: RowAccount, cells: pd.DataFrame, *, kinds: "pd.Series[str]", settings: Provision, column: str
) -> "pd.Series[str]":
    """Keep the names of things, and let go of those that may be a person's."""
    bare = {plain_kind(kind) for kind in settings.without_names}
    not_kept = kinds.map(lambda kind: plain_kind(kind) in bare, na_action="ignore").fillna(False).astype(bool)
    do = "Fill it in at the source."
    account.set_aside(cells["name"].isna() & ~not_kept, NO_NAME, what="the name is blank", do=do, column=column)
    dropped = int((not_kept & cells["name"].notna() & account.open).sum())
    if dropped:
        account.note(
            f"Names are not kept of: {', '.join(settings.without_names)}, since they may be people's ({dropped:,} row"
            f"{'s' if dropped > 1 else ''}). Say how many there are in the column for the number."
        )
    return cells["name"].mask(not_kept)


def check_period(
    account: RowAccount, cells: pd.DataFrame, *, names: dict[str, str]
) -> "tuple[pd.Series[pd.Timestamp], pd.Series[pd.Timestamp]]":
    """Read the first and the last day. A month is its first day where something starts, and its last where it ends."""
    starts, ends = (parse_dates(cells[key], years_ahead=_YEARS_AHEAD) for key in ("start", "end"))
    for key, parsed in (("start", starts), ("end", ends)):
        if key in names:
            check_date_order(account, parsed, cells, column=names[key])
    column = names["start"]
    do = "Fill it in at the source; the month or year in which it began is enough."
    account.set_aside(cells["start"].isna(), NO_DATE, what="the start is blank", do=do, column=column)
    _unreadable(account, starts, what="start", column=column)
    # An end that cannot be read is not taken for none: the row would run for ever.
    _unreadable(account, ends, what="end", column=names.get("end"), given=cells["end"].notna())
    last = ends.dates.mask(ends.is_month, ends.dates + pd.offsets.MonthEnd(0))
    account.set_aside(
        last < starts.dates,
        ENDS_FIRST,
        what="the end lies before the start",
        do="Correct one of them.",
        column=names.get("end"),
    )
    return starts.dates, last.astype("datetime64[us]")


def _unreadable(
    account: RowAccount, parsed: ParsedDates, *, what: str, column: str | None, given: "pd.Series[bool] | bool" = True
) -> None:
    wrong = parsed.dates.isna() & given
    account.set_aside(
        wrong, NO_DATE, what=f"the {what} cannot be read or is out of reason", do=_READ_DATES, column=column
    )


def read_amounts(account: RowAccount, cells: pd.DataFrame, *, names: dict[str, str]) -> "dict[str, pd.Series[float]]":
    """Read the number and the cost. What is none is missing and said; the row stays."""
    costs = parse_numbers(cells["cost"].str.replace(r"^(-?)\s*(?:£|GBP)\s*", r"\1", regex=True))
    numbers = parse_numbers(cells["number"])
    wrong_cost = (costs.isna() | (costs < 0)) & cells["cost"].notna()
    wrong_number = ~((numbers >= 1) & (numbers % 1 == 0)) & cells["number"].notna()
    for wrong, what, key in (
        (wrong_cost, "the cost is not an amount of pounds, so none is known", "cost"),
        (wrong_number, "the number is not a whole number of 1 or more, so none is known", "number"),
    ):
        account.remark(wrong & account.open, what, do="Correct it at the source.", column=names.get(key))
    return {"cost": costs.mask(wrong_cost), "number": numbers.mask(wrong_number)}


def read_place(account: RowAccount, cells: pd.DataFrame, *, names: dict[str, str]) -> "dict[str, pd.Series]":
    """Read wards and points, and put aside rows with neither."""
    metres = "easting" in names
    points = (
        points_from_metres(cells["easting"], cells["northing"])
        if metres
        else points_from_degrees(cells["longitude"], cells["latitude"])
    )
    column = names.get("easting" if metres else "longitude")
    account.remark(
        points.impossible & account.open,
        "longitude and latitude have changed places"
        if points.swapped.any()
        else "the coordinates are no place in Great Britain",
        do="Correct it at the source; until then the row has no point.",
        column=column,
    )
    codes = _listed(cells["ward_code"].str.replace(" ", "", regex=False).str.upper())
    wards = _listed(cells["ward_name"])
    account.set_aside(
        codes.isna() & wards.isna() & points.easting.isna(),
        UNLOCATED,
        what="no ward is named, and no place that can be used",
        do="Name its wards, with semicolons between them. What serves a whole district belongs to no ward: leave it out.",
        column=names.get("ward_code", names.get("ward_name", column)),
    )
    return {"ward_code": codes, "ward_name": wards, "easting": points.easting, "northing": points.northing}


def _listed(texts: "pd.Series[str]") -> "pd.Series[str]":
    """Write lists of wards in one way: no blanks, no empty parts, none twice."""

    def tidy(text: str) -> str | None:
        parts = dict.fromkeys(part.strip() for part in text.split(SEVERAL) if part.strip())
        return SEVERAL.join(parts) or None

    return clean_texts(map_distinct(texts, tidy))
