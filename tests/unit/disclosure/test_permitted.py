import pytest

from data.errors import UsageError
from data.quarters import quarter_range
from data.settings import Analysis, Disclosure
from disclosure.audiences import Audience
from disclosure.permitted import Question, check_permitted, default_question, permitted_ends, permitted_windows

RULE = Disclosure()
COVERED = quarter_range("2025/26 Q2", 14)
COARSE = [Audience.INSPECTOR, Audience.STEERING]


@pytest.mark.parametrize("audience", COARSE)
def test_coarse_audiences_may_have_one_year_or_three(audience):
    assert permitted_windows(audience, rule=RULE, covered=14) == [4, 12]
    assert permitted_windows(audience, rule=RULE, covered=11) == [4]
    assert permitted_windows(audience, rule=RULE, covered=3) == []


def test_the_analyst_may_have_any_window_and_any_end():
    assert permitted_windows(Audience.ANALYST, rule=RULE, covered=3) == [1, 2, 3]
    assert permitted_ends(Audience.ANALYST, rule=RULE, covered=COVERED, quarters=12) == COVERED[:-4:-1]


@pytest.mark.parametrize("audience", COARSE)
@pytest.mark.parametrize("quarters", [4, 12])
def test_windows_of_coarse_audiences_end_with_every_quarter_that_has_enough_before_it(audience, quarters):
    ends = permitted_ends(audience, rule=RULE, covered=COVERED, quarters=quarters)
    assert ends == COVERED[: quarters - 2 : -1]


@pytest.mark.parametrize("audience", COARSE)
@pytest.mark.parametrize(
    ("step", "ends"),
    [
        (2, ["2025/26 Q2", "2024/25 Q4", "2024/25 Q2", "2023/24 Q4", "2023/24 Q2", "2022/23 Q4"]),
        (4, ["2024/25 Q4", "2023/24 Q4", "2022/23 Q4"]),
    ],
)
def test_the_settings_say_with_which_quarters_windows_of_coarse_audiences_end(audience, step, ends):
    rule = Disclosure(window_step=step)
    assert permitted_ends(audience, rule=rule, covered=COVERED, quarters=4) == ends
    assert permitted_ends(Audience.ANALYST, rule=rule, covered=COVERED, quarters=4) == COVERED[:2:-1]


@pytest.mark.parametrize("audience", COARSE)
@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (Question(quarters=3), "windows of 4 or 12 quarters"),
        (Question(last_quarter="2025/26 Q1"), "end with 2025/26 Q2, 2024/25 Q4, 2024/25 Q2"),
        (Question(threshold=2.0), "threshold of the settings, 1.5"),
        (Question(concerns=("a",)), "may not filter"),
        (Question(sectors=("a",)), "may not filter"),
        (Question(strands=("a",)), "may not filter"),
    ],
)
def test_what_would_give_small_slices_is_refused_with_what_may_be_asked(audience, question, reason):
    rule = Disclosure(window_step=2)
    with pytest.raises(UsageError, match=reason):
        check_permitted(question, audience, rule=rule, analysis=Analysis(), covered=COVERED)
    check_permitted(question, Audience.ANALYST, rule=rule, analysis=Analysis(), covered=COVERED)


@pytest.mark.parametrize("audience", COARSE)
def test_a_window_that_could_end_with_no_quarter_of_the_data_is_refused_as_such(audience):
    covered, question = COVERED[-13:-1], Question(last_quarter=COVERED[-2], quarters=12)
    with pytest.raises(UsageError, match="no window of 12 quarters in these data"):
        check_permitted(question, audience, rule=Disclosure(window_step=4), analysis=Analysis(), covered=covered)
    check_permitted(question, Audience.ANALYST, rule=Disclosure(window_step=4), analysis=Analysis(), covered=covered)


@pytest.mark.parametrize(
    ("audience", "quarters", "covered", "sentence"),
    [
        (
            Audience.STEERING,
            3,
            3,
            "The steering audience needs 4 quarters of referrals and incidents, and there are 3.",
        ),
        (Audience.STEERING, 4, 1, "The steering audience needs 4 quarters of referrals and incidents, and there is 1."),
        (Audience.PUBLIC, 8, 8, "The public audience needs 12 quarters of referrals and incidents, and there are 8."),
        (Audience.PUBLIC, 12, 8, "The public audience needs 12 quarters of referrals and incidents, and there are 8."),
    ],
)
def test_with_fewer_quarters_than_any_window_has_the_refusal_says_how_many_there_are(
    audience, quarters, covered, sentence
):
    question = Question(quarters=quarters)
    with pytest.raises(UsageError) as refused:
        check_permitted(question, audience, rule=RULE, analysis=Analysis(), covered=COVERED[:covered])
    assert str(refused.value) == f"{sentence} Load more quarters."


@pytest.mark.parametrize("audience", COARSE)
@pytest.mark.parametrize("quarters", [4, 12])
def test_a_permitted_question_passes(audience, quarters):
    check_permitted(Question(quarters=quarters), audience, rule=RULE, analysis=Analysis(), covered=COVERED)
    check_permitted(
        Question(quarters=quarters, last_quarter="2025/26 Q2"),
        audience,
        rule=RULE,
        analysis=Analysis(),
        covered=COVERED,
    )


def test_the_default_question_is_that_of_the_settings():
    analysis = Analysis(threshold=2.0, fdr=0.2, quarters=12, denominator="workday", certainty=0.9, seed=7)
    asked = default_question(analysis)
    assert asked == Question(None, 12, 2.0, 0.2, "workday", certainty=0.9, seed=7)
    assert default_question(analysis, quarters=4, last_quarter="2024/25 Q1").quarters == 4
