"""Questions to whoever sits at a terminal: each answer is checked at once; without a terminal, a sentence."""

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
            offered = "" if default is None else default
            said = str(typer.prompt(question, default=offered, show_default=default is not None, err=True)).strip()
        except typer.Abort:
            raise UsageError(f"Nobody is there to ask, or the questions were broken off: give {option}.") from None
        if said == "?" or (not said and default is None):
            typer.echo(
                _help(listed) if said else "  Enter takes nothing here: type an answer, or ? for help.", err=True
            )
            continue
        try:
            return check(said)
        except WardOverlapError as error:
            typer.echo(f"  {_NAMED.sub('', str(error))}", err=True)


def _help(listed: Sequence[str]) -> str:
    """Set what may be answered beside each other, as much as a line of the terminal holds."""
    if not listed:
        return "  There is nothing to choose from: type an answer, or take what stands in brackets with Enter."
    width = shutil.get_terminal_size().columns
    names = [visible_text(one) for one in listed[:_LISTED]]
    return textwrap.fill("; ".join(names), width=width, initial_indent="  ", subsequent_indent="  ")
