"""The evidence of local risk for a project bid: what may be told of the wards that an officer chose, and the officer's own words.

It is made of facts released to councillors (bands and words, no count), since it leaves the partnership. What the figures say,
what the register knows and what the officer wrote stand in parts of their own, each with whose it is.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from briefing.area_facts import AreaFacts
from briefing.map_ground import MapGround, map_ground
from briefing.papers.area_map import area_map_figure
from briefing.papers.bid_words import BidWords
from briefing.papers.evidence_bid import bid_parts
from briefing.papers.evidence_need import how_sure, need_blocks, what_the_figures_say, what_they_do_not_say
from briefing.papers.evidence_provided import provided_blocks
from briefing.papers.evidence_running import running_parts
from briefing.papers.paper import Block, Box, Paper, Paragraph, Part, Picture, Points
from briefing.papers.steering_ward_figures import neighbours_in_words, ward_map
from briefing.register import BriefingRegister
from briefing.sentences import limits
from briefing.ward_facts import WardFacts, ward_facts
from data.errors import UsageError
from data.in_words import listed, say_day
from disclosure.palette import CLASSES_OF_OVERLAP, style_of_class

KIND = "evidence"
MOST_WARDS = 40
"""In one bid: more is no choice of wards but a part of the area, of which the profile tells."""
MOST_NAMED = 6
"""Wards that are named in the first sentence."""


def write_evidence(
    area: AreaFacts, *, wards: Sequence[str], bid: BidWords, briefings: BriefingRegister | None, made_on: date
) -> Paper:
    """Write the evidence extract for a bid.

    Parameters
    ----------
    area : AreaFacts
        Released for councillors.
    wards
        Codes of the wards that the officer chose, at least one. They stand by district and name, whatever their order here.
    bid
        The officer's part.
    briefings
        What was agreed for these wards, and what became of it; nothing is said of that if `None`.
    made_on
        The day of the paper: what was issued or done later is not in it. Briefings that were withdrawn or replaced by now are
        not in it either.

    Raises
    ------
    UsageError
        If no ward is chosen, more than `MOST_WARDS`, or one that is not there.
    """
    chosen = chosen_wards(area, wards)
    ground = map_ground(area)
    return Paper(
        kind=KIND,
        title=f"Evidence for a bid: {bid.title}",
        place=f"{listed(sorted({one.district for one in chosen}))}. {area.partnership}",
        period=f"Figures for {area.released.window.in_words()}",
        marking=area.marking,
        made_on=made_on,
        parts=(
            Part("In short", [_in_short(area, chosen, bid=bid)]),
            Part("Where", _where(chosen, ground=ground)),
            Part("The need, as the figures have it", need_blocks(area, chosen)),
            *running_parts(area, chosen),
            Part("What was agreed before", provided_blocks(chosen, briefings, made_on=made_on)),
            *bid_parts(bid),
            Part("What to bear in mind", [Points(_limits(area))]),
        ),
        provenance=area.provenance,
        about=_about(bid, chosen, made_on=made_on),
    )


def chosen_wards(area: AreaFacts, wards: Sequence[str]) -> tuple[WardFacts, ...]:
    """Gather what may be told of the wards of a bid, by district and name; errors as of `write_evidence`."""
    codes = dict.fromkeys(wards)
    if not 0 < len(codes) <= MOST_WARDS:
        raise UsageError(f"A bid is for 1 to {MOST_WARDS} wards, and {len(codes):,} are chosen. Choose again.")
    return tuple(sorted((ward_facts(area, code) for code in codes), key=lambda one: (one.district, one.name, one.code)))


def _in_short(area: AreaFacts, chosen: Sequence[WardFacts], *, bid: BidWords) -> Box:
    asked = f" asks for {bid.asked:,} pounds" if bid.asked else " is"
    named = listed([one.name for one in chosen]) if len(chosen) <= MOST_NAMED else f"{len(chosen)} wards, named below"
    lines = [
        Paragraph(f"“{bid.title}”{asked} for {named}.", lead="The bid"),
        Paragraph(what_the_figures_say(area, chosen), lead="The figures"),
        Paragraph(how_sure(area), lead="How sure"),
    ]
    if not_said := what_they_do_not_say(chosen):
        lines.append(Paragraph(not_said, lead="What they do not say"))
    return Box(tuple(lines))


def _where(chosen: Sequence[WardFacts], *, ground: MapGround) -> list[Block]:
    numbers = {one.code: f"{place}" for place, one in enumerate(chosen, start=1)}
    named = listed([f"{numbers[one.code]} {one.name} ({one.district})" for one in chosen])
    whole = area_map_figure(
        ground.outlines,
        styles={code: style_of_class(name, dark=False) for code, name in ground.classes.items()},
        key=[(name, style_of_class(name, dark=False)) for name in _present(ground)],
        alt=f"Map of {ground.partnership} with the wards that were chosen: {named}.",
        labels=numbers,
        borders=ground.borders,
        height_mm=120,
    )
    pairs = [chosen[start : start + 2] for start in range(0, len(chosen), 2)]
    return [
        Picture((whole,), f"The wards that were chosen: {named}."),
        *(_near(pair, ground=ground, numbers=numbers) for pair in pairs),
    ]


def _near(pair: Sequence[WardFacts], *, ground: MapGround, numbers: Mapping[str, str]) -> Picture:
    """Draw one or two wards, each among those that it touches."""
    return Picture(
        tuple(ward_map(ground, one.code, numbers=numbers) for one in pair),
        " ".join(_near_in_words(one, ground=ground, numbers=numbers) for one in pair),
    )


def _near_in_words(one: WardFacts, *, ground: MapGround, numbers: Mapping[str, str]) -> str:
    around = neighbours_in_words(ground, one.code, numbers=numbers)
    named = f"{numbers[one.code]} {one.name}"
    return f"Around {named}, {around}." if around else f"{named} touches no other ward of the area."


def _present(ground: MapGround) -> list[str]:
    return [name for name in CLASSES_OF_OVERLAP if name in set(ground.classes.values())]


def _limits(area: AreaFacts) -> tuple[str, ...]:
    return (
        "The wards were chosen by an officer. This paper does not compare them with wards that were not chosen, and puts none "
        "before another.",
        *limits(area),
        "What an officer wrote is marked as such. It does not follow from the figures, nor they from it.",
    )


def _about(bid: BidWords, chosen: Sequence[WardFacts], *, made_on: date) -> tuple[tuple[str, str], ...]:
    told = (
        ("Fund", bid.fund),
        ("Asked for", f"{bid.asked:,} pounds" if bid.asked else ""),
        ("Wards", f"{len(chosen)}"),
        ("Bid written by", bid.author),
        ("Contact", bid.contact),
        ("Made on", say_day(made_on)),
    )
    return tuple((name, text) for name, text in told if text)
