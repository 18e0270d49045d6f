"""The bottom line of the profile's refresh, and what each part of the profile can take from it."""

from briefing.papers.paper import Box, Column, Paragraph, Table
from briefing.papers.period_words import breaks_within, in_a_sentence
from briefing.papers.profile_change import NAMED, how_many, ward_named, why_not_compared
from briefing.papers.profile_facts import ProfileFacts
from briefing.papers.profile_wards import say_wrong
from briefing.papers.profile_years import whole_in_words
from data.in_words import listed
from disclosure.suppression import WITHHELD

_MOST_NAMED = 8
_NOTHING, _UNKNOWN = "no ward", "cannot be told"


def summary_box(facts: ProfileFacts) -> Box:
    """Say what, how sure, what changed and what the counts did."""
    return Box(
        (
            Paragraph(_what(facts), lead="What"),
            Paragraph(_how_sure(facts), lead="How sure"),
            Paragraph(_changed(facts), lead="What changed"),
            Paragraph(_counts(facts), lead=whole_in_words(facts)),
        )
    )


def _what(facts: ProfileFacts) -> str:
    released = facts.area.released
    flags, wards = len(released.flagged), len(released.wards)
    both = f"referrals to Prevent and {facts.area.incidents_in_words} are both high for the area"
    if not flags:
        return f"None of {wards:,} wards is named as one where {both}."
    named = f": {_some(_flagged(facts))}" if flags <= _MOST_NAMED else ""
    are = "is named as one" if flags == 1 else "are named as wards"
    return f"{flags} of {wards:,} wards {are} where {both}{named}."


def _flagged(facts: ProfileFacts) -> list[str]:
    rows = facts.area.released.flagged.sort_values(["district", "ward_name", "ward_code"]).to_dict("records")
    return [ward_named(row) for row in rows]


def _some(names: list[str]) -> str:
    if not names:
        return _NOTHING
    return listed(names) if len(names) <= _MOST_NAMED else f"{len(names)} wards (see the tables)"


def _how_sure(facts: ProfileFacts) -> str:
    released = facts.area.released
    unsure = int((released.wards["class"] == "too uncertain to say").sum())
    cannot = f"Of {unsure:,} of {len(released.wards):,} wards the data cannot tell."
    if not len(released.flagged):
        return f"{cannot} A ward that is not named may still be high on both."
    wrong = say_wrong(released)
    are = "is" if wrong.endswith(" 1") else "are"
    return f"Of the {len(released.flagged)} named, {wrong} {are} likely to be named wrongly. {cannot}"


def _changed(facts: ProfileFacts) -> str:
    changes = facts.area.changes
    if changes is None:
        return why_not_compared(facts)
    caution = " The comparison crosses a known break: see the cautions there." if changes.cautions else ""
    return f"{how_many(changes)}{caution}"


def _counts(facts: ProfileFacts) -> str:
    years = [one.window for one in facts.area.years]
    totals = {(row["measure"], row["quarter"]): str(row["count"]) for row in facts.totals.to_dict("records")}
    if not years:
        return "The data hold no whole year that may be shown."

    def told(measure: str) -> str:
        return ", ".join(
            f"{totals.get((measure, one.last), WITHHELD)} in the {in_a_sentence(one)}" for one in years[-2:]
        )

    crossed = any(breaks_within(one, facts.breaks) for one in years[-2:])
    caution = " A series breaks in these years, so that they are not comparable." if crossed else ""
    return (
        f"Referrals: {told('referrals')}. {facts.area.incidents_in_words.capitalize()}: {told('incidents')}.{caution}"
    )


def use_table(facts: ProfileFacts) -> Table:
    """Say what each part of the profile can take from this paper, and what it cannot."""
    named = _named(facts)
    rows = (
        (
            "Priorities",
            f"Wards high on both now: {_some(_flagged(facts))}. High on both in every period shown: {_always(facts)}.",
            "Which need is greatest: the wards named are not in an order.",
        ),
        (
            "Engagement strategy",
            f"Where to ask first what lies behind it. New: {named['new']}.",
            "Who lives there, what they think, or who should be spoken to.",
        ),
        (
            "Delivery plan",
            f"What to follow up. Still high: {named['persistent']}. Easing: {named['easing']}. Cleared: "
            f"{named['cleared']}.",
            "Why a ward eased or not: no figure here knows what was done there.",
        ),
        (
            "Commissioning",
            "Evidence of where both measures are high, with how sure it is, to stand beside local knowledge.",
            "Which project would help, or that one did.",
        ),
    )
    return Table(
        caption="For each part of the profile",
        columns=(
            Column("Part", share=0.8),
            Column("What it can take from here", share=2.4),
            Column("What it cannot", share=1.5),
        ),
        rows=rows,
    )


def _named(facts: ProfileFacts) -> dict[str, str]:
    changes, rows = facts.area.changes, facts.area.rows[-1]
    if changes is None:
        return dict.fromkeys(NAMED, _UNKNOWN)
    return {one: _some(sorted(ward_named(rows[code]) for code in codes)) for one, codes in changes.named().items()}


def _always(facts: ProfileFacts) -> str:
    if len(facts.periods) < 2:
        return _UNKNOWN
    each = [set(one.flagged["ward_code"]) for one in facts.periods]
    return _some(sorted(ward_named(facts.area.rows[-1][code]) for code in set.intersection(*each)))
