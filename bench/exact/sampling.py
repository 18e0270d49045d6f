"""NUTS chains, one after the other on one core, with what each part of the work took of the processor."""

import time
from dataclasses import dataclass, field

import jax
import numpy as np
from numpy.typing import NDArray
from numpyro.infer import NUTS
from numpyro.infer.hmc import HMCState

from bench.exact.model import LEVEL, LOG_RISK, Model, Reporting

WARMUP, BLOCK, CHAINS = 1000, 1000, 4


@dataclass
class Cost:
    """Seconds of the processor."""

    compiling: float = 0.0
    warmup: float = 0.0
    sampling: float = 0.0


@dataclass
class _Chain:
    state: HMCState
    draws: list[dict[str, NDArray[np.float32]]] = field(default_factory=list)


class Sampler:
    """NUTS on one model: warmed up once, then extended by blocks of draws for as long as is asked.

    NumPyro's defaults, but for the acceptance that `Reporting` asks for, and one thing: the mass matrix of hyperparameters
    and level is dense, as they depend on each other.

    Parameters
    ----------
    model : Model
        As `bench.exact.model` writes it.
    reporting : Reporting
        What it was written with.
    seed : int
        Of the chains: the same seed gives the same draws on the same machine.
    """

    def __init__(self, model: Model, *, reporting: Reporting, seed: int) -> None:
        self.cost = Cost()
        self.divergences = 0
        self.steps = 0
        names = reporting.hyperparameters
        self._kernel = NUTS(model, dense_mass=[(*names, LEVEL)], target_accept_prob=reporting.acceptance)
        self._kept = (*names, LEVEL, LOG_RISK)
        keys = jax.random.split(jax.random.key(seed), CHAINS)
        self._chains = [_Chain(self._kernel.init(key, WARMUP, None, (), {})) for key in keys]
        self._compile()
        self._warm_up()

    def _compile(self) -> None:
        def step(state: HMCState, _: None) -> tuple[HMCState, None]:
            return self._kernel.sample(state, (), {}), None

        def drawn(state: HMCState, _: None) -> tuple[HMCState, tuple[dict[str, jax.Array], jax.Array, jax.Array]]:
            state = self._kernel.sample(state, (), {})
            found = self._kernel.postprocess_fn((), {})(state.z)
            kept = {name: found[name].astype("float32") for name in self._kept}
            return state, (kept, state.diverging, state.num_steps)

        began, start = time.process_time(), self._chains[0].state
        warm, block = (
            jax.jit(lambda state, f=f, n=n: jax.lax.scan(f, state, None, length=n))
            for f, n in ((step, WARMUP), (drawn, BLOCK))
        )
        self._warmed, self._block = warm.lower(start).compile(), block.lower(start).compile()
        self.cost.compiling = time.process_time() - began

    def _warm_up(self) -> None:
        began = time.process_time()
        for chain in self._chains:
            chain.state, _ = jax.block_until_ready(self._warmed(chain.state))
        self.cost.warmup = time.process_time() - began

    def extend(self) -> None:
        """Draw one more block on every chain."""
        began = time.process_time()
        for chain in self._chains:
            chain.state, (kept, diverging, steps) = jax.block_until_ready(self._block(chain.state))
            chain.draws.append({name: np.asarray(value) for name, value in kept.items()})
            self.divergences += int(diverging.sum())
            self.steps += int(steps.sum())
        self.cost.sampling += time.process_time() - began

    @property
    def draws(self) -> dict[str, NDArray[np.float32]]:
        """Each quantity, (chains, draws, ...), hyperparameters on their own scale."""
        return {
            name: np.stack([np.concatenate([block[name] for block in chain.draws]) for chain in self._chains])
            for name in self._kept
        }
