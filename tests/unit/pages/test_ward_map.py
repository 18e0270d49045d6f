"""What the map sends and what it makes of a click, without a browser."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import folium
import pytest
import streamlit as st
import streamlit_folium

from pages.components.map_colours import Ahead, Colours
from pages.components.ward_map import ClassStyle, MapOutlines, ward_map

OUTLINES = MapOutlines("../../app/static/outlines/wards-1.js", "v1", ("A", "B", "C"), (-1.0, 52.0, -0.9, 52.1), 3)
STYLES = (ClassStyle("#12436D", "none", "high"), ClassStyle("#C9D0D8", "hatch", "uncertain"))
Draw = Callable[..., str | None]


@pytest.fixture
def sent() -> list[dict[str, object]]:
    """What went to the browser, run by run."""
    return []


@pytest.fixture
def answers() -> list[object]:
    """What the browser returns next; nothing if empty."""
    return []


@pytest.fixture
def draw(sent: list[dict[str, object]], answers: list[object], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Draw:
    """Draw the three wards."""

    def component(**given: object) -> object:
        sent.append(given)
        return answers.pop(0) if answers else None

    monkeypatch.setattr(streamlit_folium, "_component_func", component)
    monkeypatch.setattr(st, "session_state", {})
    usual = {"codes": [0, 1, 0], "styles": STYLES, "selected": None, "key": "map", "dark": False, "root": tmp_path}
    return lambda **changed: ward_map(OUTLINES, **{**usual, **changed})


def click(ward: str, *, at: int) -> dict[str, object]:
    """What streamlit-folium returns after a click."""
    return {"last_active_drawing": {"type": "Feature", "geometry": None, "properties": {"code": ward, "at": at}}}


def painted(run: dict[str, object]) -> dict[str, object]:
    """The view in what was sent."""
    script = str(run["feature_group"])
    start = script.index("wardMap.paint(") + len("wardMap.paint(")
    return dict(json.JSONDecoder().raw_decode(script[start:])[0])


def test_one_character_a_ward_is_sent(draw: Draw, sent: list[dict[str, object]]) -> None:
    draw(codes=[1, 0, 1], selected="B", neighbours=["C", "A"])
    view = painted(sent[0])
    assert (view["codes"], view["selected"], view["neighbours"]) == ("101", 1, [0, 2])


def test_nothing_is_asked_of_another_host_and_folium_stays_as_it_is(draw: Draw, sent: list[dict[str, object]]) -> None:
    before = list(folium.Map.default_js)
    draw()
    links = [*sent[0]["js_links"], *sent[0]["css_links"]]  # type: ignore[misc]
    assert links
    assert all(link.startswith("../../app/static/") for link in links)
    assert "http" not in str(sent[0]["script"])
    assert folium.Map.default_js == before


def test_another_view_keeps_the_map_and_other_outlines_do_not(draw: Draw, sent: list[dict[str, object]]) -> None:
    draw()
    draw(codes=[1, 1, 1], selected="A", dark=True)
    draw(height=300)
    assert sent[0]["key"] == sent[1]["key"] != sent[2]["key"]
    assert sent[0]["script"] == sent[1]["script"]
    assert sent[0]["feature_group"] != sent[1]["feature_group"]


def test_the_same_view_is_sent_as_the_same_text(draw: Draw, sent: list[dict[str, object]]) -> None:
    draw()
    draw()
    assert sent[0] | {"on_change": None} == sent[1] | {"on_change": None}


def test_each_text_is_sent_once(draw: Draw, sent: list[dict[str, object]]) -> None:
    draw(notes=["said", "other", "said"])
    assert painted(sent[0])["notes"] == {"texts": ["said", "other"], "of": [0, 1, 0]}


@pytest.mark.parametrize(
    "text",
    [
        "</script>",
        "<img src=x>",
        "'); alert(1); ('",
        "\u2028",
        "{{ 6*7 }}",
        "{% raw %}",
        "{#",
        "{{{",
        "{{'x'}}",
        "feature_group_0",
        "map_div",
    ],
)
def test_a_label_stays_a_string(text: str, draw: Draw, sent: list[dict[str, object]]) -> None:
    draw(styles=[ClassStyle("#ffffff", "none", text), STYLES[1]])
    assert painted(sent[0])["classes"][0]["label"] == text  # type: ignore[index]
    draw(label=text, source=text)
    created = str(sent[1]["script"]).split('wardMap.create("map_div", ', 1)[1]
    assert json.JSONDecoder().raw_decode(created)[0]["source"] == text
    assert "<" not in str(sent[0]["feature_group"])


def test_what_may_be_chosen_next_is_what_its_own_run_will_send(draw: Draw, sent: list[dict[str, object]]) -> None:
    other = (ClassStyle("#F46A25", "none", "very high"), STYLES[1])
    ahead = Ahead("Measure", (Colours("First", (0, 1, 0), STYLES), Colours("Second", (1, 1, 0), other)))
    draw(ahead=ahead, selected="B")
    draw(ahead=ahead, selected="B", codes=[1, 1, 0], styles=other)
    now, then = painted(sent[0]), painted(sent[1])
    assert now["ahead"] == then["ahead"]
    assert now["ahead"]["control"] == "Measure"  # type: ignore[index]
    told = now["ahead"]["colours"]  # type: ignore[index]
    assert [one.pop("title") for one in told] == ["First", "Second"]
    assert told == [{key: view[key] for key in ("codes", "classes", "stamp")} for view in (now, then)]
    assert now["stamp"] != then["stamp"]


def test_of_thousands_of_wards_nothing_is_sent_ahead(draw: Draw, sent: list[dict[str, object]], tmp_path: Path) -> None:
    for n in (2_000, 2_001):
        many = replace(OUTLINES, ward_codes=tuple(map(str, range(n))), n=n)
        ahead = Ahead("Measure", (Colours("First", [0] * n, STYLES),))
        ward_map(many, codes=[0] * n, styles=STYLES, selected=None, key="m", dark=False, root=tmp_path, ahead=ahead)
    assert ["ahead" in painted(one) for one in sent] == [True, False]


def test_a_click_is_given_in_one_run_only(draw: Draw, answers: list[object]) -> None:
    answers += [click("B", at=1), click("B", at=1), click("A", at=2), click("B", at=3), None]
    assert [draw() for _ in range(5)] == ["B", None, "A", "B", None]


def test_a_click_on_a_ward_that_is_not_drawn_is_none(draw: Draw, answers: list[object]) -> None:
    answers.append(click("Z", at=1))
    assert draw() is None


def test_a_selected_ward_of_another_vintage_is_not_outlined(draw: Draw, sent: list[dict[str, object]]) -> None:
    draw(selected="Z")
    assert painted(sent[0])["selected"] is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"codes": [0, 1]}, "2 codes for 3 wards"),
        ({"codes": [0, 1, 2]}, "no style"),
        ({"codes": [0, 1, -1]}, "no style"),
        ({"notes": ["a"]}, "1 notes for 3 wards"),
        ({"styles": STYLES * 19}, "at most 36"),
    ],
)
def test_a_view_that_does_not_fit_the_wards_is_refused(wrong: dict[str, object], said: str, draw: Draw) -> None:
    with pytest.raises(ValueError, match=said):
        draw(**wrong)
