"""The verb `convert`: counts made for the wards of another year, as counts of the wards that the settings are about."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from data.settings import load_settings
from disclosure.audit import Action, What
from verbs.common import OutOption, SettingsOption, record, say_progress, sentences_instead_of_tracebacks
from verbs.inputs import asked_for
from verbs.permitting import permit


def convert_command(
    settings: SettingsOption,
    from_wards: Annotated[Path, typer.Option(help="Boundaries of the wards that the counts were made for.")],
    to_wards: Annotated[Path, typer.Option(help="Boundaries of the wards that the settings are about.")],
    referrals: Annotated[Path, typer.Option(help="Referrals as ward x quarter x category counts, by the old wards.")],
    out: OutOption,
    lookup: Annotated[
        Path | None,
        typer.Option(help="CSV that says where old wards went: from_code, to_code, share; or the ONS's own."),
    ] = None,
    weights: Annotated[
        str, typer.Option(help="What wards are divided by where nothing says how: area or residents.")
    ] = "area",
    population: Annotated[
        Path | None, typer.Option(help="Residents of the new wards, or of finer areas with their places, to divide by.")
    ] = None,
    from_population: Annotated[
        Path | None, typer.Option(help="Residents of the old wards, to be converted too.")
    ] = None,
    from_settings: Annotated[
        Path | None, typer.Option(help="Settings of the old wards and their files, if columns are called otherwise.")
    ] = None,
    widest_sliver: Annotated[
        float | None, typer.Option(help="Metres: narrower pieces are differences of drawing. Measured if left out.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Another one deals counts of divided wards out otherwise.")] = 0,
) -> None:
    """Convert counts from one vintage of wards to another; every total is kept. Prints what moved, then the folder.

    New wards, referrals and lookup may be given as query:NAME.

    Incidents with points need no conversion: `ingest` joins them to whichever wards it is given.
    """
    with sentences_instead_of_tracebacks():
        from ingest.converted_files import HONEST, INCIDENTS, check_out, lines_of, write_converted
        from ingest.converting import Conversion, convert
        from ingest.report_text import table_lines

        chosen = load_settings(settings)
        of_old = None if from_settings is None else load_settings(from_settings)
        permit(chosen, What.CONVERTED_COUNTS, administrator=True)
        check_out(out)
        record(Action.MADE, What.CONVERTED_COUNTS, settings=chosen)
        given: dict[str, Sequence[str | Path]] = {"lookup": [lookup] if lookup else [], "referrals": [referrals]}
        with (
            asked_for(given, settings=of_old or chosen) as old,
            asked_for({"wards": [to_wards]}, settings=chosen) as new,
        ):
            files = (from_wards, new["wards"][0], old["referrals"][0], next(iter(old["lookup"]), None))
            asked = Conversion(*files, weights, population, from_population, widest_sliver, seed)
            done = convert(asked, settings=chosen, of_old=of_old, progress=say_progress)
            write_converted(out, done, settings=chosen)
        for report in done.reports:
            for line in table_lines(report):
                typer.echo(line)
        for line in lines_of(done):
            typer.echo(line)
        say_progress(f"{HONEST}\n{INCIDENTS}")
        typer.echo(out)
