"""What the scatter sends to the browser."""

import json
import tomllib
from math import log10
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from disclosure.palette import CLASSES_OF_OVERLAP
from pages.components.risk_figure import X, Y, code_of, risk_figure

PROJECT = Path(__file__).resolve().parents[3]
HOSTILE = '<a href="http://evil.example">&lt;b&gt;</a>'


def wards(number: int = 3, *, name: str = "High Street", selected: tuple[int, ...] = ()) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "ward_code": [f"X05{place:06d}" for place in range(number)],
            "ward_name": name,
            "district": "North",
            "class": [("neither", "high on both", "too uncertain to say")[place % 3] for place in range(number)],
            X: [0.25 + place % 40 / 10 for place in range(number)],
            Y: [0.4 + place % 30 / 10 for place in range(number)],
            "selected": [place in selected for place in range(number)],
        }
    )


def drawn(rows: pd.DataFrame, *, dark: bool = False) -> dict[str, Any]:
    return risk_figure(rows, threshold=1.5, dark=dark, tool="lasso")


def points(figure: dict[str, Any]) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if "ids" in trace]


@pytest.mark.parametrize("dark", [False, True])
def test_every_ward_is_a_point_of_its_class_whose_shape_no_other_class_has(dark: bool) -> None:
    figure = drawn(wards(), dark=dark)
    named = {trace["name"]: trace["marker"]["symbol"] for trace in figure["data"] if "name" in trace}
    assert list(named) == [name for name in CLASSES_OF_OVERLAP if name in set(wards()["class"])]
    assert len(set(named.values())) == 3
    assert {code_of(one): trace["marker"]["symbol"] for trace in points(figure) for one in trace["ids"]} == {
        f"X05{place:06d}": named[wards()["class"][place]] for place in range(3)
    }


def test_what_is_selected_has_a_ring_and_the_others_are_faint_but_not_in_the_legend() -> None:
    rows = wards(6, selected=(4,))
    figure = drawn(rows)
    ring = figure["data"][-1]
    assert (ring["x"], ring["y"]) == ([0.65], [0.8])
    opacity = {code_of(one): trace["marker"]["opacity"] for trace in points(figure) for one in trace["ids"]}
    assert opacity.pop("X05000004") == 1
    assert set(opacity.values()) == {0.5}
    assert not any("opacity" in trace["marker"] for trace in figure["data"] if "name" in trace)


def test_a_name_is_sent_as_text_that_plotly_cannot_take_for_tags_or_entities() -> None:
    text = json.dumps(drawn(wards(name=HOSTILE)))
    assert "<a" not in text
    (called, *_) = points(drawn(wards(name=HOSTILE)))[-1]["ids"]
    assert called == 'X05000001 &lt;a href="http://evil.example"&gt;&amp;lt;b&amp;gt;&lt;/a&gt;, North'
    assert code_of(called) == "X05000001"


def test_axes_are_logarithmic_hold_every_ward_and_say_numbers_that_can_be_read() -> None:
    figure = drawn(wards(40))
    for axis, column in (("xaxis", X), ("yaxis", Y)):
        low, high = figure["layout"][axis]["range"]
        assert figure["layout"][axis]["type"] == "log"
        assert low < log10(wards(40)[column].min()) < log10(wards(40)[column].max()) < high
        assert figure["layout"][axis]["ticktext"][:3] == ["0.1", "0.2", "0.3"]
    up, across = (trace for trace in figure["data"] if trace["mode"] == "lines")
    assert (up["x"], across["y"]) == ([1.5, 1.5], [1.5, 1.5])


@pytest.mark.parametrize(("number", "shows"), [(3, "High Street, North"), (8000, "High Street"), (9000, "")])
def test_all_wards_chosen_at_once_fit_into_what_a_browser_may_send(number: int, shows: str) -> None:
    traces = points(drawn(wards(number, selected=tuple(range(200)))))
    assert traces[0]["ids"][0].partition(" ")[2] == shows
    sent = {
        "points": [
            {"curve_number": 12, "point_number": place, "point_index": place, "x": x, "y": y, "id": called}
            for trace in traces
            for place, (x, y, called) in enumerate(zip(trace["x"], trace["y"], trace["ids"], strict=True), start=1000)
        ],
        "point_indices": list(range(1000, 1000 + number)),
    }
    settings = tomllib.loads((PROJECT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert len(json.dumps(sent, separators=(",", ":"))) < settings["server"]["maxWidgetStateSize"] * 1_000_000 - 20_000
