"""Decisions of a steering group for tests, and a register of them in a folder."""

from datetime import date
from pathlib import Path

from briefing.decisions import DecisionDraft, DecisionRegister, draft_decision
from tests.audit_samples import make_trail
from tests.register_samples import HandClock

SPRING, SUMMER = date(2026, 4, 14), date(2026, 6, 10)
"""Days of meetings, before that of `HandClock`."""


def decision(**given: object) -> DecisionDraft:
    """A decision of spring on a ward, with some of it otherwise."""
    usual = {
        "meeting": SPRING,
        "ward_code": "E05010458",
        "ward_name": "Castle",
        "district": "North",
        "finding": "Both were high",
        "recommendation": "Visit the schools",
        "owner": "Sgt Owner",
        "due": given.get("meeting", SPRING),
    }
    return draft_decision(**{**usual, **given})


CASTLE = decision()
WHOLE = decision(ward_code="", ward_name="", district="", recommendation="Ask every district for a plan")


def decisions_in_folder(folder: Path, *, clock: HandClock | None = None) -> DecisionRegister:
    return DecisionRegister(make_trail(folder), now=clock or HandClock())
