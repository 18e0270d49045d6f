"""The run at the command line that gives what the screen shows, as far as the verb `run` can be told to."""

import shlex
from dataclasses import dataclass
from html import escape

import streamlit as st

from data.settings import Analysis
from disclosure.audiences import Audience
from disclosure.permitted import Question
from pages.components.choosing import Chosen
from pages.session import is_demonstration, settings_in_use


@dataclass(frozen=True)
class HeadlessRun:
    """A command, and what it does not say."""

    command: str
    cautions: tuple[str, ...]


def headless_run(
    question: Question,
    *,
    snapshot_id: str,
    audience: Audience,
    analysis: Analysis,
    demonstration: bool,
    selected: int = 0,
    districts: bool = False,
) -> HeadlessRun:
    """Write the command for a question.

    Parameters
    ----------
    analysis
        What the settings ask where the verb is not told.
    selected
        How many wards are selected.
    districts
        Whether the person sees some districts only.
    """
    settings = "example/settings.toml" if demonstration else '"$WARD_OVERLAP_SETTINGS"'
    words = [
        f"python cli.py run --settings {settings}",
        f"--snapshot {shlex.quote(snapshot_id)}",
        f"--quarters {question.quarters}",
        f"--last-quarter {shlex.quote(str(question.last_quarter))}",
        f"--audience {audience.value}",
        "--out results",
    ]
    first = ["python cli.py demo --out example"] if demonstration else []
    said = _cautions(question, analysis=analysis, selected=selected, districts=districts)
    return HeadlessRun("\n".join([*first, " \\\n  ".join(words)]), tuple(said))


def _cautions(question: Question, *, analysis: Analysis, selected: int, districts: bool) -> list[str]:
    changed = [
        f"{name} = {value}"
        for name, value, usual in (
            ("threshold", f"{question.threshold:g}", f"{analysis.threshold:g}"),
            ("denominator", f'"{question.denominator}"', f'"{analysis.denominator}"'),
        )
        if value != usual
    ]
    said = []
    if changed:
        said.append(
            "The verb takes these from the settings. For the same result, give it a copy in which [analysis] has: "
            f"{', '.join(changed)}."
        )
    if question.concerns or question.sectors or question.strands:
        said.append(
            "The verb cannot be told categories: its files hold all of them together, and so differ from the screen."
        )
    if selected:
        said.append("The verb writes every ward. The download above has the selected ones alone.")
    if districts:
        said.append("The verb writes every district that the account it runs as may have.")
    return said


def show_headless(question: Question, *, chosen: Chosen, selected: int) -> None:
    """Draw the command, with a button that copies it, and say what it does not do."""
    run = headless_run(
        question,
        snapshot_id=chosen.snapshot_id,
        audience=chosen.audience,
        analysis=settings_in_use().analysis,
        demonstration=is_demonstration(),
        selected=selected,
        districts=chosen.reader.districts is not None,
    )
    st.html("<div><b>The same at the command line</b></div>")
    st.code(run.command, language="bash")
    for caution in run.cautions:
        st.html(f'<div class="wo-quiet">{escape(caution)}</div>')
