import pytest

from analysis.series_breaks import breaks_crossed
from analysis.windows import Window
from data.settings import Break

NOW = Window("2025/26 Q4", 4)
BEFORE = NOW.just_before


def break_at(quarter: str, *, measure="referrals") -> Break:
    return Break(measure=measure, quarter=quarter, because="A new system came into use.")


@pytest.mark.parametrize(
    ("quarter", "crossed"),
    [
        ("2023/24 Q4", False),
        ("2024/25 Q1", False),
        ("2024/25 Q2", True),
        ("2025/26 Q1", True),
        ("2025/26 Q4", True),
        ("2026/27 Q1", False),
    ],
    ids=[
        "before both",
        "with the first quarter",
        "within the window before",
        "between",
        "with the last quarter",
        "after",
    ],
)
def test_a_break_is_crossed_if_some_of_what_is_compared_lies_on_each_side(quarter, crossed):
    assert bool(breaks_crossed([break_at(quarter)], before=BEFORE, now=NOW)) is crossed


def test_breaks_come_in_time_order():
    found = breaks_crossed([break_at("2025/26 Q2"), break_at("2024/25 Q3")], before=BEFORE, now=NOW)
    assert [one.quarter for one in found] == ["2024/25 Q3", "2025/26 Q2"]
