# ruff: noqa: E501  # tables and made-up files: one a line reads better than one over five
"""Things that are no files, files that cannot be reached, and files that change while they are read."""

import os
import socket
from pathlib import Path

from tests.area_files import INCIDENTS
from tests.hostile.cases import READ, REFUSED, Change, Corpus, Trial
from tests.hostile.corpus_text import lines

corpus = Corpus()
ROLES = {"wards": ".geojson", "population": ".csv", "referrals": ".csv", "incidents": ".csv"}


def take(trial: Trial, role: str, path: Path | str) -> None:
    if role == "incidents":
        trial.incidents = [path]
    else:
        setattr(trial, role, path)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def plug(path: Path) -> None:
    there = Path.cwd()
    os.chdir(path.parent)  # the name of a socket has to be short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(there)


def circle(path: Path) -> None:
    path.symlink_to(path.with_suffix(".b"))
    path.with_suffix(".b").symlink_to(path)


def to_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def to_nowhere(path: Path) -> None:
    path.symlink_to(path.with_suffix(".gone"))


def to_itself(path: Path) -> None:
    path.symlink_to("/proc/self/fd/0")


THINGS = {
    "a pipe that nobody writes to": pipe, "a socket": plug, "links in a circle": circle, "a link to a device without end": to_device,
    "a link to nowhere": to_nowhere, "a link to the standard input": to_itself, "a folder": Path.mkdir,
}  # fmt: skip
for role, suffix in ROLES.items():
    for what, make in THINGS.items():

        @corpus.case("no files", role, what, REFUSED)
        def _(trial: Trial, role: str = role, suffix: str = suffix, make: object = make) -> None:
            path = trial.folder / f"thing{suffix}"
            make(path)  # type: ignore[operator]
            take(trial, role, path)

    for what, path in {
        "a name of 5,000 characters": "x" * 5000 + suffix,
        "a path through a file": f"settings.toml/x{suffix}",
        "a device by its name": "/dev/zero",
        "nothing": "",
        "an address": f"http://127.0.0.1:9/x{suffix}",
        "a way into the web": f"/vsicurl/http://127.0.0.1:9/x{suffix}",
        "a name of control characters": f"a\x1b[31m\n\u202eb{suffix}",
    }.items():
        corpus.add("no files", role, what, REFUSED, lambda trial, r=role, p=path: take(trial, r, p))


def beside_shapefile(make: Change) -> Change:
    def change(trial: Trial) -> None:
        from tests.hostile.corpus_boundaries import put_parts, shapefile

        put_parts(trial, shapefile(trial))
        make(trial)

    return change


def replace_table(trial: Trial) -> None:
    (trial.folder / "w.dbf").unlink()
    pipe(trial.folder / "w.dbf")


corpus.add("no files", "wards (shapefile)", "a pipe for its table", REFUSED, beside_shapefile(replace_table))
for what, pattern in {
    "a pattern that is none": "**.csv", "only brackets": "[", "a pattern that climbs out": "../../../../../../nowhere-*/*.csv", "ten thousand stars": "*" * 10_000, "a pattern of every folder": "**/nothing-*.csv",
}.items():  # fmt: skip
    corpus.add("folders and patterns", "incidents", what, REFUSED, lambda trial, p=pattern: take(trial, "incidents", p))


@corpus.case("folders and patterns", "incidents", "a folder with a pipe, a device and a loop beside a file", READ)
def _(trial: Trial) -> None:
    folder = trial.folder / "many"
    folder.mkdir()
    (folder / "a.csv").write_text(lines(INCIDENTS), encoding="utf-8")
    pipe(folder / "b.csv")
    to_device(folder / "c.csv")
    (folder / "loop").symlink_to(folder)
    circle(folder / "d.csv")
    trial.incidents = [folder]


@corpus.case("folders and patterns", "incidents", "a pattern through links that lead in a circle", READ)
def _(trial: Trial) -> None:
    folder = trial.folder / "many" / "x"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_text(lines(INCIDENTS), encoding="utf-8")
    (folder / "loop").symlink_to(folder.parent)
    trial.incidents = [str(trial.folder / "many" / "**" / "*.csv")]


@corpus.case("folders and patterns", "incidents", "one file under two names", REFUSED, says="same content")
def _(trial: Trial) -> None:
    for name in ("a", "b"):
        (trial.folder / f"{name}-same.csv").write_text(lines(INCIDENTS), encoding="utf-8")
    trial.incidents = [str(trial.folder / "*-same.csv")]


@corpus.case("folders and patterns", "incidents", "a folder of 3,000 empty files", REFUSED)
def _(trial: Trial) -> None:
    folder = trial.folder / "many"
    folder.mkdir()
    for number in range(3000):
        (folder / f"{number}.csv").touch()
    trial.incidents = [folder]


@corpus.case("folders and patterns", "incidents", "a file whose name steers a terminal", REFUSED)
def _(trial: Trial) -> None:
    folder = trial.folder / "many"
    folder.mkdir()
    (folder / "\x1b[2J\u202evsc.csv").write_text(lines(INCIDENTS), encoding="utf-8")
    trial.incidents = [folder]
