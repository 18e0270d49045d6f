"""Who is signed in, the way to other partnerships where there are several, and the way out."""

import os
from html import escape
from typing import NoReturn

import streamlit as st

from data.partnerships import DOOR, PARTNERSHIP_VARIABLE
from disclosure.audiences import Audience
from disclosure.audit import Action, AuditEntry, UnrecordedError, What, open_audit
from disclosure.people import Person
from pages.components.plain_text import plain_lines
from pages.presence import claims_now, sign_ins
from pages.session import present_person, settings_in_use


def show_who() -> None:
    """Draw who is signed in, as what, and the ways out; nothing where there is no sign-in."""
    person = present_person()
    if settings_in_use().access is None or not (person.audiences or person.administrator):
        return
    with st.container(horizontal=True, width="content", vertical_alignment="center", gap="small", key="wo_who"):
        st.html(
            f'<span class="wo-quiet"><b>{escape(person.name)}</b>: {escape(_may_have(person))}{_to_the_door()}</span>',
            width="content",
        )
        offer_sign_out()


def offer_sign_out() -> None:
    """Draw the button that ends the session here, in other tabs and at the provider; nothing where there is no sign-in."""
    if settings_in_use().access is not None and st.button(
        "Sign out", key="sign_out", type="tertiary", icon=":material/logout:"
    ):
        _sign_out()


def _to_the_door() -> str:
    """Write the link to the list of partnerships, which lies beside this one; empty where this one stands alone."""
    if PARTNERSHIP_VARIABLE not in os.environ:
        return ""
    above = str(st.get_option("server.baseUrlPath") or "").strip("/").rpartition("/")[0]
    place = "/".join(("", *filter(None, (above, DOOR)), ""))
    return f' · <a href="{escape(place)}">Other partnerships</a>'


def _sign_out() -> NoReturn:
    """End the session; leaving is possible even where it cannot be recorded."""
    settings, who = settings_in_use(), present_person().id
    sign_ins(settings).end(claims_now())
    try:
        open_audit(settings).record(AuditEntry(Action.SIGNED_OUT, who=who, what=What.SIGN_IN))
    except UnrecordedError as error:
        st.error(plain_lines(error))
    st.logout()
    st.stop()


def _may_have(person: Person) -> str:
    parts = [_in_words(audience, districts=person.districts_for(audience)) for audience in person.audiences]
    return ", ".join([*parts, *(["administrator"] if person.administrator else [])])


def _in_words(audience: Audience, *, districts: frozenset[str] | None) -> str:
    return audience.value if districts is None else f"{audience.value} of {', '.join(sorted(districts))}"
