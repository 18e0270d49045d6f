"""What is asked of the data."""

from dataclasses import dataclass

from data.settings import Denominator


@dataclass(frozen=True)
class Question:
    """What is asked. Empty category tuples mean all."""

    last_quarter: str | None = None
    quarters: int = 4
    threshold: float = 1.5
    fdr: float = 0.10
    denominator: Denominator = "residents"
    """Of incidents; referrals are always per resident."""
    concerns: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    strands: tuple[str, ...] = ()
    certainty: float = 0.8
    seed: int = 0
