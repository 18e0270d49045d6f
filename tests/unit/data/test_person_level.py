from pathlib import Path

import pandas as pd
import pytest

from data.errors import RefusedInputError
from data.person_level import refuse_person_values
from data.readers import read_referrals
from data.settings import Referrals
from tests.unit.data.reading_samples import REFERRAL_HEADINGS, referral, write_csv

IDENTIFIERS = ["someone@example.org", "LE1 5WW", "9434765919", "07700 900123", "2008/1234567X"]
PEOPLE = [
    "Zebedee Quux", "Wibble Wobble", "Fred-Ann Bazzle", "Quill Ottershaw", "Tamsin Undry", "Perran Vosper",
    "Jory Pencast", "Lowen Tregear",
    "Merryn Oakes",
]  # fmt: skip


def refusal(folder: Path, rows: list[tuple[object, ...]], *, headings: tuple[str, ...] = REFERRAL_HEADINGS) -> str:
    path = write_csv(folder, rows, headings=headings)
    with pytest.raises(RefusedInputError) as refused:
        read_referrals(path, Referrals())
    return str(refused.value)


# One name among the wards' is no sign: wards are named after people, and what is no ward goes unmatched at the join.
@pytest.mark.parametrize(
    ("column", "value"),
    [(column, value) for column in REFERRAL_HEADINGS for value in IDENTIFIERS]
    + [(column, "Mr Quux") for column in REFERRAL_HEADINGS[1:]],
)
def test_a_persons_value_in_any_column_refuses_the_file_and_is_not_repeated(
    tmp_path: Path, column: str, value: str
) -> None:
    rows = [referral(f"E0501{n:04d}") for n in range(20)]
    place = REFERRAL_HEADINGS.index(column)
    rows[13] = (*rows[13][:place], value, *rows[13][place + 1 :])
    said = refusal(tmp_path, rows)
    assert said.startswith(f"table.csv, column '{column}': its values look like ")
    assert value not in said


@pytest.mark.parametrize("column", ["category", "sector"])
@pytest.mark.parametrize("value", ["14/03/2008", "aged 15", "He told his teacher about it", "Sarah Jones"])
def test_a_date_a_tale_or_a_name_among_kinds_refuses_the_file(tmp_path: Path, column: str, value: str) -> None:
    rows = [referral(f"E0501{n:04d}", **{column: value if n == 5 else "Other"}) for n in range(20)]
    said = refusal(tmp_path, rows)
    assert f"column '{column}'" in said
    assert value not in said


def test_a_column_of_names_that_no_list_holds_is_refused_as_a_whole(tmp_path: Path) -> None:
    said = refusal(tmp_path, [referral(f"E0501{n:04d}", sector=name) for n, name in enumerate(PEOPLE)])
    assert "column 'sector': its values look like people's names" in said


def test_case_references_are_refused(tmp_path: Path) -> None:
    said = refusal(tmp_path, [referral(f"E0501{n:04d}", category=f"PRV-{n + 1000}") for n in range(12)])
    assert "column 'category': its values look like references of single cases" in said


def test_people_in_a_column_of_wards_are_refused() -> None:
    cells = pd.DataFrame({"ward_name": ["Sarah Jones", "David Smith", "Mohammed Khan", "Abbey"]}, dtype="str")
    with pytest.raises(RefusedInputError, match="its values look like people's names"):
        refuse_person_values(cells, names={"ward_name": "Ward"}, file="f.csv")


@pytest.mark.parametrize(
    "heading",
    [
        "Name",
        "Date of birth",
        "NHS number",
        "PNC ID",
        "Home address",
        "Postcode",
        "E-mail",
        "Phone",
        "Notes",
        "Case ref",
        "Gender",
    ],
)
def test_a_heading_of_a_persons_refuses_the_file_by_name(tmp_path: Path, heading: str) -> None:
    said = refusal(tmp_path, [(*referral(), "Zebedee")], headings=(*REFERRAL_HEADINGS, heading))
    assert f"column '{heading}': the heading announces" in said
    assert "Zebedee" not in said


def test_a_list_of_people_is_told_so_before_it_is_told_what_it_lacks(tmp_path: Path) -> None:
    said = refusal(tmp_path, [("Zebedee", "2008-03-14", "E05010458")], headings=("First name", "DOB", "ward_code"))
    assert said.count("the heading announces") == 2
    assert "there is no column" not in said


def test_a_heading_of_a_persons_is_refused_even_if_the_settings_map_it(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [referral()], headings=("ward_code", "quarter", "Subject name", "sector", "count"))
    with pytest.raises(RefusedInputError, match="column 'Subject name': the heading announces a person's name"):
        read_referrals(path, Referrals(category="Subject name"))


def test_values_are_looked_at_under_the_reserved_heading_too(tmp_path: Path) -> None:
    said = refusal(tmp_path, [(*referral(), "Mr Quux")], headings=(*REFERRAL_HEADINGS, "provenance"))
    assert "column 'provenance': its values look like a person's name" in said


def test_a_note_under_the_table_is_looked_at_for_identifiers_only(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path,
        [referral(), ('"Extracted on 01/10/2025 by the Prevent team, who say that these are all"', "", "", "", "")],
    )
    assert read_referrals(path, Referrals()).report.rows == {"used": 1, "note row": 1}
    assert "an email address" in refusal(tmp_path, [referral(), ("Ask someone@example.org", "", "", "", "")])


def test_a_heading_that_is_a_value_is_called_by_its_letter(tmp_path: Path) -> None:
    said = refusal(tmp_path, [(*referral(), "x")], headings=(*REFERRAL_HEADINGS, "Sarah Jones"))
    assert "column F: " in said
    assert "Sarah" not in said


def test_days_all_over_the_month_are_no_quarters_and_one_day_of_each_month_is(tmp_path: Path) -> None:
    births = ["14/03/2008", "02/11/2009", "27/05/2007", "09/01/2010"]
    said = refusal(tmp_path, [referral(f"E0501{n:04d}", quarter=day) for n, day in enumerate(births)])
    assert "column 'quarter': it holds many different days" in said
    assert "2008" not in said
    middles = [f"15/{month:02d}/2025" for month in range(1, 10)]
    path = write_csv(tmp_path, [referral(f"E0501{n:04d}", quarter=day) for n, day in enumerate(middles)])
    assert read_referrals(path, Referrals()).report.used == 9


def test_long_numbers_among_kinds_are_references(tmp_path: Path) -> None:
    said = refusal(tmp_path, [referral(), referral(category="Case 20250071234")])
    assert "column 'category': its values look like references of single cases" in said
    assert "71234" not in said


@pytest.mark.parametrize(
    "sector", ["Mother", "Friends and family", "Dr referral", "Police (24/7)", "16 to 18 provider"]
)
def test_sources_of_referral_are_let_in(tmp_path: Path, sector: str) -> None:
    path = write_csv(tmp_path, [referral(sector=sector)])
    assert read_referrals(path, Referrals()).rows["sector"].tolist() == [sector]
