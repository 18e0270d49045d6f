"""The kinds of paper that are made for a whole partnership: what each is for, and as whose facts it is made. Decided once, here.

It loads nothing that computes: the command line names them in its help.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from disclosure.audiences import Audience
from disclosure.audit_entries import What


class Kind(StrEnum):
    """A kind of paper, as the command line and the address name it."""

    STEERING = "steering"
    MINUTES = "minutes"
    PROFILE = "profile"
    SCRUTINY = "scrutiny"
    EVIDENCE = "evidence"
    BRIEFINGS = "briefings"


@dataclass(frozen=True)
class KindFacts:
    """What there is to know of a kind."""

    title: str
    says: str
    """One sentence: for whom it is, and what is in it."""
    what: What
    """What the audit trail calls it."""
    file: str
    """What its files are called, without the end."""
    audience: Audience
    """As whose facts it is made; the profile's may be chosen, of `others` too."""
    others: tuple[Audience, ...] = ()

    @property
    def audiences(self) -> tuple[Audience, ...]:
        """All that it may be made for."""
        return (self.audience, *self.others)


KINDS: Mapping[Kind, KindFacts] = {
    Kind.STEERING: KindFacts(
        title="Steering group pack",
        says="For a meeting of the Prevent steering group: the list of flagged wards with a map, what is new, what persists, "
        "what eased, and what became of what was decided last time.",
        what=What.STEERING_PACK,
        file="steering-pack",
        audience=Audience.STEERING,
    ),
    Kind.MINUTES: KindFacts(
        title="Minutes",
        says="For those who were at a meeting of the steering group: what was decided, who does it and by when, and what became "
        "of earlier decisions.",
        what=What.MINUTES,
        file="minutes",
        audience=Audience.STEERING,
    ),
    Kind.PROFILE: KindFacts(
        title="Profile refresh",
        says="For whoever writes the Counter Terrorism Local Profile: years and quarters in tables and maps, what changed, known "
        "breaks, and how good the data are.",
        what=What.PROFILE,
        file="profile-refresh",
        audience=Audience.INSPECTOR,
        others=(Audience.ANALYST, Audience.STEERING),
    ),
    Kind.SCRUTINY: KindFacts(
        title="Scrutiny paper",
        says="For an overview and scrutiny committee, which meets in public: areas of several wards in bands, and nothing of a "
        "single ward.",
        what=What.SCRUTINY_PAPER,
        file="scrutiny-paper",
        audience=Audience.PUBLIC,
    ),
    Kind.EVIDENCE: KindFacts(
        title="Evidence for a bid",
        says="For a bid for project money: how the wards that you choose stand, what was agreed there before, and in your own "
        "words what the project would do.",
        what=What.EVIDENCE,
        file="evidence",
        audience=Audience.COUNCILLOR,
    ),
    Kind.BRIEFINGS: KindFacts(
        title="Pack of briefings",
        says="For officers who brief ward councillors: the drafts of all wards that are due, of all wards, or of those that you "
        "choose, in one ZIP file.",
        what=What.BRIEFINGS_PACK,
        file="briefings",
        audience=Audience.COUNCILLOR,
    ),
}

OF_A_MEETING = frozenset({Kind.STEERING, Kind.MINUTES})
"""Kinds that are of one meeting, whose day may be given."""


def kinds_for(audience: Audience) -> tuple[Kind, ...]:
    """Say which kinds hold no more than what an audience may have: it may make these, as its own."""
    return tuple(kind for kind, facts in KINDS.items() if audience in facts.audiences)
