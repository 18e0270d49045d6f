"""Going back: the last steps of what was chosen on *Explore*, and the way back to what the settings ask."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from pages.components.url_state import UrlChoices, go_to

QUESTION_KEYS = ("to", "quarters", "threshold", "per", "concern", "sector", "strand")
STEP_KEYS = (*QUESTION_KEYS, "measure", "ward", "wards")
"""What a step may change. Whose view is taken, and what stands below the map, is no step."""
MOST = 20
"""Steps that can be taken back."""
_STEPS = "_explore_steps"

State = Mapping[str, str]
"""Choices as the address has them."""


@dataclass
class Steps:
    """States one after the other; the last one is what is shown now."""

    states: list[State] = field(default_factory=list)
    back: bool = False
    """Whether the state to come is one gone back to."""

    def note(self, state: State) -> None:
        """Note what is shown now. A state gone back to, as far as it still can be, takes the place of itself."""
        if self.back and self.states:
            self.states[-1] = state
        elif not self.states or self.states[-1] != state:
            self.states = [*self.states, state][-MOST - 1 :]
        self.back = False

    def go_back(self) -> State | None:
        """Give the state before this one; `None` if there is none."""
        if len(self.states) < 2:
            return None
        self.states.pop()
        self.back = True
        return self.states[-1]


def note_step(choices: UrlChoices) -> None:
    """Note what is chosen now, once all of it is settled."""
    texts = choices.texts()
    _steps().note({key: texts.get(key, "") for key in STEP_KEYS})


def undo() -> None:
    """Go back one step with the next run."""
    before = _steps().go_back()
    if before is None:
        st.toast("There is nothing to undo.")
        return
    for key, text in before.items():
        go_to(key, text)


def ask_as_settings_do() -> None:
    """Go back to the question of the settings with the next run; the selection and what the map shows stay."""
    for key in QUESTION_KEYS:
        go_to(key, "")


def _steps() -> Steps:
    steps: Steps = st.session_state.setdefault(_STEPS, Steps())
    return steps
