"""The folder that a partnership begins with: its wards, its settings, where the wards came from. Written whole or not at all."""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import geopandas as gpd

from data.durable import write_folder
from data.errors import RefusedInputError, UsageError, unwritable
from data.headings import PROVENANCE
from data.input_guard import regular_size
from data.limits_settings import LIMITS, Limits
from data.manifest import hash_file
from data.readers import read_wards
from data.settings import Settings, load_settings
from data.version import software_version
from data.visible_text import visible_text
from data.ward_shapes import to_grid
from ingest.beginning_settings import Beginning, settings_text
from ingest.choosing_area import Choice
from ingest.national_wards import NationalWards

SETTINGS, WARDS, SOURCE = "settings.toml", "wards.gpkg", "source.json"
_FILES = (SOURCE, WARDS, SETTINGS)
"""In the order in which they are put in their places: the settings make it a partnership."""
_LARGEST_SOURCE, _LONGEST = 2**20, 500
_ONS = "Source: Office for National Statistics licensed under the Open Government Licence v.3.0"
_ONS_LICENCE = (
    "Open Government Licence v3.0, https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
)


@dataclass(frozen=True)
class Terms:
    """On what terms the boundaries may be used."""

    licence: str | None
    credit: str | None
    how: str
    """How that is known."""


def refuse_taken(folder: Path, *, replace: bool) -> None:
    """Stop if there is something that would be overwritten.

    Raises
    ------
    UsageError
        Saying what.
    """
    taken = [name for name in _FILES if (folder / name).exists()]
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file. Name a folder with --into.")
    if taken and not replace:
        raise UsageError(
            f"{folder} holds {' and '.join(taken)} already, left as they are. Name another folder with --into, or say --replace: "
            "the old ones are then kept beside them as .old."
        )


def terms_of(wards: NationalWards, *, credit: str | None) -> Terms:
    """Find out on whose terms: from `source.json` beside the file (`fetch` writes it), else by the headings of the ONS."""
    said = _terms_beside(wards.file)
    if credit:
        return Terms(said.licence if said else None, credit, "as was said")
    if said:
        return said
    if wards.headings["ward_code"].upper().startswith("WD") and wards.cells["ward_code"].str.match("[EWSN]").all():
        os_line = f"Contains OS data © Crown copyright and database right {wards.year}" if wards.year else ""
        return Terms(
            _ONS_LICENCE, ". ".join(filter(None, (_ONS, os_line))), "taken for the ONS's, by codes and headings"
        )
    return Terms(None, None, "not known: say whose boundaries these are under [wards] credit in the settings")


def begin(
    folder: Path,
    *,
    wards: NationalWards,
    choice: Choice,
    beginning: Beginning,
    terms: Terms,
    replace: bool = False,
    announce: Callable[[Settings], None] = lambda _: None,
    limits: Limits = LIMITS,
) -> int:
    """Write the folder, and give the number of wards.

    Parameters
    ----------
    folder
        Made if it is not there. Other files in it are left alone.
    beginning
        Name, vintage and headings, and the credit.
    announce
        Called with the settings before anything is put in its place, and after everything has been read back.

    Raises
    ------
    RefusedInputError
        If the wards cannot be used; nothing has been written then.
    UsageError
        If something is there already, or the folder cannot be written.
    """
    refuse_taken(folder, replace=replace)
    beside = folder.with_name(f".beginning-{folder.name}")
    shutil.rmtree(beside, ignore_errors=True)

    def fill(place: Path) -> None:
        _fill(place, wards=wards, choice=choice, beginning=beginning, terms=terms, limits=limits)
        announce(load_settings(place / SETTINGS))

    try:
        if not folder.exists():
            if not write_folder(folder, fill):
                refuse_taken(folder, replace=False)
            return int(choice.rows.sum())
        write_folder(beside, fill)
        for name in _FILES:
            if (folder / name).exists():
                (folder / name).replace(_free_name(folder / f"{name}.old"))
            (beside / name).replace(folder / name)
    except OSError as error:
        raise unwritable(folder, error) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return int(choice.rows.sum())


def _fill(
    place: Path, *, wards: NationalWards, choice: Choice, beginning: Beginning, terms: Terms, limits: Limits
) -> None:
    try:
        chosen = _chosen(wards, choice)
    except (RefusedInputError, UsageError) as error:
        raise RefusedInputError(f"{error} Here: --crs EPSG:27700, or whatever it is.") from error
    chosen.to_file(place / WARDS, driver="GPKG", layer="wards", engine="pyogrio")
    (place / SETTINGS).write_text(settings_text(beginning), encoding="utf-8", newline="\n")
    said = json.dumps(_said(place / WARDS, wards=wards, choice=choice, terms=terms), indent=2, ensure_ascii=False)
    (place / SOURCE).write_text(said + "\n", encoding="utf-8", newline="\n")
    try:
        read = len(read_wards(place / WARDS, load_settings(place / SETTINGS).wards, limits=limits).rows)
    except RefusedInputError as error:
        raise RefusedInputError(f"The wards of this area cannot be used, so nothing was written. {error}") from error
    if read != len(chosen):
        raise RefusedInputError(
            f"Of {len(chosen):,} wards {read:,} can be read back. Nothing was written. Please report it."
        )


def _chosen(wards: NationalWards, choice: Choice) -> gpd.GeoDataFrame:
    shapes = to_grid(
        gpd.GeoSeries(wards.shapes[choice.rows].reset_index(drop=True)),
        stated=wards.crs,
        standard=wards.in_degrees_by_standard,
        file=wards.file.name,
    )
    kept = [
        one for one in ("ward_code", "ward_name", "district_code", "district_name", PROVENANCE) if one in wards.cells
    ]
    cells = wards.cells.loc[choice.rows, kept].rename(columns=dict(wards.headings)).reset_index(drop=True)
    return gpd.GeoDataFrame(cells, geometry=shapes.to_numpy(), crs=shapes.crs)


def _said(file: Path, *, wards: NationalWards, choice: Choice, terms: Terms) -> dict[str, object]:
    return {
        "file": file.name,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "records": int(choice.rows.sum()),
        "areas": list(choice.names) or "as the codes say",
        "made_from": {"file": wards.file.name, "sha256": hash_file(wards.file), "records": len(wards.cells)},
        "notes": [*wards.notes, *choice.notes],
        "licence": terms.licence,
        "attribution": [terms.credit] if terms.credit else [],
        "how_the_licence_is_known": terms.how,
        "software": f"ward-overlap {software_version()}",
    }


def _terms_beside(file: Path) -> Terms | None:
    """Read what is said of a file beside it, if it is said of this very file."""
    path = file.with_name(SOURCE)
    try:
        if regular_size(path) > _LARGEST_SOURCE:
            return None
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError, RefusedInputError):
        return None
    if not isinstance(said, dict) or said.get("sha256") != hash_file(file):
        return None
    licence, lines = said.get("licence"), said.get("attribution")
    texts = [visible_text(one).rstrip(".") for one in lines if isinstance(one, str)] if isinstance(lines, list) else []
    return Terms(
        visible_text(licence)[:_LONGEST] if isinstance(licence, str) else None,
        ". ".join(texts)[:_LONGEST] or None,
        f"from {SOURCE} beside {file.name}",
    )


def _free_name(path: Path) -> Path:
    """Give the path, or with the next number where something has that name: what was kept once is never written over."""
    names = (path.with_name(f"{path.name}{number}") for number in count(2))
    return path if not path.exists() else next(name for name in names if not name.exists())
