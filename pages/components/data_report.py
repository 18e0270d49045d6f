"""The account of a load: every row that was read, used or not and why, and what was wrong, in sentences."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from data.in_words import listed
from disclosure.reports import ReleasedReport
from pages.components.plain_text import plain_text
from pages.data_facts import KIND_NAMES

_MEANINGS = {
    "blank row": "nothing in the row",
    "note row": "a note under the table",
    "totals row": "a total, not a record",
    "repeated": "said before in the file, counted once",
    "no date": "no date that can be read",
    "no quarter": "no quarter that can be read",
    "not a kept category": "a category that the settings do not keep",
    "bad count": "a count that is none",
    "misshapen row": "more cells than headings",
    "unlocated": "no ward, and no coordinates",
    "outside": "a point outside the area",
    "unmatched": "a ward that is not among the boundaries",
}
_USED, _HARMLESS, _LOST = "light-dark(#12436d, #5694ca)", "light-dark(#9aa5b0, #6b7682)", "light-dark(#f46a25, #f58d55)"
_NO_FAULT = ("blank row", "note row", "totals row", "not a kept category", "repeated")
"""Reasons for which a row was never to be counted."""
_SHOWN = 8


def show_report(reports: Sequence[ReleasedReport], *, exact_rows: dict[str, dict[str, int]]) -> None:
    """Draw one bar a table, then what was wrong with it.

    Parameters
    ----------
    exact_rows
        Rows by outcome, to draw, of those tables whose rows may be told exactly.
    """
    st.html(
        f'<div class="wo-facts wo-accounts">{"".join(_bar(one, exact_rows.get(one.table)) for one in reports)}</div>{_key()}'
    )
    fine = [KIND_NAMES.get(one.table, one.table).lower() for one in reports if not _wrong(one)]
    if fine:
        st.html(f'<p class="wo-findings">Nothing was wrong with the {escape(listed(fine))}.</p>')
    for one in reports:
        _show_findings(one)


def _bar(report: ReleasedReport, rows: dict[str, int] | None) -> str:
    said = f"{report.used} of {report.read} rows used"
    reasons = "; ".join(
        f"{count} {reason}" + (f" ({_MEANINGS[reason]})" if reason in _MEANINGS else "")
        for reason, count in report.not_used.items()
    )
    files = report.files[0] if len(report.files) == 1 else f"{len(report.files)} files" if report.files else ""
    name = KIND_NAMES.get(report.table, report.table)
    return (
        f"<span><b>{escape(name)}</b><br><small>{escape(files)}</small></span>"
        f'<span><span class="wo-stack" role="img" aria-label="{escape(f"{name}: {said}. {reasons}")}">'
        f"{_pieces(report, rows)}</span><small>{escape(reasons) or 'every row was used'}</small></span>"
        f'<span class="num">{escape(said)}</span>'
    )


def _pieces(report: ReleasedReport, rows: dict[str, int] | None) -> str:
    if rows is None:
        shares = [(_USED, report.share_used)]
    else:
        total = max(sum(rows.values()), 1)
        harmless = sum(rows.get(reason, 0) for reason in _NO_FAULT)
        used = rows.get("used", 0)
        shares = [
            (_USED, used / total),
            (_LOST, (sum(rows.values()) - used - harmless) / total),
            (_HARMLESS, harmless / total),
        ]
    # A single lost row among many is still to be seen.
    return "".join(
        f'<i style="flex:{share:.5f} 0 {"3px" if colour != _USED else "0"};background:{colour}"></i>'
        for colour, share in shares
        if share > 0
    )


def _key() -> str:
    named = ((_USED, "used"), (_LOST, "not used, and should have been"), (_HARMLESS, "not meant to be counted"))
    marks = "".join(f'<span><i style="background:{colour}"></i>{words}</span>' for colour, words in named)
    return f'<div class="wo-stack-key" aria-hidden="true">{marks}</div>'


def _show_findings(report: ReleasedReport) -> None:
    name = KIND_NAMES.get(report.table, report.table)
    if wrong := _wrong(report):
        st.html(_points(f"What was wrong with the {name.lower()}", wrong))
    more = [*report.findings[_SHOWN:], *report.notes]
    if report.columns_not_read:
        more.append(f"Columns that were not read: {', '.join(report.columns_not_read)}")
    if more:
        with st.expander(f"{plain_text(name)}: more notes"):
            st.text("\n".join(f"- {line}" for line in more))


def _wrong(report: ReleasedReport) -> list[str]:
    """Say what was wrong: how many rows were lost why, then the first findings."""
    lost = [
        f"{rows} {'row' if rows == '1' else 'rows'}: {_MEANINGS.get(reason, reason)}"
        for reason, rows in report.not_used.items()
        if reason not in _NO_FAULT
    ]
    return [*lost, *report.findings[:_SHOWN]]


def _points(heading: str, lines: Sequence[str]) -> str:
    points = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<div class="wo-findings"><b>{escape(heading)}</b><ul>{points}</ul></div>'
