"""What a conversion between vintages leaves: counts that `ingest` reads, shares that can be given back as a lookup, a report."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from data.durable import write_folder
from data.errors import UsageError
from data.headings import PROVENANCE
from data.report import TableReport
from data.row_checks import INVENTED
from data.settings import Settings
from data.spreadsheet_text import harmless_table
from data.version import software_version
from geo.vintage_weights import AREA, BASES, CODE, RESIDENTS
from ingest.converting import Converted

COUNTS, PEOPLE, SHARES, REPORT = "referrals.csv", "population.csv", "shares.csv", "report.json"
_KEYS = ("ward_code", "ward_name", "district", "quarter", "category", "sector", "count")
_PEOPLE = {
    "code": "ward_code",
    "name": "ward_name",
    "district": "district",
    "residents": "residents",
    "workday": "workday",
}
_DIGITS = 4
HONEST = (
    "Counts of divided wards are dealt out by shares: their sums over a window are expected values, not what was counted there. "
    "A small count in such a ward says nothing of that ward."
)
INCIDENTS = "Incidents with points are not converted: `ingest` joins them to the new wards afresh."


def check_out(out: Path) -> None:
    """Refuse a folder that is there already, before anything is computed.

    Raises
    ------
    UsageError
        Naming it.
    """
    if out.exists() or out.is_symlink():
        raise UsageError(f"{out} is there already. Name a folder that is not there yet.")


def write_converted(out: Path, done: Converted, *, settings: Settings) -> None:
    """Write the files, for their owner alone; all of them or none.

    Raises
    ------
    UsageError
        If they cannot be written, or another process wrote there meanwhile.
    """

    def fill(folder: Path) -> None:
        for name, table in _tables(done, settings=settings).items():
            harmless_table(table).to_csv(folder / name, index=False, lineterminator="\n")
        text = json.dumps(report_of(done, settings=settings), indent=2, ensure_ascii=False, allow_nan=False)
        (folder / REPORT).write_text(text + "\n", encoding="utf-8")
        for one in folder.iterdir():
            one.chmod(0o600)

    try:
        written = write_folder(out, fill)
    except OSError as error:
        raise UsageError(
            f"{out} cannot be written ({error.strerror}). Check the folder, its permissions and the space left."
        ) from error
    if not written:
        raise UsageError(f"{out} is there already. Name a folder that is not there yet.")


def _tables(done: Converted, *, settings: Settings) -> dict[str, pd.DataFrame]:
    """Name columns as the settings do, so that an ordinary load reads them."""
    said = settings.referrals
    headings = {key: heading for key in _KEYS if (heading := getattr(said, key))}
    if done.referrals["sector"].isna().all() and "sector" not in said.model_fields_set:
        headings.pop("sector")
    tables = {COUNTS: _marked(done.referrals[[*headings]].rename(columns=headings), invented=done.invented)}
    if done.people is not None:
        named = {column: heading for key, column in _PEOPLE.items() if (heading := getattr(settings.population, key))}
        tables[PEOPLE] = _marked(done.people[[*named]].rename(columns=named), invented=done.people_invented)
    return tables | {SHARES: shares_table(done)}


def _marked(table: pd.DataFrame, *, invented: bool) -> pd.DataFrame:
    return table.assign(**{PROVENANCE: INVENTED}) if invented else table


def shares_table(done: Converted) -> pd.DataFrame:
    """List the share of each old ward that went to each new one, as a lookup that can be corrected and given back."""
    table = done.weights.table
    names = [vintage.wards.set_index("ward_code")["ward_name"] for vintage in (done.old, done.new)]
    return pd.DataFrame(
        {
            "from_code": table["from_code"],
            "from_name": table["from_code"].map(names[0]),
            "to_code": table["to_code"],
            "to_name": table["to_code"].map(names[1]),
            "share": table["share"],
            "basis": table["basis"],
        }
    )


def report_of(done: Converted, *, settings: Settings) -> dict[str, object]:
    """Say what was done. Shares and codes are of boundaries; counts are of the whole area only."""
    asked, drawing = done.asked, done.weights.drawing
    return {
        "software_version": software_version(),
        "partnership": settings.partnership.name,
        "from": {"file": done.old.file, "vintage": done.old.year, "wards": len(done.old.wards)},
        "to": {"file": done.new.file, "vintage": done.new.year, "wards": len(done.new.wards)},
        "lookup": asked.lookup.name if asked.lookup else None,
        "divided_by": asked.weights,
        "seed": asked.seed,
        "invented": done.invented,
        "old_wards": old_wards(done),
        "new_wards": new_wards(done),
        "drawing": {key: _plain(value) for key, value in asdict(drawing).items()},
        "moved": {key: {part: _plain(n) for part, n in asdict(moved).items()} for key, moved in done.moved.items()},
        "referrals_before_and_after": [int(done.moved["referrals"].total), int(done.referrals["count"].sum())],
        "remarks": list(done.remarks),
        "notes": [HONEST, INCIDENTS],
        "tables": [_table(report) for report in done.reports],
    }


def old_wards(done: Converted) -> dict[str, int]:
    """Count the old wards by what their shares are known by, and how many are divided."""
    basis = done.weights.table.drop_duplicates("from_code")["basis"].value_counts()
    return {one: int(basis.get(one, 0)) for one in BASES} | {"divided": done.weights.split["from_code"].nunique()}


def new_wards(done: Converted) -> dict[str, int]:
    """Count the new wards by what they are made of."""
    table = done.weights.table
    table = table.assign(part=table["from_code"].duplicated(keep=False), same=table["basis"] == CODE)
    made = table.groupby("to_code").agg(n=("from_code", "size"), part=("part", "any"), same=("same", "all"))
    one = (made["n"] == 1) & ~made["part"]
    return {
        "as before": int((one & made["same"]).sum()),
        "one old ward under another code": int((one & ~made["same"]).sum()),
        "several whole old wards": int(((made["n"] > 1) & ~made["part"]).sum()),
        "with parts of old wards": int(made["part"].sum()),
        "nothing went there": len(done.new.wards) - len(made),
    }


def _plain(value: object) -> object:
    """Round numbers to what they are good for; what is missing is null."""
    if not isinstance(value, float):
        return value
    return None if value != value else round(value, _DIGITS)  # not a number


def _table(report: TableReport) -> dict[str, object]:
    return {
        "table": report.table,
        "files": list(report.files),
        "rows_read": report.rows_read,
        "rows": report.rows,
        "notes": list(report.notes),
        "findings": [finding.sentence() for finding in report.findings],
    }


def lines_of(done: Converted) -> Iterator[str]:
    """Say it to the person who ran it."""
    before, after = old_wards(done), new_wards(done)
    yield f"{len(done.old.wards):,} wards of {done.old.year} to {len(done.new.wards):,} of {done.new.year}"
    undivided = len(done.old.wards) - before["divided"]
    by = ", ".join(f"{n:,} by {basis}" for basis, n in before.items() if n and basis in BASES[:4])
    yield f"  old wards that go whole: {undivided:,} ({by})"
    yield f"  old wards that are divided: {before['divided']:,} ({before[AREA]:,} by area, {before[RESIDENTS]:,} by residents)"
    yield "  new wards: " + ", ".join(f"{n:,} {kind}" for kind, n in after.items() if n)
    yield from _lines_of_drawing(done)
    for measure, moved in done.moved.items():
        if moved.total:
            whole, split, away, wrong = (
                f"{part / moved.total:.1%}" for part in (moved.whole, moved.split, moved.away, moved.misplaced)
            )
            yield (
                f"  {measure}: {whole} in wards that go whole, {split} in wards that are divided "
                f"({away} leaves the largest piece; {wrong} expected in a wrong ward)"
            )
    yield f"  referrals: {done.moved['referrals'].total:,.0f} before, {done.referrals['count'].sum():,} after"
    for remark in done.remarks:
        yield f"  ! {remark}."


def _lines_of_drawing(done: Converted) -> Iterator[str]:
    drawing = done.weights.drawing
    yield f"  pieces no wider than {drawing.width:,.0f} m are taken for differences of drawing ({drawing.how})"
    if drawing.pieces:
        yield (
            f"    where code and name were kept: pieces up to {drawing.most:,.0f} m wide, "
            f"{drawing.median_share:.1%} of a ward in others (most: {drawing.most_share:.1%})"
        )
    if drawing.how == "assumed":
        yield "    too few wards kept code and name to measure it: for outlines in full detail say --widest-sliver 20"
