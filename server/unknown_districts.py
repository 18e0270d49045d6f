"""Districts that the settings give somebody and that the data do not have, most often by a slip of spelling."""

import logging

from data.errors import WardOverlapError
from data.settings import Settings
from data.snapshots import SnapshotStore
from ingest.places import snapshot_folder

_log = logging.getLogger(__name__)


def warn_of_unknown_districts(settings: Settings) -> None:
    """Log a line if `[access]` names districts in which no ward of the newest snapshot lies.

    It stops nothing: a snapshot with them may be on its way. Without a snapshot, or with one that cannot be read, there is
    nothing to compare with, and the screens say what is the matter.
    """
    named = {district for group in (settings.access.groups if settings.access else ()) for district in group.districts}
    if not named:
        return
    try:
        snapshot = SnapshotStore(snapshot_folder(settings)).newest()
        unknown = named - set(snapshot.wards()["district"])
    except WardOverlapError:
        return
    if unknown:
        _log.warning(
            "[access] names districts in which no ward of the newest snapshot lies: %s. Whoever has only these sees nothing. "
            "Write them as the boundaries file does.",
            ", ".join(repr(district) for district in sorted(unknown)),
        )
