"""What may be known of tables, told without a store: for the tests of what is made from it."""

from collections.abc import Sequence

from analysis.counting import EventTables
from data.settings import Disclosure
from disclosure.audiences import COARSE_WINDOWS
from disclosure.cells import CellTables
from disclosure.telling import Told, tell


def cells_of(tables: EventTables, *, rule: Disclosure, earlier: Sequence[EventTables] = ()) -> CellTables:
    """Tell a snapshot after those before it, the oldest first."""
    before: list[Told] = []
    for one in earlier:
        before.append(tell(one, rule=rule, lengths=COARSE_WINDOWS, before=before))
    return CellTables(tables, told=tell(tables, rule=rule, lengths=COARSE_WINDOWS, before=before), rule=rule)
