"""Twenty people at once on the demonstration area: time until each has a recoloured map's data, faults, and the server's memory.

    python -m bench.load                       # 1 person, then 20 people, then 20 people coming and going for six rounds
    python -m bench.load --people 40 --rounds 10

A person is a websocket that says what Streamlit's page says: it opens Explore, then chooses one measure after another with short
pauses, and is given what the page would draw. So the server is measured, and not a browser: a browser adds some 0.1 s
(`bench.recolour`). The time is from sending the choice to the end of the server's run, with what came unpacked; a run without
a new map, or with an exception in it, is a fault. One person and many are measured in one go on one server: read the ratio.

Everyone comes anew in each round, so that what a session leaves behind shows. Memory is that of the server's process (Linux).
"""

import argparse
import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ButtonGroup_pb2 import ButtonGroup
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from ingest.places import SETTINGS_VARIABLE, STORE_VARIABLE  # noqa: E402
from tests.browser.serving import StreamlitServer  # noqa: E402

PATIENCE = 60.0
"""Seconds after which an answer counts as a fault."""
PAUSE = (0.3, 1.5)
"""Seconds that a person looks at a map, at least and at most."""


@dataclass
class Seen:
    """What happened to everyone in one round."""

    opened: list[float] = field(default_factory=list)
    recoloured: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Median and 95th percentile in seconds, and the faults."""
        if len(self.recoloured) < 2:
            return f"nobody got a map; {len(self.faults)} faults"
        p95 = statistics.quantiles(self.recoloured, n=20, method="inclusive")[-1]
        return (
            f"{len(self.recoloured):>5} recolours  p50 {statistics.median(self.recoloured):.3f} s  p95 {p95:.3f} s  "
            f"slowest {max(self.recoloured):.3f} s  opening {statistics.median(self.opened):.2f} s  {len(self.faults)} faults"
        )


class Person:
    """One tab on Explore."""

    def __init__(self, session: ClientConnection) -> None:
        self._session = session
        self._measures: ButtonGroup | None = None
        self._fragment = ""
        self._map = ""

    async def open(self) -> None:
        """Come to the screen."""
        await self._run(BackMsg(rerun_script={"page_name": "explore"}))
        if self._measures is None or not self._map:
            raise RuntimeError("Explore came without a map or a choice of measures")

    async def choose(self, turn: int) -> None:
        """Choose another measure than before."""
        assert self._measures is not None
        name = self._measures.options[turn % len(self._measures.options)].content
        asked = BackMsg(rerun_script={"page_name": "explore", "fragment_id": self._fragment})
        state = asked.rerun_script.widget_states.widgets.add(id=self._measures.id)
        state.string_array_value.data.append(name)
        before = self._map
        await self._run(asked)
        if self._map == before:
            raise RuntimeError("the map stayed as it was")

    async def _run(self, asked: BackMsg) -> None:
        await self._session.send(asked.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            while True:
                told = ForwardMsg.FromString(await self._session.recv(decode=False))
                if told.WhichOneof("type") == "script_finished":
                    return
                self._take(told)

    def _take(self, told: ForwardMsg) -> None:
        element = told.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception" or (kind == "alert" and "went wrong" in element.alert.body):
            raise RuntimeError("the screen says that something went wrong")
        if kind == "button_group" and element.button_group.id.endswith("measure_of_model"):
            self._measures, self._fragment = element.button_group, told.delta.fragment_id
        if kind == "component_instance":
            self._map = element.component_instance.json_args


async def visit(url: str, *, seed: int, turns: int, seen: Seen) -> None:
    """One person comes, looks at so many measures, and leaves."""
    pauses = random.Random(seed)
    try:
        await asyncio.sleep(pauses.uniform(0, PAUSE[1]))  # nobody clicks in step with another
        async with connect(
            url.replace("http", "ws") + "/_stcore/stream", subprotocols=["streamlit"], max_size=None
        ) as session:  # type: ignore[list-item]
            person = Person(session)
            seen.opened.append(await _timed(person.open))
            for turn in range(1, turns + 1):
                await asyncio.sleep(pauses.uniform(*PAUSE))
                seen.recoloured.append(await _timed(lambda turn=turn: person.choose(turn)))  # type: ignore[misc]
    except Exception as error:  # noqa: BLE001  # counted and shown: one person's fault must not end the others' visits
        seen.faults.append(f"{type(error).__name__}: {error}")


async def _timed(work: Callable[[], Awaitable[None]]) -> float:
    start = time.perf_counter()
    await work()
    return time.perf_counter() - start


def round_of(people: int, *, url: str, turns: int, seed: int) -> Seen:
    """So many people at once."""
    seen = Seen()

    async def all_of_them() -> None:
        await asyncio.gather(*(visit(url, seed=seed * 1000 + who, turns=turns, seen=seen) for who in range(people)))

    asyncio.run(all_of_them())
    return seen


def processor(pid: int) -> float:
    """Seconds of processor time that a process has taken; not a number where the system does not say."""
    try:
        numbers = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> float:
    """Resident memory of a process in megabytes; not a number where the system does not say."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return float("nan")
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def main() -> int:
    """Measure and print; say 1 if there was a fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--turns", type=int, default=15, help="measures that each person looks at in a round")
    parser.add_argument("--rounds", type=int, default=6)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as store:
        server = StreamlitServer(PROJECT / "dashboard.py", env={STORE_VARIABLE: store, SETTINGS_VARIABLE: ""})
        try:
            return measure(
                server.wait(), pid=server.pid, people=options.people, turns=options.turns, rounds=options.rounds
            )
        finally:
            server.stop()


def measure(url: str, *, pid: int, people: int, turns: int, rounds: int) -> int:
    """Print one line for one person, and one for each round of many; then the ratio, and whether memory levelled off."""
    round_of(1, url=url, turns=4, seed=0)  # what is computed once a server is not what is measured
    before = processor(pid)
    alone = round_of(1, url=url, turns=2 * turns, seed=1)
    print(f"{1:>3} person            {alone.line()}  {memory(pid):.0f} MB", flush=True)
    print(
        f"processor time of a recolour, opening included: {(processor(pid) - before) / len(alone.recoloured):.3f} s",
        flush=True,
    )
    seen, sizes = [], []
    for number in range(1, rounds + 1):
        seen.append(round_of(people, url=url, turns=turns, seed=number + 1))
        sizes.append(memory(pid))
        print(f"{people:>3} people  round {number:>2}  {seen[-1].line()}  {sizes[-1]:.0f} MB", flush=True)
    together = Seen(
        *([one for round_ in seen for one in getattr(round_, name)] for name in ("opened", "recoloured", "faults"))
    )
    print(f"{people:>3} people  all       {together.line()}")
    ratio = statistics.median(together.recoloured) / statistics.median(alone.recoloured)
    print(f"p50 of {people} people is x{ratio:.1f} that of one")
    print(f"memory grew by {sizes[-1] / sizes[rounds // 2] - 1:+.1%} over the last {rounds - rounds // 2 - 1} rounds")
    faults = alone.faults + together.faults
    for fault in sorted(set(faults)):
        print(f"fault, {faults.count(fault)} times: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
