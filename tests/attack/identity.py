"""Attacks on what names a snapshot: can a count be found by giving the program candidate files?"""

from pathlib import Path
from tempfile import mkdtemp

from data.settings import Settings
from data.snapshots import SnapshotStore
from disclosure.audiences import Audience
from disclosure.views import open_view
from ingest.pipeline import Inputs, ingest
from tests.attack.everything import everything
from tests.attack.publishing import settings_for, telltale_model
from tests.attack.registry import Result, attack
from tests.attack.worlds import World, random_world


def _files_of(world: World, folder: Path) -> Inputs:
    wards = world.ward_table()
    wards[["ward_code", "ward_name", "district", "geometry"]].to_file(folder / "wards.geojson", driver="GeoJSON")
    people = wards[["ward_code", "residents"]].astype({"residents": int})
    people.to_csv(folder / "population.csv", index=False)
    world.referrals().to_csv(folder / "referrals.csv", index=False)
    world.incidents()[["ward_code", "quarter"]].to_csv(folder / "incidents.csv", index=False)
    names = ("wards.geojson", "population.csv", "referrals.csv", "incidents.csv")
    wards_file, population, referrals, incidents = (folder / name for name in names)
    return Inputs(wards_file, population, referrals, [incidents])


def _ingest(world: World, folder: Path, *, settings: Settings, store: SnapshotStore) -> str:
    return ingest(_files_of(world, Path(mkdtemp(dir=folder))), settings=settings, store=store).snapshot_id


@attack(
    family="Own: names and hashes",
    name="The snapshot's id guessed by giving the public program every candidate file",
    holds="all of the files but one count, the program, and the id, which is on every screen and in every file",
    first="lost: the one candidate of eight with the right count gave the same id",
    own=True,
)
def guessing_the_id(folder: Path, longer: bool) -> Result:
    """Ingest candidates into a store of the attacker's own, and look whether one comes out under the real id."""
    world = random_world(5, wards=6, quarters=5)
    settings = settings_for(world)
    real = _ingest(world, folder, settings=settings, store=SnapshotStore(Path(mkdtemp(dir=folder))))
    own = SnapshotStore(Path(mkdtemp(dir=folder)))
    losses = []
    for candidate in range(9 if longer else 5):
        truth = world.truth.copy()
        truth[0, 2, 1] = candidate
        guessed = _ingest(world.with_truth(truth), folder, settings=settings, store=own)
        if guessed == real:
            losses.append(f"{candidate} gives the id of the real snapshot, and the others do not")
    return Result(9 if longer else 5, tuple(losses), what="candidate files")


@attack(
    family="Own: names and hashes",
    name="Hashes, sizes and row counts of the stored files",
    holds="the manifest and run.json as every audience has them",
    first="none lost: no hash, size or number of rows was in them",
    own=True,
)
def hashes_in_the_open(folder: Path, longer: bool) -> Result:
    """Look for a hash or the size of any input or stored file in anything that an audience gets."""
    world = random_world(5, wards=6, quarters=6)
    settings, store = settings_for(world), SnapshotStore(Path(mkdtemp(dir=folder)))
    name = _ingest(world, folder, settings=settings, store=store)
    manifest = store.open(name).manifest
    hashes = [one.sha256[:12] for one in (*manifest.sources, *manifest.files.values())]
    losses = []
    for audience in (one for one in Audience if one is not Audience.ANALYST):
        view = open_view(store, name, settings=settings, audience=audience)
        with telltale_model():
            told = everything(view)
        losses += [f"{what} holds a hash" for what, text in told.items() if any(one in text for one in hashes)]
        losses += [
            f"{name} is told" for name in ("sources", "files", "rows", "reports") if getattr(view.manifest, name)
        ]
    return Result(len(hashes), tuple(losses), what="hashes")
