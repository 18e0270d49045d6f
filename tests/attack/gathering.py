"""Putting together what several snapshots and audiences give, and attacking the counts with it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from data.settings import Settings
from disclosure.audiences import Audience
from tests.attack.ground import Count, Seen, every_count
from tests.attack.observing import Map, observe
from tests.attack.publishing import open_views, telltale_model
from tests.attack.registry import Result
from tests.attack.solving import Pinned, attack_counts
from tests.attack.worlds import World

ONE = (Audience.INSPECTOR,)
SMALL = 7


@dataclass(frozen=True)
class Step:
    """One snapshot that comes to be, and what is opened of it."""

    world: World
    on: Map
    settings: Settings | None = None
    """The usual ones if none are given."""
    before: Callable[[Path], None] = lambda _: None
    """What is done to the folder of snapshots first."""
    corrects: bool = False
    """Whether its truth is another than that of the steps before. What it only repeats then says nothing of its own truth:
    what was told stays as it was told."""


def gather(
    steps: Sequence[Step], folder: Path, *, audiences: tuple[Audience, ...] = ONE, districts: bool = False
) -> list[Seen]:
    """Publish worlds as snapshots of one partnership, and collect all that the audiences are given of each.

    Parameters
    ----------
    districts
        Also what people get who may see one district each.
    """
    seen: list[Seen] = []
    store = Path(mkdtemp(dir=folder))
    with telltale_model():
        for number, step in enumerate(steps):
            step.before(store)
            named = sorted(set(step.world.ward_table()["district"])) if districts else []
            for only in (None, *([one] for one in named)):
                views = open_views(
                    step.world, store, audiences=audiences, mark=str(number), settings=step.settings, districts=only
                )
                told = {one.said for one in seen} if step.corrects else set()
                seen += [one for view in views for one in observe(view, on=step.on) if one.said not in told]
    return seen


def attack_wards(
    whole: World,
    snapshots: Sequence[World],
    folder: Path,
    *,
    audiences: tuple[Audience, ...] = ONE,
    districts: bool = False,
) -> Result:
    """Attack every small count of every ward of any of the snapshots, which are all of the same truth."""
    steps = [Step(one, Map(one.wards, whole.quarters)) for one in snapshots]
    seen = gather(steps, folder, audiences=audiences, districts=districts)
    return attack_seen(seen, whole=whole, targets=counts_of(whole, *snapshots))


def counts_of(whole: World, *others: World) -> list[Count]:
    """List every count of every ward of any of these worlds, over the quarters of the first."""
    wards = {pieces for one in (whole, *others) for pieces in one.wards.values()}
    return every_count(sorted(wards), quarters=whole.truth.shape[2])


def attack_seen(seen: Sequence[Seen], *, whole: World, targets: Sequence[Count], corrected: bool = False) -> Result:
    """Attack some counts with what was seen.

    Parameters
    ----------
    corrected
        Whether truths were corrected on the way. What contradicts what was told before is then told as the nearest that
        does not, so that not all that is told is true of the new truth. The attacker is given for nothing what is true.
    """
    if corrected:
        seen = [one for one in seen if one.least <= one.of(whole.truth) <= one.most]
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
