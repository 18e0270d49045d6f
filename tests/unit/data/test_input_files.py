from pathlib import Path

import pytest

from data.errors import RefusedInputError
from data.input_files import expand_paths, refuse_copies

CSV = (".csv",)


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)


def names(found: list[Path]) -> list[str]:
    return [path.name for path in found]


def test_a_folder_stands_for_its_tables_in_natural_order(tmp_path: Path) -> None:
    make(tmp_path, "m10.csv", "m9.CSV", "M11.csv", "notes.pdf", ".hidden.csv", "~$m9.csv", "inside/m1.csv")
    assert names(expand_paths(tmp_path, suffixes=CSV)) == ["m9.CSV", "m10.csv", "M11.csv"]


def test_a_pattern_may_reach_into_folders(tmp_path: Path) -> None:
    make(tmp_path, "2025-10/street.csv", "2025-09/street.csv", "2025-09/outcomes.csv")
    found = expand_paths(str(tmp_path / "*" / "street.csv"), suffixes=CSV)
    assert [path.parent.name for path in found] == ["2025-09", "2025-10"]


def test_what_is_named_twice_is_read_once(tmp_path: Path) -> None:
    make(tmp_path, "a.csv", "b.csv")
    found = expand_paths([tmp_path / "b.csv", tmp_path, tmp_path / "." / "b.csv"], suffixes=CSV)
    assert names(found) == ["a.csv", "b.csv"]


def test_a_name_with_brackets_is_a_name(tmp_path: Path) -> None:
    make(tmp_path, "a [1].csv")
    assert names(expand_paths(tmp_path / "a [1].csv", suffixes=CSV)) == ["a [1].csv"]


def test_a_relative_pattern_starts_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.csv")
    monkeypatch.chdir(tmp_path)
    assert names(expand_paths("*.csv", suffixes=CSV)) == ["a.csv"]


def test_nothing_named_is_a_sentence() -> None:
    with pytest.raises(RefusedInputError, match="No file was named"):
        expand_paths([], suffixes=CSV)


def test_copies_are_refused_by_name(tmp_path: Path) -> None:
    make(tmp_path, "a.csv", "b.csv")
    refuse_copies([tmp_path / "a.csv", tmp_path / "b.csv"])
    (tmp_path / "b.csv").write_text("a.csv")
    with pytest.raises(RefusedInputError, match=r"a\.csv and b\.csv have the same content"):
        refuse_copies([tmp_path / "a.csv", tmp_path / "b.csv"])
