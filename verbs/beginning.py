"""The verb with which a partnership begins: `init` cuts its wards out of a country's and writes its settings, offline."""

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from data.errors import UsageError
from data.settings import load_settings
from data.visible_text import visible_text
from disclosure.audit import Action, What
from verbs.common import record, say_progress, sentences_instead_of_tracebacks
from verbs.permitting import permit

if TYPE_CHECKING:
    from data.settings import Settings

_AGAIN = "; may be given again"
_VINTAGES = range(1990, 2101)
_PROGRAM = Path(__file__).resolve().parent.parent


def init_command(
    wards: Annotated[
        Path | None, typer.Option(help="Boundaries of a country's wards. What is not given is asked.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="Name of the partnership, shown on every screen.")] = None,
    district: Annotated[list[str] | None, typer.Option(help=f"District by name or code{_AGAIN}.")] = None,
    county: Annotated[list[str] | None, typer.Option(help=f"County by name or code{_AGAIN}.")] = None,
    police_force: Annotated[list[str] | None, typer.Option(help=f"Police force area by name or code{_AGAIN}.")] = None,
    csp: Annotated[list[str] | None, typer.Option(help=f"Community safety partnership{_AGAIN}.")] = None,
    codes: Annotated[Path | None, typer.Option(help="List of codes of wards or districts, one a line.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every ward of the file.")] = False,
    lookup: Annotated[
        Path | None,
        typer.Option(help="From wards or districts to counties, partnerships, police force areas: CSV or Excel."),
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option(help=f"Code that the lookup has there and that has no ward here{_AGAIN}.")
    ] = None,
    into: Annotated[Path | None, typer.Option(help="Folder to begin in; made if it is not there.")] = None,
    vintage: Annotated[int | None, typer.Option(help="Year of the boundaries, if no heading says it.")] = None,
    credit: Annotated[str | None, typer.Option(help="Whose boundaries these are, shown on every map.")] = None,
    heading: Annotated[
        list[str] | None, typer.Option(help=f"Column that cannot be told, such as ward_code=CODE{_AGAIN}.")
    ] = None,
    layer: Annotated[str | None, typer.Option(help="Layer of a GeoPackage with several.")] = None,
    crs: Annotated[str | None, typer.Option(help="Such as EPSG:27700, if the file does not say it.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Keep what is there as .old and write anew.")] = False,
) -> None:
    """Begin a partnership: cut its wards out of a country's boundaries, write its settings, say what comes next.

    Asks what the options do not say. Prints the paths of the settings and of the wards.
    """
    with sentences_instead_of_tracebacks():
        from ingest.beginning import SETTINGS, WARDS, begin, refuse_taken, terms_of
        from ingest.beginning_settings import Beginning
        from ingest.choosing_area import OPTIONS, Wish, choose, read_codes
        from ingest.national_wards import with_district_names
        from verbs import beginning_questions as asked

        if into is not None:
            refuse_taken(into, replace=replace)
        country = asked.country(wards, layer=layer, crs=crs, by_hand=_by_hand(heading or []))
        named = zip(OPTIONS, (county, csp, police_force), strict=True)
        areas = tuple((kind, one) for kind, some in named for one in some or [])
        told = asked.lookup_of(lookup, near=country.year)
        wanted = Wish(
            tuple(district or ()), areas, read_codes(codes) if codes else (), everything, tuple(without or ())
        )
        wish, told = asked.wish(country, told, wanted)
        choice = choose(country, wish, lookup=told)
        for note in (*country.notes, *choice.notes):
            say_progress(note)
        country = with_district_names(country, told)
        year = vintage or country.year or asked.vintage()
        if year not in _VINTAGES:
            raise UsageError(f"--vintage: {year} is not the year of any boundaries. Give it as 2023.")
        chosen_name = visible_text(name or asked.name(choice.names)).strip()
        terms = terms_of(country, credit=credit)
        say_progress(f"Terms of the boundaries: {terms.how}.")
        folder = into or asked.folder(chosen_name, replace=replace)
        _permit_to_replace(folder / SETTINGS)
        beginning = Beginning(chosen_name, year, country.headings, terms.credit)
        count = begin(
            folder,
            wards=country,
            choice=choice,
            beginning=beginning,
            terms=terms,
            replace=replace,
            announce=lambda settings: _announce(settings, replaces=(folder / SETTINGS).exists()),
        )
        left = len(country.cells) - count
        say_progress(f"{count:,} wards of {chosen_name}; {left:,} other wards of {country.file.name} are not in it.")
        _say_what_comes_next(folder / SETTINGS, folder / WARDS)
        typer.echo(folder / SETTINGS)
        typer.echo(folder / WARDS)


def _by_hand(headings: list[str]) -> dict[str, str]:
    pairs = [one.partition("=") for one in headings]
    if any(not (key.strip() and heading.strip()) for key, _, heading in pairs):
        raise UsageError("--heading: write it as ward_code=HEADING.")
    return {key.strip(): heading.strip() for key, _, heading in pairs}


def _permit_to_replace(path: Path) -> None:
    """Ask the settings that are to be replaced whether this account may."""
    if path.exists():
        permit(load_settings(path), What.SETTINGS, administrator=True)


def _announce(settings: "Settings", *, replaces: bool) -> None:
    record(Action.CHANGED if replaces else Action.MADE, What.SETTINGS, settings=settings)


def _say_what_comes_next(settings: Path, wards: Path) -> None:
    here = Path.cwd() == _PROGRAM
    paths = (settings, wards, settings.parent / "invented")
    said, outlines, invented = (quote(str(one if here else one.absolute())) for one in paths)
    there = "" if here else f"cd {quote(str(_PROGRAM))}\n"
    say_progress(
        f"""
{there}Next, with your own files (look at their headings in {settings} first):
  python cli.py ingest --settings {said} --wards {outlines} --population P.csv --referrals R.csv --incidents I.csv
  (and --provision X.csv, if you keep a list of what is provided: docs/provision.md)
Or try it with invented data, marked as such on every screen:
  python cli.py demo-data --settings {said} --wards {outlines} --out {invented}
Then look at it:
  WARD_OVERLAP_SETTINGS={said} python -m streamlit run dashboard.py
"""
    )
