"""The section of briefings: its defaults, its places, its mistakes."""

from pathlib import Path

import pytest

from data.errors import UsageError
from data.settings import Settings, load_settings
from tests.area_files import SETTINGS


def load(folder: Path, *lines: str) -> Settings:
    path = folder / "settings.toml"
    path.write_text("\n".join([SETTINGS, "[briefing]", *lines]), encoding="utf-8")
    return load_settings(path)


def test_without_the_section_two_people_are_asked_for_and_every_rule_holds(tmp_path):
    found = load(tmp_path).briefing
    assert (found.brief_new, found.brief_easing, found.second_person) == (True, True, True)
    assert (found.persistent_after_quarters, found.valid_days) == (2, 120)
    assert (found.councillors, found.word_template, found.contact, found.references) == (None, None, "", "")


def test_places_are_relative_to_the_settings_file(tmp_path):
    found = load(tmp_path, 'councillors = "lists/councillors.csv"', 'word_template = "/else/where.docx"').briefing
    assert found.councillors == str(tmp_path.resolve() / "lists" / "councillors.csv")
    assert found.word_template == str(Path("/else/where.docx").resolve())


@pytest.mark.parametrize(
    "line",
    [
        "valid_days = 0",
        "persistent_after_quarters = 0",
        'brief_new = "yes"',
        f'contact = "{"x" * 121}"',
        f'references = "{"x" * 161}"',
        'councillors = ""',
        "send_to_all = true",
    ],
)
def test_mistakes_are_said_with_their_place(tmp_path, line):
    with pytest.raises(UsageError, match=rf"\[briefing\] {line.split()[0]}"):
        load(tmp_path, line)


def test_a_place_that_can_be_none_is_said(tmp_path):
    with pytest.raises(UsageError, match=r"\[briefing\]: there can be no file"):
        load(tmp_path, 'councillors = "a\\u0000b"')
