# tables and made-up files: one a line reads better than one over five
"""An area whose names are HTML, Markdown and worse: screens show them as they are written, and nothing else."""

import ast
import re
from html import escape
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from data.demo.files import wards_geojson
from data.settings import load_settings
from data.snapshots import SnapshotStore
from data.visible_text import visible_text
from ingest.pipeline import Inputs, ingest
from ingest.places import snapshot_folder
from pages.components.plain_text import plain_text
from tests.hostile.screen_texts import SCREEN_TEXTS

PROJECT = Path(__file__).resolve().parents[2]
EVIL = "![x](http://evil.example/x.png)<img src=http://evil.example>:material/skull: $x$"
SETTINGS = f"""
[partnership]
name = "{EVIL}"
[wards]
vintage = 2023
credit = "{EVIL}"
[incidents]
date = "date"
easting = "easting"
northing = "northing"
category = "strand"
stand_in = "{EVIL}"
[disclosure]
handling = "{EVIL}"
[[analysis.breaks]]
measure = "both"
quarter = "2024/25 Q1"
because = "{EVIL}"
"""
MONTHS = [f"{year}-{month:02d}" for year in (2023, 2024) for month in range(1, 13)]


def write_hostile_area(folder: Path) -> tuple[Path, Inputs]:
    """Thirty-six square wards with one of the texts each as name; the first is high on both."""
    names = [*SCREEN_TEXTS.values(), EVIL]
    names = [names[number % len(names)] for number in range(36)]
    codes = [f"X0590{number:04d}" for number in range(36)]
    corners = [(450_000 + 1000 * (n % 6), 300_000 + 1000 * (n // 6)) for n in range(36)]
    wards = gpd.GeoDataFrame(
        {"ward_code": codes, "ward_name": names, "district": [EVIL if n < 18 else "<b>South</b>" for n in range(36)]},
        geometry=[shapely.box(x, y, x + 1000, y + 1000) for x, y in corners],
        crs="EPSG:27700",
    )
    referrals = [f'{code},{year}/{year % 100 + 1} Q{q},"{EVIL}",{escape(EVIL)},{14 if n in (0, 7) else 1}'
                 for n, code in enumerate(codes) for year in (2022, 2023, 2024) for q in (1, 2, 3, 4)]  # fmt: skip
    incidents = [
        f'{month}-15,{x + 500},{y + 500},"{EVIL}"'
        for n, (x, y) in enumerate(corners)
        for month in MONTHS
        for _ in range(25 if n in (0, 7) else 2)
    ]
    files = {
        "settings.toml": SETTINGS,
        "wards.geojson": wards_geojson(wards),
        "population.csv": "\n".join(["ward_code,residents", *(f"{code},5000" for code in codes)]),
        "referrals.csv": "\n".join(["ward_code,quarter,category,sector,count", *referrals]),
        "incidents.csv": "\n".join(["date,easting,northing,strand", *incidents]),
        "provision.csv": "\n".join(
            ["name,kind,ward_code,start,end,funder,for_whom"]
            + [
                f'"{EVIL} {n}",project,{codes[n]},2022-01,{"2023-01" if n == 0 else ""},"{EVIL}","{EVIL}"'
                for n in (0, 1, 5)
            ]
        ),
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "settings.toml", Inputs(
        folder / "wards.geojson",
        folder / "population.csv",
        folder / "referrals.csv",
        [folder / "incidents.csv"],
        folder / "provision.csv",
    )


@pytest.fixture
def hostile_area(tmp_path: Path, other_settings) -> None:
    settings, inputs = write_hostile_area(tmp_path)
    chosen = load_settings(settings)
    ingest(inputs, settings=chosen, store=SnapshotStore(snapshot_folder(chosen)))
    other_settings(SETTINGS)


def markdown_of(app) -> list[str]:
    """All text on the screen that Streamlit takes for Markdown."""
    bodies = [one.value for one in (*app.title, *app.header, *app.subheader, *app.markdown, *app.caption)]
    messages = [one.value for one in (*app.error, *app.warning, *app.info, *app.success)]
    labels = [one.label for one in (*app.button, *app.selectbox, *app.multiselect, *app.expander)]
    return [*bodies, *messages, *labels]


def read_as_markdown(text: str) -> str:
    """The marks that Markdown would act on: those that are not escaped."""
    return re.sub(r"\\[!-/:-@\[-`{-~]", "", text)


def assert_nothing_is_run(app) -> None:
    assert not app.exception
    assert not app.error
    for body in (one.proto.body for one in app.get("html")):
        assert "<img src=http" not in body
        assert "<script" not in body
        assert "<b>South" not in body
    for text in map(read_as_markdown, markdown_of(app)):
        for mark in ("![", "](", "://", "www.", "a@e", "<", ":material/skull", "$x", "**", "~~"):
            assert mark not in text, text


def test_overview_shows_hostile_names_as_text(open_screen, hostile_area, drawn):
    app = open_screen("overview")
    assert_nothing_is_run(app)
    html = "\n".join(one.proto.body for one in app.get("html"))
    assert escape(visible_text(EVIL)) in html
    flagged = [one.label for one in app.button if (one.key or "").startswith("flagged-")]
    assert plain_text(SCREEN_TEXTS["a picture"]) in flagged


def test_explore_shows_hostile_names_as_text(open_screen, hostile_area, drawn):
    for ward in ("X05900000", "X05900005"):
        app = open_screen("explore", ward=ward, audience="analyst")
        assert_nothing_is_run(app)
        assert app.selectbox(key="ward").value == ward


def test_briefings_shows_hostile_names_as_text(open_screen, hostile_area):
    app = open_screen("briefings", audience="inspector")
    assert_nothing_is_run(app)
    assert escape(visible_text(SCREEN_TEXTS["a picture"])) in "\n".join(one.proto.body for one in app.get("html"))
    app = next(one for one in app.button if one.key.startswith("begin-")).click().run()
    assert_nothing_is_run(app)
    assert "Save" in [one.label for one in app.button]


@pytest.mark.parametrize(
    ("screen", "address"),
    [
        ("ward", {"ward": "X05900000"}),
        ("ward", {"ward": "X05900005"}),
        ("hotspots", {"slide": "now"}),
        ("hotspots", {"slide": "unclear"}),
        ("hotspots", {"slide": "provided"}),
        ("hotspots", {"slide": "decide"}),
        ("methods", {"method": "plain"}),
        ("methods", {"method": "statistics"}),
    ],
)
def test_other_screens_show_hostile_names_as_text(open_screen, hostile_area, screen, address):
    assert_nothing_is_run(open_screen(screen, audience="analyst", **address))


@pytest.mark.parametrize("what", SCREEN_TEXTS)
def test_text_made_plain_holds_no_mark_that_markdown_reads(what):
    said = plain_text(SCREEN_TEXTS[what])
    bare = said.replace("\\\\", "")
    for place, one in enumerate(bare):
        if one in "*_`[]<>()#!|$:~&{}":
            assert bare[place - 1] == "\\", said
    for address in ("://", "www.", "@e"):
        assert address not in said.replace("\\", "")


ALWAYS_OURS = {
    "_headline(released)",
    "f'Explore {Window(question.last_quarter, question.quarters).in_words()}'",
    "f'{why_not} Until then the map shows the overlap.'",
    "f'There are no {measure} of the chosen kind in this window, so nothing can be said of overlap.'",
    "f'The link asks for something that these data or this audience do not have ({named}). The usual is shown instead.'",
    "f'You signed in more than {_in_hours(hours)} ago. Sign in again to go on where you were.'",
    "f'Categories ({named})' if named else 'Categories'",
    "_PURPOSE",
    "label",
    "title",
    "found.sentence",
}
"""Texts that screens hand to Markdown without making them plain: of our own words, counts and quarters only."""
READS_MARKDOWN = {
    "title", "header", "subheader", "markdown", "caption", "write", "info", "warning", "error", "success", "toast",
    "button", "expander", "popover", "metric", "link_button", "download_button", "checkbox", "toggle", "radio",
}  # fmt: skip


def handed_to_markdown() -> list[tuple[str, str]]:
    found = []
    for path in sorted((PROJECT / "pages").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and ast.unparse(node.func.value) != "file"
                and node.func.attr in READS_MARKDOWN
                and node.args
            ):
                text = node.args[0]
                if not is_plain(text):
                    found.append((path.name, ast.unparse(text)))
    return found


def is_plain(text: ast.expr) -> bool:
    """Whether a text is a constant, one of two constants, a constant with numbers of things in it, or made plain."""
    if isinstance(text, ast.IfExp):
        return is_plain(text.body) and is_plain(text.orelse)
    if isinstance(text, ast.JoinedStr):
        values = [part.value for part in text.values if isinstance(part, ast.FormattedValue)]
        if all(isinstance(one, ast.Call) and ast.unparse(one.func) == "len" for one in values):
            return True
    return isinstance(text, ast.Constant) or "plain_text(" in ast.unparse(text) or "plain_lines(" in ast.unparse(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("'a'", True),
        ("'a' if b else 'c'", True),
        ("f'{len(a)} wards'", True),
        ("plain_text(name)", True),
        ("name", False),
        ("'a' if b else name", False),
        ("f'{len(a)} of {name}'", False),
    ],
)
def test_a_text_is_taken_for_ours_only_where_nothing_of_the_data_is_in_it(text: str, plain: bool):
    assert is_plain(ast.parse(text, mode="eval").body) == plain


def test_every_text_that_is_handed_to_markdown_is_our_own_or_made_plain():
    assert [(file, text) for file, text in handed_to_markdown() if text not in ALWAYS_OURS] == []


def test_the_map_program_writes_names_as_text_and_never_as_html():
    program = (PROJECT / "pages/components/assets/ward_map.js").read_text(encoding="utf-8")
    assert "textContent" in program
    for way in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        'bindPopup("',
        "setHTML",
        "srcdoc",
    ):
        assert way not in program
