"""What was wrong with an input as a file for whoever keeps it: rows, columns and sentences, never a value."""

import pandas as pd

from data.report import Finding
from data.spreadsheet_text import harmless_table
from disclosure.marking import Marking
from disclosure.reports import ReleasedReport


def fault_csv(report: ReleasedReport, *, marking: Marking) -> str:
    """Write the findings of a table as CSV, with the marking in its own column and no cell that a spreadsheet would run."""
    rows = pd.DataFrame(
        [_row(one) for one in report.faults], columns=["file", "row", "column", "what is wrong", "what to do", "used"]
    )
    marked = rows.assign(marking=" ".join(marking.lines()))
    return harmless_table(marked).to_csv(index=False, lineterminator="\n")


def _row(one: Finding) -> tuple[str, ...]:
    used = "" if one.row is None else "no" if one.reason else "yes"
    return (one.file, "" if one.row is None else str(one.row), one.column or "", one.what, one.do, used)
