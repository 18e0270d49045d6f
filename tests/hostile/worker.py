"""Runs the command line again and again, each time in a process of its own with little memory and little time.

Started once by the tests (`python -m tests.hostile.worker`): what takes long is importing, and a fork of a process that has
imported everything takes no time. Reads one order a line and answers each with one line, both JSON.
"""

import json
import os
import signal
import sys
import tempfile
import time
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path

from typer.main import get_command

import cli
import disclosure.export
import disclosure.public_export
import disclosure.views  # noqa: F401  # as the two above: verbs import what computes when they are called
from tests.hostile.cases import ordinary

TOO_SLOW = "too slow"
_COMMAND = get_command(cli.app)
"""Made once: `cli.app` makes it anew at each call."""
_MEGABYTE = 2**20


def main() -> None:
    """Carry out orders until there are no more."""
    _warm_up()
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(_carry_out(order)), flush=True)  # noqa: T201


def _warm_up() -> None:
    """Load the ordinary area once here: what is imported or compiled on the way, every fork then has."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Path(os.devnull).open("w") as nowhere,
        redirect_stdout(nowhere),
        redirect_stderr(nowhere),
        suppress(SystemExit),
    ):
        _COMMAND(args=ordinary(Path(folder) / "area").arguments())


def _carry_out(order: dict[str, object]) -> dict[str, object]:
    child = os.fork()
    if child == 0:
        _run(order)
    began = time.monotonic()
    while time.monotonic() - began < float(str(order["seconds"])):
        ended, status, used = os.wait4(child, os.WNOHANG)
        if ended:
            code = os.waitstatus_to_exitcode(status)
            return {
                "code": code,
                "seconds": time.monotonic() - began,
                "megabytes": used.ru_maxrss / 1024,
                "cpu": used.ru_utime + used.ru_stime,
            }
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    _, _, used = os.wait4(child, 0)
    return {"code": TOO_SLOW, "seconds": time.monotonic() - began, "megabytes": used.ru_maxrss / 1024}


def _run(order: dict[str, object]) -> None:
    folder = Path(str(order["folder"]))
    os.chdir(folder)
    for number, name in ((1, "said.out"), (2, "said.err")):
        os.dup2(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    os.environ.update(order["environment"])  # type: ignore[call-overload]
    _limit_memory(int(str(order["megabytes"])))
    code = 99
    try:
        _COMMAND(args=order["arguments"])
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 98
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _limit_memory(megabytes: int) -> None:
    """Allow so much address space beyond what importing has taken; only Linux says how much that is."""
    if not sys.platform.startswith("linux"):
        return
    import resource

    taken = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + megabytes * _MEGABYTE, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main()
