from pathlib import Path

import pytest

from data.settings import load_settings
from data.snapshots import SnapshotStore
from disclosure.audiences import Audience
from disclosure.views import SnapshotView, open_view
from ingest.pipeline import ingest
from tests.area_files import in_place_of, write_area


@pytest.fixture(scope="module", autouse=True)
def each_fit_once(remembered_fits: None) -> None:
    """What is released is made from fits; it is no matter here how often they are made."""


@pytest.fixture
def view(tmp_path: Path):
    """Open the small area for an audience, with some of its files or settings changed."""
    store = SnapshotStore(tmp_path / "store")

    def open_it(audience: Audience, *, change=None, now=None, **files) -> SnapshotView:
        path, inputs = write_area(tmp_path / "files", **files)
        settings = in_place_of(load_settings(path), **(change or {}))
        done = ingest(inputs, settings=settings, store=store)
        return open_view(store, done.snapshot_id, settings=in_place_of(settings, **(now or {})), audience=audience)

    return open_it
