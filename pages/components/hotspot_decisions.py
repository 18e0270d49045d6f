"""What the steering group decided last time and whether it happened, and what it decides now."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from briefing.decisions import DecisionRecord, Outcome, draft_decision
from briefing.decisions_records import LONGEST_TEXT, WHOLE, DecisionDraft
from briefing.papers.steering_facts import PackFacts
from data.errors import UsageError
from data.in_words import say_day
from disclosure.people import Person
from pages.components.acting import acting
from pages.components.briefing_today import today
from pages.components.url_state import take_next
from pages.components.written_days import write_day
from pages.components.written_fields import begin, most_letters
from pages.ward_facts import decisions

_FIELDS = {
    "finding": "Finding: what it goes by",
    "recommendation": "What is to be done",
    "owner": "Owner: a role or a name",
}
_TWO_LINES = 100
"""Pixels."""


def show_decided(facts: PackFacts, found: Sequence[DecisionRecord], *, by: Person) -> None:
    """Draw decisions, each with what became of it and a way to say so."""
    for one in found:
        with st.container(border=True):
            st.html(_in_html(facts, one))
            with st.popover("What became of it", width="content"):
                _conclude(one, by=by)


def _in_html(facts: PackFacts, one: DecisionRecord) -> str:
    draft, last = one.draft, one.last
    state = "Overdue" if one.is_overdue(facts.made_on) else one.outcome.value.capitalize()
    note = f"<div>{escape(last.note)} <span class='wo-quiet'>{say_day(last.on)}</span></div>" if last else ""
    return (
        f"<div><b>{state}</b> · {escape(draft.about)}: {escape(draft.recommendation)}</div>{note}"
        f"<div class='wo-quiet'>{escape(draft.owner)}, by {say_day(draft.due)}. Decided {say_day(draft.meeting)}: "
        f"{escape(draft.finding)}</div>"
    )


def _conclude(one: DecisionRecord, *, by: Person) -> None:
    outcome = st.radio(
        "It is",
        [Outcome.DONE, Outcome.OPEN, Outcome.DROPPED],
        key=f"fate-{one.id}",
        format_func=str.capitalize,
        horizontal=True,
    )
    note = st.text_area("What came of it, or why not", max_chars=LONGEST_TEXT, key=f"note-{one.id}")
    if st.button("Put it into the register", key=f"conclude-{one.id}"):
        with acting("It is in the register."):
            decisions().conclude(one.id, outcome=outcome, note=note or "", by=by, seen=len(one.steps))


def show_form(facts: PackFacts, *, by: Person) -> None:
    """Draw the form of a decision. Its fields keep their keys, so that the focus stays where it was after one is written down."""
    if st.session_state.pop("_decided", False):
        for name in ("about", *_FIELDS, "due"):
            st.session_state[f"decide-{name}"] = ""
    ward = _choose_ward(facts)
    _offer_finding(_finding(facts, ward))
    said = {name: _write(name, _FIELDS[name]) for name in ("finding", "recommendation")}
    who, when = st.columns([1.5, 1])
    with who:
        said["owner"] = _write("owner", _FIELDS["owner"])
    with when:
        due, lacks = write_day("By when", key="decide-due")
    if st.button("Write it down", type="primary", key="decide-record"):
        with acting("It is written down."):
            if due is None and lacks:
                raise UsageError(lacks)
            draft = draft_decision(meeting=today(), **_place(facts, ward), **said, due=due)
            decisions().record(draft, by=by)
            st.session_state["_decided"] = True


def _offer_finding(offered: str) -> None:
    """Put how the ward stands into the field of the finding, if nobody has written there."""
    before = st.session_state.get("_offered_finding", "")
    if st.session_state.get("decide-finding", "") in ("", before):
        st.session_state["decide-finding"] = offered
    st.session_state["_offered_finding"] = offered


def _choose_ward(facts: PackFacts) -> str:
    rows = facts.area.rows[-1]
    flagged = {one.code: place for place, one in enumerate(facts.flagged)}
    last = len(flagged)
    codes = sorted(rows, key=lambda code: (flagged.get(code, last), str(rows[code]["ward_name"]), code))
    names = {"": WHOLE} | {
        code: f"{row['ward_name']} ({row['district']}){', flagged' if code in flagged else ''}"
        for code, row in rows.items()
    }
    asked = take_next("about")
    if asked in rows:
        st.session_state["decide-about"] = asked
    # One entry is always chosen: a choice that can be cleared has a button for it, which Tab lands on unseen.
    return st.selectbox("About", ["", *codes], key="decide-about", format_func=lambda code: names.get(code, code))


def _place(facts: PackFacts, ward: str) -> dict[str, str]:
    if not ward:
        return {}
    row = facts.area.rows[-1][ward]
    return {"ward_code": ward, "ward_name": str(row["ward_name"]), "district": str(row["district"])}


def _finding(facts: PackFacts, ward: str) -> str:
    """Offer how the ward stands as the finding; whoever writes may say it otherwise."""
    if not ward:
        return ""
    row = facts.area.rows[-1][ward]
    sure = f" ({row['certainty']})" if row["certainty"] else ""
    return f"{str(row['class']).capitalize()}{sure}, {facts.area.released.window.in_words()}"


def _write(name: str, label: str) -> str:
    most, key = most_letters(DecisionDraft, name), begin(f"decide-{name}", "")
    if name == "owner":
        return st.text_input(label, max_chars=most, key=key) or ""
    return st.text_area(label, max_chars=most, key=key, height=_TWO_LINES) or ""
