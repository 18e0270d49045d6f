"""The table of wards: sorted and searched in the browser, and a way to choose a ward by keyboard."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import pandas as pd
import streamlit as st

from disclosure.audit import Action, What
from disclosure.export import table_csv, table_with_provision
from disclosure.gate import PROBABILITIES, Released
from disclosure.views import SnapshotView
from pages.components.handing_over import offer_file
from pages.components.recording import make_entry

_TICK = "✓"
_SELECTED = {"selected": st.column_config.TextColumn("", pinned=True, width=40, help="Selected")}
_COMMON = {
    "ward_name": st.column_config.TextColumn("Ward", pinned=True, width="medium"),
    "district": st.column_config.TextColumn("District"),
    "class": st.column_config.TextColumn("Class"),
    "certainty": st.column_config.TextColumn("That both are high is"),
}
_EXACT = {
    "probability_both": st.column_config.ProgressColumn(
        "Both", min_value=0, max_value=100, format="%.1f%%", help="Probability that both are high"
    ),
    "probability_referrals": st.column_config.NumberColumn("Referrals high", format="%.1f%%", help="Probability"),
    "probability_incidents": st.column_config.NumberColumn("Incidents high", format="%.1f%%", help="Probability"),
    "relative_risk_referrals": st.column_config.NumberColumn(
        "Risk, referrals", format="%.2f", help="Times the whole area's rate, modelled"
    ),
    "relative_risk_incidents": st.column_config.NumberColumn(
        "Risk, incidents", format="%.2f", help="Times the whole area's rate, modelled"
    ),
    "observed_referrals": st.column_config.NumberColumn("Referrals", format="localized"),
    "expected_referrals": st.column_config.NumberColumn("Expected", format="%.1f", help="At the whole area's rate"),
    "observed_incidents": st.column_config.NumberColumn("Incidents", format="localized"),
    "expected_incidents": st.column_config.NumberColumn("Expected ", format="%.1f", help="At the whole area's rate"),
    "rate_referrals": st.column_config.NumberColumn("Referrals per 10,000 a year", format="%.1f"),
    "rate_incidents": st.column_config.NumberColumn("Incidents per 10,000 a year", format="%.1f"),
}
_COARSE = {
    "relative_risk_referrals": st.column_config.TextColumn("Risk, referrals"),
    "relative_risk_incidents": st.column_config.TextColumn("Risk, incidents"),
    "observed_referrals": st.column_config.TextColumn("Referrals"),
    "observed_incidents": st.column_config.TextColumn("Incidents"),
}
_PROVIDED = {"provided": st.column_config.TextColumn("Known to run there", help="By the file of what is provided")}


@dataclass(frozen=True)
class Picked:
    """What was picked in the table in this run."""

    ward: str | None = None
    """The one ward picked just now."""
    several: tuple[str, ...] = ()
    """The rows that are ticked, where several can be."""


def show_table(
    released: Released,
    *,
    key: str,
    selection: Collection[str] = (),
    several: bool = False,
    provided: Mapping[str, str] | None = None,
) -> Picked:
    """Draw the table: the selected wards first, then the most probable overlaps; give what is picked in it.

    Parameters
    ----------
    selection
        Codes of wards that stand first and are marked.
    several
        Whether rows are ticked, as many as one likes, instead of one being picked.
    provided
        What runs in each ward, by its code; none where that is not known of any.
    """
    rows = _rows(released, selection=selection)
    columns = {
        **(_SELECTED if selection else {}),
        **_COMMON,
        **({} if provided is None else _PROVIDED),
        **(_EXACT if released.exact else _COARSE),
    }
    if provided is not None:
        rows = rows.assign(provided=[provided.get(code, "") for code in rows["ward_code"].astype(str)])
    # What is picked is known by its place: another order of rows is another table.
    drawn_as = f"{key}-{'several-' if several else ''}{crc32(' '.join(rows['ward_code']).encode()):x}"
    drawn = st.dataframe(
        rows,
        column_config=columns,
        column_order=list(columns),
        hide_index=True,
        height=420,
        key=drawn_as,
        on_select="rerun",
        selection_mode="multi-row" if several else "single-row",
        placeholder="",
        alt="Table of wards with class, probabilities, risks and counts",
    )
    picked = [str(rows.iloc[row]["ward_code"]) for row in drawn.selection.rows]
    return Picked(several=tuple(picked)) if several else Picked(_new_choice(picked, key=drawn_as))


def _rows(released: Released, *, selection: Collection[str]) -> pd.DataFrame:
    """Put the rows in order, with probabilities in hundredths."""
    selected = released.wards["ward_code"].isin(list(selection))
    rows = released.wards.assign(selected=np.where(selected, _TICK, "")).sort_values(
        ["selected", "probability_both", "ward_code"], ascending=[False, False, True], na_position="last"
    )
    return rows.assign(**{column: 100 * rows[column] for column in PROBABILITIES if column in rows})


def offer_download(released: Released, *, view: SnapshotView) -> None:
    """Offer the table as a file that carries its marking, snapshot and window. Streamlit's own button would give it without."""
    offer_file(
        "Download this table (CSV)",
        key="table_file",
        file_name=f"overlap-{view.manifest.id}-{released.audience}.csv",
        make=lambda: table_csv(table_with_provision(released, view=view)).encode("utf-8-sig"),
        entry=make_entry(
            Action.EXPORTED,
            What.TABLE,
            snapshot_id=view.manifest.id,
            audience=released.audience,
            question=released.question,
            detail={"format": "csv"},
        ),
    )


def _new_choice(chosen: list[str], *, key: str) -> str | None:
    """Give a choice once: the table goes on returning it on every run."""
    seen = f"_{key}-last-choice"
    if chosen == st.session_state.get(seen, []):
        return None
    st.session_state[seen] = chosen
    return chosen[0] if chosen else None
