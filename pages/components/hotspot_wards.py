"""Wards on the steering group's slides: each with how sure it is, what was done about it, and one click to its own slide."""

from html import escape

import streamlit as st

from briefing.follow_up import follow_up, kind_of
from briefing.papers.steering_facts import PackFacts
from briefing.ward_facts import WardFacts, surest_first, ward_facts
from data.in_words import say_day
from disclosure.wording import PROBABILITY
from pages.components.hotspot_slides import WARD, turn
from pages.components.look import flag_colour
from pages.components.plain_text import plain_text
from pages.components.url_state import go_to

_A_SLIDE = 6
"""Wards that a slide has room for; more stand on further pages of it."""


def wards_of_kind(facts: PackFacts, *kinds: str) -> list[WardFacts]:
    """Wards whose change is of one of these kinds, the surest first; an order beside which the certainty always stands."""
    if facts.area.changes is None:
        return []
    wards = facts.area.changes.wards
    found = [
        ward_facts(facts.area, str(code))
        for code, change in zip(wards["ward_code"], wards["change"], strict=True)
        if kind_of(str(change)) in kinds
    ]
    return sorted(found, key=surest_first)


def flagged_untold(facts: PackFacts) -> list[WardFacts]:
    """Flagged wards of which no change can be told."""
    return [one for one in facts.flagged if not kind_of(one.change)]


def show_wards(facts: PackFacts, wards: list[WardFacts], *, slide: str) -> None:
    """Draw wards as cards, a page of them at a time."""
    pages = (len(wards) - 1) // _A_SLIDE + 1
    page = 1
    if pages > 1:
        page = int(st.number_input(f"Page of {pages}", 1, pages, key=f"page-{slide}", width=140))
    shown = wards[(page - 1) * _A_SLIDE : page * _A_SLIDE]
    with st.container(key="wo_cards"):
        for at in range(0, len(shown), 3):
            for column, ward in zip(st.columns(3, gap="medium"), shown[at : at + 3], strict=False):
                with column, st.container(border=True, height="stretch"):
                    _card(facts, ward, slide=slide)


def _card(facts: PackFacts, ward: WardFacts, *, slide: str) -> None:
    if st.button(plain_text(ward.name), key=f"ward-{slide}-{ward.code}", type="tertiary"):
        open_ward(facts, ward.code)
    done = done_about(facts, ward) or ["Not briefed, nothing decided."]
    st.html(
        f'<div class="wo-quiet">{escape(ward.district)}</div>'
        f'<div class="wo-row"><span>That both are high</span><b>{escape(ward.certainty)}</b></div>'
        f"{bar(ward)}"
        f'<div class="wo-row"><span>Change</span><b>{escape(change_in_short(ward))}</b></div>'
        + "".join(f'<div class="wo-quiet">{escape(text)}</div>' for text in done)
    )


def open_ward(facts: PackFacts, code: str) -> None:
    """Go to a ward's own slide if it is flagged, else to its page."""
    if code in facts.numbers:
        turn(WARD, code)
    go_to("ward", code)
    st.switch_page("views/ward.py")


def bar(ward: WardFacts) -> str:
    """Draw how sure it is that both are high."""
    share = 100 * (ward.certainty_level + 1) / len(PROBABILITY.names)
    said = f"That both are high is: {ward.certainty}"
    return (
        f'<div class="wo-bar" role="img" aria-label="{escape(said)}">'
        f'<i style="width:{share:.0f}%;background:{flag_colour()}"></i></div>'
    )


def change_in_short(ward: WardFacts) -> str:
    """Say what changed in a word or two."""
    return kind_of(ward.change) or "cannot be told"


def done_about(facts: PackFacts, ward: WardFacts) -> list[str]:
    """Say what was briefed and what stands decided on a ward, the newest first."""
    own = [one for one in facts.decisions if one.draft.ward_code == ward.code]
    decided = [
        f"{one.outcome.capitalize()}: {one.draft.recommendation} ({one.draft.owner}, by {say_day(one.draft.due)})"
        for one in reversed(own)
    ][:2]
    briefed = follow_up(facts.last_briefed.get(ward.code), facts.area)
    return [text for text in (briefed, *decided) if text]
