import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data.settings import Settings, load_settings
from data.snapshots import SnapshotStore
from disclosure.audiences import Audience
from disclosure.views import SnapshotView, open_view
from ingest.pipeline import Inputs, ingest
from tests.area_files import in_place_of, write_area


@pytest.fixture(scope="module", autouse=True)
def each_fit_once(remembered_fits: None) -> None:
    """What is released is made from fits; it is no matter here how often they are made."""


@pytest.fixture(scope="session")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., tuple[Path, str]]:
    """Ingest areas into a store, one after the other, once for all tests: the store, for copying, and the last one's id."""
    known: dict[tuple[str, ...], tuple[Path, str]] = {}

    def store_of(areas: tuple[str, ...], inputs: Inputs, settings: Settings) -> tuple[Path, str]:
        if areas not in known:
            folder = tmp_path_factory.mktemp("ingested")
            if len(areas) > 1:
                shutil.copytree(known[areas[:-1]][0], folder, dirs_exist_ok=True)
            known[areas] = folder, ingest(inputs, settings=settings, store=SnapshotStore(folder)).snapshot_id
        return known[areas]

    return store_of


@pytest.fixture
def view(tmp_path: Path, ingested: Callable[..., tuple[Path, str]]):
    """Open the small area for an audience, with some of its files or settings changed."""
    store, areas = SnapshotStore(tmp_path / "store"), ()

    def open_it(audience: Audience, *, change=None, now=None, **files) -> SnapshotView:
        nonlocal areas
        path, inputs = write_area(tmp_path / "files", **files)
        settings = in_place_of(load_settings(path), **(change or {}))
        areas = (*areas, repr((change, sorted(files.items()))))
        folder, name = ingested(areas, inputs, settings)
        shutil.copytree(folder, store.folder, dirs_exist_ok=True)
        return open_view(store, name, settings=in_place_of(settings, **(now or {})), audience=audience)

    return open_it
