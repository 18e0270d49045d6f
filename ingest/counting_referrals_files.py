"""Counts of an export by person as a referrals file, held to the checks of referrals before it is put in place."""

import json
from pathlib import Path

import pandas as pd

from data.durable import write_file, write_text
from data.errors import RefusedInputError, UsageError, unwritable
from data.headings import PROVENANCE
from data.readers import read_referrals
from data.row_checks import INVENTED
from data.settings import Referrals, Settings
from data.version import software_version
from ingest.counting_files import account_file, check_out
from ingest.counting_referrals import COUNTED, ReferralCounts

SETTINGS_TO_LOAD = "[referrals]\n" + "\n".join(f'{key} = "{key}"' for key in [*COUNTED, "count"])
"""Lines of the settings with which an ordinary load reads the counts. They are the defaults."""


def check_referrals_out(path: Path, *, export: Path) -> None:
    """Refuse a place for the counts before the export is read.

    Raises
    ------
    UsageError
        If it is the export itself, of another kind than CSV, or cannot be written.
    """
    check_out(path, suffixes=(".csv",))
    if any(one.exists() and export.exists() and one.samefile(export) for one in (path, account_file(path))):
        raise UsageError("--out is the export itself. Name another file: the export is read and left as it is.")


def write_referral_counts(path: Path, counted: ReferralCounts, *, settings: Settings) -> None:
    """Write counts, for their owner alone, and the account beside them.

    Raises
    ------
    RefusedInputError
        If what would be written does not pass as referrals: then there is no file.
    UsageError
        If it cannot be written, as on a full disk.
    """
    table = counted.counts.assign(**({PROVENANCE: INVENTED} if counted.invented else {}))

    def write(beside: Path) -> None:
        table.to_csv(beside, index=False, lineterminator="\n")
        _check(beside, counted, settings=settings, name=path.name)

    try:
        write_file(path, write)
        write_text(account_file(path), _account(counted, settings=settings))
    except OSError as error:
        raise unwritable(path, error) from error


def _check(beside: Path, counted: ReferralCounts, *, settings: Settings, name: str) -> None:
    """Read the file back as any referrals file is read, refusals of people included."""
    refused = f"{name} was not written: the counts do not pass the checks of a referrals file."
    try:
        read = read_referrals(beside, Referrals(), limits=settings.limits)
    except RefusedInputError as error:
        raise RefusedInputError(f"{refused} {str(error).replace(beside.name, name)}") from None
    columns = [*COUNTED, "count"]
    if not read.rows[columns].reset_index(drop=True).equals(counted.counts[columns].astype(read.rows[columns].dtypes)):
        raise RefusedInputError(
            f"{refused} They read differently from what was counted. Check the words that [referral_export] lists."
        )


def _account(counted: ReferralCounts, *, settings: Settings) -> str:
    """Say in numbers what became of the rows. Neither the export's name nor a row of it stands here."""
    report, quarters = counted.report, counted.counts["quarter"]
    content = {
        "software_version": software_version(),
        "partnership": settings.partnership.name,
        "vintage": settings.wards.vintage,
        "invented": counted.invented,
        "rows_read": report.rows_read,
        "rows_used": report.used,
        "rows_not_used": report.not_used,
        "counted_as_other": counted.not_listed,
        "referrals": int(counted.counts["count"].sum()),
        "rows_of_counts": len(counted.counts),
        "first_quarter": quarters.min(),
        "last_quarter": quarters.max(),
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def small_counts(counts: pd.DataFrame, *, up_to: int) -> int:
    """Count the rows whose count is small enough to tell of a person."""
    return int((counts["count"] <= up_to).sum())
