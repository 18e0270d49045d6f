"""Real months of police.uk, packed as police.uk packs them, beside the folder they lie in."""

import zipfile
from pathlib import Path

import pandas as pd
import pytest

from data.readers import read_wards
from data.reading_incidents import read_incidents
from data.settings import Incidents, Wards
from ingest.joining import join_table

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "llr"


def test_the_archive_of_real_months_gives_the_rows_of_their_folder(tmp_path: Path) -> None:
    files = sorted((SHARED / "police_uk_street").glob("*-street.csv"))[:4]
    if not files:
        pytest.skip("the public police.uk files are not here")
    with zipfile.ZipFile(tmp_path / "police.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            archive.write(path, f"{path.name[:7]}/{path.name}")
    settings = Incidents(
        date="Month",
        longitude="Longitude",
        latitude="Latitude",
        category="Crime type",
        id="Crime ID",
        keep=("Public order",),
    )
    wards = read_wards(
        SHARED / "wards_dec2023.geojson", Wards(vintage=2023, code="WD23CD", name="WD23NM", district="LAD23NM")
    )
    plain, packed = read_incidents(files, settings), read_incidents(tmp_path / "police.zip", settings)
    assert plain.report.rows_read > 10_000
    rows, report = join_table(plain, wards=wards.rows, vintage=2023)
    again, report_again = join_table(packed, wards=wards.rows, vintage=2023)
    pd.testing.assert_frame_equal(again, rows)
    assert (report_again.rows, report_again.findings) == (report.rows, report.findings)
