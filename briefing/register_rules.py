"""Which step may follow which, and who may take it: pure, so that screens can ask before they offer a button."""

from collections.abc import Mapping

from briefing.register_records import OPEN, STANDING, BriefingRecord, State
from data.errors import UsageError
from disclosure.people import Person

_AFTER: Mapping[State, tuple[State, ...]] = {
    State.CHECKED: (State.DRAFTED,),
    State.APPROVED: (State.CHECKED,),
    State.ISSUED: (State.APPROVED,),
    State.REVIEWED: STANDING,
    State.WITHDRAWN: (*OPEN, *STANDING),
    State.SUPERSEDED: STANDING,
}
"""What each step may follow. A text that is saved goes back to a draft from anything that is open."""
_FIRST = {
    (State.DRAFTED, State.APPROVED): "It has to be checked first.",
    (State.DRAFTED, State.ISSUED): "It has to be checked and approved first.",
    (State.CHECKED, State.ISSUED): "It has to be approved first.",
}
_ALREADY = {
    State.CHECKED: "It has been checked already.",
    State.APPROVED: "It has been approved already.",
    State.ISSUED: "It has been issued already, and an issued briefing never changes. Begin one that takes its place.",
    State.REVIEWED: "It has been issued already, and an issued briefing never changes. Begin one that takes its place.",
    State.WITHDRAWN: "It was withdrawn. Begin a new one.",
    State.SUPERSEDED: "Another briefing has taken its place. Open that one.",
}
_NOT_ISSUED = "It has to be issued first."


def why_not_step(
    record: BriefingRecord, step: State, *, by: Person, second_person: bool, version: int | None = None
) -> str | None:
    """Say why a person may not take a step with a briefing; `None` if they may.

    Parameters
    ----------
    second_person
        Section `[briefing]`: whether nobody may check what they wrote, nor approve what they wrote or checked. People are told
        apart by their ids: someone who signs in in two ways is two.
    version
        The version that the person has read, for a check and an approval.
    """
    if record.state not in _AFTER[step]:
        return _wrong_order(record.state, step)
    if version is not None and version != record.version:
        return (
            f"A newer text was saved meanwhile: version {record.version}, by {record.savers[record.version - 1].name}, and you "
            f"have read version {version}. Read the newer one first."
        )
    return _why_not_this_person(record, step, by=by) if second_person else None


def check_step(
    record: BriefingRecord, step: State, *, by: Person, second_person: bool, version: int | None = None
) -> None:
    """Refuse a step that may not be taken. Parameters as of `why_not_step`.

    Raises
    ------
    UsageError
        Saying why, and what has to come first.
    """
    if why := why_not_step(record, step, by=by, second_person=second_person, version=version):
        raise UsageError(why)


def _wrong_order(state: State, step: State) -> str:
    if (state, step) in _FIRST:
        return _FIRST[state, step]
    if step in (State.REVIEWED, State.SUPERSEDED) and state in OPEN:
        return _NOT_ISSUED
    return _ALREADY[state]


def _why_not_this_person(record: BriefingRecord, step: State, *, by: Person) -> str | None:
    wrote = by.id in {one.who for one in record.savers}
    if step is State.CHECKED and wrote:
        return "Who wrote any of it cannot check it. Ask somebody else to."
    if step is State.APPROVED and wrote:
        return "Who wrote any of it cannot approve it. Ask somebody else to."
    if step is State.APPROVED and record.checker is not None and by.id == record.checker.who:
        return "Who checked it cannot approve it as well. Ask somebody else to."
    return None
