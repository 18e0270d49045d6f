"""What counts this small do and do not say, beside “neither” and beside a change: the one place for these words.

All of it follows from what is released already (total, number of wards, threshold), so that it tells an audience nothing more.
"""

from dataclasses import replace

from analysis.planting import TYPICAL
from disclosure.data_power import ReleasedPower
from disclosure.gate import Released
from disclosure.layers import Layer
from disclosure.suppression import WITHHELD

NEITHER = "neither"
NEITHER_IS_NOT_LOW = "“Neither” does not mean low."
_NOTHING_NAMED = "“not high on both, now or before” does not mean that nothing changed"
_IN_WHOLE = 10
"""Averages from here on are written without a tenth."""
_BY_CHANCE = 2.0
"""Standard deviations of a Poisson count. A difference of fewer is not told from chance in one ward."""


def with_neither_explained(released: Released) -> Released:
    """Put what “neither” means among the notes of the overlap, so that it stands wherever its map does."""
    said = neither_in_words(released)
    if not said:
        return released
    overlap = released.layers["overlap"]
    layers = {**released.layers, "overlap": replace(overlap, notes=(*overlap.notes, " ".join(said)))}
    return replace(released, layers=layers)


def with_change_explained(layer: Layer, released: Released) -> Layer:
    """Put what it means that no change is named among the notes of a comparison with the window of `released`."""
    return replace(layer, notes=(*layer.notes, change_in_words(released)))


def neither_in_words(released: Released) -> tuple[str, ...]:
    """Say what “neither” means and what not; nothing where no ward reads so."""
    if not (released.wards["class"] == NEITHER).any():
        return ()
    said = [
        NEITHER_IS_NOT_LOW,
        f"It means that, as far as the counts can tell, neither rate is likely to be above {_times(released)} the area's.",
    ]
    few = _few(released)
    if few:
        measure, mean = few
        at_threshold = _number(mean * released.question.threshold)
        said.append(
            f"A ward has about {_number(mean)} {measure} on average; at {_times(released)} the rate it would have "
            f"{at_threshold}. "
            "Chance alone can make that difference, so a ward that is truly high can read “neither”."
        )
    if not released.exact:
        said.append("An analyst, with exact counts, may find some of these wards too uncertain to say.")
    return tuple(said)


def change_in_words(released: Released) -> str:
    """Say what it means that no change is named: beside every comparison of two windows."""
    few = _few(released)
    if few:
        measure, mean = few
        start = f"With about {_number(mean)} {measure} a ward"
    else:
        start = "Where counts are small"
    return f"{start}, a change must be large to show: {_NOTHING_NAMED}."


def findable_in_words(power: ReleasedPower) -> str:
    """Say what has been found out of a typical ward (`disclosure.data_power`), for those who may have it; else nothing."""
    found = [place.sentence for place in power.places if place.name == TYPICAL.name and place.tried]
    return f"Worked out for this window: {found[0][0].lower()}{found[0][1:]}" if found else ""


def _few(released: Released) -> tuple[str, float] | None:
    """Give the sparser measure and its average count a ward, where one ward at the threshold does not stand out from chance.

    Nothing where that is not released: without counts, and of some districts alone, whose rounded totals are of the whole area.
    """
    if released.reader.districts is not None and not released.exact:
        return None
    totals = {"referrals": released.total_referrals, "incidents": released.total_incidents}
    if WITHHELD in totals.values() or released.wards.empty:
        return None
    means = {name: int(total.replace(",", "")) / len(released.wards) for name, total in totals.items()}
    measure = min(means, key=means.__getitem__)
    stands_out = (
        (_BY_CHANCE / (released.question.threshold - 1)) ** 2 if released.question.threshold > 1 else float("inf")
    )
    return (measure, means[measure]) if 0 < means[measure] < stands_out else None


def _times(released: Released) -> str:
    return f"{released.question.threshold:g} times"


def _number(count: float) -> str:
    """Write an average: to a tenth where it is small."""
    return f"{count:.2g}" if count < _IN_WHOLE else f"{count:.0f}"
