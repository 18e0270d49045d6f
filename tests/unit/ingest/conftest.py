from pathlib import Path

import pytest

from data.settings import load_settings
from data.snapshots import SnapshotStore
from ingest.pipeline import Ingested, ingest
from tests.area_files import in_place_of, write_area


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    return SnapshotStore(tmp_path / "store")


@pytest.fixture
def ingested(tmp_path, store):
    """Ingest the small area, with some of its files or settings changed."""

    def run(*, change=None, **files) -> Ingested:
        path, inputs = write_area(tmp_path / "files", **files)
        return ingest(inputs, settings=in_place_of(load_settings(path), **(change or {})), store=store)

    return run
