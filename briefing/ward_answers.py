"""What people ask of a ward, answered in plain words by rules: why it is flagged, what changed, what that does not mean."""

from dataclasses import dataclass

from briefing.area_facts import AreaFacts
from briefing.sentences import about_the_data, change_since, how_sure, map_in_words, stands_in_words
from briefing.ward_facts import WardFacts

_NOT_MEANT = (
    "It is no finding about anybody who lives, works or learns there. An average of a ward says nothing of a person.",
    "A referral is a concern that somebody raised. Many can mean that a school is alert.",
    "It names no cause, and forecasts nothing.",
)


@dataclass(frozen=True)
class Answer:
    """A question and what there is to say."""

    question: str
    sentences: tuple[str, ...]


def answers(area: AreaFacts, facts: WardFacts) -> tuple[Answer, ...]:
    """Answer what people ask of a ward.

    Parameters
    ----------
    area
        Released for whoever reads it.
    facts
        `ward_facts(area, code)`.
    """
    if not facts.is_modelled:
        return (
            Answer(
                "Why is nothing said of this ward?",
                (
                    f"No population is known for {facts.name}, so its figures cannot be set beside those of other wards.",
                ),
            ),
        )
    return (
        Answer(_asked(facts), (stands_in_words(area, facts), _bands(area, facts))),
        Answer("How sure is that?", (how_sure(area, facts), *_why_not_flagged(area, facts))),
        Answer("What changed?", change_since(area, facts)),
        Answer("What is around it?", (map_in_words(facts),)),
        Answer("What does this not mean?", (*_NOT_MEANT, *about_the_data(area))),
    )


def _asked(facts: WardFacts) -> str:
    return "Why is this ward flagged?" if facts.flagged else "How does this ward stand?"


def _bands(area: AreaFacts, facts: WardFacts) -> str:
    """Say both bands beside each other, without the numbers that stand with them in tables."""
    first, second = (band.partition(" (")[0] for band in (facts.referrals_band, facts.incidents_band))
    incidents = area.incidents_in_words
    if first == second:
        return f"Beside the whole area, both referrals and {incidents} were {first}."
    return f"Beside the whole area, referrals were {first}, and {incidents} was {second}."


def _why_not_flagged(area: AreaFacts, facts: WardFacts) -> tuple[str, ...]:
    """Say why a ward that may well be high is not flagged."""
    if facts.flagged or facts.certainty not in ("about as likely as not", "likely", "highly likely", "almost certain"):
        return ()
    return (
        f"It is not flagged: with it, more than {100 * area.released.question.fdr:.0f} in 100 flags might be wrong.",
    )
