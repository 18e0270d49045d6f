"""The officer's part of a bid, in the officer's own words: what is asked for, for what, and how one would know that it worked."""

from collections.abc import Iterator

from briefing.papers.bid_words import BidWords
from briefing.papers.paper import Block, Column, Paragraph, Part, Points, Table
from data.in_words import say_day

NOTHING_WRITTEN = "Nothing was written for this bid beyond its title."


def bid_parts(bid: BidWords) -> tuple[Part, ...]:
    """Write the part of the officer; what was not written is left out, and no part stands empty."""
    by = bid.author or "the officer"
    told = [
        Part(heading, blocks, level=2)
        for heading, blocks in (
            ("Why here", _paragraphs(bid.need)),
            ("What is provided there already", _paragraphs(bid.provided)),
            ("What the project would do", _paragraphs(bid.project)),
            ("What it would cost", list(_cost(bid))),
            ("What would be different, and how it would be measured", list(_outcomes(bid))),
            ("References", _paragraphs(bid.references)),
        )
        if blocks
    ]
    whose = f"What follows was written by {by} for this bid. It does not come from the figures."
    start = [Paragraph(whose, quiet=True)] if told else [Paragraph(NOTHING_WRITTEN)]
    return (Part(f"The project, in the words of {by}", start), *told)


def _paragraphs(text: str) -> list[Block]:
    return [Paragraph(one) for one in text.split("\n\n") if one]


def _cost(bid: BidWords) -> Iterator[Block]:
    if bid.costs:
        rows = [(one.what, f"{one.pounds:,}") for one in bid.costs]
        yield Table(
            caption="What the money is for",
            columns=(Column("What", share=4.0), Column("Pounds", number=True)),
            rows=(*rows, ("In all", f"{bid.asked:,}")),
        )
    elif bid.asked:
        yield Paragraph(f"{bid.asked:,} pounds in all.")


def _outcomes(bid: BidWords) -> Iterator[Block]:
    if any(one.measure or one.by for one in bid.outcomes):
        yield Table(
            caption="Outcomes",
            columns=(Column("What would be different", share=2.0), Column("Measured by", share=2.0), Column("By when")),
            rows=tuple(
                (one.what, one.measure or "not said", say_day(one.by) if one.by else "not said") for one in bid.outcomes
            ),
        )
    elif bid.outcomes:
        yield Points(tuple(one.what for one in bid.outcomes))
