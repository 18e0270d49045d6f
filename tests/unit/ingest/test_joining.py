"""Events whose codes are wrong as a whole."""

import pytest

from data.errors import RefusedInputError
from tests.area_files import CODES, DISTRICTS, NAMES, middle


def test_referrals_with_wrong_codes_and_right_names_go_by_name(ingested, store):
    heading = "ward_code,ward,district,quarter,category,sector,count"
    wrong = CODES[1:] + CODES[:1]
    lines = [f"{wrong[n]},{NAMES[n]},{DISTRICTS[n]},2024/25 Q1,c,s,{n + 1}" for n in range(6)]
    done = ingested(referrals=[heading, *lines], change={"referrals": {"ward_name": "ward", "district": "district"}})
    stored = store.open(done.snapshot_id).referrals()
    assert dict(zip(stored["ward_code"], stored["count"], strict=True)) == {CODES[n]: n + 1 for n in range(6)}
    report = next(one for one in done.reports if one.table == "referrals")
    assert "take ward_name out of [referrals]" in report.findings[0].do


def test_incidents_with_wrong_codes_and_unknown_names_go_by_their_point(ingested, store):
    heading = "date,ward,name,district,easting,northing,strand"
    wrong = CODES[1:] + CODES[:1]
    lines = [f"2024-05-0{n + 1},{wrong[n]},{NAMES[n]},{DISTRICTS[n]},{middle(n)},race" for n in range(5)]
    lines.append(f"2024-05-06,{wrong[5]},Nowhere,South,{middle(5)},race")
    done = ingested(
        incidents=[heading, *lines],
        change={"incidents": {"ward_code": "ward", "ward_name": "name", "district": "district"}},
    )
    assert store.open(done.snapshot_id).incidents()["ward_code"].tolist() == CODES
    report = next(one for one in done.reports if one.table == "incidents")
    assert "5 by name within the district, 1 by point" in " ".join(report.notes)


def exchanged(ward):
    east, north = middle(ward).split(",")
    return f"{north},{east}"


def test_rows_with_easting_and_northing_exchanged_are_recognised(ingested):
    rows = [f"2024-05-0{n + 1},{middle(n)},race" for n in range(6)] + [f"2024-05-09,{exchanged(2)},race"]
    done = ingested(incidents=["date,easting,northing,strand", *rows])
    report = next(one for one in done.reports if one.table == "incidents")
    assert report.rows["outside"] == 1
    assert any(finding.what.startswith("1 of the rows outside") for finding in report.findings)


def test_a_whole_file_with_them_exchanged_is_refused_with_the_cure(ingested):
    rows = [f"2024-05-0{n + 1},{exchanged(n)},race" for n in range(6)]
    with pytest.raises(RefusedInputError, match="6 would lie in the area if easting and northing were exchanged"):
        ingested(incidents=["date,easting,northing,strand", *rows])
