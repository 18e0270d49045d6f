"""The account of a load: every row that was read, used or not and why, and what was wrong, in sentences."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from data.in_words import listed
from data.reasons import NEVER_TO_COUNT, say_reason
from disclosure.marking import Marking
from disclosure.reports import ReleasedReport
from pages.components.data_faults import show_faults
from pages.components.plain_text import plain_text
from pages.data_facts import KIND_NAMES

_USED, _HARMLESS, _LOST = "light-dark(#12436d, #5694ca)", "light-dark(#9aa5b0, #6b7682)", "light-dark(#f46a25, #f58d55)"
_FEW = 2
"""Notes that are shown as they are; more are folded away."""
_NO_FAULT = (*NEVER_TO_COUNT, "repeated")
"""Reasons for which a row was never to be counted."""


def show_report(
    reports: Sequence[ReleasedReport], *, exact_rows: dict[str, dict[str, int]], marking: Marking, snapshot_id: str
) -> None:
    """Draw one bar a table, then what was wrong with it.

    Parameters
    ----------
    exact_rows
        Rows by outcome, to draw, of those tables whose rows may be told exactly.
    marking, snapshot_id
        Of the file of what was wrong.
    """
    st.html(
        f'<div class="wo-facts wo-accounts">{"".join(_bar(one, exact_rows.get(one.table)) for one in reports)}</div>{_key()}'
    )
    fine = [KIND_NAMES.get(one.table, one.table).lower() for one in reports if not one.faults and not _lost(one)]
    if fine:
        st.html(f'<p class="wo-findings">Nothing was wrong with the {escape(listed(fine))}.</p>')
    for one in reports:
        show_faults(one, marking=marking, snapshot_id=snapshot_id)
        _show_notes(one)


def _bar(report: ReleasedReport, rows: dict[str, int] | None) -> str:
    said = f"{report.used} of {report.read} rows used"
    reasons = "; ".join(
        f"{count} {'row' if count == '1' else 'rows'}: {say_reason(reason, table=report.table)}"
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


def _show_notes(report: ReleasedReport) -> None:
    name = KIND_NAMES.get(report.table, report.table)
    notes = [*report.notes]
    if report.columns_not_read:
        notes.append(f"Columns that were not read: {', '.join(report.columns_not_read)}.")
    if not notes:
        return
    if len(notes) <= _FEW:
        st.html("".join(f'<p class="wo-quiet">{escape(name)}: {escape(note)}</p>' for note in notes))
        return
    with st.expander(f"{plain_text(name)}: {len(notes)} notes"):
        points = "".join(f"<li>{escape(note)}</li>" for note in notes)
        st.html(f'<div class="wo-findings"><ul>{points}</ul></div>')


def _lost(report: ReleasedReport) -> list[str]:
    """Name the reasons for which rows were lost that should have counted."""
    return [reason for reason in report.not_used if reason not in _NO_FAULT]
