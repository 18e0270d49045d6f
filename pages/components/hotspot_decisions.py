"""What the steering group decided last time and whether it happened, and what it decides now."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from briefing.decisions import DecisionRecord, Outcome, draft_decision
from briefing.decisions_records import LONGEST_TEXT, WHOLE, DecisionDraft
from briefing.papers.steering_facts import PackFacts
from data.in_words import say_day
from disclosure.people import Person
from pages.components.acting import acting
from pages.components.briefing_today import today
from pages.components.written_fields import most_letters, write_line
from pages.ward_facts import decisions

_FORM = "decide"


def show_decided(facts: PackFacts, found: Sequence[DecisionRecord], *, by: Person) -> None:
    """Draw decisions, each with what became of it and a way to say so."""
    for one in found:
        with st.container(border=True):
            said, button = st.columns([5, 1.2], vertical_alignment="center")
            with said:
                st.html(_in_html(facts, one))
            with button, st.popover("What became of it", width="stretch"):
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
    """Draw the form of a decision, and those of today below it."""
    turn = int(st.session_state.setdefault("_decide_turn", 0))
    ward = _choose_ward(facts, key=f"{_FORM}-ward-{turn}")
    finding = _write("finding", "Finding: what it goes by", _finding(facts, ward), key=f"{_FORM}-finding-{turn}-{ward}")
    recommendation = _write("recommendation", "What is to be done", "", key=f"{_FORM}-recommendation-{turn}")
    who, when = st.columns([2, 1])
    with who:
        owner = _write("owner", "Owner: a role or a name", "", key=f"{_FORM}-owner-{turn}")
    with when:
        due = st.date_input("By when", value=None, min_value=today(), format="DD/MM/YYYY", key=f"{_FORM}-due-{turn}")
    if st.button("Write it down", type="primary", key="decide-record"):
        with acting("It is written down."):
            draft = draft_decision(
                meeting=today(),
                **_place(facts, ward),
                finding=finding,
                recommendation=recommendation,
                owner=owner,
                due=due,
            )
            decisions().record(draft, by=by)
            st.session_state["_decide_turn"] = turn + 1


def _choose_ward(facts: PackFacts, *, key: str) -> str:
    rows = facts.area.rows[-1]
    flagged = {one.code for one in facts.flagged}
    codes = sorted(rows, key=lambda code: (code not in flagged, str(rows[code]["ward_name"]), code))
    names = {
        code: f"{row['ward_name']} ({row['district']}){', flagged' if code in flagged else ''}"
        for code, row in rows.items()
    }
    chosen = st.selectbox(
        "About",
        codes,
        key=key,
        index=None,
        format_func=lambda code: names.get(code, code),
        placeholder=f"{WHOLE}, or type the name of a ward",
    )
    return chosen or ""


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
    sure = f": {row['certainty']} that both are high" if row["certainty"] else ""
    return f"{str(row['class']).capitalize()}{sure}, {facts.area.released.window.in_words()}."


def _write(name: str, label: str, value: str, *, key: str) -> str:
    return write_line(label, value, most=most_letters(DecisionDraft, name), key=key)
