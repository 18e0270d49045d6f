"""The attacks, in one list: what each holds, what it found first, and how it is run."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Result:
    """What an attack came to."""

    cases: int
    losses: tuple[str, ...] = ()
    """A sentence for each thing that was worked out and should not have been."""
    what: str = "small counts"
    """What a case is."""

    def add(self, other: "Result") -> "Result":
        """Put two together."""
        return Result(self.cases + other.cases, (*self.losses, *other.losses), self.what)

    def assert_nothing_was_found(self) -> None:
        """Fail if anything was worked out, or nothing tried."""
        assert self.cases > 0, "an attack that tried nothing proves nothing"
        assert not self.losses, f"{len(self.losses)} of {self.cases} {self.what}, such as: {self.losses[0]}"


@dataclass(frozen=True)
class Attack:
    """One way of working out what should not be known."""

    key: str
    family: str
    name: str
    holds: str
    """What the attacker has."""
    first: str
    """What it found in the release as it was before it was attacked."""
    own: bool
    """Whether it is one of our own, which nobody asked for."""
    run: Callable[[Path, bool], Result] = field(repr=False)
    """Given a folder for snapshots and whether to run the longer form."""


ATTACKS: dict[str, Attack] = {}


def attack(
    *, family: str, name: str, holds: str, first: str, own: bool = False
) -> Callable[[Callable[[Path, bool], Result]], Callable[[Path, bool], Result]]:
    """Enter a function into the list under its own name."""

    def enter(run: Callable[[Path, bool], Result]) -> Callable[[Path, bool], Result]:
        assert run.__name__ not in ATTACKS
        ATTACKS[run.__name__] = Attack(run.__name__, family, name, holds, first, own, run)
        return run

    return enter
