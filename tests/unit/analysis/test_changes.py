from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.change_classes import ChangeClass
from analysis.changes import changes_between
from analysis.counting import EventTables
from analysis.question import Question
from data.errors import RefusedInputError, UsageError
from data.settings import Break

pytestmark = pytest.mark.usefixtures("remembered_fits")

HIGH, RISEN, FALLEN, USUAL, LACKING = "X05900000", "X05900007", "X05900012", "X05900004", "X05900019"
YEAR_BEFORE, YEAR = "2024/25", "2025/26"
CASE_SYSTEM = Break(measure="referrals", quarter="2025/26 Q1", because="A new case system came into use.")
LONG_AGO = Break(measure="both", quarter="2019/20 Q1", because="Counting rules changed.")


@pytest.fixture
def moving(tables) -> EventTables:
    """The usual tables, of which one ward rises from the first year to the second and another falls."""

    def moved(events: pd.DataFrame, *, count: int) -> pd.DataFrame:
        year = events["quarter"].str[:7]
        raised = ((events["ward_code"] == RISEN) & (year == YEAR)) | (
            (events["ward_code"] == FALLEN) & (year == YEAR_BEFORE)
        )
        return events.assign(count=events["count"].mask(raised, count))

    return EventTables(tables.wards, moved(tables.referrals, count=12), moved(tables.incidents, count=60))


def row(changes, code):
    return changes.wards.set_index("ward_code").loc[code]


def test_wards_that_rose_fell_and_stayed_are_told_apart(moving):
    changes = changes_between(moving, question=Question())
    classes = {code: row(changes, code)["change_class"] for code in (HIGH, RISEN, FALLEN, USUAL)}
    assert classes == {
        HIGH: ChangeClass.PERSISTENT,
        RISEN: ChangeClass.NEW,
        FALLEN: ChangeClass.CLEARED,
        USUAL: ChangeClass.NONE,
    }


def test_the_two_windows_are_as_long_and_share_no_quarter(moving):
    changes = changes_between(moving, question=Question(quarters=3, last_quarter="2025/26 Q3"))
    assert changes.now.labels == ["2025/26 Q1", "2025/26 Q2", "2025/26 Q3"]
    assert changes.before.labels == ["2024/25 Q2", "2024/25 Q3", "2024/25 Q4"]
    assert changes.question.last_quarter == "2025/26 Q3"


def test_the_states_sum_to_one_and_make_up_now_and_before(moving):
    wards = changes_between(moving, question=Question()).wards.dropna()
    states = wards[[f"probability_{state}" for state in ("new", "persistent", "cleared", "neither")]]
    assert states.sum(axis=1).to_numpy() == pytest.approx(np.ones(19))
    assert wards["probability_now"].to_numpy() == pytest.approx(
        (wards["probability_new"] + wards["probability_persistent"]).to_numpy()
    )


def test_a_ward_without_residents_is_kept_and_called_so(moving):
    changes = changes_between(moving, question=Question())
    assert list(changes.wards["ward_code"]) == list(moving.wards["ward_code"])
    assert row(changes, LACKING)["change_class"] == ChangeClass.NO_DENOMINATOR
    assert np.isnan(row(changes, LACKING)["probability_now"])


def test_a_class_is_only_named_with_the_certainty_asked_for(moving):
    sure = changes_between(moving, question=Question(certainty=0.9999)).wards
    named = sure[~sure["change_class"].isin([int(ChangeClass.UNCERTAIN), int(ChangeClass.NO_DENOMINATOR)])]
    states = [f"probability_{state}" for state in ("new", "persistent", "cleared", "easing", "neither")]
    assert (named[states].max(axis=1) >= 0.9999).all()
    assert row(changes_between(moving, question=Question()), RISEN)["change_class"] == ChangeClass.NEW
    assert sure.set_index("ward_code").loc[RISEN, "change_class"] == ChangeClass.UNCERTAIN


def test_a_comparison_across_a_known_break_says_so_and_why(moving):
    changes = changes_between(moving, question=Question(), breaks=[LONG_AGO, CASE_SYSTEM])
    assert changes.breaks == (CASE_SYSTEM,)
    assert changes.cautions == (
        "The referrals of April 2025 to March 2026 are not comparable with those of April 2024 to March 2025, as the series "
        "breaks in 2025/26 Q1: A new case system came into use.",
    )


def test_without_a_break_between_there_is_no_caution(moving):
    assert changes_between(moving, question=Question(), breaks=[LONG_AGO]).cautions == ()


def test_a_break_of_both_series_names_both(moving):
    both = CASE_SYSTEM.model_copy(update={"measure": "both"})
    (caution,) = changes_between(moving, question=Question(), breaks=[both]).cautions
    assert caution.startswith("The referrals and incidents of April 2025")


def test_where_there_is_no_window_before_it_is_said_what_to_do(moving):
    with pytest.raises(
        UsageError, match=r"the window before it begins with 2023/24 Q3.*begin with 2024/25 Q1.*Choose 4 q"
    ):
        changes_between(moving, question=Question(quarters=5, last_quarter="2025/26 Q4"))


def test_the_very_first_quarter_has_nothing_before_it_whatever_the_length(moving):
    with pytest.raises(UsageError, match=r"begin with 2024/25 Q1\. Load earlier data"):
        changes_between(moving, question=Question(quarters=1, last_quarter="2024/25 Q1"))


def test_no_population_at_all_is_refused(moving):
    nobody = EventTables(moving.wards.assign(residents=np.nan), moving.referrals, moving.incidents)
    with pytest.raises(RefusedInputError, match="No ward has a population"):
        changes_between(nobody, question=Question())


def test_categories_narrow_both_windows(moving):
    other = moving.referrals.assign(category="concern B")
    both = EventTables(moving.wards, pd.concat([other, moving.referrals], ignore_index=True), moving.incidents)
    narrowed = changes_between(both, question=Question(concerns=("concern A",))).wards
    assert narrowed.equals(changes_between(moving, question=Question()).wards)


def test_progress_is_told_and_the_tables_are_left_as_they_were(moving):
    before = moving.wards.copy(), moving.referrals.copy(), moving.incidents.copy()
    told = []
    changes_between(moving, question=Question(), progress=lambda done, of: told.append((done, of)))
    assert told == [(0, 2), (1, 2), (2, 2)]
    for now, then in zip((moving.wards, moving.referrals, moving.incidents), before, strict=True):
        assert now.equals(then)


def test_a_ward_at_the_edge_keeps_the_class_that_it_had_a_quarter_earlier(moving):
    question = Question(quarters=3)
    earlier = changes_between(moving, question=replace(question, last_quarter="2025/26 Q3"))
    alone = changes_between(moving, question=question)
    edge = (1 + float(row(alone, HIGH)["probability_persistent"])) / 2
    asked = replace(question, certainty=edge)
    before = replace(earlier, question=replace(earlier.question, certainty=edge))
    assert row(earlier, HIGH)["change_class"] == ChangeClass.PERSISTENT
    assert row(changes_between(moving, question=asked), HIGH)["change_class"] == ChangeClass.UNCERTAIN
    assert row(changes_between(moving, question=asked, earlier=before), HIGH)["change_class"] == ChangeClass.PERSISTENT


def test_an_earlier_answer_must_be_earlier_and_to_the_same_question(moving):
    changes = changes_between(moving, question=Question(quarters=3))
    with pytest.raises(UsageError, match=r"to 2025/26 Q4, which is not before 2025/26 Q4"):
        changes_between(moving, question=Question(quarters=3), earlier=changes)
    with pytest.raises(UsageError, match="answers another question"):
        changes_between(moving, question=Question(quarters=4), earlier=changes)
