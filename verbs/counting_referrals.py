"""The verb `count-referrals`: an export of referrals by person into counts, run by a person who is cleared to hold it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from data.settings import Settings, load_settings
from disclosure.audit import Action, What
from verbs.common import SettingsOption, record, say_progress, sentences_instead_of_tracebacks
from verbs.permitting import permit

if TYPE_CHECKING:
    from ingest.counting_referrals import ReferralCounts


def count_referrals_command(
    settings: SettingsOption,
    export: Annotated[
        Path, typer.Option(help="Export by person: CSV or Excel. It is read in memory and left as it is.")
    ],
    ward_heading: Annotated[
        str, typer.Option(help="Heading of the ward's code; of its name too, if --wards is given.")
    ],
    date_heading: Annotated[str, typer.Option(help="Heading of the date of referral, or its month or quarter.")],
    category_heading: Annotated[str, typer.Option(help="Heading of the type of concern.")],
    sector_heading: Annotated[str, typer.Option(help="Heading of who referred.")],
    out: Annotated[Path, typer.Option("--out", help="Counts to write: .csv. Their account stands beside.")],
    wards: Annotated[
        Path | None, typer.Option(help="Ward boundaries: only their wards are counted, by code or by name.")
    ] = None,
) -> None:
    """Count a case-management export by ward, quarter, category and sector. Nothing of a person is written or shown."""
    with sentences_instead_of_tracebacks():
        from data.readers import read_wards
        from data.report import NothingUsedError
        from ingest.counting_referrals import ExportHeadings, count_referrals
        from ingest.counting_referrals_files import check_referrals_out, write_referral_counts
        from ingest.report_text import table_lines

        chosen = load_settings(settings)
        permit(chosen, What.REFERRAL_COUNTS, administrator=True)
        check_referrals_out(out, export=export)
        record(Action.MADE, What.REFERRAL_COUNTS, settings=chosen)
        known = read_wards(wards, chosen.wards, limits=chosen.limits).rows if wards else None
        headings = ExportHeadings(ward_heading, date_heading, category_heading, sector_heading)
        try:
            counted = count_referrals(export, headings=headings, settings=chosen, wards=known)
        except NothingUsedError as error:
            for line in table_lines(error.report):
                typer.echo(line)
            raise
        write_referral_counts(out, counted, settings=chosen)
        for line in (*table_lines(counted.report), *_lines(counted, settings=chosen)):
            typer.echo(line)
        _say_what_next(out)
        typer.echo(out)


def _lines(counted: "ReferralCounts", *, settings: Settings) -> Iterator[str]:
    from ingest.counting_referrals_files import small_counts

    for kind, rows in counted.not_listed.items():
        if rows:
            yield f"  {rows:>9,}  counted as Other: the settings do not list their {kind}, or it is blank"
    quarters, least = counted.counts["quarter"], settings.disclosure.suppress_up_to
    yield f"  {len(counted.counts):,} counts, from {quarters.min()} to {quarters.max()}"
    yield (
        f"  {small_counts(counted.counts, up_to=least):,} of the counts are {least} or fewer. Small counts are still sensitive: "
        "they can tell of a person to whoever knows something of them. Keep the file where the export may be kept."
    )


def _say_what_next(out: Path) -> None:
    from ingest.counting_files import account_file
    from ingest.counting_referrals_files import SETTINGS_TO_LOAD

    say_progress(f"The account stands in {account_file(out)}. To load the counts (these are the defaults):")
    say_progress(SETTINGS_TO_LOAD)
