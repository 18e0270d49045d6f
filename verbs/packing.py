"""The verb that makes papers about a whole partnership: `pack`."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.papers.kinds import KINDS, Kind
from data.settings import Settings, load_settings
from disclosure.audiences import VIEWERS, Audience, parse_audience
from disclosure.audit import Action
from disclosure.export_register import export_id, open_register
from verbs.briefing import DateOption, day_or_today
from verbs.common import (
    OutOption,
    SettingsOption,
    SnapshotOption,
    open_store,
    record,
    say_progress,
    sentences_instead_of_tracebacks,
)
from verbs.permitting import permit

if TYPE_CHECKING:
    from briefing.area_facts import AreaFacts
    from briefing.papers.making import Made, Sources
    from disclosure.views import SnapshotView

_OFFERED = KINDS[Kind.PROFILE].audiences


def pack_command(
    kind: Annotated[Kind, typer.Argument(help="What to make.")],
    settings: SettingsOption,
    out: OutOption,
    snapshot: SnapshotOption = "newest",
    day: DateOption = None,
    meeting: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="For steering, the day of the meeting that it is for; for minutes, that of the meeting.",
        ),
    ] = None,
    audience: Annotated[
        str | None,
        typer.Option(help=f"For profile alone, who it is for: {', '.join(_OFFERED)}; {_OFFERED[0]} if not given."),
    ] = None,
    wards: Annotated[
        str,
        typer.Option(
            help="Codes of wards with commas between. Evidence takes them; briefings are of those that are `due` if none "
            "are given, or of `all`."
        ),
    ] = "",
    words: Annotated[
        Path | None, typer.Option(help="For evidence, a TOML file with the words of the bid (docs/briefings.md).")
    ] = None,
) -> None:
    """Make papers about the whole partnership, as PDF and Word; of briefings one ZIP file with the draft of each ward.

    The same snapshot, settings, words, registers and date give the same files to the last byte.
    """
    with sentences_instead_of_tracebacks():
        from briefing.papers.bid_words import read_bid_words
        from briefing.papers.making import Order, audience_of, check_order, make_pack, notes_on, wards_of
        from disclosure.audit_details import ward_details

        chosen, facts = load_settings(settings), KINDS[kind]
        asked = wards or ("due" if kind is Kind.BRIEFINGS else "")
        order = Order(
            kind,
            made_on=day_or_today(day),
            wards=tuple(code.strip() for code in asked.split(",") if code.strip()),
            bid=read_bid_words(words) if words else None,
            audience=parse_audience(audience, offered=_OFFERED) if audience else None,
            meeting=meeting.date() if meeting else None,
        )
        check_order(order)
        permit(chosen, facts.what, audience=Audience.INSPECTOR)
        if order.audience in VIEWERS:
            permit(chosen, facts.what, audience=order.audience)
        sources = _sources(chosen, snapshot)
        for sentence in notes_on(order, sources=sources):
            say_progress(sentence)
        made = make_pack(order, sources=sources, progress=_tell)
        snapshot_id = sources.view(audience_of(order)).manifest.id
        for detail in ward_details(wards_of(order, sources=sources)):
            record(
                Action.EXPORTED,
                facts.what,
                settings=chosen,
                audience=audience_of(order),
                snapshot=snapshot_id,
                detail={**detail, "export": export_id(out)},
            )
        _write(made, out, settings=chosen, audience=audience_of(order), snapshot=snapshot_id)


def _sources(settings: Settings, snapshot: str) -> "Sources":
    """Read each view and gather each area once."""
    from briefing.area_facts import gather_area
    from briefing.decisions import open_decisions
    from briefing.papers.making import Sources
    from briefing.register import open_briefings
    from disclosure.permitted import default_question
    from disclosure.views import open_view

    @cache
    def view(audience: Audience) -> "SnapshotView":
        return open_view(open_store(settings), snapshot, settings=settings, audience=audience)

    @cache
    def area(audience: Audience) -> "AreaFacts":
        return gather_area(view(audience), question=default_question(settings.analysis), progress=say_progress)

    return Sources(
        settings, view=view, area=area, briefings=open_briefings(settings), decisions=open_decisions(settings)
    )


def _tell(doing: str, done: int, of: int) -> None:
    say_progress(f"{doing}: {done} of {of}")


def _write(made: "Made", folder: Path, *, settings: Settings, audience: Audience, snapshot: str) -> None:
    from disclosure.output_files import make_folder, write_whole_bytes

    make_folder(folder)
    register = open_register(settings)
    register.begin(folder, audience=audience, snapshot=snapshot)
    written = [write_whole_bytes(folder / name, content) for name, content in made.files.items()]
    register.finish(folder, written)
    for sentence in made.said:
        say_progress(sentence)
    for path in written:
        typer.echo(path)
