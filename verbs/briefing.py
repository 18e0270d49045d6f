"""Verbs for briefings: `brief` writes the papers of one ward as a draft, `due` lists the wards that are due."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from data.settings import Settings, load_settings
from disclosure.audiences import Audience
from disclosure.audit import Action, What
from disclosure.export_register import export_id, open_register
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

DateOption = Annotated[
    datetime | None,
    typer.Option("--date", formats=["%Y-%m-%d"], help="Day that the papers name; today if not given."),
]


def brief_command(
    settings: SettingsOption,
    snapshot: SnapshotOption,
    ward: Annotated[str, typer.Option(help="Code of the ward.")],
    out: OutOption,
    words: Annotated[Path | None, typer.Option(help="TOML file with the officer's words (docs/briefings.md).")] = None,
    day: DateOption = None,
) -> None:
    """Write the briefing of a ward as briefing.pdf and briefing.docx: a draft, as issuing takes two more people.

    The same snapshot, settings, words, register and date give the same files to the last byte.
    """
    with sentences_instead_of_tracebacks():
        from briefing.documents import make_documents
        from briefing.follow_up import draft_of
        from briefing.map_ground import map_ground
        from briefing.officers_words import OfficersWords, read_officers_words
        from briefing.register import open_briefings
        from disclosure.output_files import make_folder, write_whole_bytes

        chosen = load_settings(settings)
        permit(chosen, What.BRIEFING, audience=Audience.INSPECTOR)
        given = read_officers_words(words) if words else OfficersWords()
        area = _area(chosen, snapshot)
        area.check_ward(ward)
        make_folder(out)
        say_progress("Setting the papers")
        papers = make_documents(
            area,
            ward,
            ground=map_ground(area),
            words=given.with_defaults(chosen.briefing),
            issue=draft_of(open_briefings(chosen), area, ward, made_on=day_or_today(day)),
            word_template=chosen.briefing.word_template,
        )
        detail = {"ward": ward, "export": export_id(out)}
        id = area.snapshot_id
        record(
            Action.EXPORTED, What.BRIEFING, settings=chosen, audience=Audience.COUNCILLOR, snapshot=id, detail=detail
        )
        register = open_register(chosen)
        register.begin(out, audience=Audience.COUNCILLOR, snapshot=id)
        written = [write_whole_bytes(out / f"briefing.{kind}", content) for kind, content in papers.items()]
        register.finish(out, written)
        for path in written:
            typer.echo(path)


def due_command(settings: SettingsOption, snapshot: SnapshotOption = "newest", day: DateOption = None) -> None:
    """List the wards that are due for a briefing, and why. Nothing is sent."""
    with sentences_instead_of_tracebacks():
        from briefing.due import due_wards
        from briefing.register import open_briefings
        from briefing.sentences import age_of_figures

        chosen = load_settings(settings)
        permit(chosen, What.BRIEFING, audience=Audience.INSPECTOR)
        area = _area(chosen, snapshot)
        record(Action.SAW, What.BRIEFING, settings=chosen, audience=Audience.COUNCILLOR, snapshot=area.snapshot_id)
        found = due_wards(area, open_briefings(chosen), rules=chosen.briefing, today=day_or_today(day))
        for line in area.marking.lines():
            typer.echo(line)
        typer.echo(f"{area.released.window.in_words()}. {age_of_figures(area, on=day_or_today(day))}".rstrip())
        for one in found:
            typer.echo(
                f"{one.ward_code}  {one.ward_name} ({one.district}): {one.sentence} {' '.join(one.notes)}".rstrip()
            )
        if not found:
            typer.echo("No ward is due.")


def _area(settings: Settings, snapshot: str) -> "AreaFacts":
    from briefing.area_facts import gather_area
    from disclosure.permitted import default_question
    from disclosure.views import open_view

    view = open_view(open_store(settings), snapshot, settings=settings, audience=Audience.COUNCILLOR)
    return gather_area(view, question=default_question(settings.analysis), progress=say_progress)


def day_or_today(given: datetime | None) -> date:
    """Give the day that papers name."""
    return (given or datetime.now(UTC)).date()
