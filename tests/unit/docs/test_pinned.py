"""Every package that is installed is pinned to a version and a hash."""

import re
from pathlib import Path

import pytest

from docs.pinned import PROJECT, read_pinned

LOCKED = sorted(PROJECT.glob("requirements*.txt"))


def lock_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "requirements.txt"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", LOCKED, ids=lambda path: path.name)
def test_every_requirement_has_one_version_and_a_hash(path: Path):
    packages = read_pinned(path)
    headings = re.findall(r"^[^\s#]", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(packages) == len(headings) > 0
    assert all(package.hashes for package in packages)


def test_the_four_lock_files_are_there():
    names = ["requirements-bench.txt", "requirements-dev.txt", "requirements-pip.txt", "requirements.txt"]
    assert [path.name for path in LOCKED] == names


def test_what_is_installed_for_running_testing_and_measuring_is_checked_against_its_hash():
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    said = {f"$({name})": command for name, command in re.findall(r"^(PIP|INSTALL) = (.*)$", makefile, re.MULTILINE)}
    lines = [line.strip() for line in makefile.splitlines() if " -r requirements" in line]
    installs = [said.get(line.split()[0], "") + line for line in lines]
    assert len(installs) == 4
    assert all("--require-hashes" in line for line in installs)
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert all("--require-hashes" in line for line in readme.splitlines() if "pip install" in line)


def test_a_package_is_read_with_all_that_stands_under_it(tmp_path: Path):
    text = (
        f"colorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:{'0' * 64} \\\n    --hash=sha256:{'1' * 64}\n"
        "    # via\n    #   -r requirements.in\n    #   click\n"
        f"click==8 \\\n    --hash=sha256:{'2' * 64}\n    # via typer\n"
    )
    first, second = read_pinned(lock_file(tmp_path, text))
    assert (first.name, first.version, first.purl) == ("colorama", "0.4.6", "pkg:pypi/colorama@0.4.6")
    assert first.marker == 'sys_platform == "win32"'
    assert first.hashes == ("0" * 64, "1" * 64)
    assert first.wanted_by == ("-r requirements.in", "click")
    assert (second.marker, second.wanted_by) == ("", ("typer",))


@pytest.mark.parametrize(
    "text",
    [
        "click==8\n",
        f"click>=8 \\\n    --hash=sha256:{'2' * 64}\n",
        "click==8 \\\n    --hash=md5:0123\n",
        "--index-url https://example.org\n",
        f"click==8 \\\n    --hash=sha256:{'2' * 64}\n-e .\n",
    ],
)
def test_what_is_not_pinned_or_not_hashed_is_refused(tmp_path: Path, text: str):
    with pytest.raises(ValueError, match="make lock"):
        read_pinned(lock_file(tmp_path, text))
