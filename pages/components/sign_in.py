"""What is shown to someone who is not let in, or not further: never any data."""

from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.in_words import listed
from disclosure.audiences import Audience
from disclosure.marking import make_marking
from disclosure.people import Person
from pages.components.frame import show_marking
from pages.components.sign_out import offer_sign_out
from pages.session import present_person, settings_in_use

_WIDTH = 620
"""Pixels: a column that reads well on a wide screen, and the whole of a narrow one."""
_PURPOSE = "Where Prevent referrals and recorded hate crime are both high, ward by ward, and how sure that is."


def show_sign_in(*, over: bool) -> DeltaGenerator | None:
    """Show the way in; if it was taken, give the place for what is in the way.

    With `over`, say that the person was here and has to sign in again.
    """
    access = settings_in_use().access
    hours = access.session_hours if access else 0.0
    with _card("Sign in again" if over else "Ward Overlap"):
        if over:
            st.markdown(f"You signed in more than {_in_hours(hours)} ago. Sign in again to go on where you were.")
        else:
            st.markdown(_PURPOSE)
            _say(f"For members of the partnership {settings_in_use().partnership.name}.")
        taken = st.button("Sign in", key="sign_in", type="primary", icon=":material/login:", width="stretch")
        in_the_way = st.container()
        st.html(
            '<p class="wo-quiet wo-say">You are taken to your organisation\'s sign-in page and come back here. '
            f"You stay signed in for {_in_hours(hours)}. What you open, download or change is recorded.</p>"
        )
    return in_the_way if taken else None


def show_no_provider(place: DeltaGenerator) -> None:
    """Tell someone who wanted to sign in that the provider does not answer, and whom to ask."""
    with place:
        st.html(
            '<p class="wo-say" role="alert">Your organisation\'s sign-in does not answer, so nobody can sign in now. '
            "Try again in a few minutes. That it did not answer has been recorded.</p>"
        )
        _say_whom_to_ask()


def show_no_access(person: Person) -> None:
    """Tell someone whom the provider knows, and the settings do not, whom to ask."""
    with _card("No access yet"):
        _say(f"You are signed in as {person.name}. This gives you no access to Ward Overlap.")
        if person.groups_left_out:
            st.markdown(
                "Your organisation did not say which groups you are in, because you are in more than its sign-in can carry. "
                "Tell them so: they can have it send only the groups that were assigned to this application."
            )
        _say_whom_to_ask()
        st.markdown("They will need the name by which the sign-in knows you:")
        st.code(person.id.partition(":")[2], language=None, wrap_lines=True)
        offer_sign_out()


def show_refused_screen() -> None:
    """Tell someone that a screen is not for them."""
    with _card("Not for you to open"):
        st.markdown("This screen is for others. That you asked for it has been recorded.")
        _say_whom_to_ask()
        if present_person().audiences:
            st.page_link("views/overview.py", label="Go to Overview", icon=":material/map:")
        offer_sign_out()


def show_refused_view(asked: Audience, *, offered: list[Audience]) -> None:
    """Tell someone that a link asks for the view of an audience that is not theirs."""
    with _card("Not your view"):
        _say(
            f"The link asks for what the {asked} audience gets, and you may have what the {listed(offered, last='or')} audience "
            "gets. That you asked for it has been recorded."
        )
        _say_whom_to_ask()
        if st.button("Open it with your own view", key="own_view", type="primary"):
            st.query_params["audience"] = offered[0].value
            st.rerun()
        offer_sign_out()


def show_not_served(why_not: str) -> None:
    """Tell whoever started the server why it shows nothing."""
    with _card("Not served like this"):
        _say(why_not)


def _card(title: str) -> DeltaGenerator:
    """Open the one column of such a screen, under the marking."""
    show_marking(make_marking(handling=settings_in_use().disclosure.handling, invented=()))
    centred = st.container(horizontal_alignment="center", key="wo_card")
    card = centred.container(border=True, width=_WIDTH, gap="small")
    card.title(title, anchor=False)
    return card


def _say(text: str) -> None:
    st.html(f'<p class="wo-say">{escape(text)}</p>')


def _say_whom_to_ask() -> None:
    access = settings_in_use().access
    if access is not None:
        _say(f"Whom to ask: {access.contact}")


def _in_hours(hours: float) -> str:
    return "1 hour" if hours == 1 else f"{hours:g} hours"
