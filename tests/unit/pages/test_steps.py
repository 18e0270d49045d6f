"""Going back one step at a time."""

from pages.components.steps import MOST, Steps


def test_going_back_gives_the_state_before_and_not_twice_the_same() -> None:
    steps = Steps()
    for ward in ("a", "b", "b", "c"):
        steps.note({"ward": ward})
    assert steps.go_back() == {"ward": "b"}
    steps.note({"ward": "b"})
    assert steps.go_back() == {"ward": "a"}
    assert steps.go_back() is None


def test_a_state_that_cannot_be_had_any_more_does_not_hold_one_up() -> None:
    steps = Steps()
    for to in ("Q1", "Q2", "Q3"):
        steps.note({"to": to})
    assert steps.go_back() == {"to": "Q2"}
    steps.note({"to": "Q3"})  # the audience may not have Q2
    assert steps.go_back() == {"to": "Q1"}


def test_only_the_last_steps_are_kept() -> None:
    steps = Steps()
    for number in range(MOST + 10):
        steps.note({"ward": str(number)})
    back = 0
    while (state := steps.go_back()) is not None:
        steps.note(state)
        back += 1
    assert back == MOST
