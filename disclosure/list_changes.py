"""The list of flagged wards beside that of a quarter before: which came onto it, which left it, and how sure each was.

A statement about two lists, both as released, and not about risks: most quarters of the two windows are the same, and a ward
crosses the line with one record more. Whether a ward's risk changed is what `disclosure.changes` says.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.windows import Window
from disclosure.gate import Released


@dataclass(frozen=True)
class ListedWard:
    """A ward on one of two lists."""

    ward_code: str
    name: str
    now: str
    """How probable it is that both are high, in words, in the newer window."""
    then: str
    """The same in the older one."""


@dataclass(frozen=True)
class ListChange:
    """Two lists of flagged wards, the surest first."""

    before: Window
    came: tuple[ListedWard, ...]
    """Flagged now and not then."""
    left: tuple[ListedWard, ...]
    """Flagged then and not now."""
    stayed: tuple[ListedWard, ...]
    shared_quarters: int
    """Quarters that stand in both windows."""
    quarters: int
    """Quarters of each window."""


def end_before(ends: Sequence[str], *, last: str) -> str | None:
    """Give the end of the window before the one that ends with `last`, of `ends`, newest first; `None` if there is none."""
    earlier = [end for end in ends if end < last]
    return max(earlier, default=None)


def compare_lists(now: Released, before: Released) -> ListChange:
    """Compare the flagged wards of two answers to the same question, of the same audience, at two times."""
    certainty_now, certainty_then = (one.wards.set_index("ward_code")["certainty"] for one in (now, before))
    names = now.names
    new, old = (list(one.flagged["ward_code"]) for one in (now, before))

    def listed(codes: Sequence[str]) -> tuple[ListedWard, ...]:
        return tuple(
            ListedWard(code, names[code], now=str(certainty_now[code]), then=str(certainty_then[code]))
            for code in codes
        )

    return ListChange(
        before=before.window,
        came=listed([code for code in new if code not in old]),
        left=listed([code for code in old if code not in new]),
        stayed=listed([code for code in new if code in old]),
        shared_quarters=len({*now.window.labels} & {*before.window.labels}),
        quarters=now.window.quarters,
    )
