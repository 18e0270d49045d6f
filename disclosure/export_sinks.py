"""Kinds of file that a run can leave, each made from the same released table: CSV and GeoJSON here, others beside."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.spreadsheet_text import harmless_table
from disclosure.export_themes import Theme
from disclosure.marking import Marking
from disclosure.output_files import as_json, write_whole_bytes
from disclosure.run_facts import figures_facts, file_hashes

SIGNIFICANT_DIGITS = 6
RECORD = "run.json"
METRES = "EPSG:27700"
"""Of files for a geographical information system; GeoJSON is EPSG:4326, as RFC 7946 wants it."""


@dataclass(frozen=True)
class Exported:
    """All that stands in the files of a run, as one audience may have it. Kinds of file arrange it and add nothing."""

    name: str
    """Of the files, without an ending."""
    title: str
    table: gpd.GeoDataFrame
    """EPSG:4326, a row a ward or area; `marking` is a column of it."""
    facts: Mapping[str, object]
    """As `disclosure.run_facts` gives them; the same for the same run."""
    marking: Marking
    window: str
    """In words."""
    made_at: datetime
    """When the snapshot was made: files that must hold a time hold this one, so that the same run gives the same bytes."""
    themes: tuple[Theme, ...]
    """How it is coloured, the usual way first."""
    credit: str = ""
    """Whose boundaries these are."""

    @property
    def attributes(self) -> pd.DataFrame:
        """The table without its outlines."""
        return pd.DataFrame(self.table.drop(columns="geometry"))

    def origin(self) -> str:
        """Where the figures came from, as JSON: marking, snapshot, window, question, settings, versions."""
        return as_json({name: self.facts[name] for name in _ORIGIN if name in self.facts})

    def how_to_read(self) -> str:
        """Say from where on a risk is high, where that was asked, and what the incidents are."""
        asked = self.facts["question"]
        threshold = asked.get("threshold") if isinstance(asked, Mapping) else None
        high = f"High is a true risk above {threshold:g} times the area's, not a high count. " if threshold else ""
        return f"{high}Recorded incidents are what reached the police."

    def origin_in_words(self) -> dict[str, str]:
        """Say the least that every file must carry: marking, handling, snapshot, window, version."""
        versions = self.facts["versions"]
        software = versions["ward_overlap"] if isinstance(versions, Mapping) else ""
        return {
            "marking": " ".join(self.marking.lines()),
            "snapshot": str(self.facts["snapshot"]),
            "window": self.window,
            "audience": str(self.facts["audience"]),
            "software": f"Ward Overlap {software}",
            **({"boundaries": self.credit} if self.credit else {}),
        }


_ORIGIN = (
    *("marking", "audience", "snapshot", "partnership", "vintage", "invented", "stand_in", "window", "question"),
    *("settings", "versions", "shown_before"),
)
Sink = Callable[[Exported], Mapping[str, bytes]]
"""Gives files by name."""


def csv_file(exported: Exported) -> dict[str, bytes]:
    """Write the table as CSV."""
    return {f"{exported.name}.csv": table_csv(exported.attributes).encode()}


def geojson_file(exported: Exported) -> dict[str, bytes]:
    """Write table and outlines as GeoJSON, EPSG:4326."""
    return {f"{exported.name}.geojson": exported.table.to_json().encode()}


USUAL: tuple[Sink, ...] = (csv_file, geojson_file)


def table_csv(table: pd.DataFrame) -> str:
    """Write a table as CSV, with no more digits than mean anything, and no cell or heading that a spreadsheet would run."""
    return harmless_table(table).to_csv(index=False, float_format=f"%.{SIGNIFICANT_DIGITS}g", lineterminator="\n")


def write_exported(exported: Exported, *, folder: Path, sinks: Sequence[Sink], seconds: float) -> list[Path]:
    """Write a run as files of some kinds.

    Returns
    -------
    list of Path
        `run.json` last: where it is, the others are as well.

    Raises
    ------
    UsageError
        If the folder cannot be written.
    """
    files = {name: content for sink in sinks for name, content in sink(exported).items()}
    facts = {
        **exported.facts,
        "figures": figures_facts(table_csv(exported.attributes)),
        "files": file_hashes(files),
        "seconds": round(seconds, 1),
    }
    return [
        write_whole_bytes(folder / name, content)
        for name, content in [*files.items(), (RECORD, as_json(facts).encode())]
    ]
