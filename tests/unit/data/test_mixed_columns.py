"""Quarters in the wrong column: what the refusal says, and that it repeats nothing of the file."""

from pathlib import Path

import pytest

from data.errors import RefusedInputError
from data.readers import read_incidents, read_referrals
from data.settings import Incidents, Referrals
from tests.unit.data.reading_samples import CODE_A, CODE_B, CODE_C, REFERRAL_HEADINGS, referral, write_csv

LIKE_THIS = "A quarter looks like 2025/26 Q2, or is a date or month inside it, such as 2025-07."


@pytest.mark.parametrize("quarter", ["2024/25 Q3", "2024-11", "01/11/2024"])
def test_quarter_and_count_that_have_changed_places_are_named(tmp_path: Path, quarter: str) -> None:
    rows = [referral(code, "17", count=quarter) for code in (CODE_A, CODE_B, CODE_C)]
    path = write_csv(tmp_path, rows, headings=("ward_code", "Period", "category", "sector", "Number"))
    with pytest.raises(RefusedInputError) as refused:
        read_referrals(path, Referrals(quarter="Period", count="Number"))
    assert str(refused.value) == (
        f"table.csv, column 'Period': not one of its 3 rows is a quarter. {LIKE_THIS} Columns are mixed up: the count column "
        "('Number') holds quarters and the quarter column holds numbers. Correct the file or the settings."
    )


@pytest.mark.parametrize("count", [3, 45000, 202407, 2024])
def test_numbers_in_both_columns_are_not_called_mixed_up(tmp_path: Path, count: int) -> None:
    path = write_csv(tmp_path, [referral(CODE_A, "17", count=count)], headings=REFERRAL_HEADINGS)
    with pytest.raises(RefusedInputError, match="Check which column") as refused:
        read_referrals(path, Referrals())
    assert LIKE_THIS in str(refused.value)
    assert "17" not in str(refused.value)


def test_one_row_with_a_quarter_is_used_and_the_others_set_aside(tmp_path: Path) -> None:
    table = read_referrals(write_csv(tmp_path, [referral(), referral(CODE_B, "second quarter")]), Referrals())
    assert table.report.rows == {"used": 1, "no quarter": 1}


def test_incidents_without_a_count_are_told_what_a_quarter_looks_like(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [("race", CODE_A)], headings=("when", "ward_code"))
    with pytest.raises(RefusedInputError, match="A quarter looks like 2025/26 Q2"):
        read_incidents(path, Incidents(quarter="when", ward_code="ward_code"))
