"""Which files an input means: a file, a folder, a pattern, or several of them, in natural order."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from data.errors import RefusedInputError
from data.input_guard import check_name
from data.manifest import hash_file
from data.police_archives import ArchivedFile
from data.queried import InputFile, split_queries

Paths = str | Path | Iterable[str | InputFile]


def expand_paths(paths: Paths, *, suffixes: Sequence[str]) -> list[InputFile]:
    """List the files that are meant, in natural order (`2` before `10`), each once; what queries gave stands before them.

    Of a folder, the files with one of `suffixes` are meant, without hidden and lock files and without folders inside it.

    Raises
    ------
    RefusedInputError
        If something named is not there, or no file is left.
    """
    named = [paths] if isinstance(paths, str | Path) else list(paths)
    queried, files = split_queries(named)
    if not named:
        raise RefusedInputError("No file was named. Name a file, a folder or a pattern.")
    found = [path for one in files for path in _expand(Path(one), suffixes=suffixes)]
    return [*queried, *sorted({_resolved(path): path for path in found}.values(), key=_natural)]


def refuse_copies(paths: Sequence[InputFile | ArchivedFile]) -> None:
    """Refuse two files with the same content: everything in them would count twice.

    Raises
    ------
    RefusedInputError
        Naming the two files.
    """
    seen: dict[str, InputFile | ArchivedFile] = {}
    for path in paths:
        digest = hash_file(path)
        if digest in seen:
            raise RefusedInputError(f"{seen[digest].name} and {path.name} have the same content. Take one of them out.")
        seen[digest] = path


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (RuntimeError, OSError):  # links that lead in a circle
        raise RefusedInputError(f"{path.name}: the file cannot be reached. Check the path.") from None


def _expand(path: Path, *, suffixes: Sequence[str]) -> list[Path]:
    check_name(path)
    try:
        return _found(path, suffixes=suffixes)
    except OSError as error:
        raise RefusedInputError(f"{path}: no file can be looked for there ({error.strerror}). Check it.") from None
    except ValueError:
        raise RefusedInputError(f"{path}: this is no pattern for files. Write it such as data/*/*.csv.") from None


def _found(path: Path, *, suffixes: Sequence[str]) -> list[Path]:
    if path.is_dir():
        inside = [one for one in path.iterdir() if one.is_file() and _counts(one, suffixes=suffixes)]
        if not inside:
            raise RefusedInputError(
                f"{path}: the folder holds no {', '.join(suffixes)} file. "
                f"Name another folder, or a pattern such as {path}/*/*.csv."
            )
        return inside
    if path.exists() or not any(mark in str(path) for mark in "*?["):
        return [path]
    start = Path(path.anchor) if path.is_absolute() else Path()
    matched = [
        one
        for one in start.glob(str(path.relative_to(path.anchor)))
        if one.is_file() and _counts(one, suffixes=suffixes)
    ]
    if not matched:
        raise RefusedInputError(f"{path}: no file fits this pattern. Check it.")
    return matched


def _counts(path: Path, *, suffixes: Sequence[str]) -> bool:
    # `~$name.xlsx` is Excel's lock beside a workbook that someone has open.
    return path.suffix.lower() in suffixes and not path.name.startswith((".", "~$"))


def _natural(path: Path) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part.casefold()) for part in re.split(r"(\d+)", str(path))]
