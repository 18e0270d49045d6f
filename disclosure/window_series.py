"""One question asked of every window that an audience may have, for maps side by side and one after the other."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from analysis.question import Question
from analysis.refitting import Progress, tell_nobody
from analysis.windows import Window
from data.quarters import parse_quarter
from disclosure.layers import Layer
from disclosure.views import SnapshotView

QUARTERS_A_YEAR = 4


@dataclass(frozen=True)
class WindowSeries:
    """The layers of each window, the oldest first. Each is what the audience gets of that window alone."""

    windows: tuple[Window, ...]
    layers: tuple[Mapping[str, Layer], ...]

    def apart(self, *, most: int, at_least: int = QUARTERS_A_YEAR) -> tuple[int, ...]:
        """Give the places of windows to set beside each other, `at_least` quarters apart, or as long as one is if that is less.

        The newest `most` of them, the oldest first; windows longer than `at_least` overlap.
        """
        chosen: list[int] = []
        for place in reversed(range(len(self.windows))):
            window = self.windows[place]
            if not chosen or _quarters_between(window, self.windows[chosen[-1]]) >= min(window.quarters, at_least):
                chosen.append(place)
        return tuple(chosen[:most][::-1])


def answers_over_time(view: SnapshotView, question: Question, *, progress: Progress = tell_nobody) -> WindowSeries:
    """Ask a question of every window of its length that the audience of a view may have.

    Parameters
    ----------
    progress
        Called before the first and after each window, with how many are done and of how many.

    Raises
    ------
    UsageError
        If the audience may not ask this.
    """
    ends = view.ends(question.quarters)[::-1]
    windows, layers = [], []
    for done, end in enumerate(ends):
        progress(done, len(ends))
        released = view.answer(replace(question, last_quarter=end))
        windows.append(released.window)
        layers.append(released.layers)
    progress(len(ends), len(ends))
    return WindowSeries(tuple(windows), tuple(layers))


def _quarters_between(earlier: Window, later: Window) -> int:
    """Say by how many quarters one window ends before another."""
    return (parse_quarter(later.last) - parse_quarter(earlier.last)).n
