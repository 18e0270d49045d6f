"""What this much data can find and how many flags chance would raise, as one audience may have it.

Both are statements on the whole area: they come of many simulated maps, and of each only how many wards were flagged, or
whether one that was planted was. An audience without exact values gets them in coarse steps all the same, and only of areas
in which no statement is on fewer than five wards.
"""

import math
from dataclasses import dataclass, replace

import geopandas as gpd

from analysis.chance import ChanceFlags, FlagsByChance, flags_by_chance
from analysis.detection_curve import SmallestRisk
from analysis.power import Findable, Power, what_can_be_found
from analysis.refitting import Progress
from analysis.study import Study
from data.errors import UsageError
from data.settings import Disclosure
from disclosure.audiences import Audience, permission
from disclosure.gate import release

FEWEST_WARDS = 25
"""Modelled wards that an area must have for audiences without exact values: a kind of place is a fifth of the wards."""
RISK_STEPS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 15.0, 20.0)
"""Relative risks as audiences without exact values get them."""
FLAG_STEP = 0.5
"""Mean numbers of flags are rounded to this for them."""

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


def tell_power(
    study: Study, *, wards: gpd.GeoDataFrame, audience: Audience, rule: Disclosure, progress: Progress
) -> ReleasedPower:
    """Find out what this much data can find, and release it.

    Parameters
    ----------
    wards : GeoDataFrame
        The wards of the tables that the study was made from.

    Raises
    ------
    UsageError
        Before anything is fitted, if the audience may not have it of so small an area.
    """
    _refuse_if_few(study, audience=audience, rule=rule)
    return release_power(
        what_can_be_found(study, wards=wards, seed=study.question.seed, progress=progress), audience, rule
    )


def release_power(power: Power, audience: Audience, rule: Disclosure) -> ReleasedPower:
    """Release it: as it is, or in the steps of `RISK_STEPS`, intervals rounded outwards."""
    exact = permission(audience, rule=rule).exact
    told = [one if exact else replace(one, smallest=_in_steps(one.smallest)) for one in power.findable]
    trials = max((one.trials for one in told), default=0)
    made_up = (
        f"Worked out by placing made-up overlaps into the area's own records, {trials} of each kind, and looking which "
    )
    return ReleasedPower(
        places=tuple(_found_from(one, largest=power.largest) for one in told),
        largest=power.largest,
        notes=(_MISSED, f"{made_up}are flagged."),
    )


def tell_chance(
    study: Study, *, wards: gpd.GeoDataFrame, audience: Audience, rule: Disclosure, progress: Progress
) -> ReleasedChance:
    """Count the flags that chance alone would raise, and release them.

    Parameters
    ----------
    wards : GeoDataFrame
        The wards of the tables that the study was made from.

    Raises
    ------
    UsageError
        Before anything is fitted, if the audience may not have it of so small an area.
    """
    _refuse_if_few(study, audience=audience, rule=rule)
    found = flags_by_chance(study, wards=wards, seed=study.question.seed, progress=progress)
    return release_chance(found, study, audience=audience, rule=rule)


def release_chance(found: ChanceFlags, study: Study, *, audience: Audience, rule: Disclosure) -> ReleasedChance:
    """Release it: as it is, or with means in steps of `FLAG_STEP`.

    Notes
    -----
    How many flags may be false is taken from what the gate releases: of a single flag it is that ward's probability.
    """
    if not permission(audience, rule=rule).exact:
        found = replace(
            found,
            expected_false=release(study, audience, rule).flags_expected_false,
            equal_risks=_rounded(found.equal_risks),
            unrelated=_rounded(found.unrelated),
        )
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


def _rounded(flags: FlagsByChance) -> FlagsByChance:
    return replace(flags, mean=round(flags.mean / FLAG_STEP) * FLAG_STEP)


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


def _in_steps(risk: SmallestRisk) -> SmallestRisk:
    """Round the estimate to the nearest step, by ratio, and the ends outwards."""
    return SmallestRisk(
        estimate=None if risk.estimate is None else _nearest_step(risk.estimate),
        lower=None if risk.lower is None else max(step for step in RISK_STEPS if step <= risk.lower),
        upper=None if risk.upper is None else min((step for step in RISK_STEPS if step >= risk.upper), default=None),
    )


def _nearest_step(risk: float) -> float:
    return min(RISK_STEPS, key=lambda step: abs(math.log(step / risk)))


def _refuse_if_few(study: Study, *, audience: Audience, rule: Disclosure) -> None:
    modelled = int(study.wards["expected_referrals"].notna().sum())
    if modelled < FEWEST_WARDS and not permission(audience, rule=rule).exact:
        raise UsageError(
            f"With fewer than {FEWEST_WARDS} wards this would say something of single wards, so the {audience} audience may "
            "not have it. Ask the analyst."
        )
