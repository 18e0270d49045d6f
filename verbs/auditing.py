"""Verbs of the administrator about the audit trail: `audit verify`, `audit list`, `audit head` and `audit set-aside`."""

import sys
from datetime import date
from typing import Annotated

import typer

from data.errors import UsageError
from data.settings import Settings, load_settings
from disclosure.audit import PAGE, Action, UnrecordedError, Wanted, What, open_audit, os_user
from disclosure.audit_chain import parse_head
from disclosure.audit_lines import entry_line
from verbs.common import DONE, REFUSED, SettingsOption, record, say_progress, sentences_instead_of_tracebacks
from verbs.permitting import permit

audit_app = typer.Typer(no_args_is_help=True, help="Who did what, and whether the record of it is whole.")
DayOption = Annotated[str | None, typer.Option(help="A day, such as 2026-03-31 (UTC).")]


@audit_app.command("verify")
def verify_command(
    settings: SettingsOption,
    head: Annotated[
        str | None, typer.Option(help="A head that was written down, COUNT:HASH: the trail must go through it.")
    ] = None,
) -> None:
    """Check that no row was altered, removed or put in. Exit code 0 if all is well, 1 if not."""
    with sentences_instead_of_tracebacks():
        chosen = load_settings(settings)
        _permit(chosen)
        found = open_audit(chosen).verify(known=parse_head(head) if head else None)
        typer.echo(found.sentence)
        typer.echo(found.limits)
        if found.ok:
            _record_if_possible(Action.VERIFIED, settings=chosen)
        else:
            typer.echo(found.next_step)
        code = DONE if found.ok else REFUSED
    sys.exit(code)


@audit_app.command("head")
def head_command(settings: SettingsOption) -> None:
    """Print how far the trail goes, COUNT:HASH: write it down elsewhere, and check against it later."""
    with sentences_instead_of_tracebacks():
        chosen = load_settings(settings)
        _permit(chosen)
        typer.echo(open_audit(chosen).head())


@audit_app.command("list")
def list_command(
    settings: SettingsOption,
    who: Annotated[str, typer.Option(help="Only what this person did, e.g. os:name.")] = "",
    action: Annotated[list[str] | None, typer.Option(help="Only this, e.g. exported; may be given again.")] = None,
    since: DayOption = None,
    until: DayOption = None,
    page: Annotated[int, typer.Option(min=1, help=f"Which {PAGE} entries, from the newest.")] = 1,
) -> None:
    """List what people did, the newest first."""
    with sentences_instead_of_tracebacks():
        chosen = load_settings(settings)
        _permit(chosen)
        wanted = Wanted(who, _actions(action or []), since=_day(since), until=_day(until))
        _record_if_possible(Action.SAW, settings=chosen)
        for row in open_audit(chosen).entries(wanted, page=page - 1):
            typer.echo(entry_line(row))


@audit_app.command("set-aside")
def set_aside_command(
    settings: SettingsOption,
    without_its_key: Annotated[
        bool,
        typer.Option("--without-its-key", help="Also a trail whose key is not set: only if it is lost, or replaced."),
    ] = False,
) -> None:
    """Put a trail that is damaged, or that is to have a key from now on, aside under another name, and begin a new one."""
    with sentences_instead_of_tracebacks():
        chosen = load_settings(settings)
        _permit(chosen)
        for path in open_audit(chosen).set_aside(os_user(), without_its_key=without_its_key):
            typer.echo(path)


def _permit(settings: Settings) -> None:
    permit(settings, What.AUDIT, administrator=True)


def _record_if_possible(action: Action, *, settings: Settings) -> None:
    """Record a look at the trail itself. A trail that cannot be written must still be looked at, to put it right."""
    try:
        record(action, What.AUDIT, settings=settings)
    except UnrecordedError as error:
        say_progress(f"This look was not recorded. {error.for_operator}")


def _actions(names: list[str]) -> tuple[Action, ...]:
    known = ", ".join(Action)
    try:
        return tuple(Action(name.strip().lower()) for name in names)
    except ValueError as error:
        raise UsageError(f"--action: there is no such action. Choose among: {known}.") from error


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError("--since and --until are days, such as 2026-03-31.") from error
