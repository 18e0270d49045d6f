"""Areas of wards: a picture coloured by how their rates compare with the whole area's, beside a table."""

from dataclasses import replace
from html import escape

import geopandas as gpd
import pandas as pd
import streamlit as st

from disclosure.class_styles import ClassStyle
from disclosure.palette import styles_of_levels
from disclosure.ward_areas import ReleasedAreas
from geo.group_outlines import group_outlines
from pages.components.charts import MEASURE_NAMES
from pages.components.group_pictures import draw_filled, show_statements
from pages.components.look import is_dark, swatch
from pages.components.plain_text import plain_text

_SHORT = {"referrals": "Referrals", "incidents": "Incidents"}
_PER = "per 10,000 a year"
_IN_BRACKETS = r" \(.*\)$"
"""What a level means in numbers stands in the legend."""
_NARROW, _TABLE_HEIGHT = 76, 400
"""Pixels."""


def show_ward_areas(areas: ReleasedAreas, *, measure: str, wards: gpd.GeoDataFrame) -> None:
    """Draw released areas, coloured by one measure, or say why there are none.

    Parameters
    ----------
    wards : (n,) GeoDataFrame
        Simplified outlines in map order, EPSG:4326, with `ward_code` and `district`.
    """
    if areas.table.empty:
        st.info(plain_text(" ".join(areas.statements)))
        return
    styles = _styles(areas)
    picture, table = st.columns([1, 1.45], gap="medium")
    with picture:
        _show_legend(areas, styles=styles, measure=measure)
        draw_filled(
            _with_outlines(areas, wards=wards),
            wards=wards.assign(fill=_fills(areas, styles=styles, measure=measure)),
            tips=_tips(),
            alt_text=_in_words(areas, measure=measure),
        )
    with table:
        _show_table(areas)
        whole = "; ".join(f"{MEASURE_NAMES[one].lower()} {said}" for one, said in areas.whole.items())
        show_statements([f"The whole area: {whole}.", *areas.statements])


def _styles(areas: ReleasedAreas) -> dict[str, ClassStyle]:
    """How each level is drawn: bands as on the map, and what is not given as what cannot be compared."""
    styles = styles_of_levels(areas.levels, dark=is_dark())
    return {
        level: replace(style, pattern="none") if level == areas.levels[-1] else style for level, style in styles.items()
    }


def _show_legend(areas: ReleasedAreas, *, styles: dict[str, ClassStyle], measure: str) -> None:
    counts = areas.table[f"level_{measure}"].value_counts()
    items = [
        f'<span role="listitem">{swatch(style)}<span>{escape(level)}</span><span class="n">{counts.get(level, 0)}</span></span>'
        for level, style in styles.items()
        if level in counts or level != areas.levels[-1]
    ]
    label = f"Legend: {MEASURE_NAMES[measure]} against the whole area's rate, with how many areas have each level"
    st.html(f'<div class="wo-legend" role="list" aria-label="{escape(label)}">{"".join(items)}</div>')


def _fills(areas: ReleasedAreas, *, styles: dict[str, ClassStyle], measure: str) -> list[str]:
    """Colour of each ward's area, in map order."""
    level = areas.table.set_index("area_code")[f"level_{measure}"]
    return [styles[str(level[area])].fill for area in areas.ward_area]


def _with_outlines(areas: ReleasedAreas, *, wards: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    outlines = group_outlines(wards, group=areas.ward_area)
    table = areas.table.set_index("area_code", drop=False)
    said = pd.DataFrame({column: _as_text(table[column]) for column in _tips()}, index=table.index)
    return gpd.GeoDataFrame(said, geometry=outlines.reindex(table.index), crs=outlines.crs)


def _as_text(values: pd.Series) -> list[str]:
    """Write numbers as a reader would: whole ones with commas, others to one decimal."""
    if pd.api.types.is_float_dtype(values) and values.name != "residents":
        return ["not given" if pd.isna(one) else f"{one:,.1f}" for one in values]
    return [f"{one:,.0f}" if pd.api.types.is_number(one) else str(one) for one in values]


def _tips() -> dict[str, str]:
    tips = {"area_name": "Area", "wards": "Wards", "residents": "Residents"}
    for measure, name in MEASURE_NAMES.items():
        tips |= {f"count_{measure}": name, f"rate_{measure}": f"{_SHORT[measure]} {_PER}"}
        tips |= {f"level_{measure}": f"{_SHORT[measure]}, level"}
    return tips


def _show_table(areas: ReleasedAreas) -> None:
    columns = {"area_name": st.column_config.TextColumn("Area", pinned=True, width=210)}
    for measure, name in _SHORT.items():
        count = st.column_config.NumberColumn(name, format="localized", width=_NARROW)
        columns[f"count_{measure}"] = count if areas.exact else st.column_config.TextColumn(name, width=_NARROW)
        columns[f"rate_{measure}"] = st.column_config.NumberColumn(
            f"{name[:3]}. rate", format="%.1f", width=_NARROW, help=f"{name} {_PER}"
        )
        if areas.exact:
            columns[f"times_{measure}"] = st.column_config.NumberColumn(
                "× area", format="%.2f", width=_NARROW, help=f"{name}: the rate here over the rate of the whole area"
            )
        else:
            columns[f"level_{measure}"] = st.column_config.TextColumn(
                "Level", width=128, help=f"{name}: the rate here against the rate of the whole area"
            )
    columns["residents"] = st.column_config.NumberColumn("Residents", format="localized", width=_NARROW)
    columns["wards"] = st.column_config.NumberColumn("Wards", width=_NARROW)
    rows = areas.table.replace({f"level_{one}": _IN_BRACKETS for one in _SHORT}, "", regex=True)
    st.dataframe(
        rows,
        column_config=columns,
        column_order=list(columns),
        hide_index=True,
        height=_TABLE_HEIGHT,
        placeholder="not given",
        alt="Table of areas with wards, residents, counts and rates",
    )


def _in_words(areas: ReleasedAreas, *, measure: str) -> str:
    levels = areas.table[f"level_{measure}"].value_counts()
    said = "; ".join(f"{level}: {levels[level]}" for level in areas.levels if level in levels)
    return f"Map of {len(areas.table)} areas of wards. {MEASURE_NAMES[measure]} against the whole area's rate, areas: {said}."
