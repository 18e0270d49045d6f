"""A question in every window."""

from types import SimpleNamespace
from typing import cast

import pytest

from analysis.question import Question
from analysis.windows import Window
from disclosure.views import SnapshotView
from disclosure.window_series import WindowSeries, answers_over_time


def series(*ends: str, quarters: int) -> WindowSeries:
    return WindowSeries(tuple(Window(end, quarters) for end in ends), tuple({} for _ in ends))


@pytest.mark.parametrize(
    ("quarters", "places"), [(1, (0, 1, 2, 3, 4, 5)), (2, (1, 3, 5)), (4, (1, 5)), (12, (1, 5))], ids=str
)
def test_small_maps_are_as_far_apart_as_a_window_is_long_and_a_year_at_most(quarters: int, places: tuple[int]) -> None:
    ends = ["2024/25 Q3", "2024/25 Q4", "2025/26 Q1", "2025/26 Q2", "2025/26 Q3", "2025/26 Q4"]
    assert series(*ends, quarters=quarters).apart(most=12) == places


def test_or_as_far_as_asked_for_however_long_a_window_is() -> None:
    assert series("2025/26 Q1", "2025/26 Q2", "2025/26 Q3", quarters=8).apart(most=12, at_least=1) == (0, 1, 2)


def test_of_many_windows_the_newest_are_set_beside_each_other() -> None:
    assert series("2025/26 Q1", "2025/26 Q2", "2025/26 Q3", quarters=1).apart(most=2) == (1, 2)


def test_every_window_is_asked_for_once_the_oldest_first_and_told_of() -> None:
    asked: list[str] = []

    def answer(question: Question) -> SimpleNamespace:
        asked.append(str(question.last_quarter))
        return SimpleNamespace(window=Window(asked[-1], question.quarters), layers={"overlap": asked[-1]})

    view = cast(SnapshotView, SimpleNamespace(ends=lambda _: ["2025/26 Q4", "2025/26 Q3"], answer=answer))
    told: list[tuple[int, int]] = []
    found = answers_over_time(view, Question(last_quarter="2025/26 Q4"), progress=lambda *step: told.append(step))
    assert asked == [window.last for window in found.windows] == ["2025/26 Q3", "2025/26 Q4"]
    assert [layers["overlap"] for layers in found.layers] == asked
    assert told == [(0, 2), (1, 2), (2, 2)]
