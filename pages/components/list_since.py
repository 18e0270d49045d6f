"""Which wards came onto the list of flagged wards since the quarter before, which left it, and how sure that is."""

from dataclasses import replace
from html import escape

from data.in_words import listed
from disclosure.gate import Released
from disclosure.list_changes import ListChange, compare_lists, end_before
from disclosure.views import SnapshotView
from pages.session import answer_to

_NOT_KNOWN = "not known"
_BY_ROUNDING = (
    "Counts are known here only as ranges, so that a ward can come or go through rounding alone: ask an analyst before you call "
    "one new."
)


def list_since_in_words(released: Released, *, view: SnapshotView, snapshot_id: str) -> str:
    """Say in HTML what came and went since the window that ended before this one, or that there is none."""
    question = released.question
    end = end_before(view.ends(question.quarters), last=released.window.last)
    if end is None:
        return "<p>There is no earlier list to compare with: the data begin too late.</p>"
    before = answer_to(snapshot_id, released.reader, replace(question, last_quarter=end))
    change = compare_lists(released, before)
    asides = [_how_alike(change), *([] if released.exact else [_BY_ROUNDING])]
    small = "".join(f"<p>{escape(text)}</p>" for text in asides)
    return f'{_lists(change)}<div class="wo-small wo-quiet">{small}</div>'


def _lists(change: ListChange) -> str:
    before = escape(change.before.in_words())
    if not (change.came or change.left or change.stayed):
        return f"<p>No ward is on the list now, and none was on that of {before}.</p>"
    said = [
        f"<p>Against the list of {before}: <b>{len(change.came) or 'none'} came, {len(change.left) or 'none'} left, "
        f"{len(change.stayed) or 'none'} stayed</b>.</p>"
    ]
    if change.came or change.left:
        said.append(_table(change))
    if change.stayed:
        said.append(f'<p class="wo-say"><b>Stayed</b>: {escape(listed([ward.name for ward in change.stayed]))}</p>')
    return "".join(said)


def _table(change: ListChange) -> str:
    """Set out the wards that came or left, with how sure it was and is that both are high."""
    listed_wards = [("Came", ward) for ward in change.came] + [("Left", ward) for ward in change.left]
    cells = [(what, ward.name, ward.then or _NOT_KNOWN, ward.now or _NOT_KNOWN) for what, ward in listed_wards]
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in cells)
    heads = "".join(f"<th>{head}</th>" for head in ("", "Ward", "Both high: a quarter before", "Now"))
    return f'<table class="wo-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _how_alike(change: ListChange) -> str:
    months, all_months = 3 * change.shared_quarters, 3 * change.quarters
    if not months:
        return "The two windows share no month. With few records a ward can come or go by chance."
    return (
        f"{months} of the {all_months} months are the same in both, so that one or two records can bring a ward onto the list or "
        "take it off. Whether its risk changed is said below."
    )
