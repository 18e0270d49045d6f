"""What runs in the wards of a bid by the file of what is provided, and where nothing is known to.

Cost and funder stand in it only where the settings say that a bid may tell them: an extract leaves the partnership.
"""

from collections.abc import Sequence

from briefing.area_facts import AreaFacts
from briefing.papers.paper import Block, Column, Paragraph, Part, Table
from briefing.provision_words import cost_words, period_words, so_it_stands, thing_kind, thing_name
from briefing.ward_facts import WardFacts
from data.in_words import listed
from disclosure.provision import ReleasedProvision, Status, Thing


def running_parts(area: AreaFacts, chosen: Sequence[WardFacts]) -> tuple[Part, ...]:
    """Write what runs and what is planned in the chosen wards; no part where no file of it was loaded."""
    provision = area.provision
    if provision is None:
        return ()
    blocks: list[Block] = [Paragraph(f"{_gap(provision, chosen)} {so_it_stands(provision)}")]
    things = _things(provision, chosen)
    if things:
        blocks.append(_table(things, provision=provision, names={one.code: one.name for one in chosen}))
    return (Part("What is provided there now", blocks),)


def _gap(provision: ReleasedProvision, chosen: Sequence[WardFacts]) -> str:
    without = [one.name for one in chosen if one.code not in provision.running_in]
    if not without:
        return "Something runs in each of these wards."
    return f"Nothing is known to run in {listed(without)}."


def _things(provision: ReleasedProvision, chosen: Sequence[WardFacts]) -> list[Thing]:
    codes = {one.code for one in chosen}
    told = provision.bid_things if provision.tells_cost_in_bids else provision.things
    return [one for one in told if codes.intersection(one.wards) and one.status(provision.day) is not Status.ENDED]


def _table(things: Sequence[Thing], *, provision: ReleasedProvision, names: dict[str, str]) -> Table:
    costs = provision.tells_cost_in_bids
    columns = (
        Column("What", share=1.4),
        Column("Kind, for whom", share=1.2),
        Column("Where, of these wards", share=1.4),
        Column("When", share=1.6),
    )
    return Table(
        caption="What runs and what is planned",
        columns=(*columns, *((Column("Cost, who pays", share=1.3),) if costs else ())),
        rows=tuple(_row(one, provision=provision, names=names, costs=costs) for one in things),
        note="Each stands once, with its cost for all of its wards." if costs else "What it costs is not told here.",
    )


def _row(thing: Thing, *, provision: ReleasedProvision, names: dict[str, str], costs: bool) -> tuple[str, ...]:
    cells = (
        thing_name(thing),
        thing_kind(thing) or thing.kind,
        listed([names[code] for code in thing.wards if code in names]),
        period_words(thing, provision.day),
    )
    return (*cells, cost_words(thing, yearly=provision.costs_are_yearly) or "not said") if costs else cells
