"""Every example on the page of the Python API is run, one after the other, on a small area in place of the demonstration."""

import importlib
import re
from pathlib import Path

from ingest.places import STORE_VARIABLE
from tests.area_files import write_area

PAGE = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def test_every_example_runs_and_leaves_the_files_that_it_names(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "store"))
    monkeypatch.chdir(tmp_path)
    write_area(tmp_path / "example", provenance="invented")
    names: dict[str, object] = {}
    for block in BLOCKS:
        exec(compile(block, "docs/api.md", "exec"), names)
    written = {path.name for path in (tmp_path / "results").iterdir()}
    assert written == {"overlap.csv", "overlap.gpkg", "overlap.parquet", "overlap.xlsx", "run.json"}
    said = capsys.readouterr().out
    assert said.count("OFFICIAL-SENSITIVE") == 2
    assert "7 or fewer" in said
    assert len(BLOCKS) >= 6


def test_every_name_in_the_table_is_there():
    named = re.findall(r"^\| `([a-z_.]+)\.([A-Za-z_]+)` \|", PAGE, re.MULTILINE)
    assert len(named) >= 10
    missing = [name for module, name in named if not hasattr(importlib.import_module(module), name)]
    assert not missing
