"""The officer's texts of a briefing as they were saved: one of them, or any of all that are kept."""

from html import escape

import streamlit as st

from briefing.officers_words import OfficersWords
from briefing.register_records import BriefingRecord, Version
from data.in_words import say_day
from pages.components.briefing_desk import Desk


def text_html(version: Version, *, title: str) -> str:
    """Give one text, its number and who saved it, as HTML."""
    who = f"version {version.number}, {version.by.name}, {say_day(version.by.at.date())}"
    return f"<b>{escape(title)}</b> <span class='wo-quiet'>{escape(who)}</span>{_in_html(version.words)}"


def show_versions(desk: Desk, record: BriefingRecord) -> None:
    """Draw every text that was saved of a briefing behind a button, the one that counts first."""
    kept = {one.number: one for one in desk.register.versions(record.id)}
    with st.popover(f"Texts ({len(kept)})"):
        number = st.selectbox(
            "Version",
            sorted(kept, key=lambda one: (one != record.version, -one)),
            key=f"version-{record.id}",
            format_func=lambda one: f"{one}: {_part(kept[one], record)}",
        )
        st.html(text_html(kept[number], title=_part(kept[number], record).capitalize()))
        if kept[number].words == OfficersWords():
            st.html("<div class='wo-quiet'>Nothing was written in it.</div>")


def _part(version: Version, record: BriefingRecord) -> str:
    """Say what a text is to the briefing."""
    if version.number == record.version:
        return "the text that counts"
    return "kept beside it, written while somebody else saved" if version.conflict else "an earlier text"


def _in_html(words: OfficersWords) -> str:
    grades = [f"{name} {grade} of 4" for name in ("impact", "likelihood") if (grade := getattr(words, name))]
    actions = [f"{one.what} ({one.owner}, {one.due:%d/%m/%Y})" for one in words.actions]
    told = {
        "Context": words.context,
        "Grading": ". ".join([", ".join(grades), words.grading_reason]).strip(". "),
        "Asked": words.ask,
        "Actions": "; ".join(actions),
        "Contact": words.contact,
        "Author": words.author,
        "References": words.references,
    }
    return "".join(f"<div><b>{name}</b>: {escape(text)}</div>" for name, text in told.items() if text)
