"""Why rows are not used, in words for people: on screens, on paper and in the report of a load."""

from collections.abc import Mapping

_IN_WORDS: Mapping[str, str] = {
    "blank row": "nothing stands in the row",
    "note row": "a note under the table",
    "totals row": "a total, not a record",
    "repeated": "says the same as an earlier row, so it is counted once",
    "no date": "no date that can be read",
    "no quarter": "no quarter that can be read",
    "not a kept category": "of a kind that is not counted here",
    "bad count": "the number is blank, negative, not whole or no number at all",
    "misshapen row": "more cells than there are headings",
    "no name": "it has no name",
    "kind not listed": "of a kind that the settings do not list",
    "ends before it starts": "its end lies before its start",
    "unlocated": "no ward is named",
    "outside": "the place lies outside this area",
    "unmatched": "the ward is none of this area's wards",
}
_NO_PLACE = {"unlocated": "neither a ward nor a place that can be used"}
_OF_TABLES: Mapping[str, Mapping[str, str]] = {"incidents": _NO_PLACE, "provision": _NO_PLACE}
NEVER_TO_COUNT = ("blank row", "note row", "totals row", "not a kept category")
"""Reasons of rows that are no records, or none of those that are asked for: nothing has to be put right."""


def say_reason(reason: str, *, table: str = "") -> str:
    """Say a reason of `data.report.TableReport.rows` in words; one without words of its own as it is."""
    return _OF_TABLES.get(table, {}).get(reason) or _IN_WORDS.get(reason, reason)
