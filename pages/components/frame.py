"""What stands at the top of every screen: the marking, and what the figures are not."""

from html import escape

import streamlit as st

from disclosure.marking import Marking
from pages.components.look import apply_styles
from pages.components.url_state import UrlChoices

_NAMES = {"to": "quarter", "quarters": "length of window", "per": "denominator", "concern": "type of concern"}


def show_frame(marking: Marking) -> None:
    """Draw the marking and the warnings; every screen calls this before it shows anything."""
    apply_styles()
    warnings = "".join(f'<span class="warn">{escape(warning)}</span>' for warning in marking.warnings)
    st.html(
        f'<div class="wo-marking" role="note" aria-label="Protective marking"><b>{escape(marking.text)}</b>'
        f"<span>{escape(marking.handling)}</span>{warnings}</div>"
    )


def show_unknown_choices(choices: UrlChoices) -> None:
    """Tell the person that the link named something that is not here."""
    if choices.unknown:
        named = ", ".join(_NAMES.get(key, key) for key in choices.unknown)
        st.warning(
            f"The link named a {named} that is not in these data or not for this audience. The usual one is shown instead."
        )
