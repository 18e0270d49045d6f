"""Why nothing can be recorded is logged once, however many meet it."""

import logging

import pytest

from disclosure import unrecorded_log
from disclosure.audit_entries import UnrecordedError
from disclosure.unrecorded_log import warn_of

DOWN = "the record in the PostgreSQL database records at db.example.org:5433 cannot be used: nothing answers there."


@pytest.fixture(autouse=True)
def nothing_logged_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unrecorded_log, "_logged", {})


def test_a_reason_is_logged_once_and_another_for_itself(caplog):
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            warn_of(UnrecordedError("Try again.", why=DOWN))
        warn_of(UnrecordedError("/srv/store/records.db is not there."))
    first, second = (record.getMessage() for record in caplog.records)
    assert first.endswith(DOWN)
    assert second.endswith("UnrecordedError")
    assert "/srv/store" not in caplog.text


def test_what_goes_on_for_long_is_logged_again(caplog, monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(unrecorded_log.time, "monotonic", lambda: clock[0])
    with caplog.at_level(logging.WARNING):
        for clock[0] in (0.0, 599.0, 600.0, 601.0):
            warn_of(UnrecordedError("Try again.", why=DOWN))
    assert len(caplog.records) == 2
