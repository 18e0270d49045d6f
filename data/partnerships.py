"""The folder that holds the settings of all partnerships of one server: one folder each, with its `settings.toml`.

Each is served by a process of its own, under its own account, in its own path of the address (record 0010). Here is only read who
they are, and whether anything is shared that may not be.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.errors import UsageError, WardOverlapError
from data.in_words import listed
from data.partnership_files import read_partnership_files
from data.settings import Settings, load_settings

PARTNERSHIPS_VARIABLE = "WARD_OVERLAP_PARTNERSHIPS"
"""Environment variable that names the folder."""
PARTNERSHIP_VARIABLE = "WARD_OVERLAP_PARTNERSHIP"
"""Environment variable of a server of one of them: the name of its folder, which is also the end of its path."""
DOOR = "door"
"""Path of the page that lists them, so no partnership may be called that."""
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_MOST = 200


@dataclass(frozen=True)
class Partnership:
    """One of them."""

    slug: str
    """Name of its folder, and of its path."""
    settings: Settings
    folder: Path


@dataclass(frozen=True)
class Partnerships:
    """Those whose settings hold, and a sentence for each that does not."""

    whole: tuple[Partnership, ...]
    faults: tuple[str, ...]


def is_slug(text: str) -> bool:
    """Whether a text may be the name of a partnership's folder and path."""
    return _SLUG.fullmatch(text) is not None and text != DOOR


def read_partnerships(folder: Path, *, given_by: str = PARTNERSHIPS_VARIABLE) -> Partnerships:
    """Read all settings of a folder; one that does not hold keeps no other from being read.

    Parameters
    ----------
    given_by
        The variable or option that names the folder, for sentences.

    Raises
    ------
    UsageError
        If there is no such folder, or it holds far more than a server serves.
    """
    try:
        inside = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    except OSError as error:
        raise UsageError(f"{given_by}: {folder} cannot be read. Check the path and its permissions.") from error
    if len(inside) > _MOST:
        raise UsageError(
            f"{given_by}: {folder} holds more than {_MOST} folders. Name the folder that holds one for each partnership."
        )
    whole, faults = [], []
    for path in inside:
        try:
            if not is_slug(path.name):
                raise UsageError(
                    f"a partnership's folder is named by small letters, figures and hyphens, and not '{DOOR}'."
                )
            whole.append(Partnership(path.name, load_settings(path / "settings.toml"), path))
        except WardOverlapError as error:
            faults.append(f"{path.name}: {error}")
    return Partnerships(tuple(whole), tuple(faults))


def why_not_apart(partnerships: Sequence[Partnership]) -> Iterator[str]:
    """Say what two of them share, or one lacks, so that they would not be kept apart; nothing if all is well.

    The files with secrets beside the settings are looked at where this account may read them. No secret is ever shown.
    """
    for one in partnerships:
        yield from (f"{one.slug}: {fault}" for fault in read_partnership_files(one.folder).faults())
        if one.settings.access is None:
            yield f"{one.slug}: there is no [access], so it cannot be served beside others. Say who may sign in."
    for what, shared in _shared(partnerships).items():
        for slugs in shared:
            yield f"{listed(slugs)} have the same {what}. Give each its own."


def _shared(partnerships: Sequence[Partnership]) -> dict[str, list[list[str]]]:
    by_value: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in partnerships:
        storage = one.settings.storage
        values = {
            "name": one.settings.partnership.name.casefold(),
            "folder of snapshots": storage.snapshots,
            "database of records": storage.records,
            "anchor of the audit": storage.anchor,
            **read_partnership_files(one.folder).must_differ(),
        }
        for what, value in values.items():
            if value:
                by_value[what][value].append(one.slug)
    return {what: [slugs for slugs in found.values() if len(slugs) > 1] for what, found in by_value.items()}
