"""What is provided in sentences, the same on screens and papers. That nothing is known is never said as that there is nothing."""

from collections.abc import Sequence
from datetime import date

from data.in_words import listed, say_day
from data.quarters import months_of
from disclosure.provision import QuarterCoverage, ReleasedProvision, Status, Thing

NO_FILE = (
    "No file of what is provided has been loaded. Whoever loads data adds one on the screen Data, "
    "or with ingest --provision."
)
NOT_THAT_NOTHING_IS = "That nothing is known does not mean that nothing is provided."
_SHOWN, _LETTERS = 6, 240
"""Things of a ward that a sentence names at most, and letters of their names."""


def known_on(provision: ReleasedProvision) -> str:
    """Say of which day what follows is."""
    file = f"by the file of {say_day(provision.as_at)}"
    return file if provision.day == provision.as_at else f"on {say_day(provision.day)}, {file}"


def so_it_stands(provision: ReleasedProvision) -> str:
    """Say of which day what was said is, and what it does not mean."""
    return f"That is so {known_on(provision)}. {NOT_THAT_NOTHING_IS}"


def thing_name(thing: Thing) -> str:
    """Name a thing; where no name is kept, its kind and how many there are."""
    if thing.name:
        return thing.name
    many = thing.how_many or 1
    return f"{thing.kind.capitalize()}s ({many})" if many > 1 else thing.kind.capitalize()


def thing_kind(thing: Thing) -> str:
    """Say of which kind it is, for whom and how many; nothing of what the name says already."""
    many = f"{thing.how_many} in number" if thing.name and thing.how_many else ""
    return ", ".join(part for part in (thing.kind if thing.name else "", thing.for_whom, many) if part)


def period_words(thing: Thing, day: date) -> str:
    """Say when, from a day's point of view."""
    status = thing.status(day)
    until = f" to {say_day(thing.end)}" if thing.end else ""
    if status is Status.PLANNED:
        return f"planned from {say_day(thing.start)}{until}"
    if status is Status.ENDED:
        return f"ran from {say_day(thing.start)}{until}"
    return f"runs from {say_day(thing.start)}{until or ', with no end named'}"


def cost_words(thing: Thing, *, yearly: bool) -> str:
    """Say what it costs and who pays; nothing where neither is known or told."""
    for_how_long = "a year" if yearly else "in all"
    cost = "" if thing.cost is None else f"£{thing.cost:,.0f} {for_how_long}"
    if cost and thing.wards_in_all > 1:
        cost += f" for {thing.wards_in_all} wards"
    return ", ".join(part for part in (cost, thing.funder) if part)


def thing_words(thing: Thing, day: date, *, yearly: bool = False) -> str:
    """Say all that is released of a thing in a line."""
    kind, cost = thing_kind(thing), cost_words(thing, yearly=yearly)
    return (
        f"{thing_name(thing)}{f' ({kind})' if kind else ''}: {period_words(thing, day)}{f'; {cost}' if cost else ''}."
    )


def in_order(provision: ReleasedProvision, code: str) -> list[Thing]:
    """Give the things of a ward: those that run, those that are planned, those that ended, these the newest first."""
    ended = sorted(provision.of(code, Status.ENDED), key=lambda one: one.end or one.start, reverse=True)
    return [*provision.of(code, Status.RUNNING), *provision.of(code, Status.PLANNED), *ended]


def in_short(provision: ReleasedProvision, code: str) -> str:
    """Say in one sentence what is provided in a ward, on papers and beside maps."""
    running = provision.of(code, Status.RUNNING)
    said = known_on(provision)
    if running:
        return f"Provided here, {said}: {_named(running)}."
    return f"Nothing is known to be provided here now, {said}.{before_and_after(provision, code)}"


def _named(things: Sequence[Thing]) -> str:
    """Name things as far as a sentence has room, then how many more there are."""
    names = [thing_name(one) for one in things]
    most = _SHOWN
    while most > 1 and sum(map(len, names[:most])) > _LETTERS:
        most -= 1
    more = [f"{len(names) - most} more"] if len(names) > most else []
    return listed([*names[:most], *more])


def before_and_after(provision: ReleasedProvision, code: str) -> str:
    """Say what was provided in a ward in which nothing runs, and what is planned; begins with a blank where there is any."""
    parts = []
    if ended := provision.of(code, Status.ENDED):
        last = max(ended, key=lambda one: one.end or one.start)
        parts.append(f"{thing_name(last)} {period_words(last, provision.day)}")
    if planned := provision.of(code, Status.PLANNED):
        parts.append(f"{thing_name(planned[0])} is {period_words(planned[0], provision.day)}")
    return f" {'; '.join(parts)}." if parts else ""


def coverage_in_words(
    flagged: Sequence[QuarterCoverage], every: Sequence[QuarterCoverage], *, of: int, of_all: int
) -> str:
    """Say how far what is provided reached, first and last quarter, as a chart's equivalent."""
    first, last = flagged[0], flagged[-1]
    return (
        f"Of the wards that are flagged now ({of}), something ran in {first.wards} in {months_of(first.quarter)} and in "
        f"{last.wards} in {months_of(last.quarter)}; of all wards ({of_all}), in {every[0].wards} and in {every[-1].wards}."
    )
