"""The public-safe paper for an overview and scrutiny committee, made of what the public may have and of nothing else.

Areas of several wards in bands over three years. It holds no count and no ward by itself, and does not say what else is known.
"""

from datetime import date

from briefing.papers.paper import Block, Box, Column, Paper, Paragraph, Part, Picture, Points, Table
from briefing.papers.scrutiny_facts import MEASURES, ScrutinyFacts, gather_scrutiny
from briefing.papers.scrutiny_map import level_map
from briefing.papers.scrutiny_words import (
    BANDS_IN_WORDS,
    LEVELS,
    both_in_words,
    certainty,
    in_short,
    map_in_words,
    method,
    protection,
    purpose,
    questions,
    what_is_done,
    what_it_means,
)
from data.in_words import say_day
from disclosure.permitted import Question
from disclosure.views import SnapshotView

KIND = "scrutiny-paper"


def write_scrutiny_paper(view: SnapshotView, *, question: Question, made_on: date) -> Paper:
    """Write the paper.

    Parameters
    ----------
    view : SnapshotView
        As the public may have it.
    question : Question
        Over as many quarters as the public may have.
    made_on
        The day that stands on it.

    Raises
    ------
    UsageError
        As of `run --audience public`: the data cover fewer than three years, or there is no area that may be shown. Also if
        the view is another audience's.
    """
    return scrutiny_paper(gather_scrutiny(view, question=question), made_on=made_on)


def scrutiny_paper(facts: ScrutinyFacts, *, made_on: date) -> Paper:
    """Write the paper from facts that were gathered before."""
    window = facts.areas.window.in_words()
    return Paper(
        kind=KIND,
        title=f"Prevent and {facts.incidents_in_words}: paper for scrutiny",
        place=facts.partnership,
        period=f"Figures for {window}",
        marking=facts.marking,
        made_on=made_on,
        parts=(
            Part("In short", [Box(tuple(Paragraph(text, lead=lead) for lead, text in in_short(facts)))]),
            Part("What this paper is for", [Points(purpose(facts))]),
            Part("What the partnership does with this", [Points(what_is_done())]),
            Part("What this does and does not mean", [Points(what_it_means(facts))]),
            Part("The maps", _maps(facts), new_page=True),
            Part("The areas", [_table(facts), Paragraph(both_in_words(facts))], new_page=True),
            Part("How it was worked out", [Points(method(facts))]),
            Part("How sure it is", [Points(certainty(facts))]),
            Part("How people are protected", [Points(protection(facts))]),
            Part("Questions that the committee may ask", [Points(questions())]),
            Part("Which wards are in each area", [_wards(facts)], new_page=True),
        ),
        provenance=(
            f"Window {window}. Wards of {facts.vintage}. Snapshot {facts.snapshot_id}, settings {facts.settings_mark}, "
            f"software {facts.software}."
        ),
        about=(
            ("For", "the overview and scrutiny committee"),
            ("Who may read it", "anybody"),
            ("Made on", say_day(made_on)),
        ),
    )


def _maps(facts: ScrutinyFacts) -> list[Block]:
    return [Picture((level_map(facts, measure=one),), map_in_words(facts, measure=one)) for one in MEASURES]


def _table(facts: ScrutinyFacts) -> Table:
    numbers = facts.numbers
    rows = tuple(
        (
            numbers[str(row["area_code"])],
            str(row["area_name"]),
            f"{row['wards']}",
            f"{row['residents']:,.0f}",
            *(LEVELS[str(row[f"level_{one}"])] for one in MEASURES),
        )
        for row in facts.areas.table.to_dict("records")
    )
    return Table(
        caption="Each area beside the whole area, over three years",
        columns=(
            Column("No.", share=0.4),
            Column("Area", share=2.6),
            Column("Wards", number=True, share=0.6),
            Column("People who live there", number=True, share=0.9),
            Column("Referrals to Prevent", share=1.2),
            Column(facts.incidents_in_words.capitalize(), share=1.2),
        ),
        rows=rows,
        note=f"In the order of their names. {BANDS_IN_WORDS}",
    )


def _wards(facts: ScrutinyFacts) -> Table:
    table = facts.areas.table
    numbers = facts.numbers
    rows = tuple(
        (numbers[str(code)], str(name), names)
        for code, name, names in zip(table["area_code"], table["area_name"], facts.ward_names, strict=True)
    )
    return Table(
        caption="Wards by area",
        columns=(Column("No.", share=0.3), Column("Area", share=1.4), Column("Wards", share=3.2)),
        rows=rows,
    )
