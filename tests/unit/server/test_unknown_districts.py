"""Districts that the settings name and the data do not have."""

import logging
from pathlib import Path

import pytest

from data.access_settings import Access, AccessGroup
from data.settings import Settings, Storage
from data.snapshots import SnapshotStore
from server.unknown_districts import warn_of_unknown_districts
from tests.unit.data.snapshot_samples import make_contents, make_settings


def settings(folder: Path, *districts: str) -> Settings:
    group = AccessGroup(group="g", audiences=("analyst",), districts=districts)
    access = Access(contact="the data team", groups=(group,))
    return make_settings().model_copy(update={"access": access, "storage": Storage(snapshots=str(folder))})


def test_a_district_that_no_ward_lies_in_is_logged_by_its_name(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    SnapshotStore(tmp_path).write(make_contents())
    warn_of_unknown_districts(settings(tmp_path, "Mere", "Meer"))
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "lies: 'Meer'." in record.getMessage()


@pytest.mark.parametrize("districts", [(), ("Mere",)])
def test_nothing_is_said_where_all_is_well(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, districts: tuple[str, ...]
) -> None:
    SnapshotStore(tmp_path).write(make_contents())
    warn_of_unknown_districts(settings(tmp_path, *districts))
    assert not caplog.records


def test_without_a_snapshot_nothing_is_said_and_the_start_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    warn_of_unknown_districts(settings(tmp_path / "none", "Meer"))
    warn_of_unknown_districts(make_settings())
    assert not caplog.records
