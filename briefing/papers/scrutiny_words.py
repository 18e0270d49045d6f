"""Plain sentences of the scrutiny paper: short words and short sentences, nothing that may not be published.

A test measures how easily they read (about 12 years of age). They never speak of people or communities, only of figures of areas.
"""

from briefing.papers.period_words import say_break
from briefing.papers.scrutiny_facts import MEASURES, ScrutinyFacts
from briefing.sentences import placed_in_words
from data.in_words import listed
from disclosure.suppression import WITHHELD
from disclosure.wording import COARSE_RISK

LOW, SAME, HIGH = "low", "about the same", "high"
LEVELS = dict(zip(COARSE_RISK.names, (LOW, SAME, HIGH), strict=True)) | {WITHHELD: WITHHELD}
"""What the bands are called here: beside areas of wards, “the area” would be taken for one of these."""
BANDS_IN_WORDS = (
    "High: half as much again as in the whole area, or more. Low: under two thirds of it. About the same: the rest."
)
"""The edges of `COARSE_RISK`."""
_MOST_NAMED = 6


def in_short(facts: ScrutinyFacts) -> tuple[tuple[str, str], ...]:
    """Give the bottom line, by what each line is about."""
    areas = len(facts.areas.table)
    made = "There is 1 area of some wards." if areas == 1 else f"There are {areas} areas of some wards each."
    return (
        (
            "What this is",
            f"It shows where two things were high or low over three years: referrals to Prevent, and {facts.incidents_in_words}.",
        ),
        ("What it shows", f"{made} {_how_many(facts)}"),
        ("How sure", "Chance alone can move an area by one band. Please read a band as a hint, and not as proof."),
    )


def _how_many(facts: ScrutinyFacts) -> str:
    levels = _levels(facts)
    given = [code for code, pair in levels.items() if WITHHELD not in pair]
    both = [code for code in given if set(levels[code]) == {HIGH}]
    if not given:
        return "For none of them can bands of both be given. So this paper cannot say where both were high."
    rest = len(levels) - len(given)
    others = f" The other {rest} could not be judged, so there may be more." if rest else ""
    return f"Bands of both are given for {_count(len(given))}. In {_count(len(both))} of these both were high.{others}"


def _count(areas: int) -> str:
    return {0: "none", 1: "1 area"}.get(areas, f"{areas} areas")


def _levels(facts: ScrutinyFacts) -> dict[str, tuple[str, ...]]:
    """Both bands of each area, by its code, in the order of the table."""
    rows = facts.areas.table.to_dict("records")
    return {str(row["area_code"]): tuple(LEVELS[str(row[f"level_{one}"])] for one in MEASURES) for row in rows}


def purpose(facts: ScrutinyFacts) -> tuple[str, ...]:
    """Say what the paper is for."""
    return (
        "This paper helps the committee to ask how the police and the councils use such maps.",
        "Prevent is there to keep people from being drawn into terrorism. Whoever is worried about somebody can tell Prevent. "
        "That is a referral.",
        f"Where referrals and {facts.incidents_in_words} are both high, a place may need more help. So both are looked at.",
    )


def what_is_done() -> tuple[str, ...]:
    """Say what the partnership does with it."""
    return (
        "The police and the councils look at such maps together. They decide where to look more closely.",
        "They may brief ward councillors, talk with schools and local groups, or offer training and projects.",
        "They also know what no map can show. A map alone decides nothing.",
        "No computer makes a choice about any person from this. It is not made to judge people, or to plan patrols.",
    )


def map_in_words(facts: ScrutinyFacts, *, measure: str) -> str:
    """Say what a map shows, band by band, the highest first."""
    name = "Referrals to Prevent" if measure == "referrals" else facts.incidents_in_words.capitalize()
    place = MEASURES.index(measure)
    found: dict[str, list[str]] = {level: [] for level in (HIGH, SAME, LOW, WITHHELD)}
    for code, pair in _levels(facts).items():
        found[pair[place]].append(facts.numbers[code])
    said = [f"{level}: {listed(numbers)}" for level, numbers in found.items() if numbers]
    return f"{name}. {'; '.join(said).capitalize()}."


def both_in_words(facts: ScrutinyFacts) -> str:
    """Name the areas where both were high."""
    names = dict(zip(facts.areas.table["area_code"].astype(str), facts.areas.table["area_name"], strict=True))
    both = [str(names[code]) for code, pair in _levels(facts).items() if set(pair) == {HIGH}]
    if not both:
        return "In no area were both high, as far as bands are given."
    return f"Both were high in {listed(both) if len(both) <= _MOST_NAMED else f'{len(both)} areas: see the table'}."


def what_it_means(facts: ScrutinyFacts) -> tuple[str, ...]:
    """Say what the maps do and do not mean."""
    return (
        "A referral means that somebody had a worry. It does not mean that a person did wrong, or is a risk.",
        "Many referrals can mean that a school is alert.",
        *_what_is_counted(facts),
        "The maps say nothing of any person, any family or any group of people.",
        "They do not say why an area is high. They do not say that one thing comes of the other.",
        "The areas stand in the order of their names. They are not put in order of need.",
    )


def _what_is_counted(facts: ScrutinyFacts) -> tuple[str, ...]:
    if facts.stand_in:
        return (f"The incidents are not hate crimes. In their place stand: {'; '.join(facts.stand_in).rstrip('.')}.",)
    return (
        "Only hate crime that was told to the police is counted. About half of it never is.",
        "So more of it on a map can mean that more people come forward.",
    )


def method(facts: ScrutinyFacts) -> tuple[str, ...]:
    """Say how the bands were worked out."""
    workday = facts.areas.question.denominator == "workday"
    divided = (
        f"We divided referrals by the people who live there. We divided {facts.incidents_in_words} by those there on a workday."
        if workday
        else "We divided both by the people who live there."
    )
    return (
        f"We counted what was recorded in each ward from {facts.areas.window.in_words()}.",
        "We put wards that touch each other together, so that no figure is about a few people. We looked at how many people live "
        "there, and at the borders of districts. Where an area begins or ends says nothing.",
        f"{divided} We set each area beside the whole.",
        BANDS_IN_WORDS,
        "Where a count is small, or where one could be worked out, no band is given.",
    )


def certainty(facts: ScrutinyFacts) -> tuple[str, ...]:
    """Say how sure the bands are, and how good the data."""
    said = [
        "Counts go up and down by chance. The fewer there are, the more they do so.",
        "An area near the edge of a band could just as well be in the next one.",
        "Counts were rounded before use, to protect people. That can move an area by a band as well.",
        f"{placed_in_words(facts.placed)} The rest is in no figure here.",
    ]
    said += [say_break(one) for one in facts.breaks]
    if facts.shown_before:
        said.append("Some of these figures were shown before. What was put right since then may not show here.")
    return tuple(said)


def protection(facts: ScrutinyFacts) -> tuple[str, ...]:
    """Say how people are protected, and where that was weighed."""
    return (
        "Every area here is made of two wards or more. There are no counts, so that nobody can be found in them.",
        "Race, faith or any other trait of people is no part of how a band is worked out.",
        f"Data protection and equality were weighed here: {facts.references}"
        if facts.references
        else "Where data protection and equality were weighed is to be added before this is published.",
    )


def questions() -> tuple[str, ...]:
    """Suggest what a committee may ask."""
    return (
        "What was done where both were high, and how will you know if it helped?",
        "Who decides what is done, and who checks it?",
        "How do you find hate crime that nobody reports?",
        "How do you make sure that no group of people is singled out?",
        "How do schools and others learn when to make a referral, and when not to?",
        "What do local people and ward councillors say about these maps?",
        "When did you last look at your data protection and equality papers?",
    )
