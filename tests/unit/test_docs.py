"""What the documents say is held to the code."""

import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from data.settings import Settings, load_settings

PROJECT = Path(__file__).resolve().parents[2]
PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    *sorted(page.relative_to(PROJECT).as_posix() for page in PROJECT.glob("docs/**/*.md")),
]
SETTINGS_PAGE = (PROJECT / "docs" / "settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("section", sorted(Settings.model_fields))
def test_every_setting_is_on_the_settings_page(section: str):
    annotation = Settings.model_fields[section].annotation
    (model,) = [
        one for one in get_args(annotation) or (annotation,) if isinstance(one, type) and issubclass(one, BaseModel)
    ]
    found = re.search(rf"^## \[{section}\]\n(.*?)(?=^## |\Z)", SETTINGS_PAGE, re.DOTALL | re.MULTILINE)
    assert found is not None, f"[{section}] has no heading"
    missing = [name for name in model.model_fields if f"`{name}`" not in found[1]]
    assert not missing


def test_the_example_on_the_settings_page_is_valid(tmp_path: Path):
    example = re.findall(r"```toml\n(.*?)```", SETTINGS_PAGE, re.DOTALL)[0]
    path = tmp_path / "settings.toml"
    path.write_text(example, encoding="utf-8")
    assert load_settings(path).wards.vintage == 2023


@pytest.mark.parametrize("page", PAGES)
def test_every_link_and_picture_is_there(page: str):
    text = (PROJECT / page).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    missing = [link for link in links if not ((PROJECT / page).parent / link).exists()]
    assert not missing
