"""A hostile input: what it is, which way it comes in, and what has to become of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.area_files import SETTINGS, write_area

REFUSED = "refused"
READ = "read"
SECRET = "zxqsecret"
"""Stands in cells of referrals and incidents: no message may hold it."""


@dataclass
class Trial:
    """One run of the program on an ordinary area in which a case has changed something."""

    folder: Path
    settings: str = SETTINGS
    wards: Path | str = ""
    population: Path | str = ""
    referrals: Path | str = ""
    incidents: list[Path | str] = field(default_factory=list)
    provision: Path | str = ""
    """None is given unless this says so."""
    environment: dict[str, str] = field(default_factory=dict)
    verb: list[str] | None = None
    """Other arguments than those of an ingest; `{settings}`, `{snapshot}` and `{out}` are filled in."""
    store_setting: str | None = ""
    """Other text for the folder of snapshots in the settings; none leaves it to the environment."""
    snapshot: str = ""
    """Id of the snapshot that is there before."""

    @property
    def store(self) -> Path:
        """The folder of the partnership's snapshots."""
        return self.folder / "store"

    @property
    def old_snapshot(self) -> Path:
        """The folder of the snapshot that is there before."""
        return self.store / self.snapshot

    def file(self, name: str, content: bytes | str) -> Path:
        """Write a file into the trial's folder."""
        path = self.folder / name
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    def arguments(self) -> list[str]:
        """The command line."""
        place = self.store if self.store_setting == "" else self.store_setting
        storage = "" if place is None else f'\n[storage]\nsnapshots = "{place}"\n'
        text = (self.settings + storage).encode("utf-8", "surrogateescape")
        settings = str(self.file("settings.toml", text))
        if self.verb is not None:
            places = {"settings": settings, "snapshot": self.snapshot, "out": str(self.folder / "out")}
            return [word.format(**places) if word.startswith("{") else word for word in self.verb]
        files = {"wards": self.wards, "population": self.population, "referrals": self.referrals}
        files |= {"provision": self.provision} if self.provision else {}
        named = [word for key, path in files.items() for word in (f"--{key}", str(path))]
        return ["ingest", "--settings", settings, *named, *(f"--incidents={path}" for path in self.incidents)]


def ordinary(folder: Path) -> Trial:
    """The ordinary area as files, nothing wrong with it."""
    _, inputs = write_area(folder)
    incidents: list[Path | str] = [*inputs.incidents]
    return Trial(folder, SETTINGS, inputs.wards, inputs.population, inputs.referrals, incidents)


Change = Callable[[Trial], None]


@dataclass(frozen=True)
class Case:
    """One hostile input.

    `says` is a part of the sentence with which it has to be refused, or of what has to be reported when it is read.
    """

    kind: str
    door: str
    what: str
    outcome: str
    change: Change = field(compare=False)
    says: str = ""
    check: Callable[[Trial], None] | None = field(default=None, compare=False)
    """What else must hold after it was read."""
    covers: tuple[str, ...] = ()
    """Several hostile inputs of one file, each in a row or a place of its own; `what` then says what they have in common."""

    @property
    def inputs(self) -> tuple[str, ...]:
        """The hostile inputs in it."""
        return self.covers or (self.what,)

    @property
    def name(self) -> str:
        """Name of the test."""
        return f"{self.kind}-{self.door}-{self.what}"


class Corpus:
    """Cases of one module, collected as they are defined."""

    def __init__(self) -> None:
        self.cases: list[Case] = []

    def add(
        self,
        kind: str,
        door: str,
        what: str,
        outcome: str,
        change: Change,
        *,
        says: str = "",
        check: Callable[[Trial], None] | None = None,
        covers: Iterable[str] = (),
    ) -> None:
        """Add a case."""
        self.cases.append(Case(kind, door, what, outcome, change, says, check, tuple(covers)))

    def case(
        self,
        kind: str,
        door: str,
        what: str,
        outcome: str,
        *,
        says: str = "",
        check: Callable[[Trial], None] | None = None,
    ) -> Callable[[Change], Change]:
        """Add the function that follows as a case."""

        def take(change: Change) -> Change:
            self.add(kind, door, what, outcome, change, says=says, check=check)
            return change

        return take
