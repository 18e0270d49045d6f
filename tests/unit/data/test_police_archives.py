"""An archive of months is read as the folder of its files is."""

import zipfile
from pathlib import Path

import pandas as pd
import pytest

from data.errors import RefusedInputError
from data.limits_settings import LIMITS
from data.reading_incidents import read_incidents
from data.settings import Incidents
from tests.hostile.archives import link, made_of, zipped

SETTINGS = Incidents(date="Month", longitude="Longitude", latitude="Latitude", category="Crime type", id="Crime ID")
HEADINGS = "Crime ID,Month,Longitude,Latitude,Crime type,Context\n"
MONTHS = {
    month: HEADINGS
    + "".join(
        f"{month}{number},{month},-1.13{number},52.63,{kind},\n"
        for number, kind in enumerate(["Drugs", "Public order"])
    )
    # The first of October again in November: one identifier counts once, over all files.
    + "2022-100,2022-10,-1.130,52.63,Drugs,\n" * (month == "2022-11")
    for month in ("2022-9", "2022-10", "2022-11")
}
FILES = {f"{m[:5]}{int(m[5:]):02d}/{m[:5]}{int(m[5:]):02d}-anyshire-street.csv": text for m, text in MONTHS.items()}
OTHERS = {
    "2022-10/2022-10-anyshire-outcomes.csv": "Crime ID,Outcome\nx,y\n",
    "2022-10/2022-10-anyshire-stop-and-search.csv": "Type,Age range\nx,18-24\n",
    "readme.txt": "about",
}


def archive(folder: Path, entries: dict[str, str]) -> Path:
    path = folder / "police.zip"
    path.write_bytes(zipped({name: text.encode() for name, text in entries.items()}))
    return path


def test_an_archive_gives_the_rows_and_the_account_of_a_folder_of_the_same_files(tmp_path: Path):
    folder = tmp_path / "months"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / Path(name).name).write_text(text, encoding="utf-8")
    plain = read_incidents(folder, SETTINGS)
    packed = read_incidents(archive(tmp_path, FILES | OTHERS), SETTINGS)
    assert len(plain.rows) == 6
    pd.testing.assert_frame_equal(packed.rows, plain.rows)
    assert packed.report.rows == plain.report.rows == {"used": 6, "repeated": 1}
    assert packed.report.findings == plain.report.findings
    assert packed.report.files == plain.report.files
    noted = "police.zip: 3 street files were read; other files in it, not read: 3."
    assert packed.report.notes == (noted, *plain.report.notes)


def test_files_beside_the_archive_are_read_with_it(tmp_path: Path):
    (tmp_path / "more.csv").write_text(HEADINGS + "z,2023-01,-1.1,52.6,Drugs,\n", encoding="utf-8")
    read = read_incidents([archive(tmp_path, FILES), tmp_path / "more.csv"], SETTINGS)
    assert read.report.used == 7


def test_a_month_that_lies_in_the_archive_and_beside_it_is_refused(tmp_path: Path):
    name, text = next(iter(FILES.items()))
    (tmp_path / "again.csv").write_text(text, encoding="utf-8")
    with pytest.raises(RefusedInputError, match="have the same content"):
        read_incidents([archive(tmp_path, {name: text}), tmp_path / "again.csv"], SETTINGS)


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (OTHERS, "holds no file called as police.uk calls them"),
        ({**FILES, "../2022-12-anyshire-street.csv": HEADINGS}, "leads out of it"),
        ({**FILES, "/etc/2022-12-anyshire-street.csv": HEADINGS}, "leads out of it"),
        ({**FILES, "c:\\2022-12-anyshire-street.csv": HEADINGS}, "leads out of it"),
        ({**FILES, "copy/2022-10-anyshire-street.csv": HEADINGS}, "two street files in the archive have one name"),
    ],
)
def test_an_archive_of_other_files_or_with_tricks_in_its_names_is_refused(
    tmp_path: Path, entries: dict[str, str], said: str
):
    with pytest.raises(RefusedInputError, match=said):
        read_incidents(archive(tmp_path, entries), SETTINGS)


def test_a_link_in_the_archive_is_refused(tmp_path: Path):
    path = tmp_path / "police.zip"
    path.write_bytes(made_of([link("2022-10/2022-10-anyshire-street.csv", "/etc/passwd")]))
    with pytest.raises(RefusedInputError, match="holds a link"):
        read_incidents(path, SETTINGS)


def test_an_archive_that_unpacks_to_more_than_a_file_may_be_is_refused_before_it_is_read(tmp_path: Path):
    path = archive(tmp_path, {"2022-10/2022-10-anyshire-street.csv": HEADINGS + "," * 2_000_000})
    assert path.stat().st_size < 100_000
    with pytest.raises(RefusedInputError, match=r"unpacked it is 2 megabytes.*file_megabytes"):
        read_incidents(path, SETTINGS, limits=LIMITS.model_copy(update={"file_megabytes": 1}))


@pytest.mark.parametrize("damage", ["cut", "changed", "no archive"])
def test_a_damaged_archive_is_refused_in_a_sentence(tmp_path: Path, damage: str):
    path = archive(tmp_path, FILES)
    content = bytearray(path.read_bytes())
    if damage == "cut":
        content = content[: len(content) // 2]
    elif damage == "changed":
        with zipfile.ZipFile(path) as whole:
            start = whole.infolist()[0].header_offset + 80
        content[start : start + 20] = bytes(20)
    else:
        content = bytearray(b"no archive at all")
    path.write_bytes(content)
    with pytest.raises(RefusedInputError, match=r"police\.zip.*(damaged|cannot be opened)"):
        read_incidents(path, SETTINGS)
