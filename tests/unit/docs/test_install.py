"""What pip is told on a machine is told to uv, or pip installs."""

import subprocess
from typing import Any

import pytest

from docs import install
from docs.install import told_to_uv, with_uv

LISTED = """\
:env:.disable-pip-version-check='1'
:env:.find-links='/wheels /more'
global.cert='/certificates.pem'
global.extra-index-url='https://one.example/simple https://two.example/simple'
global.index-url='https://global.example/simple'
install.index-url='https://install.example/simple'
freeze.all='true'
"""


def test_a_mirror_wheels_on_disk_and_certificates_are_told():
    assert told_to_uv(LISTED) == {
        "UV_DEFAULT_INDEX": "https://install.example/simple",
        "UV_INDEX": "https://one.example/simple https://two.example/simple",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_FIND_LINKS": "/wheels,/more",
        "SSL_CERT_FILE": "/certificates.pem",
    }


def test_what_the_environment_says_holds_over_what_a_file_says():
    assert told_to_uv(":env:.index-url='https://b.example/'\nglobal.index-url='https://c.example/'\n") == {
        "UV_DEFAULT_INDEX": "https://b.example/"
    }


def test_nothing_is_told_where_pip_is_told_nothing():
    assert told_to_uv("") == {}


@pytest.mark.parametrize("line", ["global.proxy='http://proxy.example'", "global.no-index='true'"])
def test_what_cannot_be_told_is_left_to_pip(line: str):
    assert told_to_uv(LISTED + line + "\n") is None


@pytest.mark.parametrize(("code", "done"), [(0, True), (1, False)])
def test_where_uv_fails_pip_is_left_to_do_it(code: int, *, done: bool, monkeypatch: pytest.MonkeyPatch):
    asked: list[list[str]] = []

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        return subprocess.CompletedProcess(command, code if "uv" in command else 0, stdout="")

    monkeypatch.setattr(install, "find_spec", lambda name: name)
    monkeypatch.setattr(install.subprocess, "run", run)
    assert with_uv(["--require-hashes", "-r", "requirements.txt"]) is done
    assert asked[-1][-3:] == ["--require-hashes", "-r", "requirements.txt"]


def test_without_uv_pip_does_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(install, "find_spec", lambda _: None)
    assert not with_uv(["-r", "requirements.txt"])
