"""What inputs are on the command line besides files: the newest file of a folder, and what a query of the settings gives."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from data.settings import Settings
from ingest.places import snapshot_folder
from verbs.common import say_progress

if TYPE_CHECKING:
    from data.queried import InputFile
    from data.sources.querying import Wanted

QUERY = "query:"
_NO_LIMIT = 10**9


@contextmanager
def asked_for(
    given: Mapping[str, Sequence[str | Path]], *, settings: Settings, in_blocks: bool = False
) -> "Iterator[dict[str, list[InputFile]]]":
    """Run the queries among some inputs; what they give is there until the end of the block. Files stay as they are.

    Parameters
    ----------
    given
        Role of each input (`wards`, `population`, `referrals`, `incidents`, `provision`, `lookup`), and what was given for it.
    in_blocks
        Whether incidents are read in blocks: then they may have any number of rows.

    Raises
    ------
    UsageError, RefusedInputError
        As `data.sources.querying.queried`.
    """
    with ExitStack() as open_tables:
        taken: dict[str, list[InputFile]] = {role: [] for role in given}
        for role, inputs in given.items():
            for one in inputs:
                taken[role].append(_one(one, role, settings=settings, in_blocks=in_blocks, within=open_tables))
        yield taken


def is_query(text: str | Path) -> bool:
    """Tell whether an input is given as a query."""
    return str(text).startswith(QUERY)


def _one(one: str | Path, role: str, *, settings: Settings, in_blocks: bool, within: ExitStack) -> "InputFile":
    if not is_query(one):
        return Path(one)
    from data.sources.querying import queried

    name = str(one).removeprefix(QUERY)
    say_progress(f"Asking the database for the {role}")
    wanted = wanted_of(role, settings=settings, in_blocks=in_blocks)
    return within.enter_context(queried(name, wanted, settings=settings, folder=snapshot_folder(settings)))


def wanted_of(role: str, *, settings: Settings, in_blocks: bool = False) -> "Wanted":
    """Say what the input of a role may hold: the columns that the settings map, and no other."""
    from data.headings import PROVENANCE
    from data.sources.querying import Wanted

    limits = settings.limits
    if role == "lookup":
        return Wanted("lookup", None, rows=limits.rows)
    mapped = _incidents(settings) if role == "incidents" else _mapped(role, settings=settings)
    rows = limits.wards if role == "wards" else _NO_LIMIT if in_blocks and role == "incidents" else limits.rows
    return Wanted(role, (*mapped, PROVENANCE), outline=role == "wards", rows=rows)


def _mapped(role: str, *, settings: Settings) -> tuple[str, ...]:
    from ingest.understanding import COLUMNS

    section = getattr(settings, role)
    return tuple(str(getattr(section, key)) for key in COLUMNS[role] if getattr(section, key))


def _incidents(settings: Settings) -> tuple[str, ...]:
    from data.incident_columns import mapped_headings

    return tuple(mapped_headings(settings.incidents).values())
