"""Issues briefings in processes that are killed, and at once, and says what was left: run by test_register_crashes.py, twice.

Every writer and every check is a fork of one process that has imported everything.
"""

import itertools
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine, event

from briefing.register import BriefingRegister, NewerVersionError
from briefing.register_records import State
from briefing.register_tables import REGISTER
from disclosure import audit_anchor
from disclosure.audit_store import TABLES
from tests.killed_twice import main
from tests.killing import ended, forked, in_fork, killer, watched
from tests.record_places import copy_place, make_place
from tests.register_samples import ANN, CASTLE, DAN, approved, documents, issued, register_in, words

WARDS = [replace(CASTLE, ward_code=f"E0501047{number}") for number in range(6)]


def issue(folder: Path, id: int) -> None:
    register_in(folder).issue(id, to="Cllr Smith", by=DAN, make_documents=documents)


def save(folder: Path, id: int) -> None:
    register_in(folder).save(id, words=words("A newer text"), by=ANN, based_on=1)


def check(register: BriefingRegister, *, happened: bool | None) -> None:
    """All of the issue is there or none of it, its record with it; and the next one has the next number."""
    record, rows = register.record(2), register._trail.head().rows
    is_issued = record.state is State.ISSUED
    whole = (
        (record.issue is not None) == is_issued
        and (register.kinds_of_documents(2) == ("docx", "pdf")) == is_issued
        and (len(register.actions(2)) == 1) == is_issued
        and (register.record(1).state is State.SUPERSEDED) == is_issued
        and rows == 7 + is_issued
        and register._trail.verify().ok
    )
    if not whole or happened not in (None, is_issued):
        raise AssertionError(f"half of it: {record.state}, {rows} rows")
    if not is_issued:
        register.issue(2, to="Cllr Smith", by=DAN, make_documents=documents)
    if register.record(2).issue.number != "WO-2026-0002":
        raise AssertionError("a number was left out or given twice")


def check_saved(register: BriefingRegister, *, happened: bool | None) -> None:
    """The approved text counts as it was, or the newer one does, as a draft."""
    record, texts = register.record(2), register.versions(2)
    is_saved = len(texts) == 2
    fitting = (record.state, record.version) == ((State.DRAFTED, 2) if is_saved else (State.APPROVED, 1))
    if not fitting or happened not in (None, is_saved) or not register._trail.verify().ok:
        raise AssertionError(f"half of it: {record.state}, version {record.version}")


def begin(folder: Path) -> None:
    """One that is issued, and one that is approved and is to take its place."""
    make_place(folder, TABLES, REGISTER)
    register = register_in(folder)
    approved(register, in_place_of=issued(register).id)


def die_at(step: int) -> None:
    """Let this process kill itself at a step of writing: around each row, each commit, and each call that touches the anchor."""
    tick = killer(step)
    os.write, os.fsync = (watched(call, tick=tick) for call in (os.write, os.fsync))
    audit_anchor._sync = watched(audit_anchor._sync, tick=tick)
    event.listen(Engine, "commit", tick)
    for moment in ("before_cursor_execute", "after_cursor_execute"):
        event.listen(Engine, moment, lambda *given: tick() if given[2].startswith("INSERT") else None)


def kill_at_each_step(
    before: Path, act: Callable[[Path, int], None], check: Callable[..., None], *, every: int
) -> list[int]:
    """Kill whoever acts at the first step, the second, and so on until one gets to the end; each on a register of its own."""
    found = []
    for step in itertools.count(0, every):
        place = before.with_name(f"{before.name}-{act.__name__}-{step}")
        copy_place(before, place, TABLES, REGISTER)
        found.append(in_fork(lambda step=step, place=place: (die_at(step), act(place, 2))))
        check(register_in(place), happened=True if found[-1] == 0 else None)
        if found[-1] == 0:
            return found
    raise AssertionError


def at_once(folder: Path) -> list[int]:
    """Let processes issue at the same moment."""
    make_place(folder, TABLES, REGISTER)
    register = register_in(folder)
    ids = [approved(register, ward).id for ward in WARDS[:4]]
    processes = [forked(lambda id=id: issue(folder, id)) for id in ids]
    ends = [ended(process) for process in processes]
    numbers = sorted(register.record(id).issue.number for id in ids)
    return [*ends, int(numbers != [f"WO-2026-{number:04d}" for number in range(1, 5)])]


def save_at_once(folder: Path) -> list[int]:
    """Let processes save at the same moment."""

    def save(number: int) -> None:
        try:
            register_in(folder).save(1, words=words(f"Text {number}"), by=DAN, based_on=1)
        except NewerVersionError:
            return  # and it is kept

    make_place(folder, TABLES, REGISTER)
    register = register_in(folder)
    register.draft(CASTLE, words=words("Text"), by=ANN)
    ends = [ended(process) for process in [forked(lambda number=number: save(number)) for number in range(4)]]
    texts = {one.words.context for one in register.versions(1)}
    return [
        *ends,
        int(texts != {"Text", *(f"Text {number}" for number in range(4))}),
        int(len(register.record(1).conflicts) != 3),
    ]


def find(where: Path, every: int) -> dict[str, list[int]]:
    in_fork(lambda: begin(where / "before"))
    return {
        "issuing": kill_at_each_step(where / "before", issue, check, every=every),
        "saving": kill_at_each_step(where / "before", save, check_saved, every=every),
        "issued at once": at_once(where / "issued"),
        "saved at once": save_at_once(where / "saved"),
    }


if __name__ == "__main__":
    main(find, every=6)
