"""The picture of both risks of every ward, as Plotly reads it: points by class, the threshold, a ring around what is selected.

Written as plain lists rather than with Plotly's own objects: what is sent to the browser is what stands here.
"""

from collections.abc import Iterator
from math import log10
from typing import Any

import pandas as pd

from disclosure.palette import CLASSES_OF_OVERLAP, style_of_class
from pages.components.charts import QUIET

X, Y = "relative_risk_referrals", "relative_risk_incidents"
HEIGHT = 480
"""Pixels."""
_ROOM = 940_000
"""Bytes that a browser may send of what is chosen, below `server.maxWidgetStateSize` in `.streamlit/config.toml`."""
_SENT_OF_A_POINT = 92
"""Bytes of its place, as Streamlit sends it, besides what it is called."""
_INK = ("#16191d", "#f2f4f7")
_PAPER = ("#ffffff", "#1b2127")
_GRID = ("#e3e7eb", "#2b333b")
_FONT = "system-ui, 'Segoe UI', Arial, sans-serif"
_TICKS = (0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 7, 10, 15, 20)
_FEW_TICKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
_A_DECADE_AND_A_HALF = 1.5
_FAR = (0.0001, 10_000)
"""Beyond any axis."""
_DIGITS = 3
"""Behind the point, of a risk: a hundredth is shown."""
_MARKERS = {
    "high on both": ("diamond", 12),
    "referrals only": ("triangle-right", 12),
    "incidents only": ("triangle-up", 12),
    "neither": ("circle", 9),
    "too uncertain to say": ("circle-open", 8),
    "no denominator": ("square", 8),
}
"""Class: shape and size in pixels. High across points to the right, high upwards points up."""

Figure = dict[str, Any]


def risk_figure(rows: pd.DataFrame, *, threshold: float, dark: bool, tool: str) -> Figure:
    """Draw the wards.

    Parameters
    ----------
    rows : DataFrame
        `ward_code`, `ward_name`, `district`, `class`, both relative risks, and `selected`.
    threshold : float
        Above which a risk is high.
    dark : bool
        Whether the page is dark.
    tool : str
        What dragging does: Plotly's `dragmode`.

    Returns
    -------
    dict
        `data` and `layout`. Of what each point is called, `code_of` gives the ward's code.
    """
    traces = [
        *_threshold(threshold),
        *_legend(rows, dark=dark),
        *_points(rows, dark=dark),
        _rings(rows, dark=dark),
    ]
    return {"data": traces, "layout": _layout(rows, dark=dark, tool=tool)}


def _threshold(threshold: float) -> Iterator[Figure]:
    """Give lines across and up, on the grid and below the points; no line of its own can be selected."""
    line = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False}
    drawn = {**line, "line": {"color": QUIET, "width": 1.6, "dash": "5px,4px"}}
    for across, up in (((threshold, threshold), _FAR), (_FAR, (threshold, threshold))):
        yield {**drawn, "x": list(across), "y": list(up)}


def _legend(rows: pd.DataFrame, *, dark: bool) -> Iterator[Figure]:
    """Give a trace of no point for each class there is: points are faint where others are selected, a legend never."""
    shown = set(rows["class"])
    for name in CLASSES_OF_OVERLAP:
        if name in shown:
            marker = _marker(name, dark=dark)
            yield {"type": "scatter", "mode": "markers", "name": name, "x": [None], "y": [None], "marker": marker}


def _points(rows: pd.DataFrame, *, dark: bool) -> Iterator[Figure]:
    """Give the wards of each class, what matters most last and so on top; selected ones on top of all."""
    called = _called(rows)
    faint = 0.5 if rows["selected"].any() else 0.9
    for selected, opacity in ((False, faint), (True, 1.0)):
        for name in reversed(CLASSES_OF_OVERLAP):
            wards = rows[(rows["class"] == name) & (rows["selected"] == selected)]
            if len(wards):
                yield {
                    **_markers(wards, marker={**_marker(name, dark=dark), "opacity": opacity}),
                    "ids": called[wards.index].tolist(),
                    "hovertemplate": f"<b>%{{id}}</b><br>{name}<br>referrals %{{x:.2f}}, incidents %{{y:.2f}}<extra></extra>",
                    "unselected": {"marker": {"opacity": 0.25}},
                }


def _called(rows: pd.DataFrame) -> "pd.Series[str]":
    """Give what each point is called: its ward's code, name and district, or as much of that as there is room for.

    A browser sends back what the points chosen are called. Around some 9,000 wards not even codes have room: the server then
    refuses what all of them would take, and the page connects anew.
    """
    code, name, district = (rows[column].map(as_text) for column in ("ward_code", "ward_name", "district"))
    for called in (code + " " + name + ", " + district, code + " " + name):
        if sum(len(one.encode()) for one in called) + _SENT_OF_A_POINT * len(rows) <= _ROOM:
            return called
    return code


def code_of(called: str) -> str:
    """Give the code of the ward that a point is called after."""
    return called.partition(" ")[0]


def as_text(name: str) -> str:
    """Write a name so that Plotly, which reads tags and entities in any text, shows it as it is."""
    return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _rings(rows: pd.DataFrame, *, dark: bool) -> Figure:
    ring = {"symbol": "circle-open", "size": 18, "color": _INK[dark], "line": {"width": 2.2}}
    return {**_markers(rows[rows["selected"]], marker=ring), "hoverinfo": "skip"}


def _markers(wards: pd.DataFrame, *, marker: Figure) -> Figure:
    places = {"x": wards[X].round(_DIGITS).tolist(), "y": wards[Y].round(_DIGITS).tolist()}
    return {"type": "scatter", "mode": "markers", "showlegend": False, **places, "marker": marker}


def _marker(name: str, *, dark: bool) -> Figure:
    """Give a class its colour of the map; white would not be seen as a point."""
    style = style_of_class(name, dark=dark)
    shape, size = _MARKERS[name]
    if style.pattern == "hatch":
        return {"symbol": shape, "size": size, "color": style.ink, "line": {"width": 1.5}}
    return {"symbol": shape, "size": size, "color": style.fill, "line": {"width": 1, "color": QUIET}}


def _layout(rows: pd.DataFrame, *, dark: bool, tool: str) -> Figure:
    ink = _INK[dark]
    return {
        "template": {},
        "height": HEIGHT,
        "dragmode": tool,
        "hovermode": "closest",
        "hoverdistance": 8,
        "font": {"family": _FONT, "color": ink, "size": 12},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "hoverlabel": {"bgcolor": _PAPER[dark], "bordercolor": QUIET, "font": {"color": ink, "size": 13}, "align": "left"},
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "itemclick": False, "itemdoubleclick": False},
        "newselection": {"line": {"color": ink, "width": 2, "dash": "dot"}},
        "xaxis": _axis(rows[X], title="Risk of referrals, times the area's", dark=dark),
        "yaxis": _axis(rows[Y], title="Risk of recorded incidents, times the area's", dark=dark),
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": ink, "activecolor": ink},
    }  # fmt: skip


def _axis(values: "pd.Series[float]", *, title: str, dark: bool) -> Figure:
    """Give an axis with a little room around its values, on which twice is as far from the area's rate as half."""
    ends = [0.9 * float(values.min()), 1.1 * float(values.max())] if len(values) else [0.5, 2.0]
    low, high = log10(min(0.5, ends[0])), log10(max(2.0, ends[1]))
    ticks = _TICKS if high - low < _A_DECADE_AND_A_HALF else _FEW_TICKS
    return {
        "type": "log",
        "range": [low, high],
        "title": {"text": title, "font": {"size": 13}},
        "tickvals": list(ticks),
        "ticktext": [f"{tick:g}" for tick in ticks],
        "tickangle": 0,
        "gridcolor": _GRID[dark],
        "zeroline": False,
        "automargin": True,
    }
