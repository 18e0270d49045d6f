import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from data.errors import RefusedInputError
from data.readers import read_referrals
from data.report import Finding
from data.settings import Referrals
from data.tables import Table
from tests.unit.data.reading_samples import CODE_A, CODE_B, CODE_C, REFERRAL_HEADINGS, referral, write_csv, write_xlsx


def read(path: Path, **settings: object) -> Table[pd.DataFrame]:
    return read_referrals(path, Referrals.model_validate(settings))


def whats(table: Table[pd.DataFrame]) -> list[tuple[int | None, str]]:
    return [(finding.row, finding.what) for finding in table.report.findings]


def test_gives_canonical_columns_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [referral(CODE_B, count=3), referral(CODE_A, count=2)])
    table = read(path)
    assert list(table.rows) == [
        "ward_code", "ward_name", "district", "quarter", "category", "sector", "count", "source_row", "source_file",
    ]  # fmt: skip
    assert table.rows["ward_code"].tolist() == [CODE_B, CODE_A]
    assert table.rows["count"].tolist() == [3, 2]
    assert table.rows["count"].dtype == "int64"
    assert table.rows["source_row"].tolist() == [2, 3]
    assert table.rows["ward_name"].isna().all()
    assert table.report.rows == {"used": 2}
    assert not table.invented


def test_headings_are_mapped_in_settings_and_found_whatever_their_capitals_and_blanks(tmp_path: Path) -> None:
    headings = ("Ward\u00a0code ", "PERIOD", "Type of concern", " Referring sector", "Referrals")
    path = write_csv(tmp_path, [referral(count=4)], headings=headings)
    table = read(
        path,
        ward_code="Ward code",
        quarter="Period",
        category="Type of Concern",
        sector="Referring sector",
        count="referrals",
    )
    assert table.rows["count"].tolist() == [4]


def test_blanks_around_codes_and_texts_are_trimmed(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [(" e05010458 \u00a0", "2025/26  Q2 ", " Islamist\u00a0", "education", " 1 ")])
    row = read(path).rows.iloc[0]
    assert (row["ward_code"], row["quarter"], row["category"], row["count"]) == (CODE_A, "2025/26 Q2", "Islamist", 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_reads_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = write_csv(tmp_path, [referral(category="Naïve – ‘other’")], encoding=encoding)
    table = read(path)
    assert table.rows["category"].tolist() == ["Naïve – ‘other’"]
    assert any("Windows-1252" in note for note in table.report.notes) == (encoding == "cp1252")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_finds_the_delimiter(tmp_path: Path, delimiter: str) -> None:
    path = write_csv(tmp_path, [referral(category='"Mixed, unstable; or unclear"', count=2)], delimiter=delimiter)
    assert read(path).rows["category"].tolist() == ["Mixed, unstable; or unclear"]


def test_thousands_separators_and_whole_decimals_are_counts(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [referral(count='"1,234"'), referral(CODE_B, count="5.0"), referral(CODE_C, count="0")])
    assert read(path).rows["count"].tolist() == [1234, 5, 0]


def test_bad_counts_are_set_aside_and_said_without_the_value(tmp_path: Path) -> None:
    counts = ["-7", "2.5", "seven", "", '"1,23"', 3]
    path = write_csv(tmp_path, [referral(f"E0501045{n}", count=count) for n, count in enumerate(counts)])
    table = read(path)
    assert table.report.rows == {"used": 1, "bad count": 5}
    assert set(whats(table)) == {
        (2, "the count is negative"),
        (3, "the count is not a whole number"),
        (4, "the count is not a number"),
        (5, "the count is blank"),
        (6, "the count is not a number"),
    }
    assert all(
        "seven" not in finding.sentence() and "2.5" not in finding.sentence() for finding in table.report.findings
    )


def test_totals_rows_are_set_aside_and_agree(tmp_path: Path) -> None:
    rows = [referral(CODE_A, count=2), referral(CODE_B, count=3), ("Total", "", "", "", 5), ("", "", "", "", 5)]
    table = read(write_csv(tmp_path, rows))
    assert table.report.rows == {"used": 2, "totals row": 2}
    assert table.report.findings == ()


def test_a_total_that_disagrees_is_found_and_not_quoted(tmp_path: Path) -> None:
    rows = [referral(CODE_A, count=2), referral(CODE_B, count=31), ("All wards", "2025/26 Q2", "", "", 977)]
    table = read(write_csv(tmp_path, rows))
    assert table.report.rows == {"used": 2, "totals row": 1}
    assert whats(table) == [(4, "the total differs from the sum of the rows used")]
    assert "977" not in table.report.findings[0].sentence()


def test_category_totals_beside_categories_are_not_counted_twice(tmp_path: Path) -> None:
    rows = [
        referral(category="Islamist", count=2),
        referral(category="Incel", count=1),
        referral(category="All", count=3),
    ]
    table = read(write_csv(tmp_path, rows))
    assert table.rows["count"].sum() == 3
    assert table.report.rows == {"used": 2, "totals row": 1}


def test_a_file_that_is_not_broken_down_by_category_is_used_as_it_is(tmp_path: Path) -> None:
    table = read(
        write_csv(tmp_path, [referral(CODE_A, category="All", count=2), referral(CODE_B, category="All", count=3)])
    )
    assert table.report.rows == {"used": 2}


def test_blank_and_note_rows_are_accounted_for(tmp_path: Path) -> None:
    rows = [
        referral(),
        ("", "", "", "", ""),
        referral(CODE_B),
        ("Source: case system on 01/10/2025", "", "", "", ""),
    ]
    table = read(write_csv(tmp_path, rows))
    assert table.report.rows == {"used": 2, "blank row": 1, "note row": 1}
    assert table.report.rows_read == 4
    assert table.rows["source_row"].tolist() == [2, 4]


def test_an_identical_row_is_used_once(tmp_path: Path) -> None:
    table = read(
        write_csv(
            tmp_path, [referral(), referral(CODE_B), (f" {CODE_A.lower()}", "Q2 2025-26", "islamist", "Education", "1")]
        )
    )
    assert table.report.rows == {"used": 2, "repeated": 1}
    assert whats(table) == [(4, "the row repeats row 2 and was not counted again")]


def test_rows_that_contradict_each_other_are_refused_by_their_numbers(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [referral(count=41), referral(CODE_B), referral(count=97)])
    with pytest.raises(RefusedInputError, match=r"table\.csv, rows 2 and 4: the same ward, quarter") as refused:
        read(path)
    assert "41" not in str(refused.value)
    assert "97" not in str(refused.value)


def test_months_of_one_quarter_are_not_repeats(tmp_path: Path) -> None:
    rows = [
        referral(quarter="2025-07"),
        referral(quarter="2025-08"),
        referral(quarter="2025-08", category="Incel", count=2),
    ]
    table = read(write_csv(tmp_path, rows))
    assert table.rows["quarter"].tolist() == ["2025/26 Q2"] * 3
    assert table.rows["count"].sum() == 4


def test_a_quarter_of_one_year_is_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [referral(), referral(CODE_B, quarter="2025 Q2")])
    with pytest.raises(RefusedInputError, match=r"row 3, column quarter: a quarter with one year"):
        read(path)


def test_a_quarter_that_cannot_be_read_is_set_aside(tmp_path: Path) -> None:
    rows = [
        referral(),
        referral(CODE_B, quarter=""),
        referral(CODE_C, quarter="2025/27 Q1"),
        referral(CODE_C, quarter="2190/91 Q1"),
    ]
    table = read(write_csv(tmp_path, rows))
    assert table.report.rows == {"used": 1, "no quarter": 3}


def test_a_row_without_a_ward_goes_on_to_the_join_and_is_said(tmp_path: Path) -> None:
    table = read(
        write_csv(
            tmp_path, [referral(), referral("", count=2), referral("E07000129", count=2), referral("Abbey", count=2)]
        )
    )
    assert table.report.rows == {"used": 4}
    assert whats(table) == [
        (3, "no ward is named"),
        (4, "the code is an area's, but not a ward's"),
        (5, "the code is not of the ONS form"),
    ]


def test_names_of_wards_that_could_pass_for_people_are_let_in(tmp_path: Path) -> None:
    names = [
        "Barlestone, Nailstone and Osbaston",
        "St Mary's",
        "Rushey Mead",
        "Isaac Newton",
        "Abbey & Castle",
        "Holly Hayes Wood",
    ]
    headings = (*REFERRAL_HEADINGS, "Ward name", "LAD")
    rows = [(*referral(f"E0501045{n}"), f'"{name}"', "Amber Valley") for n, name in enumerate(names)]
    table = read(write_csv(tmp_path, rows, headings=headings), ward_name="Ward name", district="LAD")
    assert table.rows["ward_name"].tolist() == names


def test_the_sector_may_be_absent_unless_the_settings_name_it(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path, [(CODE_A, "2025/26 Q2", "Islamist", 2)], headings=("ward_code", "quarter", "category", "count")
    )
    assert read(path).rows["sector"].isna().all()
    with pytest.raises(
        RefusedInputError, match=r"no column 'Sector', which the settings name under \[referrals\] sector"
    ):
        read(path, sector="Sector")


def test_a_missing_column_is_said_with_the_headings_and_the_nearest(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [referral()], headings=("ward_code", "quarter", "catgory", "sector", "count"))
    with pytest.raises(
        RefusedInputError,
        match=r"table\.csv: there is no column 'category', which the settings name under \[referrals\] category",
    ) as refused:
        read(path)
    assert "Did you mean 'catgory'?" in str(refused.value)
    assert "'ward_code', 'quarter', 'catgory'" in str(refused.value)


def test_a_file_without_counts_is_told_that_counts_are_wanted(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [referral()[:4]], headings=REFERRAL_HEADINGS[:4])
    with pytest.raises(RefusedInputError, match="never as one row per referral"):
        read(path)


def test_a_file_without_headings_is_refused_without_repeating_its_first_row(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [], headings=[str(cell) for cell in referral(category="Zebedee Quux", count=7)])
    with pytest.raises(RefusedInputError, match="looks like data") as refused:
        read(path)
    assert "Zebedee" not in str(refused.value)
    assert CODE_A not in str(refused.value)


def test_an_undeclared_column_is_refused_by_name(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [(*referral(), "x")], headings=(*REFERRAL_HEADINGS, "Team"))
    with pytest.raises(RefusedInputError, match=r"column 'Team': the settings do not declare this column"):
        read(path)


def test_cells_without_a_heading_are_refused_by_letter_and_empty_columns_are_not(tmp_path: Path) -> None:
    empty = write_csv(tmp_path, [(*referral(), "", "")], headings=(*REFERRAL_HEADINGS, "", ""))
    assert read(empty).report.used == 1
    filled = write_csv(
        tmp_path, [(*referral(), "", "a remark")], headings=(*REFERRAL_HEADINGS, "", ""), name="filled.csv"
    )
    with pytest.raises(RefusedInputError, match=r"filled\.csv, column G: ") as refused:
        read(filled)
    assert "remark" not in str(refused.value)


def test_cells_beyond_the_last_heading_are_refused_by_row(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [referral(), (*referral(CODE_B), "Zebedee")])
    with pytest.raises(RefusedInputError, match=r"row 3: the row has more cells than there are headings") as refused:
        read(path)
    assert "Zebedee" not in str(refused.value)


def test_the_reserved_column_marks_invented_data(tmp_path: Path) -> None:
    headings = (*REFERRAL_HEADINGS, "Provenance")
    assert read(write_csv(tmp_path, [(*referral(), "Invented ")], headings=headings)).invented
    assert not read(write_csv(tmp_path, [(*referral(), "recorded")], headings=headings)).invented


def test_invented_rows_among_others_make_the_whole_table_invented(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path, [(*referral(), "invented"), (*referral(CODE_B), "")], headings=(*REFERRAL_HEADINGS, "provenance")
    )
    table = read(path)
    assert table.invented
    assert any("some rows are marked as invented" in what for _, what in whats(table))


def test_counts_of_one_with_many_rows_alike_are_a_list_of_people(tmp_path: Path) -> None:
    with pytest.raises(RefusedInputError, match="as if each row were one referral"):
        read(write_csv(tmp_path, [referral()] * 4 + [referral(CODE_B)] * 3))


def test_counts_of_one_without_repeats_are_counts(tmp_path: Path) -> None:
    assert read(write_csv(tmp_path, [referral(f"E0501{n:04d}") for n in range(60)])).report.used == 60


def test_a_quarter_column_of_many_days_is_refused(tmp_path: Path) -> None:
    rows = [referral(f"E0501{n:04d}", quarter=f"{n + 3:02d}/08/2025") for n in range(12)]
    with pytest.raises(RefusedInputError, match="many different days"):
        read(write_csv(tmp_path, rows))


def test_quarters_may_be_given_by_their_first_day(tmp_path: Path) -> None:
    days = ["2024-04-01", "2024-07-01", "2024-10-01", "2025-01-01", "2025-04-01", "2025-07-01", "01/10/2025"]
    table = read(write_csv(tmp_path, [referral(quarter=day) for day in days]))
    assert table.rows["quarter"].tolist()[::6] == ["2024/25 Q1", "2025/26 Q3"]


@pytest.mark.parametrize("spelling", ["islamist", "ISLAMIST"])
def test_one_category_in_two_spellings_is_said(tmp_path: Path, spelling: str) -> None:
    table = read(write_csv(tmp_path, [referral(), referral(CODE_B, category=spelling)]))
    assert [what for _, what in whats(table)] == [
        "one category is written with different capitals, and counts as several"
    ]


def test_findings_of_one_kind_are_bounded_and_their_number_is_whole(tmp_path: Path) -> None:
    rows = [referral(f"E0501{n:04d}", count=-1) for n in range(230)]
    table = read(write_csv(tmp_path, [referral(), *rows]))
    assert len(table.report.findings) == 201
    assert table.report.findings[-1] == Finding(
        "table.csv",
        "the count is negative (in 230 rows altogether)",
        "Correct the count at the source.",
        column="count",
    )
    assert table.report.rows["bad count"] == 230


def test_a_file_of_which_nothing_can_be_used_is_refused_with_the_reasons(tmp_path: Path) -> None:
    with pytest.raises(RefusedInputError, match=r"no row could be used: the number is .* \(1\)"):
        read(write_csv(tmp_path, [referral(count="-1")]))
    with pytest.raises(RefusedInputError, match="no rows under the headings"):
        read(write_csv(tmp_path, []))


def test_reads_a_named_sheet_with_the_headings_lower_down(tmp_path: Path) -> None:
    cells = [
        ["Prevent referrals, quarterly return", None, None, None, None],
        [None] * 5,
        list(REFERRAL_HEADINGS),
        [CODE_A, dt.date(2025, 7, 1), "Islamist", "education", 3],
        [CODE_B, "2025/26 Q2", "Islamist", "police", 2.0],
        ["Total", None, None, None, 5],
    ]
    path = write_xlsx(tmp_path, {"Read me": [["for information"]], "Data": cells})
    table = read(path, sheet="Data", header_row=3)
    assert table.rows["source_row"].tolist() == [4, 5]
    assert table.rows["quarter"].tolist() == ["2025/26 Q2"] * 2
    assert table.report.rows == {"used": 2, "totals row": 1}
    assert table.report.notes == ("table.xlsx: sheets of the workbook that were not read: 1.",)


def test_headings_merged_over_two_rows_are_found(tmp_path: Path) -> None:
    cells = [
        ["Ward code", "Period", "Category", "Referrals", None],
        [None, None, None, "sector", "number"],
        [CODE_A, "2025-07", "Incel", "health", 1],
    ]
    path = write_xlsx(tmp_path, {"Data": cells})
    table = read(path, header_row=2, ward_code="Ward code", quarter="Period", category="Category", count="Number")
    assert table.report.rows == {"used": 1}
