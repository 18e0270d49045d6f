"""What is provided, onto the wards: several wards in a row, every row accounted for, kept in the next snapshot."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from analysis.windows import Window
from data.errors import UsageError
from data.provision_settings import Provision
from data.reading_provision import read_provision
from data.report import NothingUsedError, TableReport
from data.settings import load_settings
from data.snapshots import SnapshotStore
from disclosure.audiences import Audience
from disclosure.views import open_view
from ingest.joining_provision import as_at, join_provision
from ingest.pipeline import ingest
from ingest.preparing import Load, prepare
from ingest.staging import Staging
from tests.area_files import CODES, SETTINGS, middle, squares, write_area

HEAD = "name,kind,ward_code,ward_name,district,easting,northing,start"


@pytest.fixture
def wards() -> gpd.GeoDataFrame:
    return squares()


def write(folder: Path, *lines: str, name: str = "provision.csv") -> Path:
    file = folder / name
    file.write_text("\n".join([HEAD, *lines, ""]), encoding="utf-8")
    return file


def join(folder: Path, wards: gpd.GeoDataFrame, *lines: str) -> tuple[pd.DataFrame, TableReport]:
    (folder / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    settings = load_settings(folder / "settings.toml")
    return join_provision(read_provision(write(folder, *lines), Provision()), wards=wards, settings=settings)


def test_a_row_stands_in_each_ward_that_it_names_as_one_thing(tmp_path: Path, wards: gpd.GeoDataFrame) -> None:
    rows, report = join(
        tmp_path,
        wards,
        f"A,forum,{CODES[0]};{CODES[1]},,,,,2025-04",
        "B,forum,,Castle;Park,South,,,2025-04",
        f"C,forum,,,,{middle(2)},2025-04",
    )
    assert rows[["provision", "ward_code"]].to_numpy().tolist() == [
        [1, CODES[0]],
        [1, CODES[1]],
        [2, CODES[3]],
        [2, CODES[4]],
        [3, CODES[2]],
    ]
    assert report.rows == {"used": 3}


def test_every_row_is_used_or_stands_under_why_it_is_not(tmp_path: Path, wards: gpd.GeoDataFrame) -> None:
    rows, report = join(
        tmp_path,
        wards,
        f"Partly,forum,{CODES[0]};E05009999,,,,,2025-04",
        "Elsewhere,forum,E05009999,,,,,2025-04",
        "Outside,forum,,,,500000,400000,2025-04",
    )
    assert report.rows == {"used": 1, "outside": 1, "unmatched": 1}
    assert rows["ward_code"].tolist() == [CODES[0]]
    assert [(one.row, one.reason) for one in report.by_row()] == [(2, None), (3, "unmatched"), (4, "outside")]


def test_a_file_of_another_area_is_refused(tmp_path: Path, wards: gpd.GeoDataFrame) -> None:
    with pytest.raises(NothingUsedError, match="no row names a ward of this area"):
        join(tmp_path, wards, "A,forum,E05009999,,,,,2025-04")


def test_where_most_codes_contradict_the_names_the_names_count(tmp_path: Path, wards: gpd.GeoDataFrame) -> None:
    rows, report = join(
        tmp_path, wards, f"A,forum,{CODES[0]},Weir,South,,,2025-04", f"B,forum,{CODES[1]},Park,South,,,2025-04"
    )
    assert rows["ward_code"].tolist() == [CODES[5], CODES[4]]
    assert any("joined by its name" in one.what for one in report.findings)


def test_a_file_is_of_the_day_in_its_name_and_of_today_where_there_is_none() -> None:
    assert as_at(Path("provision-2025-11-30.csv")) == date(2025, 11, 30)
    today = datetime.now(UTC).date()
    assert as_at(Path("provision.csv")) == today
    assert as_at(Path("provision-2999-01-31.csv")) == today


def test_it_is_a_part_of_the_snapshot_that_stays_in_the_next_and_may_be_left_out(tmp_path: Path) -> None:
    path, inputs = write_area(tmp_path / "files")
    settings, store = load_settings(path), SnapshotStore(tmp_path / "store")
    without = store.open(ingest(inputs, settings=settings, store=store).snapshot_id)
    assert without.provision() is None
    assert without.manifest.provision_as_at is None

    file = write(tmp_path, f"A,forum,{CODES[0]},,,,,2025-04", name="provision-2025-06-30.csv")
    given = store.open(ingest(replace(inputs, provision=file), settings=settings, store=store).snapshot_id)
    assert given.id != without.id
    rows = given.provision()
    assert rows is not None
    assert rows["name"].tolist() == ["A"]
    assert given.manifest.rows["provision"] == 1
    assert given.manifest.provision_as_at == date(2025, 6, 30)

    kept = prepare(Load(referrals=Path(str(inputs.referrals))), settings=settings, before=given).contents
    assert kept.provision is not None
    assert kept.provision.equals(rows)
    assert kept.provision_as_at == date(2025, 6, 30)
    assert {one.role for one in kept.sources} >= {"provision", "referrals"}
    with pytest.raises(UsageError, match="what is provided"):
        prepare(
            Load(inputs.wards, inputs.population, inputs.referrals, tuple(inputs.incidents)),
            settings=settings,
            before=given,
        )

    yearly = settings.model_copy(update={"provision": settings.provision.model_copy(update={"costs_are": "yearly"})})
    with pytest.raises(UsageError, match="costs_are in the settings changed"):
        prepare(Load(referrals=Path(str(inputs.referrals))), settings=yearly, before=given)
    assert prepare(Load(provision=file), settings=yearly, before=given).contents.provision is not None

    view = open_view(store, given.id, settings=yearly, audience=Audience.ANALYST)
    released = view.provided(Window(view.choices.quarters[-1], 1))
    assert released is not None
    assert not released.costs_are_yearly, "a cost is what it was when its file was read, whatever the settings say now"


def test_it_can_be_loaded_alone_from_the_screen(tmp_path: Path) -> None:
    path, inputs = write_area(tmp_path / "files")
    settings, store = load_settings(path), SnapshotStore(tmp_path / "store")
    first = store.open(ingest(inputs, settings=settings, store=store).snapshot_id)
    staging = Staging(store, who="somebody", settings=settings)
    content = write(tmp_path, f"A,forum,{CODES[0]},,,,,2025-04").read_bytes()
    staging.take_in("what-we-do.csv", content)
    (file,) = staging.state.files if staging.state else ()
    assert file.kind == "provision"
    assert staging.understood(file).is_clear
    staged = staging.read()
    rows = staged.provision()
    assert rows is not None
    assert rows["ward_code"].tolist() == [CODES[0]]
    assert staged.referrals().equals(first.referrals())


def test_columns_with_other_headings_are_offered_for_what_they_hold(tmp_path: Path) -> None:
    path, inputs = write_area(tmp_path / "files")
    settings, store = load_settings(path), SnapshotStore(tmp_path / "store")
    ingest(inputs, settings=settings, store=store)
    staging = Staging(store, who="somebody", settings=settings)
    rows = "Project title,Type,Ward,LA,From,Until,Budget\nA,Forum,Weir,South,2025-04-01,,\nB,Group,Park,South,2025-04-01,,\n"
    staging.take_in("projects.csv", rows.encode())
    (file,) = staging.state.files if staging.state else ()
    assert file.kind == "provision"
    understood = staging.understood(file)
    assert understood.lacking == ("name", "kind", "start")
    offered = staging.recognised(file, understood).presets
    assert offered == {
        "name": "Project title",
        "kind": "Type",
        "ward_name": "Ward",
        "district": "LA",
        "start": "From",
        "end": "Until",
        "cost": "Budget",
    }
    staging.map_columns({"provision": offered})
    found = staging.read().provision()
    assert found is not None
    assert sorted(found["ward_code"]) == [CODES[4], CODES[5]]
