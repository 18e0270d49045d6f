"""The register of exports: what was written can be found again, and the register leads nowhere else."""

import json
from pathlib import Path

import pytest

from data.errors import RefusedInputError
from data.manifest import hash_file
from disclosure.export_register import Export, ExportRegister


@pytest.fixture
def register(tmp_path: Path) -> ExportRegister:
    return ExportRegister(tmp_path / "records" / "exports")


def written(folder: Path, *names: str, text: str = "x") -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / name for name in names]
    for path in paths:
        path.write_text(text, encoding="utf-8")
    return paths


def exported(register: ExportRegister, folder: Path, *names: str) -> Export:
    register.begin(folder, audience="analyst", snapshot="2025-26-q2-0123456789ab")
    return register.finish(folder, written(folder, *names))


def test_an_export_is_found_again_with_its_files(register: ExportRegister, tmp_path: Path):
    exported(register, tmp_path / "out", "overlap.csv", "run.json")
    (found,) = register.exports()
    assert found.folder == str(tmp_path / "out")
    assert (found.audience, found.snapshot) == ("analyst", "2025-26-q2-0123456789ab")
    assert set(found.files) == {"overlap.csv", "run.json"}
    assert found.files["run.json"].sha256 == hash_file(tmp_path / "out" / "run.json")


def test_a_run_that_was_stopped_is_in_the_register_without_files(register: ExportRegister, tmp_path: Path):
    register.begin(tmp_path / "out", audience="analyst", snapshot="")
    assert [one.files for one in register.exports()] == [{}]


def test_a_second_run_into_the_same_folder_takes_the_place_of_the_first(register: ExportRegister, tmp_path: Path):
    first = exported(register, tmp_path / "out", "overlap.csv")
    second = exported(register, tmp_path / "elsewhere" / ".." / "out", "overlap.csv", "run.json")
    assert first.id == second.id
    assert register.exports() == [second]


def test_two_folders_are_two_entries_the_oldest_first(register: ExportRegister, tmp_path: Path):
    made = [exported(register, tmp_path / name, "run.json") for name in ("b", "a", "c")]
    assert register.exports() == made


def test_the_entry_is_for_its_owner_alone_and_its_id_tells_no_folder(register: ExportRegister, tmp_path: Path):
    export = exported(register, tmp_path / "northgate", "run.json")
    path = register.folder / f"{export.id}.json"
    assert path.stat().st_mode & 0o077 == 0
    assert [each.name for each in register.folder.iterdir()] == [path.name]
    assert len(export.id) == 16


def test_an_export_of_which_no_file_is_left_is_forgotten(register: ExportRegister, tmp_path: Path):
    export = exported(register, tmp_path / "out", "run.json")
    register.keep(export, files={})
    assert register.exports() == []


@pytest.mark.parametrize("name", ["../run.json", "/etc/passwd", "a/b.csv", "..", "RUN.JSON", "a\\b.csv", ""])
def test_no_entry_leads_to_a_file_of_another_folder(register: ExportRegister, tmp_path: Path, name: str):
    export = exported(register, tmp_path / "out", "run.json")
    path = register.folder / f"{export.id}.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["files"] = {name: {"sha256": "0" * 64, "bytes": 1}}
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(RefusedInputError, match=f"damaged entry, {export.id}"):
        register.exports()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff"])
def test_a_damaged_entry_is_told_and_never_left_out(register: ExportRegister, tmp_path: Path, content: bytes):
    export = exported(register, tmp_path / "out", "run.json")
    (register.folder / f"{export.id}.json").write_bytes(content)
    with pytest.raises(RefusedInputError, match="register of exports has a damaged entry"):
        register.exports()


def test_an_entry_under_another_name_is_damaged(register: ExportRegister, tmp_path: Path):
    export = exported(register, tmp_path / "out", "run.json")
    (register.folder / f"{export.id}.json").rename(register.folder / f"{'0' * 16}.json")
    with pytest.raises(RefusedInputError, match="damaged entry, 0000"):
        register.exports()
