"""Points counted block by block are the points of an ordinary load: the same counts, the same account of every row."""

import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import geopandas as gpd
import pandas as pd
import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from distributed import LocalCluster

from data.errors import PersonLevelError, RefusedInputError, UsageError
from data.readers import read_incidents, read_wards
from data.settings import Settings
from ingest.counting_executors import Cluster, LocalWorkers
from ingest.counting_points import PointCounts, count_points
from ingest.joining import join_table
from tests.area_files import CODES, NAMES, middle, write_area

POINTS = {"date": "date", "easting": "easting", "northing": "northing", "category": "strand"}
HEADINGS = ["date", "easting", "northing", "strand"]
MESSY = [
    f"2024-04-15,{middle(0)},race",
    f"15/04/2024,{middle(0)},Race ",
    "2024-05-01,,,race",
    f"03/04/2024,{middle(1)},",
    ",,,",
    f"soon,{middle(2)},religion",
    f"2024-07-01,{middle(2)},religion,too many cells",
    "2024-07-01,5,5,religion",
    "2024-07-01,100000,100000,religion",
    f"2024-09-30,{middle(5)},religion",
    f"2024-10-01,{middle(5)},religion",
    f"2024-10-01,{middle(4)},Total",
    "2025-01-01,449980,300500,race",  # 20 m outside
]


@pytest.fixture
def wards(tmp_path: Path) -> gpd.GeoDataFrame:
    _, inputs = write_area(tmp_path / "area")
    return read_wards(inputs.wards, settings().wards).rows


def settings(**incidents: object) -> Settings:
    given = {"partnership": {"name": "Sixwards"}, "wards": {"vintage": 2023}, "incidents": incidents or POINTS}
    return Settings.model_validate(given)


def write(path: Path, lines: list[str], *, headings: list[str] = HEADINGS) -> Path:
    path.write_text("\n".join([",".join(headings), *lines]) + "\n", encoding="utf-8")
    return path


def directly(paths: list[Path], *, wards: gpd.GeoDataFrame, settings: Settings) -> PointCounts:
    """What an ordinary load makes of files, counted."""
    table = read_incidents(paths, settings.incidents)
    rows, report = join_table(table, wards=wards, vintage=2023, tolerance=settings.incidents.tolerance_metres)
    keys = ["ward_code", "quarter", "category"]
    counts = rows.groupby(keys, dropna=False)["count"].sum().reset_index()
    return PointCounts(counts, report, table.invented)


def assert_same(blocks: PointCounts, whole: PointCounts) -> None:
    pd.testing.assert_frame_equal(blocks.counts, whole.counts)
    assert blocks.invented == whole.invented
    assert set(blocks.report.findings) == set(whole.report.findings)
    # That a quarter is incomplete is told here, as counts do not say so; a load tells it later, of its rows.
    assert {note for note in blocks.report.notes if "incomplete" not in note} == set(whole.report.notes)
    for one in ("rows", "rows_read", "files", "columns_not_read"):
        assert getattr(blocks.report, one) == getattr(whole.report, one)


@pytest.mark.parametrize("rows", [1, 5, 1000])
def test_counts_and_account_are_those_of_a_load_however_many_rows_a_block_has(tmp_path, wards, rows):
    files = [
        write(tmp_path / "a.csv", MESSY),
        write(tmp_path / "b.csv", [f"{line},x" for line in MESSY[:3]], headings=[*HEADINGS, "notes"]),
    ]
    whole = directly(files, wards=wards, settings=settings())
    assert whole.report.rows["used"] == 8
    assert_same(count_points(files, wards=wards, settings=settings(), rows_of_a_block=rows), whole)


def test_dates_are_read_month_first_in_every_block_if_only_the_last_one_tells(tmp_path, wards):
    path = write(tmp_path / "a.csv", [*[f"03/04/2024,{middle(0)},race"] * 4, f"07/25/2024,{middle(0)},race"])
    counted = count_points(path, wards=wards, settings=settings(), rows_of_a_block=2)
    assert counted.counts["quarter"].tolist() == ["2023/24 Q4", "2024/25 Q2"]
    assert_same(counted, directly([path], wards=wards, settings=settings()))


def test_dates_both_ways_round_in_different_blocks_are_refused_with_the_sentence_of_a_load(tmp_path, wards):
    path = write(tmp_path / "a.csv", [f"25/07/2024,{middle(0)},race", f"07/25/2024,{middle(0)},race"])
    with pytest.raises(RefusedInputError) as whole:
        directly([path], wards=wards, settings=settings())
    with pytest.raises(RefusedInputError, match="can be read only month first") as blocks:
        count_points(path, wards=wards, settings=settings(), rows_of_a_block=1)
    assert str(blocks.value) == str(whole.value)


def test_codes_that_names_contradict_in_most_rows_are_trusted_in_no_block(tmp_path, wards):
    mapped = settings(**POINTS, ward_code="code", ward_name="name", district="district")
    right = [f"2024-04-15,{middle(0)},race,{CODES[0]},{NAMES[0]},North"]
    wrong = [f"2024-04-15,{middle(0)},race,{CODES[2]},{NAMES[1]},North"] * 3
    path = write(tmp_path / "a.csv", right + wrong, headings=[*HEADINGS, "code", "name", "district"])
    counted = count_points(path, wards=wards, settings=mapped, rows_of_a_block=1)
    assert counted.counts[["ward_code", "count"]].to_numpy().tolist() == [[CODES[0], 1], [CODES[1], 3]]
    assert_same(counted, directly([path], wards=wards, settings=mapped))


def test_a_word_for_everything_is_a_category_where_no_block_names_another(tmp_path, wards):
    path = write(tmp_path / "a.csv", [f"2024-04-15,{middle(0)},All"] * 3)
    counted = count_points(path, wards=wards, settings=settings(), rows_of_a_block=2)
    assert counted.counts["category"].tolist() == ["All"]
    assert_same(counted, directly([path], wards=wards, settings=settings()))


def test_parquet_with_numbers_days_and_dictionaries_is_counted_as_its_csv(tmp_path, wards):
    rows = [("2024-04-15", 0, "race"), ("2024-09-30", 4, "race"), ("2024-10-01", 4, None), (None, 1, "religion")]
    lines = [f"{date or ''},{middle(ward)},{strand or ''}" for date, ward, strand in rows]
    whole = directly([write(tmp_path / "a.csv", lines)], wards=wards, settings=settings())
    xy = [tuple(map(float, middle(ward).split(","))) for _, ward, _ in rows]
    days = pa.array(
        [date and pd.Timestamp(f"{date} 23:10").to_pydatetime() for date, *_ in rows], type=pa.timestamp("us")
    )
    columns = {
        "date": days,
        "easting": [x for x, _ in xy],
        "northing": pa.array([int(y) for _, y in xy], type=pa.int32()),
        "strand": pa.array([strand for *_, strand in rows]).dictionary_encode(),
    }
    pq.write_table(pa.table(columns), tmp_path / "a.parquet", row_group_size=2)
    counted = count_points(tmp_path / "a.parquet", wards=wards, settings=settings(), rows_of_a_block=3)
    pd.testing.assert_frame_equal(counted.counts, whole.counts)
    assert counted.report.rows == whole.report.rows
    assert [finding.row for finding in counted.report.findings] == [4]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["race", "race", "AB123456C"], "a National Insurance number"),
        ([f"Ref {n:03}x" for n in range(9)], "references"),
    ],
)
def test_a_persons_details_in_any_block_are_refused_and_never_said(tmp_path, wards, values, said):
    path = write(tmp_path / "a.csv", [f"2024-04-15,{middle(0)},{value}" for value in values])
    with pytest.raises(PersonLevelError, match=said) as refused:
        count_points(path, wards=wards, settings=settings(), rows_of_a_block=2)
    assert values[-1] not in str(refused.value)


@pytest.mark.parametrize(
    ("mapped", "said"),
    [
        ({**POINTS, "id": "ref"}, "identifiers that come again"),
        ({"date": "date", "ward_code": "code"}, "names no coordinates"),
    ],
)
def test_settings_that_cannot_be_counted_block_by_block_are_refused(tmp_path, wards, mapped, said):
    with pytest.raises(UsageError, match=said):
        count_points(write(tmp_path / "a.csv", MESSY), wards=wards, settings=settings(**mapped))


def test_two_files_with_the_same_content_and_a_damaged_one_are_refused(tmp_path, wards):
    one, two = write(tmp_path / "a.csv", MESSY), write(tmp_path / "b.csv", MESSY)
    with pytest.raises(RefusedInputError, match=r"a\.csv and b\.csv have the same content"):
        count_points([one, two], wards=wards, settings=settings())
    (tmp_path / "c.parquet").write_bytes(b"PAR1 no PAR1")
    with pytest.raises(RefusedInputError, match="cannot be read as Parquet"):
        count_points(tmp_path / "c.parquet", wards=wards, settings=settings())


def test_columns_of_a_parquet_file_that_hold_lists_or_endless_cells_are_refused(tmp_path, wards):
    x, y = (float(part) for part in middle(0).split(","))
    for strand, said in (
        (pa.array([["race"]]), "holds no texts"),
        (pa.array(["r" * 20_000]), "more characters than are read"),
    ):
        table = pa.table({"date": ["2024-04-15"], "easting": [x], "northing": [y], "strand": strand})
        pq.write_table(table, tmp_path / "a.parquet")
        with pytest.raises(RefusedInputError, match=said):
            count_points(tmp_path / "a.parquet", wards=wards, settings=settings())


def test_incomplete_quarters_are_told_since_counts_do_not_say_so(tmp_path, wards):
    path = write(
        tmp_path / "a.csv", [f"2024-{month:02}-15,{middle(0)},race" for month in (4, 5, 6, 7) for _ in range(9)]
    )
    notes = count_points(path, wards=wards, settings=settings(), rows_of_a_block=4).report.notes
    assert any("2024/25 Q2 is incomplete" in note for note in notes)


def test_two_workers_give_the_very_same_and_listen_to_nobody_else(tmp_path, wards, monkeypatch):
    # A process that is started runs the main module anew; tests of screens leave theirs in its place.
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    files = [write(tmp_path / "a.csv", MESSY), write(tmp_path / "b.csv", [*MESSY, MESSY[0]])]
    listening = set()

    def look(_: str) -> None:
        me = psutil.Process()
        for one in (me, *me.children(recursive=True)):
            listening.update(found.laddr.ip for found in one.net_connections("inet") if found.status == "LISTEN")

    alone = count_points(files, wards=wards, settings=settings())
    two = count_points(files, wards=wards, settings=settings(), executor=LocalWorkers(2, "1GB"), progress=look)
    pd.testing.assert_frame_equal(two.counts, alone.counts)
    assert two.report == alone.report
    assert listening == {"127.0.0.1"}


def test_a_cluster_that_is_there_is_used_by_its_address_and_its_refusals_come_back_as_they_are(tmp_path, wards):
    good, bad = write(tmp_path / "a.csv", MESSY), write(tmp_path / "b.csv", ["2024-04-15"], headings=["date"])
    with LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, host="127.0.0.1", protocol="tcp://", dashboard_address=None,
        scheduler_kwargs={"dashboard": False, "dashboard_address": "127.0.0.1:0"},
    ) as cluster:  # fmt: skip
        there = Cluster(cluster.scheduler_address)
        counted = count_points(good, wards=wards, settings=settings(), executor=there)
        with pytest.raises(RefusedInputError, match="there is no column 'easting'"):
            count_points(bad, wards=wards, settings=settings(), executor=replace(there))
    assert counted.report == count_points(good, wards=wards, settings=settings()).report
    with pytest.raises(UsageError, match="No cluster answers at"):
        count_points(good, wards=wards, settings=settings(), executor=Cluster("tcp://127.0.0.1:9", patience=0.5))
