"""Two people wrote at once: both texts side by side. Nothing of either is lost."""

import streamlit as st

from briefing.register import NewerVersionError
from briefing.register_records import BriefingRecord
from data.errors import UsageError
from pages.components.briefing_form import OpenForm, words_in
from pages.components.briefing_text import text_html
from pages.components.plain_text import plain_lines


def note_conflict(form: OpenForm, *, id: int, error: NewerVersionError) -> None:
    """Remember two texts for the next run. The form keeps what was written, and goes on from the newer text."""
    st.session_state[_key(id)] = (str(error), error.mine, error.newest)
    form.go_on_from(error.newest.words, version=error.newest.number)


def show_conflict(form: OpenForm, *, record: BriefingRecord) -> None:
    """Say that somebody else saved, and show both texts where this person saved as well. To be called once the form is read."""
    if _key(record.id) in st.session_state:
        _show_both(form, record)
    elif record.version != form.based_on:
        _take_newer(form, record)


def _show_both(form: OpenForm, record: BriefingRecord) -> None:
    sentence, mine, newest = st.session_state[_key(record.id)]
    st.warning(plain_lines(sentence))
    left, right = st.columns(2, gap="large")
    with left, st.container(border=True):
        st.html(text_html(mine, title="Yours, as it stands in the form"))
    with right, st.container(border=True):
        st.html(text_html(newest, title="The one that counts"))
        if st.button("Take this text into the form", key=f"take_newer-{record.id}"):
            form.fill(newest.words)
            _forget(record.id)
            st.rerun()
    if st.button("Go on with mine: saving it makes it the text that counts", key=f"keep_mine-{record.id}"):
        _forget(record.id)
        st.rerun()


def _take_newer(form: OpenForm, record: BriefingRecord) -> None:
    """Show the newer text where nothing was written meanwhile; else say what saving will do."""
    try:
        changed = words_in(form) != form.start
    except UsageError:
        changed = True
    if changed:
        st.warning(
            "Somebody else saved a newer text while you were writing. Save yours: both are kept, and shown side by side."
        )
        return
    form.go_on_from(record.words, version=record.version)
    form.fill(record.words)
    st.rerun()


def _forget(id: int) -> None:
    st.session_state.pop(_key(id), None)


def _key(id: int) -> str:
    return f"_two_texts-{id}"
