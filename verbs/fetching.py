"""The verbs that ask the ONS for wards, lookups and populations: the only ones that reach for anything outside this network.

Nothing else in the program opens that connection, and these do so only when a person runs them.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from data.errors import UsageError
from data.settings import load_settings
from disclosure.audit import Action, What
from verbs.common import OutOption, record, say_progress, sentences_instead_of_tracebacks
from verbs.permitting import permit

if TYPE_CHECKING:
    from data.sources.fetched import Product
    from data.sources.ons_fetching import Errand, Wanted

fetch_app = typer.Typer(
    no_args_is_help=True,
    help="Fetch wards, lookups and populations from the ONS Open Geography service. Asks the internet; nothing else does.",
)

VintageOption = Annotated[
    str, typer.Option(help="Of when the wards are: 2023, or 2023-05 or 2023-12 for one of the two.")
]
AreaOption = Annotated[
    list[str] | None,
    typer.Option(
        help="Code of a ward or district, or name of a district, to keep; may be given again. All if left out."
    ),
]
ServiceOption = Annotated[
    str | None, typer.Option(help="Address of another list of services, or of one service (.../FeatureServer).")
]
ProxyOption = Annotated[
    str | None, typer.Option(help="Address of a proxy, if your network needs one. None is taken from the environment.")
]
RecordOption = Annotated[
    Path | None, typer.Option("--settings", help="Settings of the partnership in whose audit trail this is recorded.")
]


@fetch_app.command("wards")
def fetch_wards_command(
    vintage: VintageOption,
    out: OutOption,
    generalisation: Annotated[str, typer.Option(help="BFE, BFC, BGC, BSC or BUC; the last ones are smaller.")] = "BGC",
    area: AreaOption = None,
    service: ServiceOption = None,
    proxy: ProxyOption = None,
    settings: RecordOption = None,
) -> None:
    """Fetch outlines of wards as GeoPackage. Prints lines for the settings, then the folder."""
    with sentences_instead_of_tracebacks():
        from data.sources.ons import check_generalisation, parse_vintage
        from data.sources.ons_fetching import Wanted, fetch_wards

        wanted = Wanted(parse_vintage(vintage), check_generalisation(generalisation), areas=tuple(area or ()))
        _fetch(fetch_wards, "wards", wanted, out=out, service=service, proxy=proxy, settings=settings)


@fetch_app.command("lookup")
def fetch_lookup_command(
    vintage: VintageOption,
    out: OutOption,
    since: Annotated[
        str | None, typer.Option(help="An earlier vintage: from its wards to these, not to districts.")
    ] = None,
    area: AreaOption = None,
    service: ServiceOption = None,
    proxy: ProxyOption = None,
    settings: RecordOption = None,
) -> None:
    """Fetch which district each ward lies in, or what became of the wards of an earlier vintage, as CSV. Prints the folder."""
    with sentences_instead_of_tracebacks():
        from data.sources.ons import parse_vintage
        from data.sources.ons_fetching import Wanted, fetch_lookup

        earlier = None if since is None else parse_vintage(since, option="--since")
        wanted = Wanted(parse_vintage(vintage), since=earlier, areas=tuple(area or ()))
        _fetch(fetch_lookup, "lookup", wanted, out=out, service=service, proxy=proxy, settings=settings)


@fetch_app.command("population")
def fetch_population_command(
    vintage: VintageOption,
    out: OutOption,
    field: Annotated[str | None, typer.Option(help="Field with the number of residents, if it cannot be told.")] = None,
    area: AreaOption = None,
    service: ServiceOption = None,
    proxy: ProxyOption = None,
    settings: RecordOption = None,
) -> None:
    """Fetch residents by ward as CSV, where the service has them. Prints lines for the settings, then the folder."""
    with sentences_instead_of_tracebacks():
        from data.sources.ons import parse_vintage
        from data.sources.ons_fetching import Wanted, fetch_population

        wanted = Wanted(parse_vintage(vintage), areas=tuple(area or ()), field=field)
        _fetch(fetch_population, "population", wanted, out=out, service=service, proxy=proxy, settings=settings)


def _fetch(
    bring: "Callable[[Errand, Wanted], Product]",
    kind: str,
    wanted: "Wanted",
    *,
    out: Path,
    service: str | None,
    proxy: str | None,
    settings: Path | None,
) -> None:
    from data.limits_settings import LIMITS
    from data.sources.asking import Caller
    from data.sources.fetched import refuse_to_overwrite, save
    from data.sources.ons import ONS, parse_place
    from data.sources.ons_fetching import Errand, product_name

    if wanted.since and wanted.since.year >= wanted.vintage.year:
        raise UsageError("--since: give a vintage earlier than --vintage.")
    refuse_to_overwrite(out / product_name(kind, wanted))
    place = parse_place(service or ONS)
    chosen = None if settings is None else load_settings(settings)
    with Caller(place.root, proxy=proxy, say=say_progress) as caller:
        if chosen is not None:
            permit(chosen, What.OPEN_DATA, administrator=True)
            record(Action.FETCHED, What.OPEN_DATA, settings=chosen, detail={"format": kind})
        say_progress(f"Asking {caller.host}. It is told what kind of data is wanted, not for which area.")
        limits = LIMITS if chosen is None else chosen.limits
        product = bring(Errand(caller, place, out, say_progress, limits), wanted)
        folder = save(product, out, limits=limits)
    say_progress(f"{len(product.table):,} records, and where they come from and on what terms, are in {folder}")
    if product.settings:
        typer.echo(product.lines())
    typer.echo(str(folder))
