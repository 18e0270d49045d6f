"""What people do on screens is recorded before they see or get anything, and what cannot be recorded is not shown."""

import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

import pages.components.handing_over as handing_over
from disclosure import unrecorded_log
from disclosure.audit import Action, AuditTrail, UnrecordedError, What
from pages.components.handing_over import Handover, NotHandedOverError
from pages.session import audit
from tests.audit_samples import make_entry, make_trail

FULL = "the record cannot be written: the disk is full."
SECRET = "count of 3 in X05000001"


@pytest.fixture
def newest() -> Callable[[], list[tuple[str, str, dict[str, str]]]]:
    """What has been recorded since the test began, the oldest first: action, what and choices."""
    before = audit().head().rows

    def rows() -> list[tuple[str, str, dict[str, str]]]:
        found = [row for row in audit().entries() if row.number > before][::-1]
        return [(row.action, row.what, json.loads(row.detail)) for row in found]

    return rows


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: AuditTrail, entry: object) -> None:
        raise UnrecordedError(FULL)

    monkeypatch.setattr(AuditTrail, "record", refuse)


def errors(app: AppTest) -> list[str]:
    """Sentences on the screen, without the marks that keep Streamlit from reading them as Markdown."""
    return [error.value.replace("\\", "") for error in app.error]


def said_of(rows, what):
    return [(action, detail) for action, named, detail in rows if named == what]


def test_a_screen_is_recorded_once_with_its_choices_and_again_when_they_change(open_screen, newest):
    app = open_screen("explore", threshold="2.0")
    app.run()
    ((action, detail),) = said_of(newest(), What.EXPLORE)
    assert (action, detail["threshold"], detail["quarters"]) == (Action.SAW, "2", "4")
    assert "ward" not in detail
    app.selectbox(key="threshold").set_value("2.5").run()
    app.run()
    assert [detail["threshold"] for _, detail in said_of(newest(), What.EXPLORE)] == ["2", "2.5"]


def test_which_ward_is_looked_at_is_recorded_by_its_code(open_screen, newest):
    open_screen("explore", ward="X05000022")
    assert said_of(newest(), What.EXPLORE)[-1][1]["ward"] == "X05000022"


def test_another_session_is_recorded_for_itself(open_screen, newest):
    open_screen("overview")
    open_screen("overview")
    assert len(said_of(newest(), What.OVERVIEW)) == 2


def test_every_entry_of_a_screen_names_person_audience_snapshot_and_settings(open_screen, newest):
    open_screen("overview")
    row = next(row for row in audit().entries() if row.what == What.OVERVIEW)
    assert row.who.startswith("os:")
    assert (row.audience, len(row.settings)) == ("analyst", 12)
    assert row.snapshot


@pytest.mark.parametrize("screen", ["overview", "explore"])
def test_what_cannot_be_recorded_is_a_sentence_and_no_data(open_screen, drawn, full_disk, screen):
    app = open_screen(screen)
    assert errors(app) == [FULL]
    assert drawn.outlines is None
    assert not app.dataframe
    assert not app.metric
    assert not app.get("download_button")


def test_what_a_tab_has_shown_is_shown_again_while_nothing_can_be_recorded_and_nothing_else(
    open_screen, drawn, newest, monkeypatch
):
    app = open_screen("explore")
    overview, recorded = open_screen("overview"), newest()

    def refuse(self: AuditTrail, entry: object) -> None:
        raise UnrecordedError(FULL)

    monkeypatch.setattr(AuditTrail, "record", refuse)
    assert errors(overview.run()) == []
    app.button_group(key="measure_of_model").set_value("probability").run()
    assert (errors(app), app.session_state["measure"]) == ([], "probability")
    assert newest() == recorded
    app.selectbox(key="threshold").set_value("2.5").run()
    assert errors(app) == [FULL]
    assert errors(open_screen("overview")) == [FULL]


def test_why_nothing_can_be_recorded_is_logged_once_and_not_said_on_the_screen(open_screen, monkeypatch, caplog):
    def refuse(self: AuditTrail, entry: object) -> None:
        raise UnrecordedError(FULL, for_operator="Check db.example.org.", why="nothing answers at db.example.org.")

    monkeypatch.setattr(AuditTrail, "record", refuse)
    monkeypatch.setattr(unrecorded_log, "_logged", {})
    app = open_screen("overview")
    app.run()
    assert errors(app) == [FULL]
    assert caplog.text.count("nothing answers at db.example.org") == 1


def test_what_takes_long_is_not_made_if_it_cannot_be_recorded(open_screen, newest, monkeypatch):
    app = open_screen("explore")
    real = AuditTrail.record

    def refuse(self: AuditTrail, entry) -> None:
        if entry.action is Action.MADE:
            raise UnrecordedError(FULL)
        real(self, entry)

    monkeypatch.setattr(AuditTrail, "record", refuse)
    app = app.button(key="flags_by_chance").click().run()
    assert FULL in errors(app)
    assert Action.MADE not in [action for action, *_ in newest()]


def test_a_file_is_recorded_before_it_is_made(tmp_path):
    trail = make_trail(tmp_path)
    heads = []

    def make() -> bytes:
        heads.append(trail.head().rows)
        return b"file"

    offered = Handover(make, entry=make_entry(), trail=trail)
    assert offered.content() == b"file"
    assert heads == [1]
    assert offered.why_not() == ""


def test_a_file_that_cannot_be_recorded_is_not_made_and_says_why(tmp_path, full_disk):
    made = []
    offered = Handover(lambda: made.append(1) or b"file", entry=make_entry(), trail=make_trail(tmp_path))
    with pytest.raises(NotHandedOverError):
        offered.content()
    assert (made, offered.why_not()) == ([], FULL)


def test_a_fault_while_making_a_file_tells_streamlit_and_the_log_nothing_of_the_data(tmp_path, caplog):
    def fail() -> bytes:
        raise ValueError(SECRET)

    offered = Handover(fail, entry=make_entry(), trail=make_trail(tmp_path))
    with pytest.raises(NotHandedOverError) as raised:
        offered.content()
    assert str(raised.value) == ""
    assert raised.value.__context__ is None
    assert raised.value.__cause__ is None
    assert SECRET not in caplog.text
    assert "ValueError while making a file" in caplog.text
    assert offered.why_not() == handing_over._OUR_FAULT


def test_the_audit_screen_shows_who_did_what_and_that_the_trail_holds(open_screen, newest):
    app = open_screen("explore")
    app.switch_page("views/audit.py").run()
    assert not app.error
    assert "are as written, and none is missing" in app.success[0].value
    table = app.dataframe[0].value
    assert list(table["what"][:2]) == ["audit", "explore"]
    app.multiselect(key="audit_did").select(Action.EXPORTED).run()
    assert not app.dataframe or set(app.dataframe[0].value["action"]) == {"exported"}
    app.button(key="verify_audit").click().run()
    assert newest()[-1][:2] == (Action.VERIFIED, What.AUDIT)


def test_the_audit_screen_says_what_is_wrong_and_shows_no_entries_where_the_look_cannot_be_recorded(
    open_screen, monkeypatch
):
    app = open_screen("overview")
    anchor = audit().path.with_suffix(".anchor")
    content = anchor.read_bytes()
    anchor.unlink()
    try:
        app.switch_page("views/audit.py").run()
    finally:
        anchor.write_bytes(content)
    assert "anchor is missing or damaged" in errors(app)[0]
    assert "aside" in errors(app)[0]
    assert "audit verify" in errors(app)[1]
    assert not app.dataframe
