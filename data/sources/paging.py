"""Reading a layer whole, page by page, so that a run that broke off goes on where it stopped.

Pages are kept in a folder of their own, beside a plan that says of what state of the layer they are. A run with another plan
begins anew: pages of two states are never put together. At the end the layer is asked again whether it is still the same.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data.durable import write_text
from data.sources.arcgis import Feature, check_page, read_count, read_ids, read_page
from data.sources.arcgis_layers import Layer, read_layer
from data.sources.asking import Caller
from data.sources.faults import ChangedServiceError, PassingFault, ServiceError, shown

_PLAN = "plan.json"
_FORM = 1
"""Changes when pages are kept in another form."""


@dataclass(frozen=True)
class Fetched:
    """A layer that has come whole; its pages lie in a folder until what is made of them is saved."""

    layer: Layer
    fields: tuple[str, ...]
    ids: tuple[int, ...]
    files: tuple[Path, ...]
    got: int
    """Records in the pages."""
    kept: int
    """Pages that an earlier run had brought."""
    finished: datetime

    def pages(self) -> Iterator[list[Feature]]:
        """Give the records, page by page, in the order of their ids."""
        done = 0
        for file in self.files:
            page = _kept_page(file, layer=self.layer, fields=self.fields, due=self.ids[done:])
            if page is None:
                raise ServiceError(f"{file.name}: a page that was kept was changed. Run the same command again.")
            done += len(page)
            yield page


def fetch_layer(
    caller: Caller,
    layer: Layer,
    *,
    fields: Sequence[str],
    most: int,
    folder: Path,
    say: Callable[[str], None],
) -> Fetched:
    """Bring all records of a layer into a folder.

    Parameters
    ----------
    fields
        Names of the fields that are wanted.
    most
        Records that are read at most.
    folder
        Where pages are kept. What an earlier run left there of the same state of the same layer is used.

    Raises
    ------
    ChangedServiceError
        If the layer is no longer what it was when the reading began. Its pages are gone then.
    ServiceError
        If it cannot be read to its end. Its pages are kept.
    """
    count = read_count(caller, layer)
    if not 0 < count <= most:
        raise ServiceError(f"{shown(layer.place)} has {count:,} records; from 1 to {most:,} are read.")
    ids = read_ids(caller, layer, count=count)
    plan = _plan(caller, layer, fields=fields, ids=ids)
    if not _goes_on(folder, plan):
        say("What an earlier run left is of another state of the service: beginning anew.")
    files, got, kept = _bring(caller, layer, fields=tuple(fields), ids=ids, folder=folder, say=say)
    again = read_layer(caller, *_numbered(layer))
    if again != layer or read_count(caller, layer) != count or read_ids(caller, layer, count=count) != ids:
        shutil.rmtree(folder, ignore_errors=True)
        raise ChangedServiceError(
            f"{shown(layer.place)} was changed while it was being read, so nothing was saved. Run the same command again."
        )
    return Fetched(layer, tuple(fields), tuple(ids), tuple(files), got, kept, datetime.now(UTC))


def _numbered(layer: Layer) -> tuple[str, int]:
    service, _, number = layer.place.rpartition("/FeatureServer/")
    return service, int(number)


def _plan(caller: Caller, layer: Layer, *, fields: Sequence[str], ids: Sequence[int]) -> dict[str, Any]:
    return {
        "form": _FORM,
        "address": caller.address(layer.place),
        "fields": [list(one) for one in layer.fields],
        "wanted": list(fields),
        "edited": layer.edited,
        "ids": hashlib.sha256(json.dumps(list(ids)).encode()).hexdigest(),
    }


def _goes_on(folder: Path, plan: dict[str, Any]) -> bool:
    """Make the folder ready for this plan; `False` if pages of another plan had to go."""
    try:
        before = json.loads((folder / _PLAN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        before = None
    stale = before != plan and folder.exists()
    if stale:
        shutil.rmtree(folder)
    if before != plan:
        folder.mkdir(parents=True, mode=0o700)
        write_text(folder / _PLAN, json.dumps(plan))
    return not stale


def _bring(
    caller: Caller,
    layer: Layer,
    *,
    fields: tuple[str, ...],
    ids: Sequence[int],
    folder: Path,
    say: Callable[[str], None],
) -> tuple[list[Path], int, int]:
    files: list[Path] = []
    done = kept = 0
    while done < len(ids):
        file = folder / f"page-{done:09d}.json"
        page = _kept_page(file, layer=layer, fields=fields, due=ids[done:])
        if page is not None:
            kept += 1
        else:
            page = read_page(caller, layer, fields=fields, ids=ids, offset=done)
            write_text(file, json.dumps(page))
        files.append(file)
        done += len(page)
        say(
            f"{shown(layer.name)}: {done:,} of {len(ids):,} records"
            + (" (kept from before)" if kept == len(files) else "")
        )
    return files, done, kept


def _kept_page(file: Path, *, layer: Layer, fields: Sequence[str], due: Sequence[int]) -> list[Feature] | None:
    """Give a page that an earlier run kept; `None` if it is not there, or is not what it should be."""
    try:
        return check_page(json.loads(file.read_text(encoding="utf-8")), layer=layer, fields=fields, due=due)
    except (OSError, ValueError, TypeError, PassingFault, ServiceError):
        return None
