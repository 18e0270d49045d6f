"""What may stand in the audit trail: fixed words, choices and identifiers, never a name of a ward or person, never a count.

The words are fixed here, so that no code can put what it happens to hold into a record that nobody may change again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from data.errors import UsageError
from data.visible_text import sayable


class Action(StrEnum):
    """What somebody did."""

    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    REFUSED = "was refused"
    SAW = "saw"
    EXPORTED = "exported"
    INGESTED = "ingested"
    FETCHED = "fetched"
    MADE = "made"
    CHANGED = "changed"
    APPROVED = "approved"
    DELETED = "deleted"
    VERIFIED = "verified"
    DRAFTED = "drafted"
    SAVED = "saved"
    CHECKED = "checked"
    ISSUED = "issued"
    REVIEWED = "reviewed"
    WITHDREW = "withdrew"
    ASKED_FOR = "asked for"
    ANSWERED = "answered"
    FINISHED = "finished"
    RECORDED = "recorded"
    CONCLUDED = "concluded"


class What(StrEnum):
    """What it was done with: a screen, a verb or a kind of document. Add a word here before recording it."""

    OVERVIEW = "overview"
    EXPLORE = "explore"
    WARD = "ward"
    HOTSPOTS = "hotspots"
    DATA = "data"
    METHODS = "methods"
    BRIEFINGS = "briefings"
    BRIEFING = "briefing"
    BRIEFING_REQUEST = "request for a briefing"
    BRIEFING_ACTION = "action of a briefing"
    DECISION = "decision"
    STEERING_PACK = "steering pack"
    MINUTES = "minutes"
    PROFILE = "profile refresh"
    SCRUTINY_PAPER = "scrutiny paper"
    EVIDENCE = "evidence for a bid"
    BRIEFINGS_PACK = "pack of briefings"
    REGISTER = "register"
    AUDIT = "audit"
    SIGN_IN = "sign-in"
    SERVER = "server"
    FILES = "files"
    FAULTS = "faults of files"
    OPEN_DATA = "open data"
    SNAPSHOT = "snapshot"
    SNAPSHOTS = "list of snapshots"
    RUN = "run"
    TABLE = "table of wards"
    SELECTION = "selection of wards"
    WINDOWS = "windows over time"
    PICTURE = "picture"
    CHECKS = "checks of flags"
    SECTOR_CHECKS = "flags without a sector"
    CHANGES = "changes"
    POWER = "what the data can find"
    CHANCE = "what chance would flag"
    AREAS = "areas"
    INCIDENT_AREAS = "incident areas"
    SETTINGS = "settings"
    RETENTION = "retention"
    BACKUP = "backup"
    RECORDS = "records"
    COUNTS = "counts of points"
    REFERRAL_COUNTS = "counts of referrals"
    CONVERTED_COUNTS = "counts of another vintage"


DETAILS = frozenset(
    {
        "window_to",
        "quarters",
        "threshold",
        "denominator",
        "concerns",
        "sectors",
        "strands",
        "measure",
        "ward",
        "districts",
        "format",
        "reason",
        "head",
        "export",
        "briefing",
        "version",
        "number",
        "documents",
        "decision",
        "outcome",
    }
)
"""What a detail may be of: the choices of a question, a ward by its code, the reason of a refusal in fixed words, a briefing
by its numbers and the hashes of its documents, a decision by its number and what became of it in fixed words."""
_LONGEST = 200


class UnrecordedError(UsageError):
    """What cannot be recorded is not done: the audit trail could not be written, or does not fit its anchor.

    Parameters
    ----------
    for_operator
        The sentence for whoever looks after the server, where it names hosts and variables that are no matter to others.
    why
        The reason for the log: fixed words, and host and name of a database; no path.
    """

    def __init__(self, sentence: object = "", *, for_operator: str = "", why: str = "") -> None:
        super().__init__(sentence)
        self.for_operator = sayable(for_operator) or str(self)
        self.why = sayable(why)


OUT_OF_REACH = (
    "The record of who saw what cannot be reached, so nothing is shown or done. Try again in a few minutes; if that does not "
    "help, tell whoever looks after the server."
)
"""For everybody, where only whoever looks after the server can do something."""


class DamagedError(UnrecordedError):
    """The audit trail is there and cannot be read: it is no database any more, or not the one that was written."""


@dataclass(frozen=True)
class AuditEntry:
    """One thing that somebody did.

    Raises
    ------
    ValueError
        If a word is not among the fixed ones, or a value is too long: a fault of the program, not of a person.
    """

    action: Action
    who: str
    """Stable id of a person, as the sign-in gives it, or `os:name` at the command line."""
    what: str
    """One of `What`."""
    audience: str = ""
    snapshot: str = ""
    settings: str = ""
    """Short hash of the settings in force; filled in by the trail if it is left empty."""
    detail: Mapping[str, str] = field(default_factory=dict)
    """Choices, by names in `DETAILS`."""

    def __post_init__(self) -> None:
        """Hold the entry to the fixed words, and its values to one printable line."""
        if self.what not in set(What):
            raise ValueError("the audit trail has no such word: add it to What")
        if unknown := set(self.detail) - DETAILS:
            raise ValueError(f"the audit trail takes no such detail: {', '.join(sorted(unknown))}")
        if not self.who:
            raise ValueError("an entry of the audit trail says who")
        for name in ("who", "audience", "snapshot", "settings"):
            object.__setattr__(self, name, _one_line(getattr(self, name)))
        object.__setattr__(self, "detail", {key: _one_line(text) for key, text in self.detail.items() if text})


def _one_line(text: str) -> str:
    """Replace what does not print (line ends, control and direction marks), and cut what is too long."""
    plain = "".join(one if one.isprintable() else "?" for one in text)
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"
