"""What changed: against the window before in the classes of the comparison, and against the list of the refresh before."""

from collections.abc import Hashable, Mapping
from typing import Any

from briefing.follow_up import high_but_not_flagged
from briefing.papers.paper import Block, Column, Paragraph, Points, Table
from briefing.papers.period_words import in_a_sentence, short_period
from briefing.papers.profile_facts import ProfileFacts
from briefing.ward_facts import ward_facts
from data.in_words import listed
from disclosure.changes import FROM_BOTH_WINDOWS, ReleasedChanges
from disclosure.gate import Released

NAMED = ("new", "persistent", "easing", "cleared")
"""Changes that are told ward by ward, as `ReleasedChanges.named` calls them."""
_SAID = {"new": "new", "persistent": "still high", "easing": "easing", "cleared": "cleared"}
_MOST_NAMED = 12
"""Wards in one sentence; more are counted."""
Row = Mapping[Hashable, Any]


def change_blocks(facts: ProfileFacts) -> list[Block]:
    """Write what changed."""
    changes = facts.area.changes
    if changes is None:
        return [Paragraph(why_not_compared(facts), lead="No comparison"), *_beside_the_refresh_before(facts)]
    said: list[Block] = [Paragraph(how_many(changes)), *_wards(facts, changes)]
    if changes.cautions:
        said.append(Points(tuple(changes.cautions)))
    return [*said, *_beside_the_refresh_before(facts)]


def why_not_compared(facts: ProfileFacts) -> str:
    """Say why there is no comparison, without what could be asked in its place: whoever reads a paper asks nothing."""
    why = facts.area.why_no_changes or "There is no earlier time to compare with."
    return f"{why.partition('. ')[0].rstrip('.')}."


def how_many(changes: ReleasedChanges) -> str:
    """Say how many wards changed in which way."""
    named = changes.named()
    told = [f"{len(named[one])} {_SAID[one]}" for one in NAMED]
    unsure = int((changes.wards["change"] == "too uncertain to say").sum())
    wards = len(changes.wards)
    return (
        f"{short_period(changes.now)} against {in_a_sentence(changes.before)}: of "
        f"{wards:,} wards {listed(told)}. Of {unsure:,} the change is too uncertain to say."
    )


def _wards(facts: ProfileFacts, changes: ReleasedChanges) -> list[Block]:
    rows = _rows(facts, changes)
    if not rows:
        return [Paragraph("No ward is named as new, still high, easing or cleared.")]
    most = f"{100 * (1 - changes.question.certainty):.0f}"
    less_sure = high_but_not_flagged(
        ward_facts(facts.area, code) for codes in changes.named().values() for code in codes
    )
    return [
        Table(
            caption="Wards of which a change is named, by district and name",
            columns=(
                Column("Ward", share=1.5),
                Column("Change", share=1.7),
                Column("Chance that it is so", share=1.1),
                Column("That both are high now", share=1.1),
            ),
            rows=tuple(rows),
            note=f"A change is named where the chance that it is wrong is {most} in 100 at most. {FROM_BOTH_WINDOWS} "
            f"{less_sure}".rstrip(),
        )
    ]


def _rows(facts: ProfileFacts, changes: ReleasedChanges) -> list[tuple[str, ...]]:
    of_change = {str(row["ward_code"]): row for row in changes.wards.to_dict("records")}
    kinds = {code: kind for kind, codes in changes.named().items() for code in codes}
    now = facts.area.rows[-1]
    found = sorted(kinds, key=lambda code: (str(now[code]["district"]), str(now[code]["ward_name"]), code))
    most = f"over {100 * changes.question.certainty:.0f} in 100"
    return [
        (
            ward_named(now[code]),
            str(of_change[code]["change"]),
            str(of_change[code].get(f"certainty_{kinds[code]}", most)),
            str(now[code]["certainty"]),
        )
        for code in found
    ]


def ward_named(row: Row) -> str:
    """Name a ward with its district: names repeat."""
    return f"{row['ward_name']} ({row['district']})"


def _beside_the_refresh_before(facts: ProfileFacts) -> list[Block]:
    before, now = facts.earlier, facts.area.released
    if before is None:
        return [Paragraph("There is no earlier window, and so no list of a refresh before.", lead="The refresh before")]
    shared = len(set(before.window.labels) & set(now.window.labels))
    same = (
        f"The two windows share {shared} of {now.window.quarters} quarters, so that this is a comparison of lists and no trend."
        if shared
        else "The two windows share no quarter."
    )
    return [
        Paragraph(
            f"{_came_and_went(before, now)} {same} A ward can cross the line either way by chance.",
            lead=f"Beside the list of the refresh before ({before.window.in_words()})",
        )
    ]


def _came_and_went(before: Released, now: Released) -> str:
    then, here = (dict(zip(one.flagged["ward_code"], _names(one), strict=True)) for one in (before, now))
    came = sorted(name for code, name in here.items() if code not in then)
    went = sorted(name for code, name in then.items() if code not in here)
    stayed = len(here) - len(came)
    if not then and not here:
        return "No ward is named as high on both, then or now."
    if not came and not went:
        return f"The same {len(here)} wards are named." if stayed > 1 else "The same ward is named."
    return (
        f"{stayed} of the wards named then {'is' if stayed == 1 else 'are'} named now. Named now and not then: "
        f"{_some(came)}. Named then and not now: {_some(went)}."
    )


def _names(released: Released) -> list[str]:
    return [ward_named(row) for row in released.flagged.to_dict("records")]


def _some(names: list[str]) -> str:
    if not names:
        return "none"
    return listed(names) if len(names) <= _MOST_NAMED else f"{len(names)} wards"
