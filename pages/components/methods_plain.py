"""How it works, for everyone: with the numbers of the snapshot that is shown, as its reader may have them."""

from collections.abc import Iterator

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st
from scipy.special import pdtr

from data.in_words import listed
from disclosure.gate import Released
from disclosure.views import SnapshotView
from disclosure.wording import PROBABILITY, say_expected, say_in_hundred
from pages.components.charts import NO_MENU
from pages.components.headline import one_perhaps_wrong
from pages.components.look import is_dark, measure_colour
from pages.components.reading import Reading, show_reading, show_table_of

_MOST_BARS = 12


def show_in_plain_words(released: Released, *, view: SnapshotView) -> None:
    """Draw the page for people who are no statisticians."""
    show_reading([_question(released, view=view), _small(released)])
    _show_chance(released)
    show_reading([_steps(released)])
    show_table_of(["in words", "the chance"], _scale(), caption="How sure: the words, and what they stand for")
    show_reading([_flags(released), _limits(released, view=view), _who(view)])


def _question(released: Released, *, view: SnapshotView) -> Reading:
    incidents = "the incidents that stand in for hate crime" if view.stand_in else "recorded hate crime"
    return Reading(
        "The question",
        (
            f"In which wards of {view.manifest.partnership} are two things both high: referrals made to Prevent, and "
            f"{incidents}? These pages answer for {released.window.in_words()}, ward by ward, and say how sure that is.",
        ),
    )


def _small(released: Released) -> Reading:
    wards = len(released.wards)
    told = (
        f"There were {released.total_referrals} referrals and {released.total_incidents} incidents in {wards:,} wards."
    )
    each = _each(released)
    average = f" That is about {each:.1f} referrals a ward." if each is not None else ""
    return Reading(
        "Why counting is not enough",
        (
            f"{told}{average} With numbers so small, chance alone gives one ward none and the next one four, though "
            "nothing is different there. A map of the counts is mostly such chance. Whoever colours the highest fifth "
            "will always find wards to colour.",
        ),
    )


def _each(released: Released) -> float | None:
    """Referrals a ward, where a total is given."""
    total = released.total_referrals.replace(",", "")
    return int(total) / len(released.wards) if total.isdigit() and len(released.wards) else None


def _show_chance(released: Released) -> None:
    """Draw how many wards would have how many referrals if all had the same risk and the same residents."""
    each = _each(released)
    if not each:
        return
    shares = _poisson(each)
    wards = np.round(len(released.wards) * shares, 1)
    rows = pd.DataFrame({"referrals": np.arange(len(shares)), "wards": wards})
    words = "; ".join(f"{row.referrals} referrals: {row.wards:.0f} wards" for row in rows.itertuples())
    st.html(
        '<div class="wo-read"><b>If every ward were alike: how many would have how many referrals, by chance alone</b></div>'
    )
    bars = (
        alt.Chart(rows)
        .mark_bar(color=measure_colour("referrals", dark=is_dark()))
        .encode(
            x=alt.X("referrals:O", title="referrals in the window", axis=alt.Axis(labelAngle=0)),
            y=alt.Y("wards:Q", title="wards"),
            tooltip=[alt.Tooltip("referrals:O"), alt.Tooltip("wards:Q", format=".0f")],
        )
        .properties(height=200, usermeta=NO_MENU)
    )
    with st.columns([1, 1])[0]:
        st.altair_chart(bars, alt=f"Worked out from the total alone, not from any ward. {words}.")
    st.html('<div class="wo-read wo-quiet">Worked out from the total alone, not from any ward.</div>')


def _poisson(mean: float) -> np.ndarray:
    """Shares of wards with 0, 1, 2, ... events, up to where next to none is left or the bars are too many to read."""
    shares = np.diff(pdtr(np.arange(int(mean + 6 * mean**0.5) + 3), mean), prepend=0.0)
    seen = shares > 0.004
    last = int(np.flatnonzero(seen).max()) if seen.any() else 0
    return shares[: last + 1] if last < 3 * _MOST_BARS else shares[:0]


def _steps(released: Released) -> Reading:
    question = released.question
    per = "person of the workday population" if question.denominator == "workday" else "resident"
    return Reading(
        "How a ward is judged",
        (),
        (
            "Each ward is compared with what it would have at the rate of the whole area, given how many people live there. "
            f"Incidents are compared per {per}.",
            "What its neighbours have, and what the other of the two measures says, counts as evidence too: a little where "
            "there are many records, more where there are few.",
            f"The program then works out how probable it is that both are truly high: more than {question.threshold:g} times "
            "the area's rate.",
            "Where the numbers cannot tell, it says so: “too uncertain to say” is a result, not a gap.",
        ),
    )


def _scale() -> Iterator[tuple[str, str]]:
    bounds = [0.0, *PROBABILITY.edges, 1.0]
    for low, high, name in zip(bounds[:-1], bounds[1:], PROBABILITY.names, strict=True):
        yield name, f"{100 * low:.0f} to {100 * high:.0f} in 100"


def _flags(released: Released) -> Reading:
    flagged, most = len(released.flagged), say_in_hundred(released.question.fdr)
    if flagged == 1:
        found = f"Here 1 ward is flagged: {one_perhaps_wrong(released)}."
    elif flagged:
        wrong = say_expected(released.flags_expected_false)
        found = f"Here {flagged} wards are flagged, and {wrong} of them may be wrong."
    else:
        found = (
            "Here none is flagged. That does not mean that none is high: it means that these numbers cannot tell which."
        )
    return Reading(
        "What a flag promises",
        (
            "As many wards are flagged as possible, as long as it is expected that at most "
            f"{most} of the flags are wrong. {found}",
        ),
    )


def _limits(released: Released, *, view: SnapshotView) -> Reading:
    missing = list(released.no_denominator)
    points = [
        "A referral is a concern that somebody raised. It is not a finding, and no measure of risk. Many referrals may mean an "
        "attentive school.",
        "About half of hate crime is never reported. What stands here is what reached the police.",
        "An average of a ward says nothing about any person or community in it.",
        "It forecasts nothing, and names no cause.",
    ]
    if view.stand_in:
        points.append(f"The incidents here are no hate crimes: {listed(view.stand_in)} stand in for them.")
    if missing:
        points.append(f"No population is known for {listed(missing)}: nothing can be said of them.")
    return Reading("What it does not say", (), tuple(points))


def _who(view: SnapshotView) -> Reading:
    rule = view.settings.disclosure
    shown = (
        "This view has exact figures. They stay with the analysts."
        if view.choices.exact
        else f"In this view counts of {rule.suppress_up_to} or fewer are not told apart, others are rounded to {rule.round_to} "
        "or given as a wider range, and everything else is worked out from these. So nobody can find a small count by "
        "subtracting. This view knows less than the analyst's, so fewer wards are flagged in it."
    )
    return Reading("Who sees what", (shown,))
