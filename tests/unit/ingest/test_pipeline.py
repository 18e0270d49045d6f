from pathlib import Path

import pytest

from data.errors import RefusedInputError
from data.report import NothingUsedError
from data.settings import load_settings
from ingest.pipeline import ingest
from tests.area_files import CODES, EAST, INCIDENTS, NORTH, POPULATION, REFERRALS, middle, squares, write_area


def report_of(done, table):
    return next(one for one in done.reports if one.table == table)


def test_plain_files_are_used_whole(ingested, store):
    done = ingested()
    assert [(one.table, one.rows_read, one.used) for one in done.reports] == [
        ("wards", 6, 6),
        ("population", 6, 6),
        ("referrals", 24, 24),
        ("incidents", 120, 120),
    ]
    snapshot = store.open(done.snapshot_id)
    assert snapshot.wards()["ward_code"].tolist() == CODES
    assert snapshot.referrals()["count"].sum() == 4 * (9 + 5)
    assert len(snapshot.incidents()) == 120
    assert done.snapshot_id.startswith("2024-25-q4-")


def test_every_row_of_a_messy_file_has_one_outcome(ingested, store):
    messy = [
        f"2024-05-01,{middle(1)},race",
        "2024-05-02,,,race",  # no coordinates
        f"2024-05-03,{EAST - 5_000},{NORTH},race",  # far outside
        f"2024-05-04,{EAST - 30},{NORTH + 500},race",  # just outside
        f"2024-05-05,{EAST + 1_000},{NORTH + 500},race",  # on the border of two
        f",{middle(2)},race",  # no date
        "",
    ]
    done = ingested(incidents=INCIDENTS + messy)
    report = report_of(done, "incidents")
    assert sum(report.rows.values()) == report.rows_read
    assert report.used == 120 + 3
    assert {reason: report.rows[reason] for reason in ("unlocated", "outside", "no date")} == {
        "unlocated": 1,
        "outside": 1,
        "no date": 1,
    }
    assert "1 to the nearest ward, from just outside the outline" in " ".join(report.notes)
    assert len(store.open(done.snapshot_id).incidents()) == 123


def test_referrals_of_unknown_wards_are_counted_and_their_rows_named(ingested):
    unknown = [f"X0599999{n},2024/25 Q1,concern,education,2" for n in range(7)]
    report = report_of(ingested(referrals=REFERRALS + unknown), "referrals")
    assert report.rows == {"used": 24, "unlocated": 0, "outside": 0, "unmatched": 7}
    named = [one for one in report.findings if one.row]
    assert [one.row for one in named] == [*range(26, 33)]
    assert {(one.column, one.reason) for one in named} == {("ward_code", "unmatched")}
    assert not any("X0599999" in one.sentence() for one in report.findings)


def test_referrals_by_name_and_district_alone_are_joined(ingested, store):
    rows = ["ward,district,quarter,category,sector,count"]
    rows += [f"{name},{district},2024/25 Q1,c,police,2" for name, district in (("castle", "South"), ("PARK", "South"))]
    done = ingested(referrals=rows, change={"referrals": {"ward_name": "ward", "district": "district"}})
    stored = store.open(done.snapshot_id).referrals()
    assert dict(zip(stored["ward_code"], stored["count"], strict=True)) == {CODES[3]: 2, CODES[4]: 2}
    assert "2 by name within the district" in " ".join(report_of(done, "referrals").notes)


def test_a_name_that_several_districts_have_is_not_guessed(ingested):
    rows = ["ward,quarter,category,sector,count", "Castle,2024/25 Q1,c,police,2", "Park,2024/25 Q1,c,police,2"]
    report = report_of(ingested(referrals=rows, change={"referrals": {"ward_name": "ward"}}), "referrals")
    assert (report.used, report.rows["unmatched"]) == (1, 1)


def test_the_same_input_twice_is_one_snapshot(ingested, store):
    first, second = ingested(), ingested()
    assert (first.new, second.new) == (True, False)
    assert first.snapshot_id == second.snapshot_id
    assert [manifest.id for manifest in store.manifests()] == [first.snapshot_id]


def test_another_input_is_another_snapshot(ingested, store):
    assert ingested().snapshot_id != ingested(referrals=REFERRALS[:-1]).snapshot_id
    assert len(store.manifests()) == 2


def test_a_setting_that_changes_what_is_read_makes_another_snapshot_and_one_of_the_analysis_does_not(ingested):
    plain = ingested().snapshot_id
    assert ingested(change={"analysis": {"threshold": 2.0}}).snapshot_id == plain
    assert ingested(change={"incidents": {"tolerance_metres": 0.0}}).snapshot_id != plain


@pytest.mark.parametrize(
    "files",
    [
        {"population": ["ward_code,people", f"{CODES[0]},5"]},
        {"referrals": ["ward_code,quarter,category,sector,count", f"{CODES[0]},2024/25 Q1,c,s,-1"]},
        {
            "referrals": [
                "name,date of birth,ward_code,quarter,category,sector,count",
                f"A,1,{CODES[0]},2024/25 Q1,c,s,1",
            ]
        },
        {"incidents": ["date,easting,northing,strand", f"2024-05-01,{EAST - 9_000},{NORTH},race"]},
        {"incidents": ["nothing"]},
    ],
)
def test_a_refused_file_leaves_the_store_untouched(ingested, store, tmp_path, files):
    kept = ingested().snapshot_id
    before = sorted(str(path) for path in (tmp_path / "store").rglob("*"))
    with pytest.raises(RefusedInputError):
        ingested(**files)
    assert sorted(str(path) for path in (tmp_path / "store").rglob("*")) == before
    assert store.newest().id == kept


def test_no_referral_in_the_area_is_refused_with_what_to_check(ingested):
    elsewhere = [
        REFERRALS[0],
        "X05999999,2024/25 Q1,c,s,1",
        "X05999998,2024/25 Q1,c,s,1",
        "X05999998,2024/25 Q2,c,s,-1",
    ]
    with pytest.raises(
        NothingUsedError, match="'ward_code' names a ward in 2 rows, and none of its 2 different codes"
    ) as refused:
        ingested(referrals=elsewhere)
    assert "another area, or of another year's boundaries" in str(refused.value)
    assert "X0599" not in str(refused.value)
    told = [(one.row, one.reason) for one in refused.value.report.by_row()]
    assert told == [(4, "bad count")]
    assert refused.value.report.rows["unmatched"] == 2


@pytest.mark.parametrize(
    ("heading", "wards", "rather"), [("ward_name", CODES, "code"), ("ward_code", ["Park", "Weir"], "name")]
)
def test_a_column_of_wards_that_is_taken_for_the_other_is_said_to_be(ingested, heading, wards, rather):
    rows = [f"{ward},2024/25 Q1,c,s,1" for ward in wards]
    by_name = {"change": {"referrals": {"ward_name": "ward_name"}}} if heading == "ward_name" else {}
    with pytest.raises(NothingUsedError, match=f"'{heading}' holds .*Take it as the ward {rather}"):
        ingested(referrals=[f"{heading},quarter,category,sector,count", *rows], **by_name)


def test_the_mark_of_invented_data_travels_into_the_manifest(ingested, store):
    marked = [f"{line},{'provenance' if line is REFERRALS[0] else 'invented'}" for line in REFERRALS]
    done = ingested(referrals=marked)
    assert store.open(done.snapshot_id).manifest.invented == ("referrals",)


def test_an_invented_area_is_marked_as_such(ingested):
    assert ingested(provenance="invented").manifest.invented == ("wards",)


def test_what_stands_in_for_hate_crime_is_said_in_the_manifest(ingested):
    done = ingested(change={"incidents": {"stand_in": "public order offences"}})
    assert done.manifest.stand_in == ("public order offences",)


def test_a_quarter_cut_short_is_said_to_be_in_no_window(ingested):
    begun = [*INCIDENTS, *(f"2025-04-{day:02d},{middle(ward)},race" for day in range(1, 16) for ward in range(6))]
    notes = " ".join(report_of(ingested(incidents=begun), "incidents").notes)
    assert "They end in April 2025, so 2025/26 Q1 is incomplete: it is stored, but in no window." in notes


def test_a_file_of_only_whole_quarters_has_no_such_note(ingested):
    assert "incomplete" not in " ".join(report_of(ingested(), "incidents").notes)


def test_progress_is_told_step_by_step(tmp_path, store):
    path, inputs = write_area(tmp_path)
    told: list[str] = []
    ingest(inputs, settings=load_settings(path), store=store, progress=told.append)
    assert told[0] == "Reading the ward boundaries"
    assert told[-1] == "Storing the snapshot"


def test_all_parts_of_a_shapefile_decide_the_id(tmp_path, store):
    path, inputs = write_area(tmp_path / "files")
    shapefile = tmp_path / "files" / "wards[1].shp"
    wards = squares().rename(columns={"ward_code": "code"})
    settings = load_settings(path)
    settings = settings.model_copy(update={"wards": settings.wards.model_copy(update={"code": "code"})})
    ids = set()
    for names in (
        ["Castle", "Mill", "Anne", "Castle", "Park", "Weir"],
        ["Castle", "Mill", "Anne", "Castle", "Park", "Bank"],
    ):
        wards.assign(ward_name=names).to_file(shapefile)
        from_shapefile = type(inputs)(shapefile, inputs.population, inputs.referrals, inputs.incidents)
        done = ingest(from_shapefile, settings=settings, store=store)
        ids.add(done.snapshot_id)
    assert len(ids) == 2
    parts = {Path(one.file).suffix for one in done.manifest.sources if one.role == "wards"}
    assert parts >= {".shp", ".dbf", ".shx", ".prj"}


def test_several_incident_files_are_one_input(tmp_path, store):
    path, inputs = write_area(tmp_path / "files")
    folder = tmp_path / "months"
    folder.mkdir()
    for number, lines in enumerate((INCIDENTS[1:60], INCIDENTS[60:])):
        (folder / f"{number}.csv").write_text("\n".join([INCIDENTS[0], *lines]) + "\n", encoding="utf-8")
    several = type(inputs)(inputs.wards, inputs.population, inputs.referrals, [folder])
    done = ingest(several, settings=load_settings(path), store=store)
    assert report_of(done, "incidents").used == 120
    assert [one.file for one in done.manifest.sources if one.role == "incidents"] == ["0.csv", "1.csv"]


def test_a_ward_left_out_of_the_population_is_kept_without_residents(ingested, store):
    done = ingested(population=POPULATION[:-1])
    wards = store.open(done.snapshot_id).wards().set_index("ward_code")
    assert wards["residents"].isna().tolist() == [False] * 5 + [True]
    assert "1 of 6 wards have no residents" in " ".join(report_of(done, "population").notes)
