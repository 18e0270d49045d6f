"""What stands at the end of the profile's refresh: breaks, method, the account of the records, limits."""

from briefing.papers.paper import Block, Column, Paragraph, Points, Table
from briefing.papers.period_words import say_break
from briefing.papers.profile_facts import ProfileFacts
from briefing.sentences import about_the_data
from disclosure.gate import FROM_RANGES

_TABLES = {
    "wards": "Wards",
    "population": "Populations",
    "referrals": "Referrals",
    "incidents": "Incidents",
    "provision": "Provision",
}


def break_blocks(facts: ProfileFacts) -> list[Block]:
    """List the known breaks."""
    if not facts.breaks:
        return [
            Paragraph(
                "None is named in the settings. If a series changed (another system, other categories, other rules), name it "
                "under [analysis] breaks, so that no comparison crosses it silently."
            )
        ]
    return [Points(tuple(say_break(one) for one in sorted(facts.breaks, key=lambda one: (one.quarter, one.measure))))]


def method_blocks(facts: ProfileFacts) -> list[Block]:
    """Say in a paragraph how the figures were worked out."""
    question, window = facts.area.released.question, facts.area.released.window
    incidents = "people there on a workday" if question.denominator == "workday" else "residents"
    said = (
        f"Referrals and incidents of {window.in_words()} are counted by ward. Each ward is compared with what the whole area's "
        f"rate would give for its people (referrals: residents; incidents: {incidents}). Both measures are modelled together: a "
        "ward borrows strength from its neighbours, and each measure from the other, by as much as the data support. So a few "
        f"records in a small ward do not make it high. High on both means that both are more than {question.threshold:g} times "
        f"what the area's rate would give. Wards are named, the surest first, for as long as at most {100 * question.fdr:.0f} in "
        f"100 of them are expected to be named wrongly. Other classes are said where they are at least "
        f"{100 * question.certainty:.0f} in 100 probable. The model is checked on simulated maps (docs/overlap-promise.md)."
    )
    return [Paragraph(said), *([] if facts.exact else [Paragraph(FROM_RANGES)])]


def quality_blocks(facts: ProfileFacts) -> list[Block]:
    """Account for the records."""
    rows = [
        (_TABLES.get(one.table, one.table), one.read, one.used, _not_used(one.not_used), _share(one.share_placed))
        for one in facts.reports
    ]
    rounded = "" if facts.exact else "Numbers of records are rounded, small ones not given. "
    note = (
        f"{rounded}Placed: of the records that were to be counted, the share that has a ward and a time. The rest is in no "
        "figure of this paper, and may lie unevenly."
    )
    columns = (
        Column("Table", share=1.1),
        Column("Rows read", number=True, share=0.9),
        Column("Used", number=True, share=0.9),
        Column("Not used, and why", share=2.6),
        Column("Placed", number=True, share=0.8),
    )
    table = Table(caption="What became of every row", columns=columns, rows=tuple(rows), note=note)
    return [table]


def _not_used(reasons: dict[str, str]) -> str:
    return "; ".join(f"{reason}: {rows}" for reason, rows in reasons.items()) or "none"


def _share(share: float) -> str:
    return "all" if share >= 1 else f"{min(100 * share, 99.9):.1f} %"


def limit_blocks(facts: ProfileFacts) -> list[Block]:
    """Say what the figures cannot tell."""
    said = [
        "These figures are about places. They say nothing of any person or any group of people in them.",
        "A referral is a concern raised. It is no finding, and no measure of risk: a high number may mean an attentive school.",
        *about_the_data(facts.area),
        "A ward that is not named may still be high on both: most wards have too few records for anybody to tell.",
        "The wards named are not in an order of need, and no ward's class is a reason to watch or to search anyone.",
        "That two measures are high in one place does not say that one comes of the other.",
    ]
    if facts.area.released.no_denominator:
        count = len(facts.area.released.no_denominator)
        said.append(
            f"Of {count} ward{'s' if count > 1 else ''} no population is known, so that nothing is said of them."
        )
    return [Points(tuple(said))]
