"""The command that gives what the screen shows."""

import shlex
from dataclasses import replace

import typer

from cli import app
from data.settings import Analysis
from disclosure.audiences import Audience
from disclosure.permitted import Question
from pages.components.headless import HeadlessRun, headless_run

QUESTION = Question(last_quarter="2025/26 Q2", quarters=8)


def run(question: Question = QUESTION, **given: object) -> HeadlessRun:
    usual = {"snapshot_id": "2025-26-q2-abc", "audience": Audience.STEERING, "demonstration": False}
    return headless_run(question, analysis=Analysis(), **{**usual, **given})  # type: ignore[arg-type]


def test_the_command_is_one_that_the_verb_takes_word_for_word() -> None:
    words = shlex.split(run().command.replace("\\\n", ""))
    assert words[:3] == ["python", "cli.py", "run"]
    given = dict(zip(words[3::2], words[4::2], strict=True))
    assert given == {
        "--settings": "$WARD_OVERLAP_SETTINGS",
        "--snapshot": "2025-26-q2-abc",
        "--quarters": "8",
        "--last-quarter": "2025/26 Q2",
        "--audience": "steering",
        "--out": "results",
    }
    verb = typer.main.get_command(app).commands["run"]  # type: ignore[attr-defined]
    assert set(given) <= {name for one in verb.params for name in one.opts}
    assert run().cautions == ()


def test_the_demonstration_is_written_out_first() -> None:
    command = run(demonstration=True).command
    assert command.startswith("python cli.py demo --out example\n")
    assert "--settings example/settings.toml" in command


def test_what_the_verb_cannot_be_told_is_said() -> None:
    asked = replace(QUESTION, threshold=2.0, denominator="workday", strands=("race",))
    cautions = run(asked, selected=3, districts=True).cautions
    assert 'threshold = 2, denominator = "workday"' in cautions[0]
    assert "cannot be told categories" in cautions[1]
    assert len(cautions) == 4
