"""`count-referrals`: an export by person becomes counts, and nothing else of it comes out anywhere."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

import cli
from data.account import account_name
from data.readers import read_referrals
from data.settings import Referrals, load_settings
from ingest.places import STORE_VARIABLE, records_file
from tests.area_files import CODES, SETTINGS, write_area
from verbs.common import DONE, REFUSED, WRONG_USAGE

LISTS = """
[referral_export.categories]
"Concern A" = "First concern"
"Concern A (old)" = "First concern"
"concern b" = "Second concern"
[referral_export.sectors]
"Schools" = "Education"
"Police" = "Police"
"""
HEADINGS = [
    "Case no",
    "Forename",
    "Surname",
    "Date of birth",
    "Ward",
    "Postcode",
    "Referred on",
    "Concern",
    "From",
    "Notes",
]
ASKED = ("--ward-heading", "Ward", "--date-heading", "Referred on", "--category-heading", "Concern")
SECRETS = [
    "Zebulon",
    "Quackenbush",
    "1999-12-31",
    "ZZ9 9ZZ",
    "CASE-777123",
    "gryphon",
    "Wolverhampton Wanderers",
    "Orlando Xyz",
]
"""What stands in cells that are not asked for, or in those that are and is not listed."""


def row(*, ward: str, day: str, concern: str, source: str = "Schools") -> list[str]:
    person = ["CASE-777123", "Zebulon", "Quackenbush", "1999-12-31"]
    return [
        *person,
        ward,
        "ZZ9 9ZZ",
        day,
        concern,
        source,
        'A gryphon, seen "twice"\nby Wolverhampton Wanderers\n\nand again',
    ]


ROWS = [
    row(ward=CODES[0], day="2025-07-14", concern="Concern A"),
    row(ward=CODES[0], day="2025-09-30", concern="CONCERN A  (old)"),
    row(ward=CODES[0], day="2025-10-01", concern="Concern B"),
    row(ward=CODES[1], day="2025-08-01", concern="Orlando Xyz", source="Mrs Orlando Xyz"),
    row(ward=CODES[1], day="2025-08-02", concern="", source="Police"),
    row(ward="12 Wolverhampton Wanderers Way", day="2025-08-02", concern="Concern A"),
    row(ward="", day="2025-08-02", concern="Concern A"),
    row(ward=CODES[2], day="the day gryphon came", concern="Concern A"),
    row(ward=CODES[2], day="", concern="Concern A"),
]
COUNTS = [
    f"{CODES[0]},2025/26 Q2,First concern,Education,2",
    f"{CODES[0]},2025/26 Q3,Second concern,Education,1",
    f"{CODES[1]},2025/26 Q2,Other,Other,1",
    f"{CODES[1]},2025/26 Q2,Other,Police,1",
]


def as_csv(path: Path, *, delimiter: str = ",", encoding: str = "utf-8", above: tuple[str, ...] = ()) -> Path:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([*([line] for line in above), HEADINGS, *ROWS])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def as_workbook(path: Path, *, sheets: tuple[str, ...] = ("Export",)) -> Path:
    book = openpyxl.Workbook()
    for number, name in enumerate(sheets):
        sheet = book.create_sheet(name)
        for line in [HEADINGS, *ROWS] if number == 0 else [["Zebulon"]]:
            sheet.append(line)
    del book["Sheet"]
    book.save(path)
    return path


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "store"))
    return write_area(tmp_path / "area", settings=SETTINGS + LISTS)[0]


def count(settings: Path, export: Path, *more: object, asked: tuple[str, ...] = (*ASKED, "--sector-heading", "From")):
    out = settings.parent / "out" / "counts.csv"
    given = ["count-referrals", "--settings", settings, "--export", export, *asked, "--out", out, *more]
    return CliRunner().invoke(cli.app, [str(one) for one in given]), out


def everything_left(settings: Path, export: Path, shown: str) -> str:
    """All that was shown, and all that stands in any file beside the export."""
    files = [path for path in settings.parents[1].rglob("*") if path.is_file() and path != export]
    assert records_file(load_settings(settings)) in files
    return shown + "".join(path.name + path.read_bytes().decode("latin-1") for path in files)


def make(shape: str, folder: Path) -> Path:
    if shape == "workbook":
        return as_workbook(folder / "export.xlsx")
    if shape == "semicolons, Windows-1252":
        return as_csv(folder / "export.csv", delimiter=";", encoding="cp1252")
    return as_csv(folder / "export.csv", encoding="utf-16" if shape == "UTF-16" else "utf-8-sig")


@pytest.mark.parametrize("shape", ["UTF-8", "UTF-16", "semicolons, Windows-1252", "workbook"])
def test_only_counts_of_listed_words_come_out(settings: Path, tmp_path: Path, shape: str):
    export = make(shape, tmp_path)
    before = export.read_bytes()
    done, out = count(settings, export)
    assert done.exit_code == DONE, done.stderr
    assert out.read_text(encoding="utf-8").splitlines() == ["ward_code,quarter,category,sector,count", *COUNTS]
    left = everything_left(settings, export, done.output)
    assert [secret for secret in SECRETS if secret.casefold() in left.casefold()] == []
    assert export.read_bytes() == before
    assert sorted(path.name for path in out.parent.iterdir()) == ["counts.account.json", "counts.csv"]


def test_every_row_is_accounted_for_in_numbers(settings: Path, tmp_path: Path):
    done, out = count(settings, as_csv(tmp_path / "export.csv"))
    account = json.loads(out.with_suffix(".account.json").read_text(encoding="utf-8"))
    assert (account["rows_read"], account["rows_used"], account["referrals"]) == (9, 5, 5)
    assert account["rows_not_used"] == {"no quarter": 2, "no ward": 1, "not a ward": 1}
    assert account["counted_as_other"] == {"category": 2, "sector": 1}
    assert "Small counts are still sensitive" in done.stdout
    assert out.stat().st_mode & 0o077 == 0


def test_that_it_was_done_is_recorded_and_no_more(settings: Path, tmp_path: Path):
    count(settings, as_csv(tmp_path / "export.csv"))
    with closing(sqlite3.connect(records_file(load_settings(settings)))) as records:
        assert records.execute("SELECT action, what, detail FROM audit").fetchall() == [
            ("made", "counts of referrals", "{}")
        ]


def test_the_counts_are_read_as_any_referrals_file(settings: Path, tmp_path: Path):
    _, out = count(settings, as_csv(tmp_path / "export.csv"))
    assert read_referrals(out, Referrals()).rows["count"].sum() == 5


def test_names_of_wards_find_their_ward_where_wards_are_given(settings: Path, tmp_path: Path):
    rows = [
        "Ward,Referred on,Concern,From",
        "mill and bridge,2025-07-01,Concern A,Police",
        "Castle,2025-07-01,Concern A,Police",
    ]
    (tmp_path / "export.csv").write_text("\n".join(rows), encoding="utf-8")
    done, out = count(settings, tmp_path / "export.csv", "--wards", settings.parent / "wards.geojson")
    assert done.exit_code == DONE, done.stderr
    # Two wards of the area are called Castle, so that row is of neither.
    assert pd.read_csv(out)["ward_code"].tolist() == [CODES[1]]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"Referred on": "Date of birth"}, "a date of birth"),
        ({"Ward": "Postcode"}, "an address or an exact place"),
        ({"Concern": "Forename"}, "a person's name"),
        ({"Concern": "Referred on"}, "Two of the headings are the same"),
        ({"Concern": "Kind"}, "there is no column 'Kind' (--category-heading) in row 1"),
    ],
)
def test_a_column_of_a_person_or_none_is_refused(settings: Path, tmp_path: Path, asked: dict[str, str], said: str):
    export = as_csv(tmp_path / "export.csv")
    done, out = count(
        settings, export, asked=tuple(asked.get(one, one) for one in (*ASKED, "--sector-heading", "From"))
    )
    assert done.exit_code in {REFUSED, WRONG_USAGE}
    assert said in done.stderr
    assert not out.exists()


@pytest.mark.parametrize(
    "fault", ["a person's row for headings", "sheets called as people", "an open quotation mark", "no ward"]
)
def test_what_cannot_be_read_is_refused_without_a_word_of_it(settings: Path, tmp_path: Path, fault: str):
    export = tmp_path / "export.csv"
    if fault == "a person's row for headings":
        as_csv(export)
        text = settings.read_text(encoding="utf-8")
        settings.write_text(
            text.replace("[referral_export.cat", "[referral_export]\nheader_row = 2\n[referral_export.cat")
        )
    elif fault == "sheets called as people":
        export = as_workbook(tmp_path / "export.xlsx", sheets=("Zebulon Quackenbush", "Orlando Xyz"))
    elif fault == "an open quotation mark":
        export.write_text(",".join(HEADINGS) + '\nCASE-777123,"Zebulon,Quackenbush\n', encoding="utf-8")
    else:
        export.write_text("Ward,Referred on,Concern,From\nZebulon,2025-07-01,Orlando Xyz,gryphon\n", encoding="utf-8")
    done, out = count(settings, export)
    assert done.exit_code == REFUSED, done.output
    left = everything_left(settings, export, done.output)
    assert [secret for secret in SECRETS if secret.casefold() in left.casefold()] == []
    assert not list(out.parent.glob("*"))


def test_a_list_that_holds_a_person_is_refused_by_the_checks_of_referrals(settings: Path, tmp_path: Path):
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace('"Concern A" = "First concern"', '"Concern A" = "Born 31/12/1999"'), encoding="utf-8"
    )
    done, out = count(settings, as_csv(tmp_path / "export.csv"))
    assert done.exit_code == REFUSED
    assert "counts.csv was not written" in done.stderr
    assert "1999" not in done.output
    assert not list(out.parent.glob("*"))


def test_the_export_is_never_written_over(settings: Path, tmp_path: Path):
    export = as_csv(tmp_path / "export.csv")
    before = export.read_bytes()
    done, _ = count(settings, export, "--out", export)
    assert done.exit_code == WRONG_USAGE
    assert export.read_bytes() == before


def test_without_lists_nothing_is_counted(settings: Path, tmp_path: Path):
    settings.write_text(SETTINGS, encoding="utf-8")
    done, _ = count(settings, as_csv(tmp_path / "export.csv"))
    assert done.exit_code == WRONG_USAGE
    assert "list no categories and no sectors" in done.stderr


def test_an_account_that_is_no_administrator_may_not(settings: Path, tmp_path: Path):
    operators = (
        '[access]\ncontact = "the lead"\n[[access.groups]]\ngroup = "g"\naudiences = ["analyst"]\n'
        f'[[access.operators]]\nuser = "{account_name()}"\naudiences = ["analyst"]\n'
    )
    settings.write_text(settings.read_text(encoding="utf-8") + operators, encoding="utf-8")
    done, out = count(settings, as_csv(tmp_path / "export.csv"))
    assert done.exit_code == WRONG_USAGE
    assert "is no administrator here" in done.stderr
    assert not out.exists()


def test_invented_rows_make_invented_counts(settings: Path, tmp_path: Path):
    rows = ["Ward,Referred on,Concern,From,provenance", f"{CODES[1]},2025-07-01,Concern A,Police,invented"]
    (tmp_path / "export.csv").write_text("\n".join(rows), encoding="utf-8")
    done, out = count(settings, tmp_path / "export.csv")
    assert done.exit_code == DONE, done.stderr
    assert read_referrals(out, Referrals()).invented
