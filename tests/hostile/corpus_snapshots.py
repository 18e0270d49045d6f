# tables and made-up files: one a line reads better than one over five
"""Snapshots on disk that someone has laid hands on."""

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from tests.hostile.cases import READ, REFUSED, Change, Corpus, Trial

corpus = Corpus()
RUN = ["run", "--settings", "{settings}", "--snapshot", "{snapshot}", "--out", "{out}"]
LIST = ["snapshots", "--settings", "{settings}"]


def on_run(change: Callable[[Path], None], *, verb: list[str] = RUN) -> Change:
    def spoil(trial: Trial) -> None:
        change(trial.old_snapshot)
        trial.verb = verb

    return spoil


def manifest(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / "manifest.json"
        content = json.loads(path.read_text(encoding="utf-8"))
        change(content)
        path.write_text(json.dumps(content), encoding="utf-8")

    return spoil


def raw(content: str | bytes) -> Callable[[Path], None]:
    data = content.encode("utf-8") if isinstance(content, str) else content
    return lambda folder: (folder / "manifest.json").write_bytes(data) and None


def table(name: str, change: Callable[[Any], Any]) -> Callable[[Path], None]:
    """Alter a table and make the manifest agree, as someone would who may write there."""

    def spoil(folder: Path) -> None:
        path = folder / f"{name}.parquet"
        read = gpd.read_parquet if name in ("wards", "outlines") else pd.read_parquet
        change(read(path)).to_parquet(path, index=False)
        sealed(folder, path)

    return spoil


def sealed(folder: Path, path: Path) -> None:
    said = {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "bytes": path.stat().st_size}
    manifest(lambda content: content["files"].update({path.name: said}))(folder)


def one_byte(folder: Path) -> None:
    path = folder / "referrals.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def other_bytes(folder: Path) -> None:
    path = folder / "wards.parquet"
    path.write_bytes(b"<html>" + bytes(path.stat().st_size - 6))
    sealed(folder, path)


def link_instead(folder: Path) -> None:
    path = folder / "incidents.parquet"
    path.rename(folder.parent / "elsewhere")
    path.symlink_to(folder.parent / "elsewhere")


def pipe_instead(folder: Path) -> None:
    (folder / "incidents.parquet").unlink()
    os.mkfifo(folder / "incidents.parquet")


def pipe_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()
    os.mkfifo(folder / "manifest.json")


def folder_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()
    (folder / "manifest.json").mkdir()


def set_last(content: dict[str, Any], quarter: object) -> None:
    content["last_quarter"] = quarter


SPOILT: dict[str, Callable[[Path], None]] = {
    "one byte of a table": one_byte,
    "a table that is a web page": other_bytes,
    "a table that is a link": link_instead,
    "a table that is a pipe": pipe_instead,
    "a table without a column": table("referrals", lambda rows: rows.drop(columns="sector")),
    "a table with a column more": table("referrals", lambda rows: rows.assign(name="x")),
    "wards in another system": table("wards", lambda rows: rows.to_crs("EPSG:4326")),
    "a manifest that is a pipe": pipe_manifest,
    "a manifest that is a folder": folder_manifest,
    "a manifest of 100,000 lists in each other": raw("[" * 100_000 + "]" * 100_000),
    "a manifest that is a number": raw("1"),
    "a manifest that is a list": raw("[]"),
    "a manifest that is empty": raw(""),
    "a manifest of NUL": raw(bytes(1000)),
    "a manifest in UTF-16": raw("{}".encode("utf-16")),
    "a manifest with a number of 5,000 digits": raw('{"format_version": ' + "9" * 5000 + "}"),
    "a format that is a text of escapes": manifest(lambda content: content.update(format_version="\x1b[31m")),
    "a format of the future": manifest(lambda content: content.update(format_version=99)),
    "a file that climbs out": manifest(
        lambda content: content["files"].update({"../../x.parquet": {"sha256": "", "bytes": 0}})
    ),
    "a file more": manifest(lambda content: content["files"].update({"more.parquet": {"sha256": "", "bytes": 0}})),
    "files of a negative size": manifest(lambda content: content["files"]["wards.parquet"].update(bytes=-1)),
    "another hash": manifest(lambda content: content["files"]["wards.parquet"].update(sha256="0" * 64)),
    "other settings than its id was made of": manifest(lambda content: content["settings"].update(x=1)),
    "other sources than its id was made of": manifest(lambda content: content["sources"][0].update(sha256="0" * 64)),
    "a last quarter of the year 9999": manifest(lambda content: set_last(content, "9998/99 Q4")),
    "a last quarter that is HTML": manifest(lambda content: set_last(content, "<script>")),
    "an account that does not add up": manifest(lambda content: content["reports"][2].update(rows_read=10**9)),
    "an unknown key": manifest(lambda content: content.update(more="x")),
    "a date of making that is none": manifest(lambda content: content.update(created_at="yesterday")),
    "another id": manifest(lambda content: content.update(id="2024-25-q4-000000000000")),
}
for what, spoil in SPOILT.items():
    corpus.add("altered snapshots", "snapshot on disk", what, REFUSED, on_run(spoil))
for what in (
    "a manifest that is a pipe",
    "a manifest of 100,000 lists in each other",
    "a manifest that is empty",
    "a manifest that is a folder",
):
    corpus.add("altered snapshots", "list of snapshots", what, REFUSED, on_run(SPOILT[what], verb=LIST))


@corpus.case("altered snapshots", "list of snapshots", "folders of other names beside it", READ)
def _(trial: Trial) -> None:
    for name in ("..x", "2024-25-q4-ABCDEF012345", "\x1b[31m", "x" * 200, "2024-25-q9-000000000000"):
        (trial.store / name).mkdir()
    (trial.store / "2024-25-q4-000000000000").touch()
    trial.verb = LIST


@corpus.case("altered snapshots", "list of snapshots", "text that steers, as who made it", READ)
def _(trial: Trial) -> None:
    manifest(lambda content: content.update(created_by="\x1b[2J\u202e<script>"))(trial.old_snapshot)
    trial.verb = LIST
