"""Questions to whoever sits at a terminal: each has an answer at Enter and is checked at once; without a terminal, a sentence."""

import re
import shutil
import textwrap
from collections.abc import Callable, Sequence
from typing import TypeVar

import typer

from data.errors import UsageError, WardOverlapError
from data.visible_text import visible_text

Answer = TypeVar("Answer")
_LISTED = 400
_NAMED = re.compile(r"^--[\w-]+: ")
"""The option that a sentence names first: whoever is asked did not give one."""


def ask(
    question: str, *, default: str | None, check: Callable[[str], Answer], option: str, listed: Sequence[str] = ()
) -> Answer:
    """Ask until the answer passes.

    Parameters
    ----------
    question
        Without a mark at its end.
    default
        The answer at Enter, if there is one.
    check
        Gives what the answer means, or raises a sentence that is shown before it is asked again.
    option
        Of the command line that answers it, for where nobody can be asked.
    listed
        What may be answered; `?` shows it.

    Raises
    ------
    UsageError
        If nobody is there to answer.
    """
    while True:
        try:
            said = str(typer.prompt(question, default=default, err=True)).strip()
        except typer.Abort:
            raise UsageError(f"Nobody is there to ask, or the questions were broken off: give {option}.") from None
        if said == "?" and listed:
            typer.echo(_in_lines([visible_text(one) for one in listed[:_LISTED]]), err=True)
            continue
        try:
            return check(said)
        except WardOverlapError as error:
            typer.echo(f"  {_NAMED.sub('', str(error))}", err=True)


def _in_lines(listed: Sequence[str]) -> str:
    """Set names beside each other, as many as a line of the terminal holds."""
    width = shutil.get_terminal_size().columns
    return textwrap.fill("; ".join(listed), width=width, initial_indent="  ", subsequent_indent="  ")
