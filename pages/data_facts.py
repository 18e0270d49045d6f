"""What the screen *Data* is drawn from: the load of whoever is here, the snapshots there are, two of them compared."""

import os
from pathlib import Path

import streamlit as st

from data.manifest import Manifest
from data.snapshots import Snapshot
from disclosure.audiences import Audience, permission
from disclosure.comparing import ReleasedComparison, release_comparison
from disclosure.marking import Marking, make_marking
from disclosure.people import Person
from disclosure.reports import ReleasedReport, release_report
from ingest.presetting import Recognised
from ingest.staged_files import StagedFile, clear_left
from ingest.staging import FOLDER, Staging
from ingest.times import Standing
from ingest.understanding import Understood
from pages.session import SETTINGS_VARIABLE, is_demonstration, reader_as, settings_in_use, snapshot_ids, store

KIND_NAMES = {
    "wards": "Ward boundaries",
    "population": "Populations",
    "referrals": "Referrals",
    "incidents": "Incidents",
    "provision": "Provision",
}


def staging_of(person: Person) -> Staging:
    """The load of a person; loads that were left for long are removed first."""
    clear_left(store().folder / FOLDER)
    return Staging(store(), who=person.id, settings=settings_in_use())


def settings_file() -> Path | None:
    """The partnership's settings file; none for the demonstration area."""
    named = os.environ.get(SETTINGS_VARIABLE)
    return Path(named) if named and not is_demonstration() else None


def recognised_columns(file: StagedFile, understood: Understood, *, staging: Staging) -> Recognised:
    """What the columns of a file seem to hold: looked into once as long as nothing else is mapped."""
    return _recognised(f"{_of_load(staging)} {file}", _file=file, _staging=staging, _understood=understood)


@st.cache_resource(show_spinner="Looking at the columns", max_entries=100)
def _recognised(
    which: str,  # noqa: ARG001  # what the cache goes by
    *,
    _file: StagedFile,
    _staging: Staging,
    _understood: Understood,
) -> Recognised:
    return _staging.recognised(_file, _understood)


def standing_of(kind: str, *, staging: Staging) -> Standing | None:
    """The times of the files of a kind beside those that were loaded before: looked at once, too."""
    files = [one for one in staging.state.files if one.kind == kind] if staging.state else []
    return _standing(f"{_of_load(staging)} {files}", kind, _staging=staging)


@st.cache_resource(show_spinner="Looking at the quarters", max_entries=50)
def _standing(
    which: str,  # noqa: ARG001  # what the cache goes by
    kind: str,
    *,
    _staging: Staging,
) -> Standing | None:
    return _staging.standing(kind)


def _of_load(staging: Staging) -> str:
    """Text that is another for another load, another mapping, other settings, and after another snapshot was accepted."""
    state = staging.state
    return f"{state.begun if state else ''} {state.mark if state else ''} {staging.settings} {snapshot_ids()[:1]}"


def marking_of_load() -> Marking:
    """Mark what is said of a load that is not a snapshot yet: it holds no figure of the snapshots."""
    invented = ("wards",) if is_demonstration() else ()
    settings = settings_in_use()
    return make_marking(handling=settings.disclosure.handling, invented=invented, partnership=settings.partnership.name)


def history() -> list[Manifest]:
    """What is known of each snapshot that can be shown, the newest first."""
    return [store().manifest(id) for id in snapshot_ids()]


def exact_reports(snapshot: Snapshot | Manifest) -> tuple[ReleasedReport, ...]:
    """The accounts of a snapshot as an analyst may have them."""
    rule = settings_in_use().disclosure
    manifest = snapshot.manifest if isinstance(snapshot, Snapshot) else snapshot
    exact = permission(Audience.ANALYST, rule=rule).exact
    return tuple(release_report(report, exact=exact, rule=rule) for report in manifest.reports)


@st.cache_resource(show_spinner="Comparing", max_entries=20)
def comparison_of(later: str, earlier: str, districts: tuple[str, ...] | None) -> ReleasedComparison:
    """Two snapshots beside each other, for an analyst of these districts."""
    both = [store().open(one) for one in (later, earlier)]
    return release_comparison(both[0], both[1], rule=settings_in_use().disclosure, districts=districts)


def comparison_for_analyst(later: str, earlier: str) -> ReleasedComparison:
    """Two snapshots beside each other, for the analyst who is here."""
    return comparison_of(later, earlier, reader_as(Audience.ANALYST).districts)


@st.cache_resource(show_spinner="Comparing with what was loaded before", max_entries=4)
def comparison_of_load(who: str, staged: str, before: str) -> ReleasedComparison:
    """A load that is not accepted yet beside the newest snapshot; the same id has the same content."""
    later = Staging(store(), who=who, settings=settings_in_use()).staged()
    assert later is not None
    assert later.id == staged
    return release_comparison(later, store().open(before), rule=settings_in_use().disclosure, districts=None)
