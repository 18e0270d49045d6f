"""Nothing that a library or an exception says reaches the logs: values are sent every way there is, and looked for."""

import json
import logging
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from data.log_lines import JsonLine, fault_of, is_ours
from tests.area_files import write_area

ROOT = Path(__file__).resolve().parents[3]
SECRET = "zxqsecret"
FAILING = """
    import gc, logging, sys, threading, warnings
    from data.log_lines import keep_data_out
    from server.log_lines import log_in_lines
    log_in_lines()

    import ingest.preparing
    secret = sys.argv[1]

    def fail(*_, **__):
        logging.getLogger("pyogrio._io").warning("a feature with id %s", secret)
        logging.getLogger("streamlit.runtime").error(f"a cell {secret}", exc_info=ValueError(secret))
        logging.getLogger("uvicorn.error").error("%d", secret)  # cannot be formatted, and would be printed
        logging.getLogger("asyncio").critical({"message": secret})
        warnings.warn(secret, stacklevel=1)
        raise ValueError(f"{secret} is not a ward", {"row": secret})

    class Left:
        def __del__(self):
            raise RuntimeError(secret)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    one = Left()
    del one
    gc.collect()

    from pages.components.screen import say_faults
    with say_faults("explore"):
        fail()

    from streamlit.logger import get_logger
    get_logger("streamlit.made.late").warning(secret)

    ingest.preparing.read_referrals = fail
    import cli
    try:
        cli.app(args=sys.argv[2:])
    except SystemExit as ended:
        logging.getLogger("cli").info("The verb ended with %s", ended.code)
    raise LookupError(secret)
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> "subprocess.CompletedProcess[str]":
    """What is said where an ingest, a screen, a thread and the program itself fail over a value."""
    folder = tmp_path_factory.mktemp("area")
    settings, inputs = write_area(folder)
    files = ("--wards", inputs.wards, "--population", inputs.population, "--referrals", inputs.referrals)
    verb = ["ingest", "--settings", settings, *files, "--incidents", inputs.incidents[0]]
    command = [sys.executable, "-c", textwrap.dedent(FAILING), SECRET, *map(str, verb)]
    environment = {"WARD_OVERLAP_STORE": str(folder / "store"), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def lines_of(said: "subprocess.CompletedProcess[str]") -> list[dict[str, object]]:
    return [json.loads(line) for line in said.stderr.splitlines() if line.startswith("{")]


def test_no_value_reaches_the_logs(said):
    assert said.returncode == 1
    assert SECRET not in said.stderr + said.stdout


def test_each_fault_is_a_line_with_its_kind_and_its_place(said):
    faults = {(line["component"], line.get("error"), line["event"]) for line in lines_of(said)}
    assert {
        ("streamlit", "ValueError", "a library's message, not shown"),
        ("pages.components.screen", "ValueError", "ValueError on screen explore"),
        ("server", "ValueError", "A fault that nothing caught"),
        ("server", "RuntimeError", "A fault that nothing caught"),
        ("server", "LookupError", "A fault that nothing caught"),
        ("cli", None, "The verb ended with 3"),
    } <= faults
    (screen,) = [line for line in lines_of(said) if line["component"] == "pages.components.screen" and "error" in line]
    assert str(screen["came_through"][-1]).endswith(" fail")  # type: ignore[index]


def test_all_that_is_no_sentence_of_a_verb_is_json(said):
    others = [line for line in said.stderr.splitlines() if not line.startswith("{")]
    assert others[0] == "Reading the ward boundaries"
    assert others[-1] == "A fault of the program, not of your files. Please report it."
    assert {line["component"] for line in lines_of(said)} >= {"pyogrio", "streamlit", "uvicorn", "asyncio", "py"}


def test_a_line_is_one_line_whatever_is_in_it():
    record = logging.LogRecord(
        "server.x", logging.WARNING, str(ROOT / "server" / "x.py"), 7, "a\nb %s", ("\x1b[31m",), None
    )
    line = JsonLine(context=lambda: {"request": "12"}).format(record)
    found = json.loads(line)
    assert "\n" not in line
    assert "\x1b" not in line
    assert found.pop("time").endswith("+00:00")
    assert found == {
        "level": "warning",
        "component": "server.x",
        "event": "a\nb \x1b[31m",
        "place": "server/x.py:7",
        "request": "12",
    }


def test_a_fault_names_no_folder_of_the_machine():
    try:
        json.loads("{")
    except ValueError as error:
        found = fault_of(error)
    assert found["error"] == "JSONDecodeError"
    assert str(ROOT) not in str(found)
    assert not any(str(place).startswith("/") for place in found["came_through"])  # type: ignore[attr-defined]


def test_only_this_programs_loggers_are_ours():
    assert is_ours("pages.components.screen")
    assert not is_ours("pagesx")
    assert not is_ours("uvicorn.error")
