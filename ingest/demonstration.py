"""The demonstration area, ingested through the same door as real files."""

import tempfile
from pathlib import Path

from data.demo.files import demo_settings, write_demo
from data.demo.provision import FILE
from data.snapshots import SnapshotStore
from ingest.pipeline import Inputs, ingest
from ingest.preparing import Progress


def ensure_demonstration(store: SnapshotStore, *, progress: Progress = lambda _: None) -> str:
    """Ingest the demonstration area; give the snapshot's id, which is the same each time until the area itself changes."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write_demo(place, progress=progress)
        inputs = Inputs(
            wards=place / "wards.geojson",
            population=place / "population.csv",
            referrals=place / "referrals.csv",
            incidents=(place / "incidents.csv",),
            provision=place / FILE,
        )
        return ingest(inputs, settings=demo_settings(), store=store, progress=progress).snapshot_id
