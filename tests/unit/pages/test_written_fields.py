"""Fields that keep what is in them: a text while another tab is drawn, wards for as long as they are in the snapshot."""

import pytest
from streamlit.testing.v1 import AppTest


def fields() -> None:
    """A choice of wards and a line, of a snapshot that changes and a tab that is left."""
    import streamlit as st

    from pages.components.written_fields import choose_wards, write_line

    kept = st.session_state.setdefault("kept", {"wards": [], "line": ""})
    names = {"A": "Castle", "B": "Mill"} if not st.session_state.get("newer") else {"A": "Castle", "C": "Weir"}
    if not st.session_state.get("elsewhere"):
        kept["wards"] = choose_wards("Wards", names, kept["wards"], key="wards")
        kept["line"] = write_line("Line", kept["line"], most=9, key="line")


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_ward_that_is_not_in_the_snapshot_any_more_is_no_longer_chosen(elsewhere):
    app = AppTest.from_function(fields).run()
    app = app.multiselect(key="wards").set_value(["B", "A"]).run()
    app.session_state["elsewhere"] = elsewhere
    app = app.run()
    app.session_state["newer"] = True
    app.session_state["elsewhere"] = False
    app = app.run()
    assert not app.exception
    assert app.session_state["kept"]["wards"] == ["A"]


def test_what_was_written_and_chosen_is_there_after_a_look_elsewhere():
    app = AppTest.from_function(fields).run()
    app.multiselect(key="wards").set_value(["B"])
    app = app.text_input(key="line").set_value("Half a").run()
    app.session_state["elsewhere"] = True
    app = app.run()
    assert not app.text_input
    app.session_state["elsewhere"] = False
    app = app.run()
    assert (app.multiselect(key="wards").value, app.text_input(key="line").value) == (["B"], "Half a")
