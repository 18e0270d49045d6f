from pathlib import Path

import pytest

from data.errors import UsageError
from data.settings import Settings, load_settings

LEAST = """
[partnership]
name = "Anywhere"
[wards]
vintage = 2023
[incidents]
date = "Month"
longitude = "Longitude"
latitude = "Latitude"
"""
BREAK = """
[[analysis.breaks]]
measure = "referrals"
quarter = "2024/25 Q1"
because = "A new case system came into use."
"""


def load(folder: Path, text: str, *, encoding: str = "utf-8") -> Settings:
    path = folder / "settings.toml"
    path.write_text(text, encoding=encoding)
    return load_settings(path)


def mistakes(folder: Path, text: str) -> str:
    with pytest.raises(UsageError) as raised:
        load(folder, text)
    return str(raised.value)


def test_the_least_that_must_be_said_is_enough(tmp_path: Path) -> None:
    settings = load(tmp_path, LEAST)
    assert settings.wards.code == "ward_code"
    assert settings.referrals.sector == "sector"
    assert "sector" not in settings.referrals.model_fields_set
    assert (settings.disclosure.suppress_up_to, settings.disclosure.round_to) == (7, 5)


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    assert load(tmp_path, LEAST, encoding="utf-8-sig").partnership.name == "Anywhere"


def test_whole_numbers_serve_for_decimals_and_lists_for_kept_categories(tmp_path: Path) -> None:
    text = (
        LEAST + 'category = "Crime type"\nkeep = ["Public order"]\ntolerance_metres = 25\n[analysis]\nthreshold = 2\n'
    )
    settings = load(tmp_path, text)
    assert settings.incidents.keep == ("Public order",)
    assert settings.incidents.tolerance_metres == 25.0
    assert settings.analysis.threshold == 2.0


def test_known_breaks_are_read_and_there_are_none_unless_named(tmp_path: Path) -> None:
    assert load(tmp_path, LEAST).analysis.breaks == ()
    text = LEAST + BREAK.replace("2024/25 Q1", "2024/2025 q1") + BREAK.replace("referrals", "both")
    first, second = load(tmp_path, text).analysis.breaks
    assert (first.measure, first.quarter, first.because) == (
        "referrals",
        "2024/25 Q1",
        "A new case system came into use.",
    )
    assert second.measure == "both"


def test_snapshots_are_found_from_the_settings_file(tmp_path: Path) -> None:
    assert load(tmp_path, LEAST + '[storage]\nsnapshots = "kept"\n').storage.snapshots == str(tmp_path / "kept")
    storage = load(tmp_path, LEAST + '[storage]\nrecords = "r.db"\nanchor = "/other/r.anchor"\n').storage
    assert (storage.snapshots, storage.records) == (None, str(tmp_path / "r.db"))
    assert storage.anchor == str(Path("/other/r.anchor").resolve())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "settings.toml, [partnership]: it is missing. Add it."),
        (LEAST.replace("vintage = 2023", ""), "settings.toml, [wards] vintage: it is missing. Add it."),
        (
            LEAST + 'dates = "x"\n',
            "settings.toml, [incidents] dates: there is no such setting. Remove it or correct its spelling.",
        ),
        (LEAST + "[refferals]\n", "settings.toml, [refferals]: there is no such setting."),
        (
            LEAST.replace("2023", '"2023"'),
            "settings.toml, [wards] vintage: input should be a valid integer. Correct it.",
        ),
        (
            LEAST + "[analysis]\nfdr = 0.9\n",
            "settings.toml, [analysis] fdr: input should be less than 0.5. Correct it.",
        ),
        (
            LEAST + "[referrals]\nheader_row = 0\n",
            "settings.toml, [referrals] header_row: input should be greater than or equal to 1.",
        ),
        (LEAST.replace('date = "Month"', ""), "say which column holds the date (date) or the quarter (quarter)"),
        (LEAST.replace('latitude = "Latitude"', ""), "longitude goes with latitude"),
        (
            LEAST + 'easting = "E"\nnorthing = "N"\n',
            "give either longitude and latitude or easting and northing, not both",
        ),
        (LEAST.replace('longitude = "Longitude"\nlatitude = "Latitude"', ""), "say where an incident is"),
        (LEAST + 'keep = ["race"]\n', "keep names categories, so say which column holds them (category)"),
        ("[wards", "is not valid TOML"),
        (
            LEAST + BREAK.replace("2024/25 Q1", "spring 2024"),
            "settings.toml, [analysis] breaks.0.quarter: expected a quarter of the year to March such as 2025/26 Q2. Correct it.",
        ),
        (LEAST + BREAK.replace("referrals", "arrests"), "settings.toml, [analysis] breaks.0.measure: input should be"),
        (LEAST + BREAK.replace("because", "why"), "settings.toml, [analysis] breaks.0.because: it is missing. Add it."),
    ],
)
def test_each_mistake_is_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    assert sentence in mistakes(tmp_path, text)


def test_every_mistake_is_said_at_once(tmp_path: Path) -> None:
    assert len(mistakes(tmp_path, LEAST.replace("2023", "1066") + "[analysis]\nseed = -1\n").splitlines()) == 2


def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        load_settings(tmp_path / "none.toml")
    (tmp_path / "settings.toml").write_bytes('name = "Caf\u00e9"'.encode("cp1252"))
    with pytest.raises(UsageError, match="is not UTF-8 text"):
        load_settings(tmp_path / "settings.toml")
