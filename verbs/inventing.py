"""Verbs that write invented data, for trying the software: `demo`, `demo-referrals`, `demo-data`. No store is touched."""

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from data.settings import load_settings
from verbs.common import OutOption, SettingsOption, parse_last_quarter, say_progress, sentences_instead_of_tracebacks


def demo_command(out: OutOption) -> None:
    """Write the fictional demonstration area as plain files: the worked example of every file format."""
    with sentences_instead_of_tracebacks():
        from data.demo.files import write_demo

        for path in write_demo(out, progress=say_progress):
            typer.echo(path)


def demo_referrals_command(
    settings: SettingsOption,
    wards: Annotated[Path, typer.Option(help="Ward boundaries.")],
    out: Annotated[Path, typer.Option("--out", help="CSV file to write.")],
    per_year: Annotated[int, typer.Option(min=1, max=100_000, help="Referrals a year in the whole area.")] = 300,
    quarters: Annotated[int, typer.Option(min=1, max=80, help="How many quarters.")] = 28,
    last_quarter: Annotated[
        str | None, typer.Option(help="The last of them; the last that is over if not given.")
    ] = None,
    population: Annotated[
        Path | None, typer.Option(help="Populations by ward; all wards weigh the same without.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0)] = 0,
) -> None:
    """Invent referrals for real wards, marked as invented: for trying the software, since no such data are public."""
    with sentences_instead_of_tracebacks():
        from data.quarters import last_finished_quarter
        from ingest.inventing import write_invented_referrals

        rows = write_invented_referrals(
            out,
            settings=load_settings(settings),
            wards=wards,
            population=population,
            per_year=per_year,
            quarters=quarters,
            last_quarter=parse_last_quarter(last_quarter) if last_quarter else last_finished_quarter(),
            seed=seed,
        )
        typer.echo(f"{out}: {rows:,} rows of invented referrals")
        if population is None:
            say_progress(
                "Every ward weighs the same: small wards look high. Give --population to weigh them by residents."
            )


def demo_data_command(
    settings: SettingsOption,
    wards: Annotated[Path, typer.Option(help="Ward boundaries.")],
    out: Annotated[Path, typer.Option("--out", help="Folder to make.")],
    population: Annotated[
        Path | None, typer.Option(help="Real populations by ward; residents are invented too without.")
    ] = None,
    referrals_per_year: Annotated[
        int | None, typer.Option(min=1, max=100_000, help="In the whole area; by residents if not given.")
    ] = None,
    incidents_per_year: Annotated[
        int | None, typer.Option(min=1, max=1_000_000, help="In the whole area; by residents if not given.")
    ] = None,
    quarters: Annotated[int, typer.Option(min=1, max=80, help="How many quarters; the public version needs 12.")] = 12,
    last_quarter: Annotated[
        str | None, typer.Option(help="The last of them; the last that is over if not given.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0)] = 0,
) -> None:
    """Invent all that a trial of real wards needs, marked as invented: residents, referrals, incidents as points, provision.

    A few wards chosen by chance are raised on both, so that there is something to find. Prints how to load it.
    """
    with sentences_instead_of_tracebacks():
        from data.quarters import last_finished_quarter
        from ingest.inventing_area import INCIDENTS, POPULATION, REFERRALS, Trial, write_trial
        from ingest.inventing_provision import provision_file

        last = parse_last_quarter(last_quarter) if last_quarter else last_finished_quarter()
        trial = Trial(quarters, last, referrals_per_year, incidents_per_year, seed)
        written = write_trial(out, settings=load_settings(settings), wards=wards, population=population, trial=trial)
        say_progress(f"Wards chosen by chance, with both risks raised: {written.raised:,}. Nothing of this is real:")
        for name, rows in written.rows.items():
            typer.echo(f"{out / name}: {rows:,} rows, all invented")
        given = {
            "settings": settings,
            "wards": wards,
            "population": population or out / POPULATION,
            "referrals": out / REFERRALS,
            "incidents": out / INCIDENTS,
            "provision": out / provision_file(last),
        }
        options = " ".join(f"--{name} {quote(str(path))}" for name, path in given.items())
        say_progress(f"Load it: python cli.py ingest {options}")
