"""What a run leaves behind: overlap.csv, overlap.geojson and run.json or other files, as one audience may have them."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import geopandas as gpd
import pandas as pd

from analysis.counting import MEASURES
from analysis.question import Question
from data.spreadsheet_text import harmless_table
from data.version import software_version
from disclosure.export_sinks import USUAL, Exported, Sink, table_csv, write_exported
from disclosure.export_themes import themes_of_overlap
from disclosure.gate import PROBABILITIES, Released
from disclosure.output_files import make_folder
from disclosure.provision import Status, kinds_in_words
from disclosure.run_facts import run_facts
from disclosure.views import SnapshotView

__all__ = ["exported_run", "result_table", "table_csv", "table_with_provision", "write_run"]

_RISK_STEMS = ("observed", "expected", "rate", "relative_risk", "relative_risk_low", "relative_risk_high")


def write_run(
    view: SnapshotView,
    *,
    question: Question,
    folder: Path,
    progress: Callable[[str], None] = lambda _: None,
    before_writing: Callable[[Question], None] = lambda _: None,
    sinks: Sequence[Sink] = USUAL,
) -> list[Path]:
    """Model, release and write.

    Parameters
    ----------
    view : SnapshotView
        The snapshot as the audience may have it.
    folder : Path
        Made if it is not there; files of the same names are replaced.
    before_writing
        Called with the question that is answered, to record it; what it raises leaves nothing written.
    sinks
        Kinds of file.

    Returns
    -------
    list of Path
        The files written; `run.json` last, so that where it is the others are as well.

    Raises
    ------
    UsageError
        If the audience may not ask this, or the folder cannot be written.
    RefusedInputError
        If no ward has a denominator.
    """
    view.check(question)
    make_folder(folder)
    progress("Fitting the overlap model")
    started = time.perf_counter()
    released = view.answer(question)
    seconds = time.perf_counter() - started
    before_writing(released.question)
    progress("Writing the results")
    if said := view.shown_before(released.window):
        progress(said)
    return write_exported(exported_run(released, view=view), folder=folder, sinks=sinks, seconds=seconds)


def exported_run(released: Released, *, view: SnapshotView) -> Exported:
    """Arrange all that stands in the files of a run."""
    table = result_table(released, view=view)
    outlines = view.outlines()[["ward_code", "geometry"]]
    return Exported(
        name="overlap",
        title="Where referrals and recorded incidents are both high",
        table=gpd.GeoDataFrame(table.merge(outlines, on="ward_code", validate="1:1"), crs=outlines.crs),
        facts=run_facts(released, view=view),
        marking=view.marking,
        window=released.window.in_words(),
        made_at=view.manifest.created_at,
        themes=themes_of_overlap(released),
        credit=view.settings.wards.credit or "",
    )


def result_table(released: Released, *, view: SnapshotView) -> pd.DataFrame:
    """Arrange the released wards for a file: one row a ward, the marking in its own column.

    A name that a spreadsheet would run as a formula gets an apostrophe before it; counts lose the comma of thousands.
    """
    stems = [f"{stem}_{measure}" for measure in MEASURES for stem in _RISK_STEMS]
    columns = ["ward_code", "ward_name", "district", *stems, *PROBABILITIES, "certainty", "class", "flagged"]
    present = [column for column in columns if column in released.wards]
    table = released.wards[present].assign(
        made_from=_origin(released, view=view), marking=" ".join(view.marking.lines())
    )
    names = ["ward_code", "ward_name", "district"]
    table[names] = harmless_table(table[names])
    written = () if released.exact else [f"observed_{measure}" for measure in MEASURES]
    for column in (column for column in written if column in table):
        table[column] = table[column].str.replace(",", "")
    return table


def table_with_provision(released: Released, *, view: SnapshotView) -> pd.DataFrame:
    """Arrange the released wards as `result_table` does, with what is known to run in each, and on which day that is.

    Both columns are there where a file of it was loaded and the audience may have it, and never say what it costs.
    """
    table = result_table(released, view=view)
    provision = view.provided(released.window)
    if provision is None:
        return table
    runs = [kinds_in_words(provision.of(code, Status.RUNNING)) for code in table["ward_code"].astype(str)]
    told = pd.DataFrame({"known_to_run": runs}, index=table.index, dtype="str")
    whole = table.assign(**harmless_table(told), known_to_run_on=provision.day.isoformat())
    return whole[[*table.columns[:-2], "known_to_run", "known_to_run_on", *table.columns[-2:]]]


def _origin(released: Released, *, view: SnapshotView) -> str:
    question = released.question
    chosen = [*question.concerns, *question.sectors, *question.strands]
    parts = [
        f"snapshot {view.manifest.id}",
        released.window.in_words(),
        f"threshold {question.threshold:g}",
        f"incidents per {question.denominator}",
        f"only {', '.join(chosen)}" if chosen else "all categories",
        f"for {released.audience}",
        f"software {software_version()}",
    ]
    return "; ".join(parts)
