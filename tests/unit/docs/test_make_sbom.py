"""The bill of materials is that of requirements.txt."""

import json
import subprocess
import sys
from dataclasses import replace

from docs.make_sbom import SBOM, sbom_text
from docs.pinned import PROJECT, Pinned, read_pinned

PACKAGES = (
    Pinned(name="outer", version="1", marker="", hashes=("a" * 64, "b" * 64), wanted_by=("-r requirements.in",)),
    Pinned(name="inner", version="2", marker="os_name == 'nt'", hashes=("c" * 64,), wanted_by=("outer",)),
)


def test_the_committed_one_is_current():
    committed = json.loads(SBOM.read_text(encoding="utf-8"))
    listed = {
        (one["name"], one["version"], each["content"])
        for one in committed["components"]
        for files in one["externalReferences"]
        for each in files["hashes"]
    }
    pinned = read_pinned()
    assert listed == {(one.name, one.version, content) for one in pinned for content in one.hashes}, "run `make sbom`"
    assert SBOM.read_text(encoding="utf-8") == sbom_text(pinned), "run `make sbom`"


def test_the_same_input_gives_the_same_bytes_whatever_its_order_and_in_every_process():
    assert sbom_text(PACKAGES) == sbom_text(reversed(PACKAGES))
    code = "from docs.make_sbom import *; sys.stdout.write(sbom_text(read_pinned()))"
    run = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, check=True)
    assert run.stdout == SBOM.read_bytes()


def test_nothing_in_it_differs_from_day_to_day_or_names_a_registry_or_a_folder():
    text = sbom_text(PACKAGES)
    assert "serialNumber" not in text
    assert "timestamp" not in text
    assert "://" not in SBOM.read_text(encoding="utf-8").replace("http://cyclonedx.org/schema/", "")
    assert str(PROJECT) not in text


def test_it_says_what_needs_what_and_what_is_only_for_some_systems():
    bom = json.loads(sbom_text(PACKAGES))
    needs = {one["ref"]: one.get("dependsOn", []) for one in bom["dependencies"]}
    assert needs == {
        "ward-overlap": ["pkg:pypi/outer@1"],
        "pkg:pypi/outer@1": ["pkg:pypi/inner@2"],
        "pkg:pypi/inner@2": [],
    }
    inner = next(one for one in bom["components"] if one["name"] == "inner")
    assert [one["value"] for one in inner["properties"]] == ["os_name == 'nt'"]


def test_another_hash_gives_another_bill():
    assert sbom_text([replace(PACKAGES[0], hashes=("d" * 64,)), PACKAGES[1]]) != sbom_text(PACKAGES)
