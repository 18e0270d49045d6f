"""The choices that screens offer, drawn as widgets and kept in the address."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from data.quarters import say_end
from disclosure.audiences import Audience, Reader
from disclosure.changes import CHANGE_KEY, CHANGE_TITLE
from disclosure.choices import Choices
from disclosure.familiar import FAMILIAR_TITLES
from disclosure.layers import LAYER_KEYS
from disclosure.permitted import Question, default_question
from disclosure.views import SnapshotView
from pages.components.guard import refuse_view
from pages.components.url_state import UrlChoices
from pages.session import audiences, layer_titles, reader_as, settings_in_use, snapshot_ids, view_of

LENGTH_NAMES = {
    "1": "1 quarter",
    "2": "6 months",
    "3": "9 months",
    "4": "1 year",
    "8": "2 years",
    "12": "3 years",
    "16": "4 years",
}
MEASURE_CONTROL = "Measure"
"""What the radio buttons for the map's measure are called: by it the map finds them."""
_MEASURE, _OF_MODEL, _FAMILIAR = "measure", "measure_of_model", "familiar_statistic"
_STATISTICS_WIDTH = 480
"""Pixels: beside the model's layers where there is room, else under them."""
DENOMINATOR_NAMES = {"residents": "Residents", "workday": "Workday population"}


@dataclass(frozen=True)
class Chosen:
    """What is being looked at, and by whom."""

    snapshot_id: str
    reader: Reader
    view: SnapshotView

    @property
    def audience(self) -> Audience:
        """Whose view is taken."""
        return self.reader.audience


def settle_view(choices: UrlChoices) -> Chosen | None:
    """Settle the snapshot and whose view to take; `None` if there is no snapshot."""
    ids = snapshot_ids()
    if not ids:
        return None
    snapshot_id = choices.one("snapshot", ids, default=ids[0])
    reader = reader_as(_settle_audience(choices))
    return Chosen(snapshot_id, reader, view_of(snapshot_id, reader))


def _settle_audience(choices: UrlChoices) -> Audience:
    """Settle whose view to take, of those that this person may: a link to another one is refused."""
    may = audiences()
    asked = st.query_params.get("audience")
    if asked in set(Audience) - set(may):
        refuse_view(Audience(asked), offered=may, screen=choices.screen)
    return Audience(choices.one("audience", [one.value for one in may], default=may[0].value))


def draw_audience() -> None:
    """Draw the choice of whose view to take."""
    st.selectbox(
        "View for",
        [one.value for one in audiences()],
        key="audience",
        format_func=str.capitalize,
        help="What each audience may see is decided in one place. You may take the views that are listed.",
    )


def draw_snapshot() -> None:
    """Draw the choice of snapshot where there are several."""
    ids = snapshot_ids()
    if len(ids) > 1:
        st.selectbox("Snapshot", ids, key="snapshot", help="An immutable version of the data. The newest stands first.")


def settle_question(choices: UrlChoices, view: SnapshotView) -> Question:
    """Settle everything that a question holds, from the session, the address or the settings."""
    analysis = settings_in_use().analysis
    offered = view.choices
    quarters = int(choices.one("quarters", lengths(offered), default=_default_length(offered, analysis.quarters)))
    ends = view.ends(quarters)
    denominator = choices.one("per", offered.denominators, default=analysis.denominator)
    return Question(
        last_quarter=choices.one("to", ends, default=ends[0]),
        quarters=quarters,
        threshold=float(choices.one("threshold", thresholds(offered), default=str(analysis.threshold))),
        fdr=analysis.fdr,
        denominator="workday" if denominator == "workday" else "residents",
        concerns=tuple(choices.many("concern", offered.concerns)),
        sectors=tuple(choices.many("sector", offered.sectors)),
        strands=tuple(choices.many("strand", offered.strands)),
        certainty=analysis.certainty,
        seed=analysis.seed,
    )


def standard_question(view: SnapshotView) -> Question:
    """Ask what the settings ask, of the newest quarters; what the Overview shows."""
    analysis = settings_in_use().analysis
    return default_question(analysis, quarters=int(_default_length(view.choices, analysis.quarters)))


def draw_question(view: SnapshotView, question: Question) -> None:
    """Draw the widgets for `settle_question`, in one row."""
    offered = view.choices
    columns = st.columns([2.5, 1.1, 1.0, 1.6, 1.3, 1.3], vertical_alignment="bottom")
    with columns[0]:
        st.selectbox("Window ends", view.ends(question.quarters), key="to", format_func=say_end)
    with columns[1]:
        st.selectbox("Length", lengths(offered), key="quarters", format_func=length_name)
    with columns[2]:
        st.selectbox(
            "High above", thresholds(offered), key="threshold", help="Relative risk above which a ward counts as high."
        )
    with columns[3]:
        st.selectbox("Incidents per", offered.denominators, key="per", format_func=DENOMINATOR_NAMES.get)
    with columns[4]:
        _draw_categories(offered, question)
    with columns[5]:
        draw_audience()


def settle_measure(choices: UrlChoices, view: SnapshotView) -> str:
    """Settle what the map shows: a layer of the model, the change, or a familiar statistic where these are offered."""
    return choices.one(_MEASURE, [*LAYER_KEYS, CHANGE_KEY, *view.choices.statistics], default=LAYER_KEYS[0])


def draw_measure(view: SnapshotView, *, change: bool) -> str:
    """Draw the choice of what the map shows, the model's layers before the familiar statistics; give it.

    Two widgets make one choice: what is chosen in one is not chosen in the other. With `change`, the change since the window
    before is offered too; what is given may be the change all the same, as a link or an earlier window may have asked for it.
    """
    now = str(st.session_state[_MEASURE])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _draw_layers(now, offered=[*LAYER_KEYS, CHANGE_KEY] if change else LAYER_KEYS)
        if view.choices.statistics:
            _draw_statistics(view.choices.statistics, now=now)
    return now


def _draw_layers(now: str, *, offered: Sequence[str]) -> None:
    st.session_state[_OF_MODEL] = now if now in offered else None
    st.segmented_control(
        MEASURE_CONTROL,
        offered,
        key=_OF_MODEL,
        format_func={**layer_titles(), CHANGE_KEY: CHANGE_TITLE}.__getitem__,
        on_change=_take_measure,
        args=(_OF_MODEL,),
        required=True,
        label_visibility="collapsed",
    )


def _draw_statistics(offered: Sequence[str], *, now: str) -> None:
    st.session_state[_FAMILIAR] = now if now in offered else None
    st.selectbox(
        "Familiar statistics, around this ward",
        offered,
        index=None,
        key=_FAMILIAR,
        format_func=FAMILIAR_TITLES.get,
        on_change=_take_measure,
        args=(_FAMILIAR,),
        placeholder="None: the map shows the model",
        width=_STATISTICS_WIDTH,
        help="Known from other tools. They speak of a ward and its neighbours together; only the overlap says whether one ward "
        "is high on both.",
    )


def _take_measure(widget: str) -> None:
    st.session_state[_MEASURE] = st.session_state[widget] or LAYER_KEYS[0]


def thresholds(offered: Choices) -> list[str]:
    """Thresholds that are offered, as the address has them."""
    return [str(one) for one in offered.thresholds]


def _draw_categories(offered: Choices, question: Question) -> None:
    named = len(question.concerns) + len(question.sectors) + len(question.strands)
    if not (offered.concerns or offered.sectors or offered.strands):
        return  # this audience gets all categories together
    with st.popover(f"Categories ({named})" if named else "Categories", width="stretch"):
        st.multiselect("Type of concern (referrals)", offered.concerns, key="concern", placeholder="All")
        st.multiselect("Sector that referred", offered.sectors, key="sector", placeholder="All")
        st.multiselect("Strand (incidents)", offered.strands, key="strand", placeholder="All")


def lengths(offered: Choices) -> list[str]:
    """Lengths of window that are offered, in quarters, as the address has them."""
    possible = {str(one) for one in offered.lengths}
    usual = [length for length in LENGTH_NAMES if length in possible]
    return usual or sorted(possible)


def length_name(length: str) -> str:
    """Say how long a window is."""
    return LENGTH_NAMES.get(length, f"{length} quarters")


def _default_length(offered: Choices, wanted: int) -> str:
    possible = lengths(offered)
    return str(wanted) if str(wanted) in possible else possible[-1]
