"""Plain sentences from facts, by rules: short words and short sentences, nothing that the facts do not say.

A test measures how easily they read (about 12 years of age). They never speak of people or communities, only of a ward's figures.
"""

from datetime import date

from briefing.area_facts import AreaFacts
from briefing.ward_facts import WardFacts
from data.errors import UsageError
from data.in_words import listed
from data.quarters import months_since
from disclosure.wording import say_expected

_STANDS = {
    "high on both": "In {name}, referrals to Prevent and {incidents} were both high for the area.",
    "referrals only": "In {name}, referrals to Prevent were high for the area. The other measure, {incidents}, was probably not.",
    "incidents only": "In {name}, the figures for {incidents} were high for the area. Referrals to Prevent were probably not.",
    "neither": (
        "In {name}, referrals to Prevent and {incidents} were probably not both high for the area. That is not to say "
        "that they are low."
    ),
    "too uncertain to say": "The figures for {name} are too small to say if referrals to Prevent and {incidents} are both high.",
}
_EITHER_UNCERTAIN = (
    "In {name}, referrals to Prevent and {incidents} were probably not both high for the area. The figures are too small to "
    "say if either was."
)
_NOT_SURE_ENOUGH = (
    "In {name}, referrals to Prevent and {incidents} were probably both high for the area. That is not sure enough for the "
    "ward to be named."
)
_UNLIKELY = ("remote chance", "highly unlikely", "unlikely")
_CERTAINTY = {
    "remote chance": "There is only a remote chance that both are truly high.",
    "highly unlikely": "It is highly unlikely that both are truly high.",
    "unlikely": "It is unlikely that both are truly high.",
    "about as likely as not": "It is about as likely as not that both are truly high.",
    "likely": "It is likely that both are truly high.",
    "highly likely": "It is highly likely that both are truly high.",
    "almost certain": "It is almost certain that both are truly high.",
}
_CHANGES = {
    "new: high on both now, not before": "This is new. {Before}, both were not high.",
    "persistent: high on both now and before": "This is not new. Both were high {before} too.",
    "easing: high on both before, probably less now": (
        "This is easing. Both were high {before}, and at least one has come down."
    ),
    "cleared: high on both before, not now": "Both were high {before}. They are not both high now.",
    "not high on both, now or before": (
        "No change can be seen. {Before}, the two were probably not both high, and they are probably not now. Where counts are "
        "small, only a large change shows."
    ),
    "too uncertain to say": "These figures cannot tell if this has changed since {before}.",
    "no denominator": "Nothing can be said of a change: no population is known for this ward.",
}
_CHANGES_NOT_NAMED = {
    "new: high on both now, not before": "If both are high now, that is new. {Before}, the two were probably not both high.",
    "persistent: high on both now and before": "If both are high now, that is not new. They probably were {before} too.",
    "easing: high on both before, probably less now": "Both were probably high {before}. At least one has probably come down.",
    "cleared: high on both before, not now": "Both were probably high {before}. They are probably not both high now.",
}
"""Of a ward that is not flagged: a change is named by its own probability, from both windows, whatever is flagged."""
OLD_AFTER = 7
"""Months after which figures are called old: a quarter is complete some weeks after its end, and is used for one more."""
_MOST_NAMED = 4
"""Neighbours in one sentence; more are counted, and the map has their names."""
_ASK_IF_HIGH = "We ask you to read what you can do, and to tell us what you hear."
_ASK_IF_NOT = "We ask nothing of you now, but please tell us if you hear of tension."


def bottom_line(area: AreaFacts, facts: WardFacts, *, ask: str = "") -> tuple[str, str, str]:
    """Say what, how sure, and what is asked: three sentences (the first may be two short ones).

    Raises
    ------
    UsageError
        If nothing is known of the ward, so that there is nothing to brief of.
    """
    if not facts.is_modelled:
        raise UsageError(
            f"No population is known for {facts.name} ({facts.code}), so nothing can be said of it. Add its population and load "
            "the data again."
        )
    return stands_in_words(area, facts), how_sure(area, facts), ask or (_ASK_IF_HIGH if facts.flagged else _ASK_IF_NOT)


def stands_in_words(area: AreaFacts, facts: WardFacts) -> str:
    """Say how a ward that is modelled stands: the class in a sentence."""
    sentence = _STANDS[facts.overlap]
    if facts.probably_high:
        sentence = _NOT_SURE_ENOUGH
    elif facts.overlap == "too uncertain to say" and facts.certainty in _UNLIKELY:
        sentence = _EITHER_UNCERTAIN
    return sentence.format(name=facts.name, incidents=area.incidents_in_words)


def how_sure(area: AreaFacts, facts: WardFacts) -> str:
    """Say how sure that is, and for a flagged ward how many flags are expected to be wrong."""
    said = certainty_in_words(facts)
    if not facts.flagged:
        return said
    flags = len(area.released.flagged)
    if flags == 1:
        return f"{said} It is the only ward named in this way."
    return f"{said} Of the {flags} wards named in this way, {expected_wrong(area)} likely to be wrong."


def expected_wrong(area: AreaFacts) -> str:
    """Say how many of several flags are expected to be wrong, with the verb: `about 2 are`."""
    wrong = area.released.flags_expected_false
    return f"{say_expected(wrong)} {'is' if round(wrong) <= 1 else 'are'}"


def certainty_in_words(facts: WardFacts) -> str:
    """Say how probable it is that both are high."""
    return _CERTAINTY[facts.certainty]


def change_since(area: AreaFacts, facts: WardFacts) -> tuple[str, ...]:
    """Say what changed since the window before, with the cautions that belong to it."""
    if facts.change is None or area.changes is None:
        return ("There is no earlier time to compare with.",)
    before = before_in_words(area.changes.now.quarters)
    said = _CHANGES[facts.change] if facts.flagged else _CHANGES_NOT_NAMED.get(facts.change, _CHANGES[facts.change])
    return said.format(before=before, Before=before.capitalize()), *area.changes.cautions


def before_in_words(quarters: int) -> str:
    """Say what a window of a length is compared with, e.g. `the year before`."""
    if quarters % 4:
        return f"the {quarters} quarters before"
    return "the year before" if quarters == 4 else f"the {quarters // 4} years before"


def map_in_words(facts: WardFacts) -> str:
    """Say what the map shows, for those who cannot see it."""
    if not facts.neighbours:
        return f"{facts.name} touches no other ward of the area."
    alike = [one.name for one in facts.neighbours if one.overlap == "high on both"]
    around = len(facts.neighbours)
    start = f"{facts.name} touches {around} other ward{'s' if around > 1 else ''}"
    if not alike:
        return f"{start}. None of them is named as high on both."
    said = listed(alike) if len(alike) <= _MOST_NAMED else f"{len(alike)}"
    named = "high on both as well" if facts.overlap == "high on both" else "named as high on both"
    return f"{start}. Of these, {said} {'is' if len(alike) == 1 else 'are'} {named}."


def trend_in_words(facts: WardFacts) -> str:
    """Say year by year how the ward stood."""
    return " ".join(
        f"{year.words}: {year.overlap}, {year.certainty or 'nothing known'} that both are high." for year in facts.years
    )


def what_to_do(facts: WardFacts) -> tuple[str, ...]:
    """Say what a councillor can do and say."""
    if facts.flagged:
        return (
            "Listen for tension in the ward, and tell us what you hear.",
            "You can say that the police and the council are looking at this, and who to tell about hate crime.",
            "A high number of referrals can mean that a school is alert. It does not mean that people here are a risk.",
            "Please do not name, or guess at, any person, family, school or group.",
        )
    return (
        "Listen for tension in the ward, and tell us what you hear.",
        "Please do not name, or guess at, any person, family, school or group.",
    )


def limits(area: AreaFacts) -> tuple[str, ...]:
    """Say what the figures are, how good they are, and what they cannot tell."""
    question = area.released.question
    return (
        "These figures are about a place. They tell nothing about any person or any group of people.",
        f"High means more than {question.threshold:g} times what the rate of the whole area would give.",
        "A band is a best guess. That both are truly high is less sure than either band.",
        "A ward that is not named as high is not called low.",
        *about_the_data(area),
        *(area.changes.cautions if area.changes else ()),
    )


def age_of_figures(area: AreaFacts, *, on: date) -> str:
    """Say how old the newest figures are on a day, where they are not of the last months; empty where they are."""
    months = months_since(area.released.window.last, on=on)
    return f"The newest of these figures are {months} months old." if months >= OLD_AFTER else ""


def about_the_data(area: AreaFacts) -> tuple[str, ...]:
    """Say what was counted, how much of it could be placed, and what was done to it before use."""
    said = [
        _what_is_counted(area),
        placed_in_words(area.placed),
    ]
    if not area.released.exact:
        said.append("The figures were rounded before use, to protect people.")
    if area.shown_before:
        said.append("Some of these figures were shown before. What was put right since then may not show here.")
    return tuple(said)


def _what_is_counted(area: AreaFacts) -> str:
    if area.stand_in:
        return f"The incidents are not hate crimes. In their place stand: {'; '.join(area.stand_in).rstrip('.')}."
    return "Only what was sent to Prevent and what reached the police is counted. About half of hate crime never is."


def placed_in_words(share: float) -> str:
    """Say how many of the incidents count: the others had no place, or no time."""
    some = "Nearly all" if share >= 0.995 else f"About {100 * share:.0f} in 100"
    return f"{some} of the incidents to be counted could be put in a ward and a time."
