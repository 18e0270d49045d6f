"""The audit trail for reading."""

import csv
import io
from dataclasses import replace

from disclosure.audit import Action, AuditEntry, What
from disclosure.audit_lines import entry_line
from disclosure.audit_table import COLUMNS, entry_csv, entry_table
from tests.audit_samples import make_trail


def rows_of(tmp_path, *entries):
    trail = make_trail(tmp_path)
    for entry in entries:
        trail.record(entry)
    return trail.entries()


def test_a_line_says_who_did_what_for_whom_with_which_choices(tmp_path):
    detail = {"threshold": "1.5", "ward": "X05000001", "window_to": "2025/26 Q2"}
    (row,) = rows_of(
        tmp_path,
        AuditEntry(Action.SAW, "os:me", What.EXPLORE, audience="analyst", snapshot="s", settings="abc", detail=detail),
    )
    when = f"{row.made_at[:10]} {row.made_at[11:19]}"
    choices = "ward X05000001; window to 2025/26 Q2; threshold 1.5"
    assert entry_line(row) == f"1  {when}  os:me  saw  explore  for analyst  s  {choices}  settings abc"


def test_a_detail_that_is_no_longer_what_was_written_is_shown_as_it_stands(tmp_path):
    (row,) = rows_of(tmp_path, AuditEntry(Action.SAW, "os:me", What.EXPLORE))
    for detail in ("no json", "[1]", "3"):
        assert detail in entry_line(replace(row, detail=detail))


def test_a_file_of_entries_is_marked_in_every_row_and_holds_no_formula(tmp_path):
    rows = rows_of(
        tmp_path, AuditEntry(Action.SIGNED_IN, "=cmd|x", What.SIGN_IN), AuditEntry(Action.SAW, "@me", What.EXPLORE)
    )
    read = list(csv.DictReader(io.StringIO(entry_csv(rows, marking=["OFFICIAL-SENSITIVE. Keep."]))))
    assert list(read[0]) == [*COLUMNS, "marking"]
    assert [one["who"] for one in read] == ["'@me", "'=cmd|x"]
    assert {one["marking"] for one in read} == {"OFFICIAL-SENSITIVE. Keep."}


def test_no_entries_are_an_empty_table(tmp_path):
    assert entry_table(make_trail(tmp_path).entries()).empty
