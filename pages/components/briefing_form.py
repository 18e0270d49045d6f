"""The officer's part of a briefing as a form. What is written is kept while one looks elsewhere, until it is saved."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import streamlit as st
from pydantic import ValidationError

from briefing.officers_words import IMPACT, LIKELIHOOD, MOST_ACTIONS, Action, OfficersWords, say_mistakes
from briefing.register_records import BriefingRecord
from data.errors import UsageError
from pages.components.written_fields import begin, most_letters, write_line

_NO_ACTION: dict[str, Any] = {"what": "", "owner": "", "due": None}


@dataclass
class OpenForm:
    """A text that somebody is writing: what it began from, and what stands in the form now."""

    based_on: int
    """The version that was open when it was begun."""
    start: OfficersWords
    """The text of that version."""
    values: dict[str, Any] = field(default_factory=dict)
    turn: int = 0
    """How often the form was filled anew: widgets then have other keys."""

    def fill(self, words: OfficersWords) -> None:
        """Put a text into the form, in place of what stands there."""
        actions = [one.model_dump() for one in words.actions]
        self.values = {**words.model_dump(exclude={"actions"}), "actions": actions}
        self.turn += 1

    def go_on_from(self, words: OfficersWords, *, version: int) -> None:
        """Base the text on another version, without changing it."""
        self.start, self.based_on = words, version


def open_form(record: BriefingRecord) -> OpenForm:
    """Give the form of a draft: as it was left, or filled with the text that counts."""
    kept: OpenForm | None = st.session_state.get(_kept(record.id))
    if kept is None:
        kept = OpenForm(record.version, record.words)
        kept.fill(record.words)
        st.session_state[_kept(record.id)] = kept
    return kept


def close_form(id: int) -> None:
    """Forget what stands in the form of a draft: it is saved, or withdrawn."""
    st.session_state.pop(_kept(id), None)


def draw_form(form: OpenForm, *, id: int) -> None:
    """Draw the form, and take over what was written."""
    values, key = form.values, f"words-{id}-{form.turn}"
    values["context"] = _text(
        "Context: events, tension, what is known locally. Never about a person.", "context", form, key, high=150
    )
    _draw_grading(form, key)
    values["ask"] = _text("What is asked of the councillor, in one sentence", "ask", form, key, high=70)
    _draw_actions(form, key)
    values["contact"] = _text("Where to send concerns", "contact", form, key)
    values["references"] = _text("Data protection and equality references", "references", form, key)
    values["author"] = _text("Author", "author", form, key)


def words_in(form: OpenForm, *, half_done: bool = False) -> OfficersWords:
    """Give what stands in the form.

    Parameters
    ----------
    half_done
        Whether to leave out actions of which something is lacking, for a look at the rest.

    Raises
    ------
    UsageError
        One sentence for each mistake.
    """
    actions = [one for one in form.values["actions"] if any(one.values())]
    lacking = [place for place, one in enumerate(actions, start=1) if not all(one.values())]
    if half_done:
        actions = [one for one in actions if all(one.values())]
    elif lacking:
        raise UsageError("\n".join(f"Action {place}: say what is done, by whom and by when." for place in lacking))
    try:
        return OfficersWords.model_validate({**form.values, "actions": actions})
    except ValidationError as error:
        raise UsageError("\n".join(say_mistakes(error))) from error


def _draw_grading(form: OpenForm, key: str) -> None:
    for name, words in {"impact": IMPACT, "likelihood": LIKELIHOOD}.items():
        said = {grade: f"{grade} {word}" for grade, word in enumerate(words, start=1)}
        grade_key = begin(f"{key}-{name}", form.values[name])
        form.values[name] = st.segmented_control(
            f"{name.capitalize()}, 1 to {len(words)}",
            list(said),
            format_func=said.__getitem__,
            key=grade_key,
            wrap=True,
        )
    form.values["grading_reason"] = _text("Reason for the grading", "grading_reason", form, key)


def _draw_actions(form: OpenForm, key: str) -> None:
    """Draw the actions there are, and a row for one more."""
    rows = form.values["actions"] = [*form.values["actions"], *(dict(_NO_ACTION) for _ in range(MOST_ACTIONS))][
        :MOST_ACTIONS
    ]
    for place in range(MOST_ACTIONS):
        if place == 0 or any(rows[place - 1].values()) or any(rows[place].values()):
            rows[place] = _action(rows[place], place=place, key=key)


def _action(one: dict[str, Any], *, place: int, key: str) -> dict[str, Any]:
    what, owner, due = st.columns([2.2, 1.4, 1.6])
    with what:
        told = write_line(
            f"Action {place + 1}: what is done",
            one["what"],
            most=most_letters(Action, "what"),
            key=f"{key}-what{place}",
        )
    with owner:
        who = write_line("By whom", one["owner"], most=most_letters(Action, "owner"), key=f"{key}-owner{place}")
    with due:
        day = st.date_input("By when", format="DD/MM/YYYY", key=begin(f"{key}-due{place}", one["due"]))
    return {"what": told, "owner": who, "due": day if isinstance(day, date) else None}


def _text(label: str, name: str, form: OpenForm, key: str, *, high: int | None = None) -> str:
    most, value, full_key = most_letters(OfficersWords, name), form.values[name], f"{key}-{name}"
    if high is None:
        return write_line(label, value, most=most, key=full_key)
    return st.text_area(label, max_chars=most, height=high, key=begin(full_key, value)) or ""


def _kept(id: int) -> str:
    return f"_words_of_draft-{id}"
