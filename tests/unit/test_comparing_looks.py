"""What the comparison of looks sees, what it lets pass, and where it does not compare."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from tests.browser.looks import taking
from tests.browser.looks.comparing import difference, write_evidence

SIZE = (640, 240)
LINES = [
    "Thirteen wards are flagged as high on both",
    "Of these about one may be wrong",
    "Decide what to do, and by when",
]
BUTTON = (20, 180, 140, 212)
WARD = [(420, 40), (520, 60), (600, 130), (510, 200), (430, 150)]
LARGER = 8


def screen(
    lines: list[str] = LINES,
    *,
    down: int = 0,
    button: str = "#12436d",
    ground: str = "#ffffff",
    smoothing: Image.Resampling = Image.Resampling.BOX,
) -> Image.Image:
    """A small screen: lines of text, a ward with its outline and a button; `down` moves the second line by pixels.

    It is drawn larger and made smaller, which smooths its edges in a way of several.
    """
    drawn = Image.new("RGB", (SIZE[0] * LARGER, SIZE[1] * LARGER), ground)
    draw = ImageDraw.Draw(drawn)
    font = ImageFont.load_default(size=16 * LARGER)
    for number, line in enumerate(lines):
        moved = down if number == 1 else 0
        draw.text((20 * LARGER, (20 + 40 * number + moved) * LARGER), line, "#16191d", font)
    draw.polygon([(x * LARGER, y * LARGER) for x, y in WARD], "#801650", "#16191d", width=2 * LARGER)
    left, top, right, bottom = (one * LARGER for one in BUTTON)
    draw.rectangle((left, top, right - 1, bottom - 1), button)
    return drawn.resize(SIZE, smoothing)


def seen(now: Image.Image, *, stored: Image.Image | None = None) -> bool:
    found = difference(stored or screen(), now)
    return found is not None and found.is_seen


def test_the_same_picture_does_not_differ():
    assert difference(screen(), screen()) is None


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"down": 3}, id="a line moved by three pixels"),
        pytest.param({"down": 1}, id="a line moved by one pixel"),
        pytest.param({"button": "#801650"}, id="another colour of a button"),
        pytest.param({"button": "#1b4d78"}, id="nearly the same colour of a button"),
        pytest.param({"ground": "#f6f8fa"}, id="a shade on the ground"),
        pytest.param({"button": "#ffffff"}, id="a vanished button"),
        pytest.param({"lines": [LINES[0].replace(" high", ""), *LINES[1:]]}, id="a vanished word amid a line"),
        pytest.param({"lines": [*LINES[:2], LINES[2].removesuffix(" when")]}, id="a vanished word at a line's end"),
        pytest.param({"lines": [LINES[0].replace("both", "bath"), *LINES[1:]]}, id="another letter"),
    ],
)
def test_what_a_person_would_see_is_seen(changed: dict[str, object]):
    assert seen(screen(**changed))  # type: ignore[arg-type]


@pytest.mark.parametrize("smoothing", [Image.Resampling.HAMMING, Image.Resampling.BICUBIC])
def test_edges_smoothed_otherwise_are_the_same_look(smoothing: Image.Resampling):
    now = screen(smoothing=smoothing)
    changed = ImageChops.difference(screen(), now).convert("L").point(lambda level: 255 * (level > 5)).histogram()[255]
    assert changed > 1000, "hardly an edge differs, so this tests nothing"
    assert not seen(now)


def test_colours_that_no_eye_tells_apart_are_the_same_look():
    now = screen(button="#13446e", ground="#fefefe")
    assert difference(screen(), now) is not None
    assert not seen(now)


def test_a_longer_page_is_another_look_even_where_it_is_blank():
    longer = Image.new("RGB", (SIZE[0], SIZE[1] + 1), "white")
    longer.paste(screen())
    assert seen(longer)
    assert seen(screen(), stored=longer)


def test_the_evidence_shows_both_pictures_and_where_they_differ(tmp_path: Path):
    stored, now = screen(), screen(button="#801650")
    found = difference(stored, now)
    assert found is not None
    assert found.box == BUTTON
    files = write_evidence(stored, now, found, folder=tmp_path, name="overview")
    assert [one.name for one in files] == ["overview-stored.png", "overview-now.png", "overview-difference.png"]
    beside = Image.open(files[2])
    assert beside.size == (3 * SIZE[0], SIZE[1])
    middle = (BUTTON[0] + BUTTON[2]) // 2, (BUTTON[1] + BUTTON[3]) // 2
    columns = [beside.getpixel((middle[0] + place * SIZE[0], middle[1])) for place in range(3)]
    assert columns == [stored.getpixel(middle), (255, 0, 0), now.getpixel(middle)]


def test_every_stored_picture_is_held_to_a_screen_and_every_screen_has_one():
    tests = Path(taking.__file__).parents[1] / "test_looks.py"
    held = re.findall(r'looks\.check\(\w+, "([\w-]+)"', tests.read_text(encoding="utf-8"))
    assert {one.stem for one in taking.PICTURES.glob("*.png")} == {"probe", *held}


@pytest.mark.parametrize(
    ("taken_with", "said"),
    [
        ('{"browser": "155"}', "taken with version 155 of the browser, this is 156"),
        (None, "there are no stored pictures"),
    ],
)
def test_with_another_browser_nothing_is_compared_and_the_reason_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken_with: str | None, said: str
):
    monkeypatch.setattr(taking, "TAKEN_WITH", tmp_path / "taken_with.json")
    if taken_with:
        taking.TAKEN_WITH.write_text(taken_with, encoding="utf-8")
    reason = taking.why_not_comparable(SimpleNamespace(version="156.0.1.2"))  # type: ignore[arg-type]
    assert reason is not None
    assert said in reason
    assert taking.COMMAND in reason
