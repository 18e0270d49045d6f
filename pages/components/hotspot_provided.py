"""The steering group's slide of what is provided: flagged wards with nothing known to be, the other way round, over time."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from briefing.papers.steering_facts import PackFacts
from briefing.papers.steering_words import counted
from briefing.provision_words import (
    NO_FILE,
    before_and_after,
    so_it_stands,
)
from briefing.ward_facts import ward_facts
from disclosure.provision import ReleasedProvision, Status, kinds_in_words
from pages.components.hotspot_slides import show_message
from pages.components.hotspot_wards import open_ward
from pages.components.plain_text import plain_text
from pages.components.provision_chart import show_coverage

_A_SLIDE = 6
"""Wards that a slide has room for; more stand on further pages of it."""
CHART_HEIGHT = 280


def show_provided_slide(facts: PackFacts) -> None:
    """Draw it; without a file, say so and what to do."""
    provision = facts.area.provision
    if provision is None:
        show_message("What is provided is not known here", NO_FILE)
        return
    gaps = provision.gaps(facts.area.released)
    show_message(_title(len(gaps.flagged_without), len(gaps.flagged_with)))
    told, drawn = st.columns([1.15, 1], gap="large")
    with told:
        _show_list(facts, gaps.flagged_without, provision=provision)
        _show_others(facts, "Flagged, and something runs", gaps.flagged_with, provision=provision)
        _show_others(facts, "Not flagged, and something runs", gaps.others_with, provision=provision)
    with drawn:
        flagged = [*gaps.flagged_without, *gaps.flagged_with]
        every = [*flagged, *gaps.others_with, *gaps.others_without]
        show_coverage(
            provision.over_time(flagged),
            provision.over_time(every),
            of=len(flagged),
            of_all=len(every),
            height=CHART_HEIGHT,
        )
    rest = counted(len(gaps.others_without), "ward")
    st.html(
        f'<div class="wo-slide"><p class="wo-quiet">{escape(so_it_stands(provision))} Flags are those of the steering group. '
        f"In {rest} more, neither: not flagged, and nothing known to be provided.</p></div>"
    )


def _title(without: int, covered: int) -> str:
    if not without + covered:
        return "No ward is flagged as high on both"
    if not without:
        return "Something runs in every flagged ward"
    return f"{counted(without, 'flagged ward').capitalize()} without known provision"


def _show_list(facts: PackFacts, codes: Sequence[str], *, provision: ReleasedProvision) -> None:
    pages = max((len(codes) - 1) // _A_SLIDE + 1, 1)
    page = 1
    if pages > 1:
        page = int(st.number_input(f"Page of {pages}", 1, pages, key="page-provided", width=140))
    with st.container(key="wo_cards"):
        for code in codes[(page - 1) * _A_SLIDE : page * _A_SLIDE]:
            _show_ward(facts, code, provision=provision)


def _show_ward(facts: PackFacts, code: str, *, provision: ReleasedProvision) -> None:
    ward = ward_facts(facts.area, code)
    with st.container(gap=None):
        if st.button(plain_text(ward.name), key=f"ward-provided-{code}", type="tertiary"):
            open_ward(facts, code)
        more = before_and_after(provision, code)
        st.html(
            f'<div class="wo-quiet">{escape(ward.district)}. That both are high is {escape(ward.certainty)}.'
            f"{escape(more)}</div>"
        )


def _show_others(facts: PackFacts, title: str, codes: Sequence[str], *, provision: ReleasedProvision) -> None:
    with st.expander(plain_text(f"{title}: {len(codes)}")):
        rows = "".join(
            f"<tr><td>{escape(str(facts.area.rows[-1][code]['ward_name']))}</td>"
            f"<td>{escape(str(facts.area.rows[-1][code]['district']))}</td>"
            f"<td>{escape(kinds_in_words(provision.of(code, Status.RUNNING)))}</td></tr>"
            for code in codes
        )
        if not rows:
            st.html('<p class="wo-quiet">None.</p>')
            return
        st.html(
            f'<table class="wo-table"><caption>{escape(title)}</caption><thead><tr><th scope="col">Ward</th>'
            f'<th scope="col">District</th><th scope="col">What runs</th></tr></thead><tbody>{rows}</tbody></table>'
        )
