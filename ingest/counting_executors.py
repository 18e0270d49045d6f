"""Where pieces are counted: in this process, in several on this machine, or on a cluster that is there.

Workers on this machine are Dask's (`distributed`), each a process with a limit of memory. They and the scheduler listen on
127.0.0.1 only, speak TLS with a certificate made for the run, so that no other account of the machine can send them work, and
serve no dashboard.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

import geopandas as gpd

from data.errors import UsageError
from data.incident_blocks import Piece
from ingest.counting_on_dask import on_client
from ingest.counting_tallies import Plan, Tally, count_piece

if TYPE_CHECKING:
    from distributed import Client

_LEAST = 500 * 10**6
"""Bytes in which a worker can count: its libraries take half."""
_QUIET = {
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.nanny.http.routes": [],
    "distributed.worker.memory.spill": False,  # nothing that was read is written anywhere
    "distributed.worker.memory.target": False,
    # Dask has workers give back freed memory at once, which costs a fifth more time here: each block asks for it again.
    "distributed.nanny.pre-spawn-environ": dict.fromkeys(
        ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"
    ),
}


class Executor(Protocol):
    """Who counts pieces."""

    def __enter__(self) -> Self:
        """Get ready."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        """Stop what was started."""

    def tallies(self, pieces: Sequence[Piece], *, plan: Plan, wards: gpd.GeoDataFrame) -> Iterator[tuple[int, Tally]]:
        """Count pieces; give each one's number and tally, in any order."""


class OneProcess:
    """This process, piece after piece."""

    def __enter__(self) -> Self:
        """Get ready: nothing to do."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop: nothing to do."""

    def tallies(self, pieces: Sequence[Piece], *, plan: Plan, wards: gpd.GeoDataFrame) -> Iterator[tuple[int, Tally]]:
        """Count pieces, one after the other."""
        for number, piece in enumerate(pieces):
            yield number, count_piece(piece, plan, wards)


@dataclass
class _OnDask:
    """A client of Dask's, from entering to leaving."""

    _open: ExitStack = field(default_factory=ExitStack, init=False, repr=False)
    _client: "Client | None" = field(default=None, init=False, repr=False)

    @property
    def _cure(self) -> str:
        """What to do where workers are lost."""
        raise NotImplementedError

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop what was started; what was there already runs on."""
        self._open.close()

    def tallies(self, pieces: Sequence[Piece], *, plan: Plan, wards: gpd.GeoDataFrame) -> Iterator[tuple[int, Tally]]:
        """Count pieces on the workers."""
        assert self._client is not None
        return on_client(self._client, pieces, plan=plan, wards=wards, cure=self._cure)


@dataclass
class LocalWorkers(_OnDask):
    """Several processes on this machine.

    Parameters
    ----------
    workers
        How many.
    memory
        What each may use, as Dask reads it: `800MB`, `1GiB`. A worker that goes beyond is ended and its piece given to another.
    """

    workers: int
    memory: str = "1GB"

    def __post_init__(self) -> None:
        """Refuse what is no amount of memory, or too little to start in."""
        from dask.utils import parse_bytes

        try:
            enough = parse_bytes(self.memory) >= _LEAST
        except ValueError:
            raise UsageError("--memory is an amount such as 800MB or 2GB. Correct it.") from None
        if not enough:
            raise UsageError(f"A worker needs {_LEAST // 10**6} MB at least to count in. Give --memory more.")

    def __enter__(self) -> Self:
        """Start them."""
        import dask
        from distributed import Client, LocalCluster
        from distributed.security import Security

        self._open.enter_context(dask.config.set(_QUIET))
        security = Security.temporary()
        try:
            cluster = LocalCluster(
                n_workers=self.workers,
                threads_per_worker=1,
                processes=True,
                memory_limit=dask.utils.parse_bytes(self.memory),
                host="127.0.0.1",
                protocol="tls://",
                security=security,
                dashboard_address=None,
                # Without a dashboard a port is opened all the same, which then answers nothing: not a port that may be in use.
                scheduler_kwargs={"dashboard": False, "dashboard_address": "127.0.0.1:0"},
                silence_logs=logging.CRITICAL,
            )
            self._open.enter_context(cluster)
            self._client = self._open.enter_context(Client(cluster, security=security, set_as_default=False))
        except (OSError, RuntimeError, ValueError) as error:
            self._open.close()
            raise UsageError(
                f"The workers could not be started ({type(error).__name__}). Ask for fewer, or for more memory each."
            ) from error
        return self

    @property
    def _cure(self) -> str:
        return f"Give each worker more memory than {self.memory} (--memory), or take fewer workers."


@dataclass
class Cluster(_OnDask):
    """A Dask cluster that is there.

    Its workers run the same version of this software and see the files under the same paths. Whoever can reach its scheduler
    can run programs on it: use an address with `tls://`, whose certificates Dask's own configuration names.

    Parameters
    ----------
    address
        Of the scheduler: `tcp://10.0.0.5:8786`, `tls://…`.
    patience
        Seconds until it must have answered.
    """

    address: str
    patience: float = 20.0

    def __enter__(self) -> Self:
        """Connect to it."""
        from distributed import Client

        try:
            self._client = self._open.enter_context(Client(self.address, timeout=self.patience, set_as_default=False))
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            raise UsageError(
                f"No cluster answers at {self.address}. Check the address, that its scheduler runs, and the certificates."
            ) from error
        return self

    @property
    def _cure(self) -> str:
        return "Look at the workers' memory and logs, and count again."
