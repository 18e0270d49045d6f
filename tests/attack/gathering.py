"""Putting together what several snapshots and audiences give, and attacking the counts with it."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import mkdtemp

from disclosure.audiences import Audience
from tests.attack.ground import Count, Seen, every_count
from tests.attack.observing import Map, observe
from tests.attack.publishing import open_views, telltale_model
from tests.attack.registry import Result
from tests.attack.solving import Pinned, attack_counts
from tests.attack.worlds import World

ONE = (Audience.INSPECTOR,)
SMALL = 7


def gather(
    snapshots: Sequence[tuple[World, Map]], folder: Path, *, audiences: tuple[Audience, ...] = ONE
) -> list[Seen]:
    """Publish worlds as snapshots of one partnership, and collect all that the audiences are given of each."""
    seen: list[Seen] = []
    store = Path(mkdtemp(dir=folder))
    with telltale_model():
        for number, (world, on) in enumerate(snapshots):
            for view in open_views(world, store, audiences=audiences, mark=str(number)):
                seen += observe(view, on=on)
    return seen


def attack_wards(
    whole: World, snapshots: Sequence[World], folder: Path, *, audiences: tuple[Audience, ...] = ONE
) -> Result:
    """Attack every small count of every ward of any of the snapshots, which are all of the same truth."""
    seen = gather([(one, Map(one.wards, whole.quarters)) for one in snapshots], folder, audiences=audiences)
    wards = {pieces for one in (whole, *snapshots) for pieces in one.wards.values()}
    return attack_seen(seen, whole=whole, targets=every_count(sorted(wards), quarters=whole.truth.shape[2]))


def attack_seen(seen: Sequence[Seen], *, whole: World, targets: Sequence[Count]) -> Result:
    """Attack some counts with what was seen."""
    outcome = attack_counts(seen, truth=whole.truth, targets=targets, small=SMALL)
    return Result(outcome.cases, tuple(say_loss(one, whole=whole) for one in outcome.losses))


def say_loss(lost: Pinned, *, whole: World) -> str:
    """Say a loss so that it can be traced."""
    count = lost.count
    measure, quarters = ("referrals", "incidents")[count.measure], [*whole.quarters, "corrected"]
    window = f"{quarters[count.quarters[0]]} to {quarters[count.quarters[-1]]}"
    history = whole.truth[count.measure][list(count.pieces)].sum(axis=0).tolist()
    return (
        f"{measure} of {count.pieces} in {window}: {lost.true} was left {lost.possible} values, {lost.least} to {lost.most}; "
        f"its history is {history}"
    )


def all_of(results: Iterable[Result]) -> Result:
    """Put results together."""
    whole = Result(0)
    for one in results:
        whole = whole.add(one)
    return whole
