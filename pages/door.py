"""The page that lists the partnerships which a person may open: names and links, never any data.

It runs in a process of its own that can read settings and no store (record 0010). Whoever is let in by the settings of none
learns not even that there are any.
"""

import os
import time
from html import escape
from pathlib import Path

import streamlit as st

from data.partnerships import PARTNERSHIPS_VARIABLE, Partnership, read_partnerships
from data.settings import Disclosure
from disclosure.marking import make_marking
from disclosure.people import is_session_over, person_from_claims
from disclosure.sign_ins import SignIns
from ingest.places import STORE_VARIABLE
from pages.components.frame import show_marking
from pages.components.look import apply_styles
from pages.presence import claims_now

ICON = Path(__file__).parent / "assets" / "icon.png"


def main() -> None:
    """Draw the page."""
    st.set_page_config(page_title="Ward Overlap", page_icon=ICON, layout="centered")
    apply_styles()
    show_marking(make_marking(handling=Disclosure().handling, invented=()))
    st.title("Ward Overlap", anchor=False)
    there = read_partnerships(Path(os.environ[PARTNERSHIPS_VARIABLE])).whole
    claims = claims_now()
    if claims.get("is_logged_in") is not True or _sign_ins().is_ended(claims):
        _ask_to_sign_in("Sign in to see the partnerships that you may open. Each asks once more who you are.")
        return
    yours = [one for one in there if _may_open(one)]
    if not yours:
        st.markdown(
            "You have no access yet. Ask whoever told you of this page. They will need the name the sign-in knows you by:"
        )
        st.code(str(claims.get("oid") or claims.get("sub") or ""), language=None, wrap_lines=True)
    else:
        st.markdown("Partnerships that you may open:")
        st.html(f'<ul class="wo-say">{"".join(_link(one) for one in yours)}</ul>')
    if st.button("Sign out", key="sign_out", type="tertiary", icon=":material/logout:"):
        _sign_ins().end(claims)
        st.logout()


def _ask_to_sign_in(why: str) -> None:
    st.html(f'<p class="wo-say">{escape(why)}</p>')
    if st.button("Sign in", key="sign_in", type="primary", icon=":material/login:"):
        st.login()


def _may_open(one: Partnership) -> bool:
    """Whether its own settings let this person in now, as its own server asks."""
    access, claims = one.settings.access, claims_now()
    if access is None or is_session_over(claims.get("iat"), now=time.time(), access=access):
        return False
    person = person_from_claims(claims, access=access)
    return bool(person.audiences) or person.administrator


def _link(one: Partnership) -> str:
    above = str(st.get_option("server.baseUrlPath") or "").strip("/").rpartition("/")[0]
    place = "/".join(("", *filter(None, (above, one.slug)), ""))
    return f'<li><a href="{escape(place)}">{escape(one.settings.partnership.name)}</a></li>'


def _sign_ins() -> SignIns:
    """Sign-ins that ended here: a signed cookie alone would stay good for weeks."""
    return SignIns(Path(os.environ[STORE_VARIABLE]) / "door-sign-ins")


main()
