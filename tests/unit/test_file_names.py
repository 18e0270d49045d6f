"""Names of files that leave the program tell no ward: neither its name nor its code, nor anything that somebody chose."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TREES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for package in ("pages", "briefing", "server")
    for path in sorted((ROOT / package).rglob("*.py"))
}
TELLING_NOTHING = {
    *("view.manifest.id", "released.audience", "date.today()"),
    *("record.id", "record.issue.number", "kind"),  # of a briefing: numbers of the register, and pdf or docx
    "report.table",  # of a list of faults: which of the four tables it is of
    "facts.file",  # of a kind of paper: what it is, fixed in `briefing.papers.kinds`
    *(
        "partnership_slug(settings_in_use())",
        "_day_of(kept.order)",
    ),  # whose it is, and the day of the meeting or of the paper
}
"""What may stand in the name of a download: which snapshot, for whom, when it was made. A constant in capitals may as well."""
PASSED_ON = "file_name"
"""A function that takes this and passes it on is itself held to the rule, wherever it is called."""
FIXED = {"pages/components/map_layers.py"}
"""Publishes the map's own program under the names in a constant table."""


def takers() -> dict[str, str]:
    """Calls that give a file to a browser, and the argument that names it."""
    functions = [node for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    passing = {one.name for one in functions if PASSED_ON in {a.arg for a in [*one.args.args, *one.args.kwonlyargs]}}
    return {"download_button": PASSED_ON, "publish_static": "name", **dict.fromkeys(passing, PASSED_ON)}


def calls() -> Iterator[tuple[str, ast.expr | None]]:
    """Where a file is given to a browser, and the name that it gets."""
    named = takers()
    for place, tree in TREES.items():
        for node in ast.walk(tree):
            called = ast.unparse(node.func).rpartition(".")[2] if isinstance(node, ast.Call) else ""
            if isinstance(node, ast.Call) and called in named and place not in FIXED:
                given = {one.arg: one.value for one in node.keywords}
                yield f"{place}:{node.lineno}", given.get(named[called])


FOUND = list(calls())


def parts(name: ast.expr) -> Iterator[str]:
    """What a name is made of, besides plain text."""
    match name:
        case ast.Constant(value=str()):
            return
        case ast.JoinedStr(values=values):
            for value in values:
                yield from parts(value)
        case ast.FormattedValue(value=value):
            yield ast.unparse(value)
        case _:
            yield ast.unparse(name)


def telling(name: ast.expr) -> list[str]:
    allowed = {*TELLING_NOTHING, PASSED_ON}
    return [part for part in parts(name) if part not in allowed and not part.lstrip("_").isupper()]


def test_files_are_given_to_the_browser_somewhere():
    assert len(FOUND) >= 3


@pytest.mark.parametrize(("place", "name"), FOUND, ids=[place for place, _ in FOUND])
def test_a_file_for_the_browser_has_a_name_that_tells_nothing(place: str, name: ast.expr | None):
    assert name is not None, f"{place}: without a name, one is made of what is in the file or of where it lies"
    assert not telling(name), place


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("'overlap.csv'", []),
        ("f'overlap-{view.manifest.id}-{released.audience}.csv'", []),
        ("f'{_FOLDER}/wards.js'", []),
        ("f'briefing-{ward}.docx'", ["ward"]),
        ("f'{ward_name(view)}.csv'", ["ward_name(view)"]),
        ("'overlap-' + ward", ["'overlap-' + ward"]),
        ("chosen", ["chosen"]),
    ],
)
def test_what_tells_something_in_a_name_is_seen(name: str, told: list[str]):
    assert telling(ast.parse(name, mode="eval").body) == told
