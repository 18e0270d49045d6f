"""Whether a question gives the same figures again, and what differs: columns and versions, never a value."""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from pydantic import JsonValue

from data.manifest import hash_file
from data.visible_text import visible_text
from disclosure.export_sinks import SIGNIFICANT_DIGITS, Exported, table_csv
from disclosure.run_facts import NOT_FIGURES, columns_as_written, figures_facts
from disclosure.run_record import RecordedFigures, RunRecord

RELATIVE, ABSOLUTE = 2 * 10.0 ** (1 - SIGNIFICANT_DIGITS), 1e-6
"""Two units of the last digit that is written, and what is nothing for a probability: another processor may round otherwise.
Words and counts must be the same to the letter."""
LARGEST_TABLE = 64 * 2**20
"""Bytes of a table of figures."""
_WHOLE = {
    "counts": 0.0101,
    "correlation": 0.0011,
    **dict.fromkeys(("no_denominator", "islands", "areas", "statements", "shown_before"), 0.0),
}
"""What `run.json` says of the whole area, and by how much a number with decimals may differ: one unit of its last digit."""


@dataclass(frozen=True)
class Replay:
    """What came of asking again."""

    differences: tuple[str, ...]
    """Of the figures, a sentence each; none where they are the same."""
    remarks: tuple[str, ...]
    """What else is to be known: that versions, settings or marking differ, or what could not be compared."""
    compared: str
    """What was compared, in words."""
    altered: tuple[str, ...] = ()
    """Files beside the `run.json` that are not as the run wrote them, whatever asking again gives."""

    @property
    def same(self) -> bool:
        """Whether the figures are the same and every file that is there is the run's."""
        return not self.differences and not self.altered

    def verdict(self) -> str:
        """Say what came of it, in a line."""
        changed = f"changed since the run: {', '.join(self.altered)}"
        if self.differences:
            return f"It differs: {self.compared}{f'; {changed}' if self.altered else ''}."
        if self.altered:
            return f"Not the same: {changed}. The snapshot gives the figures of the run.json: {self.compared}."
        return f"The same: {self.compared}."


def compare_runs(record: RunRecord, now: Exported, *, beside: Path) -> Replay:
    """Compare a run as it was written with the same question asked now.

    Parameters
    ----------
    beside
        Folder of the `run.json`. If the CSV of the run lies there as it was written, differences are counted by row, and
        numbers may differ by two units of their last digit; else the hash of each column says whether it is the same.
    """
    csv = table_csv(now.attributes)
    then, remark = _table_beside(record, folder=beside, name=f"{now.name}.csv")
    by_row = then is not None
    found = _by_row(then, columns_as_written(csv), floats=_floats(now)) if then is not None else _by_hash(record, csv)
    whole = _whole_differences(record.whole, now.facts)
    rows, columns = record.figures.rows, len(record.figures.sha256)
    return Replay(
        differences=(*found, *whole),
        remarks=(*([remark] if remark else []), *_other_differences(record, now)),
        compared=f"{rows} rows, {columns} columns, {'figure by figure' if by_row else 'column by column, by their hashes'}",
        altered=_altered(record, folder=beside, table=f"{now.name}.csv" if not by_row else ""),
    )


def _altered(record: RunRecord, *, folder: Path, table: str) -> tuple[str, ...]:
    """Name the files of the run that lie there and are not as it wrote them; `table` could not be used, whatever its hash."""
    there = [name for name in sorted(record.files) if Path(name).name == name and (folder / name).is_file()]
    return tuple(
        visible_text(name) for name in there if name == table or hash_file(folder / name) != record.files[name]
    )


def _table_beside(record: RunRecord, *, folder: Path, name: str) -> tuple[dict[str, list[str]] | None, str]:
    """Read the table as it was written; nothing and a sentence where it is not there, or not as it was."""
    without = "so columns are compared by hash, and nobody can say in how many rows one differs, or by how little."
    path = folder / name
    if name not in record.files or not path.is_file():
        return None, f"{name} is not beside the run.json, {without}"
    with path.open("rb") as file:
        content = file.read(LARGEST_TABLE + 1)
    if hashlib.sha256(content).hexdigest() != record.files[name]:
        return None, f"{name} beside the run.json is not as the run wrote it, {without}"
    try:
        text = content.decode()
        if figures_facts(text) == record.figures.model_dump():
            return columns_as_written(text), ""
    except ValueError:
        pass  # no table: as if it held other figures
    return None, f"{name} does not hold the figures that the run.json names, {without}"


def _floats(now: Exported) -> set[str]:
    return {str(name) for name, kind in now.attributes.dtypes.items() if pd.api.types.is_float_dtype(kind)}


def _by_row(then: Mapping[str, list[str]], now: Mapping[str, list[str]], *, floats: set[str]) -> list[str]:
    key = next(iter(now))
    places = {code: place for place, code in enumerate(then.get(key, []))}
    both = [(places[code], place) for place, code in enumerate(now[key]) if code in places]
    said = _rows_in_one(len(places), len(now[key]), both=len(both))
    said += _columns_in_one(set(then), set(now))
    for name in (name for name in now if name in then and name not in NOT_FIGURES):
        pairs = ((then[name][old], now[name][new]) for old, new in both)
        differ = sum(not _same(one, other, number=name in floats) for one, other in pairs)
        if differ:
            said.append(f"{name}: differs in {differ} of {len(both)} rows.")
    return said


def _same(one: str, other: str, *, number: bool) -> bool:
    if one == other or not number:
        return one == other
    try:
        return math.isclose(float(one), float(other), rel_tol=RELATIVE, abs_tol=ABSOLUTE)
    except ValueError:
        return False


def _by_hash(record: RunRecord, csv: str) -> list[str]:
    then, now = record.figures, RecordedFigures.model_validate(figures_facts(csv))
    said = [] if then.rows == now.rows else [f"There were {then.rows} rows and are now {now.rows}."]
    said += _columns_in_one(set(then.sha256), set(now.sha256))
    shared = [name for name in now.sha256 if name in then.sha256]
    return said + [f"{name}: is not the same." for name in shared if then.sha256[name] != now.sha256[name]]


def _rows_in_one(then: int, now: int, *, both: int) -> list[str]:
    if then == now == both:
        return []
    return [f"{then - both} rows were there and are not now, {now - both} are new."]


def _columns_in_one(then: set[str], now: set[str]) -> list[str]:
    gone = sorted(then - now - {*NOT_FIGURES})
    new = sorted(now - then - {*NOT_FIGURES})
    said = [f"{visible_text(name)}: is not given any more." for name in gone]
    return said + [f"{name}: was not given." for name in new]


def _whole_differences(then: Mapping[str, JsonValue], now: Mapping[str, object]) -> list[str]:
    return [
        f"run.json, {name}: is not the same."
        for name, within in _WHOLE.items()
        if not _alike(then.get(name), now.get(name), within=within)
    ]


def _alike(one: object, other: object, *, within: float = 0.0) -> bool:
    """Compare as JSON would have it: lists and tuples are the same."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_alike(one[name], other[name], within=within) for name in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(_alike(first, second, within=within) for first, second in pairs)
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=0.0, abs_tol=within)
    return one == other


def _other_differences(record: RunRecord, now: Exported) -> list[str]:
    """Say what besides the figures is not as it was: versions, settings, marking."""
    versions = _part(now.facts["versions"])
    said = [
        f"Version of {visible_text(name)}: {visible_text(record.versions.get(name, 'not named'))} then, "
        f"{versions.get(name, 'not used')} now."
        for name in sorted({*record.versions, *versions})
        if record.versions.get(name) != versions.get(name)
    ]
    said += [f"Setting {name}: is not as it was." for name in _settings_changed(record.settings, now.facts["settings"])]
    if not _alike(record.whole.get("marking"), now.marking.lines()):
        said.append("The marking is not worded as it was.")
    return said


def _settings_changed(then: object, now: object) -> list[str]:
    one, other = (_leaves(part) for part in (then, now))
    return sorted(visible_text(name)[:100] for name in {*one, *other} if one.get(name) != other.get(name))


def _leaves(settings: object) -> dict[str, object]:
    sections = _part(settings)
    return {f"[{section}] {name}": value for section, keys in sections.items() for name, value in _part(keys).items()}


def _part(facts: object) -> Mapping[str, object]:
    return facts if isinstance(facts, Mapping) else {}
