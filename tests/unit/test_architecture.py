"""What import-linter cannot say: the two doors, what they load, and what no file of the repository may hold."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("data", "geo", "ingest", "analysis", "disclosure", "briefing", "pages", "server", "verbs")
DOORS = ("cli", "dashboard")
NO_PRODUCT = {"tests", "bench", "docs"}
MACHINE_PATHS = ("/wor" + "k/", "/hom" + "e/", "/roo" + "t/", "/User" + "s/", "C:\\" + "Users")


def tracked(*, suffix: str = "") -> list[Path]:
    """Files of the repository as git knows them, or of the folder where there is no git."""
    listed = subprocess.run(
        [
            "git",
            "ls-files",
            "-z",
            "--cached",
        ],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("this copy is no git repository, so its files cannot be told from what was made in it")
    files = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return sorted(path for path in files if path.is_file() and path.name.endswith(suffix))


def product_modules() -> list[Path]:
    return [
        *(path for one in PACKAGES for path in sorted((ROOT / one).rglob("*.py"))),
        *(ROOT / f"{d}.py" for d in DOORS),
    ]


def imported_by(path: Path) -> Iterator[str]:
    """Full names of all modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are written in full here"
            yield str(node.module)


def top_level(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imported_by(path)}


def test_the_doors_are_imported_by_no_package():
    for path in product_modules():
        assert not top_level(path) & set(DOORS), path


def test_product_code_imports_no_tests_and_no_benchmarks():
    for path in product_modules():
        assert not top_level(path) & NO_PRODUCT, path


def test_the_door_for_people_only_puts_the_server_around_the_screens():
    assert top_level(ROOT / "dashboard.py") <= {"pathlib", "streamlit", "pages", "server"}


def test_the_door_for_machines_takes_nothing_from_the_screens_nor_from_the_analysis():
    for path in (ROOT / "cli.py", *sorted((ROOT / "verbs").rglob("*.py"))):
        assert not top_level(path) & {"pages", "server", "analysis", "geo", "streamlit"}, path


@pytest.mark.parametrize("package", ["pages", "briefing", "server"])
def test_screens_and_papers_import_the_analysis_nowhere(package):
    for path in sorted((ROOT / package).rglob("*.py")):
        assert "analysis" not in top_level(path), path


def test_the_command_line_loads_no_screen_and_no_web_server():
    of_the_screens = {"pages", "server", "streamlit", "starlette", "streamlit_folium", "folium", "altair"}
    verbs = sorted((ROOT / "verbs").rglob("*.py"))
    # Verbs import when they are called what reads data or computes.
    wanted = {"cli", *(name for path in verbs for name in imported_by(path))}
    assert {"ingest.pipeline", "disclosure.views"} <= wanted
    assert not of_the_screens & loaded_by(*sorted(wanted))


def test_help_and_the_record_of_who_did_what_wait_for_no_library_that_they_do_not_use():
    computing = {"analysis", "pandas", "numpy", "scipy", "sklearn", "libpysal", "pyarrow", "shapely"}
    assert not computing & loaded_by("cli", "disclosure.audit", "disclosure.retention")


def loaded_by(*modules: str) -> set[str]:
    """Packages that a fresh process has loaded when it has imported some modules."""
    code = f"import {', '.join(modules)}, sys; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_the_top_level_holds_the_packages_of_the_design_and_no_other():
    with_code = {path.relative_to(ROOT).parts[0] for path in tracked(suffix=".py")}
    assert with_code <= {*PACKAGES, *NO_PRODUCT, *(f"{door}.py" for door in DOORS)}


def test_tests_in_a_browser_stand_where_they_are_looked_for():
    marked = [path for path in tracked(suffix=".py") if "mark." + "browser" in path.read_text(encoding="utf-8")]
    assert marked
    assert {path.parent for path in marked} == {ROOT / "tests" / "browser"}


def test_every_module_of_the_product_says_what_it_is_for():
    for path in product_modules():
        said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        assert said or path.stat().st_size == 0, path


def test_no_file_names_a_folder_of_somebodys_machine():
    for path in tracked():
        content = path.read_bytes()
        found = [place for place in MACHINE_PATHS if place.encode() in content]
        assert not found, f"{path.relative_to(ROOT)} names {found}"


def test_modules_stay_small_enough_to_read():
    for path in product_modules():
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= 240, f"{path.relative_to(ROOT)} has {lines} lines: split it"
