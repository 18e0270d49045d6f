"""What this much data can find and how many flags chance would raise, for those who may have exact values.

Both come of many maps simulated from the exact counts, so that no other audience gets them.
"""

from dataclasses import dataclass

import geopandas as gpd

from analysis.chance import ChanceFlags, FlagsByChance, flags_by_chance
from analysis.power import Findable, Power, what_can_be_found
from analysis.refitting import Progress
from analysis.study import Study

_MISSED = "So a ward that is not flagged may still be high on both. No flag is not the same as no overlap."
_COINCIDENCE = (
    "A ward flagged by coincidence is still high on both; it is the two coming together there that means nothing."
)


@dataclass(frozen=True)
class FoundFrom:
    """From which relative risk on, on both measures, a kind of place is found 8 times of 10."""

    name: str
    """Such as `a typical ward`."""
    sentence: str
    tried: bool
    """Whether the area has such a place at all."""
    estimate: float | None
    """None where it is above the largest that was tried; so the ends of the interval."""
    lower: float | None
    upper: float | None


@dataclass(frozen=True)
class ReleasedPower:
    """What this much data can find."""

    places: tuple[FoundFrom, ...]
    largest: float
    """The largest relative risk that was tried."""
    notes: tuple[str, ...]
    """What it means, and how it was worked out."""


@dataclass(frozen=True)
class ChanceRow:
    """How many wards are flagged on maps of one kind."""

    name: str
    mean: float
    lower: int
    upper: int
    """With `lower` what 95 of 100 maps have; the same as `mean` for what was observed."""


@dataclass(frozen=True)
class ReleasedChance:
    """How many wards are flagged, and how many chance would flag: one row each, what was observed first."""

    rows: tuple[ChanceRow, ...]
    sentences: tuple[str, ...]
    notes: tuple[str, ...]


def tell_power(study: Study, *, wards: gpd.GeoDataFrame, progress: Progress) -> ReleasedPower:
    """Find out what this much data can find, and say it.

    Parameters
    ----------
    study : Study
        Of exact counts.
    wards : GeoDataFrame
        The wards of the tables that the study was made from.
    """
    return say_power(what_can_be_found(study, wards=wards, seed=study.question.seed, progress=progress))


def say_power(power: Power) -> ReleasedPower:
    """Put it into words."""
    trials = max((one.trials for one in power.findable), default=0)
    made_up = (
        f"Worked out by placing made-up overlaps into the area's own records, {trials} of each kind, and looking which "
    )
    return ReleasedPower(
        places=tuple(_found_from(one, largest=power.largest) for one in power.findable),
        largest=power.largest,
        notes=(_MISSED, f"{made_up}are flagged."),
    )


def tell_chance(study: Study, *, wards: gpd.GeoDataFrame, progress: Progress) -> ReleasedChance:
    """Count the flags that chance alone would raise, and say it. Parameters as of `tell_power`."""
    return say_chance(flags_by_chance(study, wards=wards, seed=study.question.seed, progress=progress))


def say_chance(found: ChanceFlags) -> ReleasedChance:
    """Put it into words."""
    return ReleasedChance(
        rows=(
            ChanceRow("As recorded", found.observed, found.observed, found.observed),
            _row("If the two were unrelated", found.unrelated),
            _row("If no ward differed", found.equal_risks),
        ),
        sentences=(*found.sentences(), *_verdict(found)),
        notes=(
            *((_COINCIDENCE,) if found.observed else ()),
            f"Counted on {found.unrelated.maps} simulated maps of each kind, with the same model and rule.",
        ),
    )


def _verdict(found: ChanceFlags) -> tuple[str, ...]:
    if not found.observed:
        return ()
    if found.beyond_coincidence:
        return ("So more wards are flagged than coincidence would flag.",)
    return ("So coincidence alone could flag as many.",)


def _row(name: str, flags: FlagsByChance) -> ChanceRow:
    return ChanceRow(name, flags.mean, flags.lower, flags.upper)


def _found_from(one: Findable, *, largest: float) -> FoundFrom:
    risk = one.smallest
    return FoundFrom(
        name=one.name,
        sentence=one.in_words(largest=largest),
        tried=one.trials > 0,
        estimate=risk.estimate,
        lower=risk.lower,
        upper=risk.upper,
    )
