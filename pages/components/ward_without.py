"""Whether a ward's flag hangs on one sector's referrals: asked when someone wants to know, since it takes a fit a sector."""

from html import escape

import streamlit as st

from disclosure.gate import Released
from disclosure.views import SnapshotView
from disclosure.without_sectors import WithoutSector
from pages.components.guard import fragment
from pages.components.on_request import ask_on_request
from pages.components.reading import show_table_of
from pages.components.screen import say_faults
from pages.ward_facts import WITHOUT_SECTORS


@fragment
def show_without_sectors(released: Released, *, view: SnapshotView, ward_code: str) -> None:
    """Draw how a ward stands without each sector's referrals, a button that works it out, or why it cannot be told here."""
    with say_faults("ward"):
        st.subheader("Does it hang on one school, or one sector?", anchor=False)
        why_not = _why_not(view)
        if why_not:
            st.html(f'<div class="wo-read"><p>{escape(why_not)}</p></div>')
            return
        found = ask_on_request(
            WITHOUT_SECTORS,
            released,
            snapshot_id=view.manifest.id,
            key="without_sectors",
            label="Leave out each sector in turn",
            doing="Leaving out one sector",
            help_text="Asks the same question without the referrals of schools, of the police, and so on. Takes some seconds.",
        )
        if found is not None:
            _show(found[ward_code], flagged=bool(_is_flagged(released, ward_code)))


def _why_not(view: SnapshotView) -> str:
    if not view.choices.exact:
        return (
            "This view cannot tell: it does not say who made the referrals. Ask an analyst before you rule it out: in "
            "the analyst's view, this heading leaves out one sector at a time and says whether the ward still stands."
        )
    if len(view.choices.sectors) < 2:
        return "The data do not say which sector made a referral, so this cannot be told."
    return ""


def _is_flagged(released: Released, code: str) -> bool:
    return bool(released.wards.set_index("ward_code").loc[code, "flagged"])


def _show(fates: tuple[WithoutSector, ...], *, flagged: bool) -> None:
    lost = [one.sector for one in fates if flagged and not one.flagged]
    st.html(f'<div class="wo-read"><p>{escape(_in_words(lost, flagged=flagged, of=len(fates)))}</p></div>')
    show_table_of(
        ["Without referrals from", "Flagged", "Class", "That both are high is"],
        [(one.sector, "yes" if one.flagged else "no", one.overlap, one.certainty) for one in fates],
        caption="The same question with one sector left out, in every ward",
    )


def _in_words(lost: list[str], *, flagged: bool, of: int) -> str:
    if not flagged:
        return "This ward is not flagged. Below is how it would stand without each sector."
    if not lost:
        return (
            f"No. It stays flagged without any one of the {of} sectors, so that it hangs on none of them, nor on one school, one "
            "station or one practice."
        )
    return (
        f"It may. It is no longer flagged without referrals from {', or without those from '.join(lost)}. Whether these came "
        "from one place or from several the data do not say: they name sectors, not schools."
    )
