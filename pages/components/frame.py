"""What stands at the top of every screen: the marking, and what the figures are not."""

from dataclasses import replace
from html import escape

import streamlit as st

from data.in_words import listed
from disclosure.gate import Released
from disclosure.marking import Marking
from pages.components.look_print import apply_paper
from pages.components.sign_out import show_who
from pages.components.state import state
from pages.components.url_state import UrlChoices
from pages.session import settings_in_use

_NAMES = {"to": "quarter", "quarters": "length of window", "per": "denominator", "concern": "type of concern"}
_PER = {"residents": "resident", "workday": "person of the workday population"}


def show_frame(marking: Marking) -> None:
    """Draw the marking, whose it is, the warnings and who is signed in; every screen calls this before it shows anything."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="wo_frame"):
        show_marking(replace(marking, partnership=settings_in_use().partnership.name))
        show_who()


def show_marking(marking: Marking) -> None:
    """Draw the marking, the partnership where the marking names one, and the warnings."""
    apply_paper(marking)
    named = f'<span class="whose">{escape(marking.partnership)}</span>' if marking.partnership else ""
    warnings = "".join(f'<span class="warn">{escape(warning)}</span>' for warning in marking.warnings)
    st.html(
        f'<div class="wo-marking" role="note" aria-label="Protective marking"><b>{escape(marking.text)}</b>'
        f"{named}<span>{escape(marking.handling)}</span>{warnings}</div>"
    )


def show_unknown_choices(choices: UrlChoices) -> None:
    """Tell the person that the link named something that is not here."""
    if choices.unknown:
        named = ", ".join(_NAMES.get(key, key) for key in choices.unknown)
        with state("Not found here"):
            st.warning(
                f"The link asks for something that these data or this audience do not have ({named}). The usual is shown "
                "instead."
            )


def show_on_paper(released: Released, *, snapshot_id: str) -> None:
    """Write for the printed page what the widgets say on the screen: what was asked, of which snapshot, for whom."""
    question = released.question
    chosen = [*question.concerns, *question.sectors, *question.strands]
    asked = (
        f"{released.window.in_words()}. High is above {question.threshold:g} times the area's rate, incidents per "
        f"{_PER[question.denominator]}. {f'Only {listed(chosen)}' if chosen else 'All categories'}. "
        f"Snapshot {snapshot_id}, as released to the {released.audience} audience."
    )
    st.html(f'<div class="wo-paper wo-quiet">{escape(asked)}</div>')


def show_what_is_missing(released: Released) -> None:
    """Say so where a measure has no event at all: the model then says nothing that is worth reading."""
    for measure, total in {"referrals": released.total_referrals, "incidents": released.total_incidents}.items():
        if total == "0":
            with state("Nothing to compare"):
                st.warning(
                    f"There are no {measure} of the chosen kind in this window, so nothing can be said of overlap."
                )
