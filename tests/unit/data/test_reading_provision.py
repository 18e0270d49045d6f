"""Reading what is provided: what each column may say, what becomes of each row, and that no person comes in."""

from pathlib import Path

import pandas as pd
import pytest

from data.errors import PersonLevelError, RefusedInputError
from data.provision_settings import Provision
from data.reading_provision import read_provision
from data.report import TableReport

HEAD = "name,kind,ward_code,start,end,cost,number"


def read(
    folder: Path, *lines: str, head: str = HEAD, settings: Provision | None = None
) -> tuple[pd.DataFrame, TableReport]:
    file = folder / "provision.csv"
    file.write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    table = read_provision(file, settings or Provision())
    return table.rows, table.report


def test_a_row_says_what_where_from_when_to_when_and_at_what_cost(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, 'Common Ground,Projects, x05000001 ; X05000002;,2025-04,2026-03,"£24,000.50",2')
    (row,) = rows.to_dict("records")
    assert (row["name"], row["kind"], row["ward_code"]) == ("Common Ground", "project", "X05000001;X05000002")
    assert (row["cost"], row["number"]) == (24_000.5, 2)
    assert row["start"] == pd.Timestamp(2025, 4, 1)


def test_a_month_ends_on_its_last_day_and_no_end_is_none(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, "A,forum,X05000001,2025-04,2026-02,,", "B,forum,X05000001,2025-04,,,")
    assert rows["end"].tolist()[0] == pd.Timestamp(2026, 2, 28)
    assert rows["end"].isna().tolist() == [False, True]


def test_an_end_may_lie_years_ahead(tmp_path: Path) -> None:
    later = pd.Timestamp.now().normalize() + pd.DateOffset(years=3)
    rows, _ = read(tmp_path, f"A,forum,X05000001,2025-04-01,{later:%Y-%m-%d},,")
    assert rows["end"].tolist() == [later]


def test_every_row_is_accounted_for_with_its_reason(tmp_path: Path) -> None:
    rows, report = read(
        tmp_path,
        "Used,forum,X05000001,2025-04-01,,,",
        "Used,forum,X05000001,2025-04-01,,,",
        "No kind,carnival,X05000001,2025-04-01,,,",
        ",forum,X05000001,2025-04-01,,,",
        "No start,forum,X05000001,,,,",
        "Odd end,forum,X05000001,2025-04-01,some day,,",
        "Backwards,forum,X05000001,2025-04-01,2024-04-01,,",
        "Nowhere,forum,,2025-04-01,,,",
        ",,,,,,",
    )
    assert report.rows_read == 9
    assert report.rows == {
        "used": 1,
        "repeated": 1,
        "kind not listed": 1,
        "no name": 1,
        "no date": 2,
        "ends before it starts": 1,
        "unlocated": 1,
        "blank row": 1,
    }
    assert list(rows["name"]) == ["Used"]
    told = [finding.sentence() for finding in report.findings]
    (kind,) = [one for one in told if one.startswith("provision.csv, row 4, column kind: the kind is none of those")]
    assert "Write project, group, forum, training or champion, or add the kind to" in kind
    assert not any("carnival" in one or "some day" in one for one in told)


def test_a_cost_or_a_number_that_is_none_is_said_and_the_row_stays(tmp_path: Path) -> None:
    rows, report = read(tmp_path, "A,forum,X05000001,2025-04-01,,lots,0", "B,forum,X05000001,2025-04-01,,-5,1.5")
    assert rows[["cost", "number"]].isna().all(axis=None)
    assert len(report.findings) == 4


def test_names_of_champions_are_not_kept_and_two_of_them_are_two(tmp_path: Path) -> None:
    rows, report = read(
        tmp_path,
        "One of a kind,champion,X05000001,2025-04-01,,,",
        ",Champions,X05000001,2025-04-01,,,3",
        ",champion,X05000001,2025-04-01,,,3",
    )
    assert rows["name"].isna().all()
    assert report.used == 3
    assert any("Names are not kept of: champion" in note for note in report.notes)


@pytest.mark.parametrize("name", ["Sarah Khan", "Mr Bright", "someone@example.org", "Ring 0116 496 0000"])
def test_a_name_that_is_a_persons_is_refused_and_not_repeated(tmp_path: Path, name: str) -> None:
    with pytest.raises(PersonLevelError) as refusal:
        read(tmp_path, f"{name},champion,X05000001,2025-04-01,,,")
    assert name not in str(refusal.value)


@pytest.mark.parametrize("heading", ["Champion name", "Surname", "Contact", "Notes"])
def test_a_heading_that_announces_a_person_is_refused(tmp_path: Path, heading: str) -> None:
    with pytest.raises(PersonLevelError):
        read(
            tmp_path,
            "A,forum,X05000001,2025-04-01",
            head=f"{heading},kind,ward_code,start",
            settings=Provision(name=heading),
        )


@pytest.mark.parametrize("heading", ["Name", "Project name", "Title", "Name of project"])
def test_a_heading_that_names_a_thing_is_taken(tmp_path: Path, heading: str) -> None:
    rows, _ = read(
        tmp_path,
        "A,forum,X05000001,2025-04-01",
        head=f"{heading},kind,ward_code,start",
        settings=Provision(name=heading),
    )
    assert len(rows) == 1


def test_columns_that_nothing_names_are_not_read(tmp_path: Path) -> None:
    rows, report = read(
        tmp_path, "A,forum,X05000001,2025-04-01,Sarah Khan", head="name,kind,ward_code,start,lead officer"
    )
    assert report.columns_not_read == ("lead officer",)
    assert "Sarah Khan" not in rows.to_string()


def test_points_are_read_in_degrees(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, "A,forum,-1.13,52.63,2025-04-01", head="name,kind,longitude,latitude,start")
    assert rows["easting"].between(458_000, 460_000).all()


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ("name,kind,start", "no column says where"),
        ("name,kind,start,easting", "easting goes with northing"),
        ("kind,ward_code,start", "no column 'name'"),
    ],
)
def test_a_file_that_lacks_a_column_is_refused(tmp_path: Path, head: str, says: str) -> None:
    with pytest.raises(RefusedInputError, match=says):
        read(tmp_path, head=head)


def test_a_column_that_the_settings_name_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(RefusedInputError, match="'Price'"):
        read(tmp_path, "A,forum,X05000001,2025-04-01,,,", settings=Provision(cost="Price"))


def test_a_partnership_may_have_kinds_of_its_own(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, "A,Drop-in,X05000001,2025-04-01,,,", settings=Provision(kinds=("drop-in", "forum")))
    assert list(rows["kind"]) == ["drop-in"]


def test_the_example_of_the_documents_is_read_whole(tmp_path: Path) -> None:
    page = (Path(__file__).parents[3] / "docs" / "provision.md").read_text(encoding="utf-8")
    head, *lines = page.split("```csv\n")[1].split("```")[0].splitlines()
    rows, report = read(tmp_path, *lines, head=head)
    assert report.rows == {"used": len(lines)}
    assert rows["kind"].tolist() == ["project", "forum", "champion"]
