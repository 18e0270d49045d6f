"""Pieces given to the workers of Dask, and their tallies taken back, until all are counted or nobody is left to count."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd

from data.errors import UsageError, WardOverlapError
from data.incident_blocks import Piece
from ingest.counting_tallies import Plan, Tally, count_piece

if TYPE_CHECKING:
    from distributed import Client, Future

_PATIENCE = 60.0
"""Seconds without a single worker after which nobody waits any longer."""
_LOOK = 5.0
"""Seconds between two looks whether there are workers."""


@dataclass(frozen=True)
class Failed:
    """Why a piece could not be counted. Given rather than raised: what is raised on a worker, workers write to their logs."""

    error: WardOverlapError | OSError | None
    kind: str


def try_piece(piece: Piece, plan: Plan, wards: gpd.GeoDataFrame) -> Tally | Failed:
    """Count a piece on a worker."""
    try:
        return count_piece(piece, plan, wards)
    except (WardOverlapError, OSError) as error:
        return Failed(error.with_traceback(None), type(error).__name__)
    except Exception as error:  # noqa: BLE001  # its text could repeat a cell: only its kind is told
        return Failed(None, type(error).__name__)


def on_client(
    client: "Client", pieces: Sequence[Piece], *, plan: Plan, wards: gpd.GeoDataFrame, cure: str
) -> Iterator[tuple[int, Tally]]:
    """Count pieces on the workers of a client; give each one's number and tally as they come.

    Raises
    ------
    RefusedInputError
        As `count_piece`.
    UsageError
        If workers are lost again and again, or none is left, with `cure` as what to do.
    """
    shared = client.scatter(wards, broadcast=True)
    futures = {client.submit(try_piece, piece, plan, shared, pure=False): n for n, piece in enumerate(pieces)}
    try:
        while futures:
            for future in _done(client, list(futures), cure=cure):
                number = futures.pop(future)
                yield number, _result(future, pieces[number], cure=cure)
                future.release()
    finally:
        client.cancel(list(futures))


def _done(client: "Client", futures: "list[Future[Tally | Failed]]", *, cure: str) -> "set[Future[Tally | Failed]]":
    from distributed import wait

    waited = 0.0
    while True:
        try:
            with client.as_current():
                done: set[Future[Tally | Failed]] = wait(futures, timeout=_LOOK, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            waited = 0.0 if client.scheduler_info()["workers"] else waited + _LOOK
            if waited >= _PATIENCE or client.status not in {"running", "connecting"}:
                raise UsageError(f"No worker is left to count. {cure}") from None
        else:
            return done


def _result(future: "Future[Tally | Failed]", piece: Piece, *, cure: str) -> Tally:
    if future.status != "finished":
        raise UsageError(f"Workers were lost again and again while they counted {piece.path.name}. {cure}")
    result = future.result()
    if isinstance(result, Failed):
        if result.error is not None:
            raise result.error
        raise RuntimeError(f"a worker failed with {result.kind}")
    assert isinstance(result, Tally)
    return result
