"""A package that was not looked up is never taken for one without a known fault."""

import json
from pathlib import Path

import pytest

from docs import audit_dependencies
from docs.audit_dependencies import KNOWN, NOT_AUDITED, NOTHING_KNOWN, judge, main

SOUND = {"name": "sound", "version": "1", "vulns": []}
FAULTY = {"name": "faulty", "version": "2", "vulns": [{"id": "PYSEC-1"}, {"id": "PYSEC-2"}]}
UNKNOWN = {"name": "unknown", "skip_reason": "Dependency not found"}


def wrote(*packages: dict[str, object]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


@pytest.mark.parametrize(
    ("output", "end", "says"),
    [
        (wrote(SOUND), NOTHING_KNOWN, ["1 packages looked up, no known fault"]),
        (wrote(SOUND, FAULTY), KNOWN, ["KNOWN FAULT: faulty 2: PYSEC-1", "KNOWN FAULT: faulty 2: PYSEC-2"]),
        (wrote(SOUND, UNKNOWN), NOT_AUDITED, ["NOT AUDITED: the advisory service knows nothing of 1 of 2 packages"]),
        (wrote(), NOT_AUDITED, ["NOT AUDITED: the advisory service knows nothing of 0 of 0 packages"]),
        ("", NOT_AUDITED, ["NOT AUDITED: the advisory service could not be asked. Is there a network?"]),
        ("[]", NOT_AUDITED, ["NOT AUDITED: the advisory service could not be asked. Is there a network?"]),
    ],
)
def test_the_end_says_what_was_found_out(output: str, end: int, says: list[str]):
    assert judge(output) == (end, says)


def test_a_known_fault_does_not_hide_what_could_not_be_looked_up():
    assert judge(wrote(FAULTY, UNKNOWN))[1][-1] == "NOT AUDITED: the advisory service knows nothing of 1 of 2 packages"


@pytest.mark.parametrize(
    ("outputs", "end"),
    [
        ((wrote(SOUND),) * 4, NOTHING_KNOWN),
        ((wrote(SOUND), "", wrote(SOUND), wrote(SOUND)), NOT_AUDITED),
        (("", wrote(FAULTY), wrote(SOUND), wrote(SOUND)), KNOWN),
    ],
)
def test_the_worst_of_all_files_is_the_end(
    outputs: tuple[str, ...], end: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    answers = iter(outputs)
    asked: list[str] = []

    def answer(path: Path) -> str:
        asked.append(path.name)
        return next(answers)

    monkeypatch.setattr(audit_dependencies, "ask", answer)
    assert main() == end
    assert asked == ["requirements-bench.txt", "requirements-dev.txt", "requirements-pip.txt", "requirements.txt"]
    assert capsys.readouterr().out.count("requirements") >= 4
