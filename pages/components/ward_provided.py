"""What is provided in one ward, as a table: what runs, what is planned, what has ended."""

from html import escape

import streamlit as st

from briefing.provision_words import (
    NO_FILE,
    NOT_THAT_NOTHING_IS,
    cost_words,
    in_order,
    in_short,
    known_on,
    period_words,
    thing_kind,
    thing_name,
)
from disclosure.provision import ReleasedProvision, Status, Thing

_MARKS = {Status.RUNNING: "●", Status.PLANNED: "○", Status.ENDED: "■"}


def show_provided(provision: ReleasedProvision | None, ward: str) -> None:
    """Draw it; where nothing is known, say that, and by which file."""
    st.subheader("What is provided here", anchor=False)
    if provision is None:
        st.html(f'<p class="wo-quiet">{escape(NO_FILE)}</p>')
        return
    things = in_order(provision, ward)
    if not provision.of(ward, Status.RUNNING):
        st.html(f'<div class="wo-read"><p>{escape(in_short(provision, ward))}</p></div>')
    if things:
        st.html(_table(things, provision=provision))
    st.html(f'<p class="wo-quiet">{escape(_foot(provision, any_=bool(things)))}</p>')


def _foot(provision: ReleasedProvision, *, any_: bool) -> str:
    known = f"{known_on(provision)[:1].upper()}{known_on(provision)[1:]}. " if any_ else ""
    return f"{known}{NOT_THAT_NOTHING_IS}"


def _table(things: list[Thing], *, provision: ReleasedProvision) -> str:
    heads = ["What", "Kind, for whom", "When", *(["Cost and funder"] if provision.tells_cost else [])]
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    body = "".join(f"<tr>{_cells(one, provision=provision)}</tr>" for one in things)
    return (
        f'<table class="wo-table"><caption>Running, planned and ended</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _cells(thing: Thing, *, provision: ReleasedProvision) -> str:
    status = thing.status(provision.day)
    when = period_words(thing, provision.day)
    cells = [
        f"<b>{escape(thing_name(thing))}</b>",
        escape(thing_kind(thing) or thing.kind),
        f'<span aria-hidden="true">{_MARKS[status]}</span> {escape(when)}',
    ]
    if provision.tells_cost:
        cells.append(escape(cost_words(thing, yearly=provision.costs_are_yearly) or "not said"))
    return "".join(f"<td>{one}</td>" for one in cells)
