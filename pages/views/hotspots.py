"""Hotspots: the steering group's meeting. What is new, persistent, easing, cleared; what was decided, and what is decided now."""

import streamlit as st

from briefing.follow_up import CLEARED, EASING, NEW, PERSISTENT, high_but_not_flagged
from briefing.papers.kinds import Kind
from briefing.papers.steering_facts import PackFacts
from briefing.papers.steering_words import bottom_line, counted
from briefing.ward_facts import WardFacts
from data.in_words import listed, say_day
from disclosure.audiences import Audience
from disclosure.audit import What
from pages.components.acting import show_done
from pages.components.briefing_papers import show_kinds
from pages.components.choosing import Chosen
from pages.components.frame import show_unknown_choices
from pages.components.hotspot_decisions import show_decided, show_form
from pages.components.hotspot_provided import show_provided_slide
from pages.components.hotspot_slides import (
    PAPERS,
    PROVIDED,
    SLIDES,
    WARD,
    Step,
    apply_large_type,
    draw_turning,
    show_message,
)
from pages.components.hotspot_ward import show_ward_slide
from pages.components.hotspot_wards import flagged_untold, open_ward, show_wards, wards_of_kind
from pages.components.map_block import boundary_source, show_map
from pages.components.recording import record_seen
from pages.components.screen import screen
from pages.components.url_state import UrlChoices
from pages.hotspot_facts import group_desk, group_reader, pack_facts_for
from pages.session import present_person

# Pixels, so that a slide ends above the lower edge of a projector; more with nothing around it.
MAP_HEIGHT, BARE_MAP_HEIGHT = 450, 520
_KINDS = {"new": (NEW,), "persistent": (PERSISTENT,), "easing": (EASING, CLEARED)}
_NOT_ONE = "That is not the same as none: with counts this small, only clear overlaps can be told from chance."


@screen("hotspots")
def show(chosen: Chosen, choices: UrlChoices) -> None:
    """Draw the screen."""
    slide = choices.one("slide", list(SLIDES), default="now")
    bare = choices.one("full", ["no", "yes"], default="no") == "yes"
    ward = choices.perhaps_one("ward", list(chosen.view.wards["ward_code"]))
    record_seen(What.HOTSPOTS, snapshot_id=chosen.snapshot_id, audience=Audience.STEERING)
    apply_large_type(bare=bare)
    show_unknown_choices(choices)
    facts = pack_facts_for(chosen)
    now = (slide, _of_slide(facts, slide, ward))
    steps = _steps(facts, now=now)
    if not bare:
        draw_turning(now, steps=steps, bare=bare)
    choices.write()
    with st.container():  # so that what stands below keeps its place, and the field its focus
        show_done()
    _show_slide(facts, now, chosen=chosen)
    if bare:  # last, so that the first Tab goes to what is on the slide
        draw_turning(now, steps=steps, bare=bare)


def _of_slide(facts: PackFacts, slide: str, ward: str | None) -> str:
    """Give the ward that a slide is of; the first flagged one where none is chosen."""
    if slide != WARD or not facts.flagged:
        return ""
    return ward if ward in facts.numbers else facts.flagged[0].code


def _steps(facts: PackFacts, *, now: Step) -> list[Step]:
    """Give the slides that hold something, and what is shown now, in order."""
    empty = _empty(facts)
    wards = [one.code for one in facts.flagged] or [""]
    found = [(slide, ward) for slide in SLIDES for ward in (wards if slide == WARD else [""])]
    return [step for step in found if step[0] not in empty or step == now]


def _empty(facts: PackFacts) -> list[str]:
    """List the slides that would hold nothing but that there is nothing."""
    holds: dict[str, bool] = {slide: bool(_changed(facts, slide)) for slide in (*_KINDS, "unclear")}
    if facts.area.changes is None:
        holds["new"] = True  # says why nothing can be compared
        holds["unclear"] = False
    return [
        slide
        for slide, any_ in {
            **holds,
            PROVIDED: facts.area.provision is not None,
            WARD: bool(facts.flagged),
            "last": bool(facts.followed_up),
        }.items()
        if not any_
    ]


def _show_slide(facts: PackFacts, now: Step, *, chosen: Chosen) -> None:
    slide, ward = now
    if slide == "now":
        _show_now(facts, chosen=chosen)
    elif slide == WARD:
        _show_each(facts, ward, chosen=chosen)
    elif slide == PROVIDED:
        show_provided_slide(facts)
    elif slide == "last":
        _show_last(facts)
    elif slide == "decide":
        _show_decide(facts)
    elif slide == PAPERS:
        show_message(
            "Papers for the meeting", "The same slides as a paper, before the meeting; what was decided, after it."
        )
        show_kinds((Kind.STEERING, Kind.MINUTES), desk=group_desk(facts, chosen=chosen))
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
        empty = [SLIDES[one] for one in _empty(facts)]
        left_out = f" Slides with nothing on them are left out: {listed(empty)}." if empty else ""
        st.html(
            f'<div class="wo-slide"><p class="wo-quiet">{facts.area.released.window.in_words()}, as released to the steering '
            f"group. No table puts wards in an order of worst and best.{left_out}</p></div>"
        )
    with drawn:
        clicked = show_map(
            facts.area.released.layers["overlap"],
            snapshot_id=chosen.snapshot_id,
            reader=group_reader(chosen),
            selected=None,
            key="hotspots",
            source=boundary_source(chosen.view),
            height=_map_height(),
        )
    if clicked:
        open_ward(facts, clicked)


def _map_height() -> int:
    return BARE_MAP_HEIGHT if st.session_state.get("full") == "yes" else MAP_HEIGHT


def _show_each(facts: PackFacts, ward: str, *, chosen: Chosen) -> None:
    if not ward:
        show_message("No ward is flagged as high on both", _NOT_ONE)
        return
    clicked = show_ward_slide(facts, ward, chosen=chosen, map_height=_map_height())
    if clicked:
        open_ward(facts, clicked)


def _changed(facts: PackFacts, slide: str) -> list[WardFacts]:
    return wards_of_kind(facts, *_KINDS[slide]) if slide in _KINDS else flagged_untold(facts)


def _show_changed(facts: PackFacts, *, slide: str) -> None:
    changes = facts.area.changes
    if changes is None:
        show_message("No earlier time can be compared", facts.area.why_no_changes or "")
        return
    wards = _changed(facts, slide)
    sure = f"{100 * changes.question.certainty:.0f} in 100"
    against = f"Set against {changes.before.in_words()}. A change is named where it is at least {sure} probable."
    less_sure = high_but_not_flagged(wards)
    title = _title(slide, len(wards), probably=bool(less_sure))
    show_message(title, against, less_sure, *changes.cautions)
    show_wards(facts, wards, slide=slide)


def _title(slide: str, count: int, *, probably: bool) -> str:
    said = {
        "new": "newly high on both",
        "persistent": "still high on both",
        "easing": "easing or cleared",
    }
    if slide not in said:
        return f"For {counted(count, 'flagged ward')} we cannot tell whether it is new"
    are = f"{'is' if count < 2 else 'are'}{' probably' if probably else ''}"
    return f"{counted(count, 'ward').capitalize()} {are} {said[slide]}"


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
