"""From a made-up partnership to a snapshot, and to views of it for those without exact values."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import analysis.study
from analysis.overlap import Estimate, OverlapResult
from analysis.overlap_inputs import OverlapData
from data.report import TableReport
from data.settings import Analysis, Disclosure, Incidents, Partnership, Settings, Wards
from data.snapshot_contents import SnapshotContents
from data.snapshots import SnapshotStore, SourceFile
from disclosure.audiences import Audience
from disclosure.views import SnapshotView, open_view
from geo.outlines import simplify_outlines
from tests.attack.worlds import World

PROVIDED_AT = date(2026, 3, 31)
COARSE = tuple(one for one in Audience if one is not Audience.ANALYST)
"""Everyone without exact values."""


def settings_for(world: World, *, disclosure: Disclosure | None = None) -> Settings:
    """The settings of a made-up partnership."""
    return Settings(
        partnership=Partnership(name="Made up"),
        wards=Wards(vintage=world.vintage),
        incidents=Incidents(quarter="quarter", ward_code="ward_code"),
        analysis=Analysis(),
        disclosure=disclosure or Disclosure(),
    )


def publish(
    world: World, store: SnapshotStore, *, settings: Settings, mark: str = "", provision: pd.DataFrame | None = None
) -> str:
    """Store a snapshot of the world, as if of files with a row for each event; `mark` goes into its id."""
    wards, referrals, incidents = world.ward_table(), world.referrals(), world.incidents()
    rows = {
        "wards": len(wards),
        "population": len(wards),
        "referrals": int(referrals["count"].sum()),
        "incidents": len(incidents),
    }
    return store.write(
        SnapshotContents(
            wards=wards,
            outlines=simplify_outlines(wards),
            referrals=referrals,
            incidents=incidents,
            reports=tuple(TableReport(name, (f"{name}.csv",), n, {"used": n}) for name, n in rows.items()),
            sources=tuple(
                SourceFile(name, f"{name}.csv", hashlib.sha256(f"{name}{mark}".encode()).hexdigest(), 100)
                for name in rows
            ),
            settings=settings,
            provision=provision,
            provision_as_at=None if provision is None else PROVIDED_AT,
        )
    )


def open_views(
    world: World,
    folder: Path,
    *,
    audiences: tuple[Audience, ...] = COARSE,
    mark: str = "",
    settings: Settings | None = None,
    districts: Sequence[str] | None = None,
    provision: pd.DataFrame | None = None,
) -> list[SnapshotView]:
    """Publish a world into a store in `folder`, with what is provided in it if that is given, and open it for each audience."""
    settings = settings or settings_for(world)
    store = SnapshotStore(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".key").write_text("0" * 32, encoding="ascii")  # the same everywhere: ids differ by `mark` alone
    own = mark or str(hash(world.truth.tobytes()))
    name = publish(world, store, settings=settings, mark=own, provision=provision)
    return [open_view(store, name, settings=settings, audience=audience, districts=districts) for audience in audiences]


@contextmanager
def telltale_model() -> Iterator[None]:
    """Put something in the place of the model that is quick, and says whatever its input says.

    Every number it gives follows from a hash of its whole input: if any output differs between two worlds, the model
    was given different input. So nothing can hide behind the model's smoothing, and no attack waits for a fit.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analysis.study, "fit_evidence", _telltale_fit)
        patch.setattr(analysis.study, "fit_overlap", _refuse)
        yield


def _refuse(**_: object) -> OverlapResult:
    raise AssertionError("exact counts are modelled for an audience that may not have them")


def _telltale_fit(data: OverlapData, **given: float) -> OverlapResult:
    parts = [np.asarray(value).tobytes() for value in (data.counts, data.expected, *given.values())]
    rng = np.random.default_rng(int.from_bytes(hashlib.sha256(b"|".join(parts)).digest()[:8], "big"))
    n = len(data.counts)
    both = rng.uniform(size=n)
    risk = rng.uniform(0.3, 3.0, size=(n, 2))
    return OverlapResult(
        probability=both,
        flagged=both > 0.7,
        probability_referrals=np.sqrt(both),
        probability_incidents=np.sqrt(both),
        relative_risk=risk,
        interval=np.stack([risk * 0.5, risk * 2], axis=2),
        correlation=Estimate(*np.sort(rng.uniform(-1, 1, size=3))[[1, 0, 2]]),
        sd=(Estimate(1, 0, 2), Estimate(1, 0, 2)),
        lam=Estimate(0.5, 0, 1),
        overdispersion=Estimate(0.1, 0, 1),
        field_weight=0.5,
        islands=np.zeros(n, dtype=bool),
    )
