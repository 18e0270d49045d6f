"""What `--help` prints of every verb is all that was written for it."""

import inspect
import re
from collections.abc import Iterator

import click
import pytest
import typer.main
from typer.testing import CliRunner

import cli


def verbs(command, *, path=()) -> Iterator[tuple[tuple[str, ...], "click.Command"]]:
    """Every command with the words that call it, groups as well."""
    yield path, command
    for name, one in getattr(command, "commands", {}).items():
        yield from verbs(one, path=(*path, name))


ALL = dict(verbs(typer.main.get_command(cli.app)))


def words(text: str) -> str:
    """Text without frames and line breaks."""
    return re.sub(r"\s+", " ", re.sub(r"[│─╭╮╰╯]", " ", text)).strip()


@pytest.mark.parametrize("path", sorted(ALL), ids=" ".join)
def test_no_word_of_a_help_text_is_taken_for_markup(path):
    shown = CliRunner().invoke(cli.app, [*path, "--help"], env={"COLUMNS": "400", "TERMINAL_WIDTH": "400"})
    assert shown.exit_code == 0
    printed = words(shown.output)
    command = ALL[path]
    for text in (command.help, *(getattr(one, "help", None) for one in command.params)):
        assert words(inspect.cleandoc(text or "")) in printed


def test_what_takes_words_for_markup_would_be_found():
    app = typer.Typer()

    @app.command()
    def verb() -> None:
        """What `[section]` of the settings says."""

    assert "[section]" not in CliRunner().invoke(app, ["--help"]).output
