"""The words of a bid as a form. What is written is kept while one looks elsewhere, as long as one is signed in."""

from collections.abc import Iterator
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from briefing.papers.bid_words import MOST_COSTS, MOST_OUTCOMES, BidWords, Cost, Outcome, bid_words, what_lacks
from briefing.papers.evidence import MOST_WARDS, chosen_wards
from briefing.papers.evidence_need import what_they_do_not_say
from data.errors import UsageError
from pages.components.briefing_desk import Desk, ward_names
from pages.components.plain_text import plain_lines, plain_text
from pages.components.written_fields import begin, choose_wards, most_letters, write_line

_KEPT = "_bid"
_LINES = {
    "title": "Title of the bid",
    "fund": "Fund, and which round",
    "author": "Author",
    "contact": "Contact",
    "references": "Data protection and equality references",
}
_TEXTS = {
    "need": "Why here. Never about a person",
    "provided": "What is provided there already",
    "project": "What the project would do",
}
_HIGH = 108
_MOST_POUNDS = 10_000_000


def draw_bid_form(desk: Desk) -> tuple[tuple[str, ...], BidWords | None]:
    """Draw the form; give the wards that are chosen, and the words if they can be taken.

    Says which of the wards are not flagged, and what a bid will be asked for and these words do not hold.
    """
    values = _values(desk)
    label = "Wards that the bid is for"
    values["wards"] = choose_wards(label, ward_names(desk), values["wards"], key="bid-wards", most=MOST_WARDS)
    if values["wards"]:
        _say_what_is_not_flagged(desk, values["wards"])
    about, money, texts = st.columns([1, 1.15, 1.3], gap="medium")
    with about:
        for name, label in _LINES.items():
            values[name] = _line(label, name, values)
    with money:
        values["amount"] = _pounds("Pounds asked for", values["amount"], key="bid-amount")
        _draw_rows("costs", values, most=MOST_COSTS, draw=_cost, empty={"what": "", "pounds": None})
    with texts:
        for name, label in _TEXTS.items():
            values[name] = _text(label, name, values)
    _draw_rows("outcomes", values, most=MOST_OUTCOMES, draw=_outcome, empty={"what": "", "measure": "", "by": None})
    return tuple(values["wards"]), _words(values)


def _values(desk: Desk) -> dict[str, Any]:
    """Give what was written, or a form with what is known."""
    known = {"author": desk.person.name[:80], "contact": desk.rules.contact, "references": desk.rules.references}
    empty: dict[str, Any] = {**dict.fromkeys(("title", "fund", *_TEXTS), ""), **known}
    return st.session_state.setdefault(_KEPT, {**empty, "amount": None, "costs": [], "outcomes": [], "wards": []})


def _say_what_is_not_flagged(desk: Desk, wards: list[str]) -> None:
    said = what_they_do_not_say(chosen_wards(desk.area, wards))
    if said:
        st.warning(plain_text(f"{said} The paper will say so."))


def _words(values: dict[str, Any]) -> BidWords | None:
    """Take the words, or say what is wrong with them; nothing is said of a form that has no title yet."""
    if not values["title"]:
        return None
    if lacking := list(_half_done(values)):
        st.error(plain_lines("\n".join(lacking)))
        return None
    given = {name: value for name, value in values.items() if name != "wards"}
    rows = {name: [one for one in values[name] if one["what"]] for name in ("costs", "outcomes")}
    try:
        words = bid_words({**given, **rows})
    except UsageError as error:
        st.error(plain_lines(error))
        return None
    if lacks := what_lacks(words):
        st.html(f"<div class='wo-quiet'>{escape(' '.join(lacks))}</div>")
    return words


def _half_done(values: dict[str, Any]) -> Iterator[str]:
    """Say of which rows something is lacking, so that none is left out without a word."""
    for place, one in enumerate(values["costs"], start=1):
        if bool(one["what"]) != bool(one["pounds"]):
            yield f"Cost {place}: say what for, and how many pounds."
    for place, one in enumerate(values["outcomes"], start=1):
        if any(one.values()) and not one["what"]:
            yield f"Outcome {place}: say what would be different."


def _draw_rows(name: str, values: dict[str, Any], *, most: int, draw: Any, empty: dict[str, Any]) -> None:
    """Draw the rows there are, and one more."""
    rows = [*values[name], *(dict(empty) for _ in range(most))][:most]
    for place in range(most):
        if place == 0 or rows[place - 1]["what"] or rows[place]["what"]:
            rows[place] = draw(rows[place], place=place)
    values[name] = rows


def _cost(one: dict[str, Any], *, place: int) -> dict[str, Any]:
    what, pounds = st.columns([2.4, 1])
    with what:
        told = write_line(
            f"Cost {place + 1}: what for", one["what"], most=most_letters(Cost, "what"), key=f"bid-cost{place}"
        )
    with pounds:
        sum_asked = _pounds("Pounds", one["pounds"], key=f"bid-pounds{place}")
    return {"what": told, "pounds": sum_asked}


def _outcome(one: dict[str, Any], *, place: int) -> dict[str, Any]:
    what, measure, by = st.columns([2, 2, 1.1])
    with what:
        label = f"Outcome {place + 1}: what would be different"
        told = write_line(label, one["what"], most=most_letters(Outcome, "what"), key=f"bid-outcome{place}")
    with measure:
        how = write_line(
            "How it would be measured", one["measure"], most=most_letters(Outcome, "measure"), key=f"bid-measure{place}"
        )
    with by:
        day = st.date_input("By when", format="DD/MM/YYYY", key=begin(f"bid-by{place}", one["by"]))
    return {"what": told, "measure": how, "by": day if isinstance(day, date) else None}


def _pounds(label: str, value: int | None, *, key: str) -> int | None:
    return st.number_input(label, min_value=1, max_value=_MOST_POUNDS, step=500, key=begin(key, value))


def _line(label: str, name: str, values: dict[str, Any]) -> str:
    return write_line(label, values[name], most=most_letters(BidWords, name), key=f"bid-{name}")


def _text(label: str, name: str, values: dict[str, Any]) -> str:
    most, key = most_letters(BidWords, name), begin(f"bid-{name}", values[name])
    return st.text_area(label, max_chars=most, height=_HIGH, key=key) or ""
