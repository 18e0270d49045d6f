"""The newest file is the one whose name says so; where names do not tell, none is taken."""

import os
from pathlib import Path

import pytest

from data.errors import RefusedInputError, UsageError
from data.name_dates import dates_in_name
from data.newest_files import NEWEST, choose_file


def put(folder: Path, *names: str) -> None:
    for age, name in enumerate(names):
        (folder / name).write_text("a,b\n", encoding="utf-8")
        # The first named is the last changed, so that whoever asked the file's time would be wrong.
        os.utime(folder / name, (1_000_000 - age, 1_000_000 - age))


def newest(folder: Path, pattern: str = "*.csv", wait=lambda _: None):
    return choose_file(f"{NEWEST}{folder}/{pattern}", wait=wait)


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("ref-2026-09.csv", "ref-2026-10.csv"),
        ("ref_202512.csv", "ref_202601.csv"),
        ("Ref Dec 2025.csv", "Ref Jan 2026.csv"),
        ("ref Q4 2025-26.csv", "ref Q1 2026-27.csv"),
        ("2026-27 Q2.csv", "ref Oct 2026.csv"),
        ("ref-2026-10-09.csv", "ref-20261010.csv"),
        ("9 October 2026.csv", "10 October 2026.csv"),
        ("ref_2026_27_Q3.csv", "FY2026-27 Q4.csv"),
    ],
)
def test_the_latest_date_in_a_name_counts_not_when_a_file_was_changed(tmp_path: Path, older: str, newer: str):
    put(tmp_path, older, newer)
    found = newest(tmp_path)
    assert found.path.name == newer
    assert found.notes == (f"{newer} is the newest of 2 by the date in its name ({tmp_path}/*.csv).",)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["ref.csv", "ref-2026-10.csv"], r"no date that can be understood in ref\.csv"),
        (["ref.csv"], "When files were last changed is not asked"),
        (["ref Q2 2026.csv"], "no date that can be understood"),
        (["15-10-2026.csv"], "no date that can be understood"),
        (["2011-12.csv"], "no date that can be understood"),
        (["2026-13.csv"], "no date that can be understood"),
        (["2026-07 to 2026-09.csv"], "more than one date"),
        (["2026-10.csv", "2026-10 v2.csv"], "which are of the same time"),
        (["2026-10.csv", "2026-10-15.csv"], "overlap"),
        (["Q3 2026-27.csv", "Nov 2026.csv"], "overlap"),
    ],
)
def test_names_that_do_not_tell_are_refused(tmp_path: Path, names: list[str], said: str):
    put(tmp_path, *names)
    with pytest.raises(RefusedInputError, match=said):
        newest(tmp_path)


def test_locks_and_unfinished_files_are_passed_over_with_a_note(tmp_path: Path):
    put(tmp_path, "2026-09.csv", "~$2026-09.csv", "2026-10.csv.tmp", ".2026-12.csv", "other-2026-11.txt")
    (tmp_path / "2026-11.csv").touch()
    found = newest(tmp_path)
    assert found.path.name == "2026-09.csv"
    said = " ".join(found.notes[1:])
    assert [name in said for name in ("~$2026-09.csv", "2026-10.csv.tmp", ".2026-12.csv", "2026-11.csv")] == [True] * 4
    assert "other" not in said


def test_a_file_that_still_grows_is_passed_over_with_a_note(tmp_path: Path):
    put(tmp_path, "2026-09.csv", "2026-10.csv")

    def meanwhile(_: float) -> None:
        with (tmp_path / "2026-10.csv").open("a") as stream:
            stream.write("more\n")

    found = newest(tmp_path, wait=meanwhile)
    assert found.path.name == "2026-09.csv"
    assert "2026-10.csv was passed over: its size is still changing. Load again when it is there." in found.notes


def test_a_folder_without_a_fitting_file_is_refused_with_what_was_passed_over(tmp_path: Path):
    put(tmp_path, "2026-10.csv.part")
    with pytest.raises(RefusedInputError, match=r"no finished file fits.*2026-10\.csv\.part was passed over"):
        newest(tmp_path)
    with pytest.raises(RefusedInputError, match="cannot be looked into"):
        newest(tmp_path / "nowhere")


@pytest.mark.parametrize("text", ["", "*/2026-*.csv"])
def test_a_folder_and_a_pattern_are_wanted(text: str):
    with pytest.raises(UsageError, match="takes a folder and a pattern"):
        choose_file(NEWEST + text)


def test_any_other_input_is_taken_as_it_is(tmp_path: Path):
    assert choose_file(tmp_path / "a.csv").path == tmp_path / "a.csv"


def test_a_long_number_is_no_date():
    assert dates_in_name("case 20261015143000 of 1202610") == set()
