"""The overview in a sentence and four figures, and where they come from."""

from datetime import UTC, datetime
from html import escape

import streamlit as st

from data.in_words import say_day
from data.quarters import months_of, months_since
from data.version import software_version
from disclosure.few_counts import NEITHER
from disclosure.gate import FROM_RANGES, Released
from disclosure.suppression import WITHHELD
from disclosure.views import SnapshotView
from disclosure.wording import say_expected
from pages.components.plain_text import plain_text

_FROM_EXACT = "Worked out from exact counts."


def show_headline(released: Released, *, view: SnapshotView) -> None:
    """Say what the data says now."""
    st.title(_headline(released), anchor=False)
    st.html(
        f'<div class="wo-quiet">{escape(view.manifest.partnership)} · {escape(released.window.in_words())} · '
        f"wards of {view.manifest.vintage} · {_freshness(released.window.last)}</div>"
        f'<div class="wo-quiet wo-from">{escape(_FROM_EXACT if released.exact else FROM_RANGES)}</div>'
    )


def show_figures(released: Released, *, view: SnapshotView) -> None:
    """Draw the four figures that say how much the data can tell."""
    counts = dict(zip(released.layers["overlap"].classes, released.layers["overlap"].class_counts(), strict=True))
    flagged, uncertain = counts["high on both"], counts["too uncertain to say"]
    referrals, incidents = released.total_referrals, released.total_incidents
    figures = [
        (f"{flagged:,}", f"{_wards(flagged)} flagged as high on both", _perhaps_wrong(released)),
        (f"{uncertain:,}", f"{_wards(uncertain)} too uncertain to say", _of_wards(released, neither=counts[NEITHER])),
        (referrals, "referrals made", _of_total(referrals, released=released, view=view)),
        (incidents, "recorded incidents", _of_total(incidents, released=released, view=view)),
    ]
    drawn = "".join(
        f'<div class="wo-figure"><div class="v">{value}</div><div class="l">{label}</div><div class="s">{more}</div></div>'
        for value, label, more in figures
    )
    st.html(f'<div class="wo-figures">{drawn}</div>')


def show_shown_before(released: Released, *, view: SnapshotView) -> None:
    """Say that the window was shown before from other data, where it was."""
    if said := view.shown_before(released.window):
        st.warning(plain_text(said), icon=":material/history:")


def show_provenance(released: Released, *, view: SnapshotView) -> None:
    """Name the snapshot, settings and version, so that the result can be made again."""
    manifest, question = view.manifest, released.question
    lines = [
        f"High means a true risk above {question.threshold:g} times the whole area's rate. Referrals are compared per resident, "
        f"incidents per {'person of the workday population' if question.denominator == 'workday' else 'resident'}.",
        f"The flagged wards are chosen so that at most {100 * question.fdr:.0f} in 100 of them are expected to be wrong.",
        _what_incidents_are(view),
        "A high number of referrals may mean an attentive school.",
    ]
    if released.no_denominator:
        lines.append(f"Without a population, so not modelled: {', '.join(released.no_denominator)}.")
    if released.islands:
        lines.append(f"Without neighbours, so judged on their own counts: {', '.join(released.islands)}.")
    made = f"made {say_day(manifest.created_at)} by {manifest.created_by}"
    lines.append(f"Snapshot {manifest.id}, {made}. Software version {software_version()}.")
    st.html(f'<div class="wo-small">{"".join(f"<p>{escape(line)}</p>" for line in lines)}</div>')


def flags_in_words(released: Released) -> str:
    """Say how many wards are flagged, and how many of these may be wrong; empty if none is."""
    between = ": " if len(released.flagged) == 1 else ", "
    return "" if released.flagged.empty else f"{_headline(released)}{between}{_perhaps_wrong(released)}."


def one_perhaps_wrong(released: Released) -> str:
    """Say how sure the only flag is: of one ward nothing can be counted."""
    (certainty,) = released.flagged["certainty"]
    return f"{certainty}, but it may be wrong"


def _what_incidents_are(view: SnapshotView) -> str:
    if view.stand_in:
        return f"The incidents are not hate crimes: {'; '.join(view.stand_in)} stand in for them."
    return "The incidents are recorded hate crimes and hate incidents: what reached the police."


def _headline(released: Released) -> str:
    flagged = len(released.flagged)
    if flagged == 0:
        return "No ward can be said to be high on both"
    return f"{flagged:,} {_wards(flagged)} {'is' if flagged == 1 else 'are'} flagged as high on both"


def _wards(number: int) -> str:
    return "ward" if number == 1 else "wards"


def _perhaps_wrong(released: Released) -> str:
    if released.flagged.empty:
        return "none is sure enough to be named"
    if len(released.flagged) == 1:
        return one_perhaps_wrong(released)
    return f"of which {say_expected(released.flags_expected_false)} may be wrong"


def _of_wards(released: Released, *, neither: int) -> str:
    """Say of how many wards, and that those that read “neither” are not called low."""
    wards = f"of {len(released.wards):,}"
    return f"{wards}; {neither:,} “neither”: not the same as low" if neither else wards


def _of_total(said: str, *, released: Released, view: SnapshotView) -> str:
    """Say of which time a total is, and to what it is rounded where it is."""
    step = view.settings.disclosure.round_to
    rounded = not released.exact and said != WITHHELD and step > 1
    return f"in {_length(released)}{f', rounded to {step}' if rounded else ''}"


def _length(released: Released) -> str:
    quarters = released.window.quarters
    if quarters % 4:
        return f"{quarters} quarter{'s' if quarters > 1 else ''}"
    return f"{quarters // 4} year{'s' if quarters > 4 else ''}"


def _freshness(last_quarter: str) -> str:
    months = months_since(last_quarter, on=datetime.now(UTC).date())
    if months < 1:
        return f"newest data {months_of(last_quarter)}"
    return f"newest data {months_of(last_quarter)}, {months} month{'s' if months != 1 else ''} old"
