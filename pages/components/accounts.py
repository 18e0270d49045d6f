"""What was read, what was used, and why the rest was not."""

from html import escape

import streamlit as st

from data.reasons import say_reason
from disclosure.reports import ReleasedReport
from pages.components.plain_text import plain_text

_NAMES = {"wards": "Ward boundaries", "population": "Populations"}


def show_accounts(reports: tuple[ReleasedReport, ...]) -> None:
    """Draw one bar a table: the share of the rows read that was used; then the reasons for the rest."""
    colour = "light-dark(#12436d, #5694ca)"
    rows = [_bar(report, colour=colour) for report in reports]
    st.html(f'<div class="wo-facts" style="grid-template-columns:auto minmax(6rem,1fr) auto">{"".join(rows)}</div>')
    for report in reports:
        _show_details(report)


def _bar(report: ReleasedReport, *, colour: str) -> str:
    said = f"{report.used} of {report.read} rows used"
    return (
        f"<span>{escape(_name(report))}</span>"
        f'<span class="wo-bar" role="img" aria-label="{said}">'
        f'<i style="width:{100 * report.share_used:.1f}%;background:{colour}"></i></span>'
        f'<span class="num">{said}</span>'
    )


def _show_details(report: ReleasedReport) -> None:
    lines = [f"- {rows} rows: {say_reason(reason, table=report.table)}" for reason, rows in report.not_used.items()]
    lines += [f"- {note}" for note in report.notes]
    lines += [f"- {finding}" for finding in report.findings]
    if report.columns_not_read:
        lines.append(f"- Columns that were not read: {', '.join(report.columns_not_read)}")
    if lines:
        with st.expander(f"{plain_text(_name(report))}: what was not used, and notes"):
            st.text("\n".join(lines))


def _name(report: ReleasedReport) -> str:
    return _NAMES.get(report.table, report.table.capitalize())
