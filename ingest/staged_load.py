"""The files of a load that is not accepted yet as one request to read: what is missing for it, and what it is made of."""

from collections.abc import Callable, Iterable
from pathlib import Path

from ingest.preparing import Load
from ingest.staged_files import StagedFile, State

_ONE_FILE_ONLY = ("wards", "population", "referrals", "provision")


def why_not_read(files: Iterable[StagedFile]) -> str:
    """Say what is missing before files can be read; nothing if they can."""
    given = list(files)
    if not given:
        return "No file is here yet."
    if untold := [one.name for one in given if one.kind is None]:
        return f"Say what kind of file this is: {', '.join(untold)}."
    for kind in _ONE_FILE_ONLY:
        several = [one.name for one in given if one.kind == kind]
        if len(several) > 1:
            return (
                f"There are {len(several)} files of {kind} ({', '.join(several)}), and one is read. Remove the others."
            )
    return ""


def load_of(now: State, *, path_of: Callable[[StagedFile], Path], first: bool) -> Load:
    """Put the files of a load together; in a first one nothing is added to what was there."""
    of: dict[str, list[Path]] = {}
    for file in now.files:
        of.setdefault(str(file.kind), []).append(path_of(file))
    single = {kind: of[kind][0] for kind in _ONE_FILE_ONLY if kind in of}
    added = frozenset() if first else frozenset(now.added) & of.keys()
    return Load(**single, incidents=tuple(of.get("incidents", ())), added=added)
