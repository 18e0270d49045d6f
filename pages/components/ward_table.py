"""The table of wards: sorted and searched in the browser, and a way to choose a ward by keyboard."""

import streamlit as st

from disclosure.audit import Action, What
from disclosure.export import result_table, table_csv
from disclosure.gate import PROBABILITIES, Released
from disclosure.views import SnapshotView
from pages.components.handing_over import offer_file
from pages.components.recording import make_entry

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


def show_table(released: Released, *, key: str) -> str | None:
    """Draw the table, the most probable overlaps first; give the ward chosen in it just now."""
    rows = released.wards.sort_values(["probability_both", "ward_code"], ascending=[False, True], na_position="last")
    rows = rows.assign(**{column: 100 * rows[column] for column in PROBABILITIES if column in rows})
    columns = {**_COMMON, **(_EXACT if released.exact else _COARSE)}
    drawn = st.dataframe(
        rows,
        column_config=columns,
        column_order=list(columns),
        hide_index=True,
        height=420,
        key=key,
        on_select="rerun",
        selection_mode="single-row",
        placeholder="",
        alt="Table of wards with class, probabilities, risks and counts",
    )
    chosen = [str(rows.iloc[row]["ward_code"]) for row in drawn.selection.rows]
    return _new_choice(chosen, key=key)


def offer_download(released: Released, *, view: SnapshotView) -> None:
    """Offer the table as a file that carries its marking, snapshot and window. Streamlit's own button would give it without."""
    offer_file(
        "Download this table (CSV)",
        key="table_file",
        file_name=f"overlap-{view.manifest.id}-{released.audience}.csv",
        make=lambda: table_csv(result_table(released, view=view)).encode("utf-8-sig"),
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
