"""Hotspots: the steering group's meeting. What is new, persistent, easing, cleared; what was decided, and what is decided now."""

import streamlit as st

from briefing.follow_up import CLEARED, EASING, NEW, PERSISTENT
from briefing.papers.steering_facts import PackFacts
from briefing.papers.steering_words import bottom_line, counted
from data.in_words import say_day
from disclosure.audiences import Audience
from disclosure.audit import What
from pages.components.acting import show_done
from pages.components.choosing import Chosen
from pages.components.frame import show_unknown_choices
from pages.components.hotspot_decisions import show_decided, show_form
from pages.components.hotspot_slides import SLIDES, apply_large_type, draw_turning, show_message
from pages.components.hotspot_wards import flagged_untold, show_wards, wards_of_kind
from pages.components.map_block import boundary_source, show_map
from pages.components.recording import record_seen
from pages.components.screen import screen
from pages.components.url_state import UrlChoices, go_to
from pages.hotspot_facts import group_reader, pack_facts_for
from pages.session import present_person

MAP_HEIGHT = 640
_KINDS = {"new": (NEW,), "persistent": (PERSISTENT,), "easing": (EASING, CLEARED)}
_NOT_ONE = "That is not the same as none: with counts this small, only clear overlaps can be told from chance."


@screen("hotspots")
def show(chosen: Chosen, choices: UrlChoices) -> None:
    """Draw the screen."""
    slide = choices.one("slide", list(SLIDES), default="now")
    bare = choices.one("full", ["no", "yes"], default="no") == "yes"
    choices.perhaps_one("ward", list(chosen.view.wards["ward_code"]))
    record_seen(What.HOTSPOTS, snapshot_id=chosen.snapshot_id, audience=Audience.STEERING)
    apply_large_type(bare=bare)
    show_unknown_choices(choices)
    draw_turning(slide, bare=bare)
    choices.write()
    show_done()
    facts = pack_facts_for(chosen)
    if slide == "now":
        _show_now(facts, chosen=chosen)
    elif slide == "last":
        _show_last(facts)
    elif slide == "decide":
        _show_decide(facts)
    else:
        _show_changed(facts, slide=slide)


def _show_now(facts: PackFacts, *, chosen: Chosen) -> None:
    flags = len(facts.flagged)
    told, drawn = st.columns([1, 1.25], gap="large")
    with told:
        show_message(
            f"{counted(flags, 'ward').capitalize()} {'is' if flags < 2 else 'are'} flagged as high on both",
            *(one.text for one in bottom_line(facts).lines[1:]),
            _NOT_ONE if not flags else "",
        )
        st.html(
            f'<div class="wo-slide"><p class="wo-quiet">{facts.area.released.window.in_words()}, as released to the steering '
            "group. No table puts wards in an order of worst and best.</p></div>"
        )
    with drawn:
        clicked = show_map(
            facts.area.released.layers["overlap"],
            snapshot_id=chosen.snapshot_id,
            reader=group_reader(chosen),
            selected=None,
            key="hotspots",
            source=boundary_source(chosen.view),
            height=MAP_HEIGHT,
        )
    if clicked:
        go_to("ward", clicked)
        st.switch_page("views/ward.py")


def _show_changed(facts: PackFacts, *, slide: str) -> None:
    changes = facts.area.changes
    if changes is None:
        show_message("No earlier time can be compared", facts.area.why_no_changes or "")
        return
    wards = wards_of_kind(facts, *_KINDS[slide]) if slide in _KINDS else flagged_untold(facts)
    sure = f"{100 * changes.question.certainty:.0f} in 100"
    against = f"Set against {changes.before.in_words()}. Named where it is at least {sure} probable."
    show_message(_title(slide, len(wards)), against, *changes.cautions)
    show_wards(facts, wards, slide=slide)


def _title(slide: str, count: int) -> str:
    said = {
        "new": "newly high on both",
        "persistent": "still high on both",
        "easing": "easing or cleared",
    }
    if slide not in said:
        return f"Of {counted(count, 'flagged ward')} the change is too uncertain to say"
    return f"{counted(count, 'ward').capitalize()} {'is' if count < 2 else 'are'} {said[slide]}"


def _show_last(facts: PackFacts) -> None:
    late = len(facts.overdue)
    met = (
        f"The group last met on {say_day(facts.last_meeting)}."
        if facts.last_meeting
        else "No earlier meeting is known."
    )
    title = f"{counted(late, 'decision').capitalize()} {'is' if late < 2 else 'are'} overdue"
    show_message(title if facts.followed_up else "Nothing was decided before", met)
    show_decided(facts, facts.followed_up, by=present_person())


def _show_decide(facts: PackFacts) -> None:
    show_message("What do we do, who does it, by when?")
    form, made = st.columns([1.2, 1], gap="large")
    with form:
        show_form(facts, by=present_person())
    with made:
        st.subheader(f"Decided today: {len(facts.of_today)}", anchor=False)
        show_decided(facts, facts.of_today[::-1], by=present_person())


show()
