"""What a count as it is shown says to an outsider, who knows the rule: it is in every run.json and on every screen."""

import math
import re
from dataclasses import dataclass

_FEW = re.compile(r"([\d,]+) or fewer")
_MORE = re.compile(r"([\d,]+) or more")
_RANGE = re.compile(r"([\d,]+) to ([\d,]+)")
_NUMBER = re.compile(r"[\d,]+")
_NOTHING = ("not given", "", "none")

Range = tuple[float, float]
"""The least and the most that a count can be."""


@dataclass(frozen=True)
class PublicRule:
    """The partnership's rule, as everyone may read it."""

    suppress_up_to: int = 7
    round_to: int = 5
    before: tuple[int, ...] = ()
    """What was rounded to under rules that held before."""

    @property
    def steps(self) -> tuple[int, ...]:
        """To what a number that is shown can have been rounded."""
        return (self.round_to, *self.before)

    @property
    def promised(self) -> int:
        """How many values every small count must keep."""
        return self.suppress_up_to + 1


def read_shown(text: str, *, rule: PublicRule) -> Range | None:
    """Read a count as it is shown; none where it says nothing.

    Raises
    ------
    ValueError
        If the text is none that the attacker knows: a new wording has to be told to the attacker as well.
    """
    text = text.strip()
    if text in _NOTHING:
        return None
    if found := _FEW.fullmatch(text):
        return 0, _whole(found[1])
    if found := _MORE.fullmatch(text):
        return _whole(found[1]), math.inf
    if found := _RANGE.fullmatch(text):
        return _whole(found[1]), _whole(found[2])
    if _NUMBER.fullmatch(text):
        return unround(_whole(text), rule=rule)
    raise ValueError(f"the attacker cannot read {text!r}")


def unround(shown: int, *, rule: PublicRule) -> Range:
    """Give what can have been rounded to a number: to the nearest step, halves up, never down to a small count."""
    if shown == 0:
        return 0, rule.suppress_up_to
    ends = [_unround(shown, step=step, rule=rule) for step in rule.steps if shown % step == 0 or not rule.before]
    return min(least for least, _ in ends), max(most for _, most in ends)


def _unround(shown: int, *, step: int, rule: PublicRule) -> Range:
    lowest_shown = -(-rule.promised // step) * step
    least = rule.promised if shown <= lowest_shown else shown - step // 2
    return least, shown + (step - 1) - step // 2


def _whole(digits: str) -> int:
    return int(digits.replace(",", ""))
