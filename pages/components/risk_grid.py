"""Both risks for audiences that have them in bands: how many wards are in each pair of bands, to select from."""

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from disclosure.gate import Released
from disclosure.wording import COARSE_RISK
from pages.components.plain_text import plain_text
from pages.components.selection import Selection

_UNCERTAIN = "too uncertain to say"
_WHY = (
    "You have risks in three bands, not as numbers: a ward's risk rises with its count, so that a point in a scatter would tell "
    "more of a small count than may be told. Each box selects the wards that are in both its bands."
)


def bands_of(wards: pd.DataFrame, *, referrals: str, incidents: str) -> pd.DataFrame:
    """Give the wards in a pair of bands."""
    inside = (wards["relative_risk_referrals"] == referrals) & (wards["relative_risk_incidents"] == incidents)
    return wards[inside]


def show_grid(released: Released, *, selection: Selection) -> list[str] | None:
    """Draw the grid, incidents upwards and referrals to the right; give the wards of the box chosen just now, or `None`."""
    st.html(f'<div class="wo-quiet">{escape(_WHY)}</div>')
    chosen = None
    for incidents in reversed(COARSE_RISK.names):
        label, *boxes = st.columns([1.3, 1, 1, 1], vertical_alignment="center", gap="small")
        label.html(f'<div style="text-align:right">Incidents {escape(incidents)}</div>')
        for place, referrals in zip(boxes, COARSE_RISK.names, strict=True):
            wards = bands_of(released.wards, referrals=referrals, incidents=incidents)
            if place.button(
                plain_text(say_box(wards, selection=selection)),
                key=f"box-{COARSE_RISK.names.index(referrals)}-{COARSE_RISK.names.index(incidents)}",
                width="stretch",
                disabled=wards.empty,
                help=f"Referrals {referrals}; incidents {incidents}.",
            ):
                chosen = wards["ward_code"].tolist()
    _, *feet = st.columns([1.3, 1, 1, 1], gap="small")
    for foot, referrals in zip(feet, COARSE_RISK.names, strict=True):
        foot.html(f'<div style="text-align:center">Referrals {escape(referrals)}</div>')
    return chosen


def say_box(wards: pd.DataFrame, *, selection: Sequence[str]) -> str:
    """Say how many wards a box has, of how many the class cannot be said, and how many are selected."""
    number, uncertain = len(wards), int((wards["class"] == _UNCERTAIN).sum())
    selected = int(wards["ward_code"].isin(list(selection)).sum())
    said = [f"{number} ward{'' if number == 1 else 's'}"]
    if uncertain:
        said.append(f"{uncertain} too uncertain")
    if selected:
        said.append(f"{selected} selected")
    return ", ".join(said)
