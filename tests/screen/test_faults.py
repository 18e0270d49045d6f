import logging

from disclosure.views import SnapshotView

SECRET = "count of 3 in X05000001"


def test_a_fault_in_the_program_is_an_apology_on_screen_and_a_log_line_without_data(open_screen, monkeypatch, caplog):
    def fail(self, question):
        raise ValueError(SECRET)

    monkeypatch.setattr(SnapshotView, "answer", fail)
    with caplog.at_level(logging.ERROR):
        app = open_screen("explore", threshold="3.0", strand="religion")
    assert "Something went wrong" in app.error[0].value
    assert not app.exception
    assert SECRET not in app.error[0].value
    assert "ValueError on screen explore" in caplog.text
    assert SECRET not in caplog.text


def test_the_marking_stands_above_a_fault_too(open_screen, monkeypatch):
    def fail(self, question):
        raise ValueError(SECRET)

    monkeypatch.setattr(SnapshotView, "answer", fail)
    app = open_screen("explore", threshold="2.5", strand="religion")
    assert "OFFICIAL-SENSITIVE" in "\n".join(one.proto.body for one in app.get("html"))


def test_a_screen_whose_own_file_cannot_be_read_says_the_same(open_screen, monkeypatch):
    monkeypatch.delattr("pages.components.flagged_list.show_flagged")
    app = open_screen("overview")
    assert "Something went wrong" in app.error[0].value
    assert not app.exception
