"""The one way into every screen: nothing is drawn for someone who may not have it, in a whole run or in a fragment.

Every run asks anew who is there, so that a session that is over, or was ended in another tab, goes no further than what the
browser shows already; and that is taken away within a minute.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from functools import partial, wraps
from typing import Literal, NoReturn, ParamSpec, TypeVar

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from disclosure.audiences import Audience
from disclosure.audit import Action, AuditEntry, What, open_audit
from disclosure.people import Person, why_not_serve
from pages.components import sign_in
from pages.components.deep_links import keep_link, take_link
from pages.components.uploads import let_no_files_in
from pages.presence import Standing, auth_configured, claims_now, seconds_left, sign_ins, standing
from pages.provider import provider_answers
from pages.session import present_person, settings_in_use

_FOR_AUDIENCES = frozenset({"overview", "explore", "hotspots", "ward", "briefings", "methods"})
"""Screens for everyone who has an audience. A screen that stands in no set is for nobody."""
_FOR_ANALYSTS = frozenset({"data"})
_FOR_ADMINISTRATORS = frozenset({"audit"})
_TAKES_FILES = "data"
"""The screen that lets files in itself, where it has a place for them: not closed meanwhile, since one may be on its way."""
_LOOK_AGAIN = 60.0
"""Seconds after which a page that nobody touches looks whether its person is still there."""

Given = ParamSpec("Given")
Drawn = TypeVar("Drawn")


def enter(screen: str) -> Person:
    """Let whoever is there into a screen and say who it is; else show why not and stop. Every screen calls this first."""
    _check_server()
    if screen != _TAKES_FILES or not present_person().may_load:
        let_no_files_in()
    if (found := standing(settings_in_use())) is not Standing.PRESENT:
        _ask_to_sign_in(found, screen=screen)
    person = present_person()
    if not person.audiences and not person.administrator:
        _turn_away(person)
    _note_arrival(person)
    if not may_open(person, screen):
        _record_refusal(person, what=screen, reason="screen")
        sign_in.show_refused_screen()
        st.stop()
    _watch()
    return person


def may_open(person: Person, screen: str) -> bool:
    """Whether a person may open a screen."""
    if screen in _FOR_ADMINISTRATORS:
        return person.administrator
    if screen in _FOR_ANALYSTS:
        return Audience.ANALYST in person.audiences
    return screen in _FOR_AUDIENCES and bool(person.audiences)


def fragment(draw: Callable[Given, Drawn], *, every: float | None = None) -> Callable[Given, Drawn | None]:
    """`st.fragment` that looks who is there before it runs again by itself: the top of the page does not run then.

    With `every`, it runs again after so many seconds.
    """

    @partial(st.fragment, run_every=every)
    @wraps(draw)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> Drawn | None:
        if standing(settings_in_use()) is not Standing.PRESENT:
            st.rerun()  # the whole page, whose top says why
        return draw(*args, **kwargs)

    return run


def keep_doing(what: Callable[[], None]) -> None:
    """Do something now and every minute while this page is open and its person is still there."""

    def again() -> None:
        if standing(settings_in_use()) is Standing.PRESENT:
            what()

    st.fragment(again, run_every=timedelta(seconds=_LOOK_AGAIN))()


def visibility(screen: str) -> Literal["visible", "hidden"]:
    """Whether a screen stands in the menu: only if whoever is there may open it."""
    return "visible" if may_open(present_person(), screen) else "hidden"


def position(screens: Iterable[str]) -> Literal["top", "hidden"]:
    """Where the menu stands: nowhere for those who may open nothing."""
    return "top" if any(may_open(present_person(), screen) for screen in screens) else "hidden"


def go_where_asked(screens: Mapping[str, StreamlitPage], *, now: StreamlitPage) -> None:
    """Go on to what a person asked for before they were sent to sign in, or to the first screen that is theirs.

    Only from the first page without choices, which is where the sign-in comes back to: any other address is itself asked for.
    """
    person = present_person()
    if now.url_path or st.query_params or not (person.audiences or person.administrator):
        return
    link = take_link() if settings_in_use().access else None
    if link is not None and link.screen in screens and (screens[link.screen] is not now or link.query):
        st.switch_page(screens[link.screen], query_params=dict(link.query))
    elif not may_open(person, "overview"):
        theirs = [page for screen, page in screens.items() if may_open(person, screen)]
        if theirs:
            st.switch_page(theirs[0])


def refuse_view(asked: Audience, *, offered: list[Audience], screen: str) -> NoReturn:
    """Refuse the view of an audience that the address asks for and the person may not take."""
    _record_refusal(present_person(), what=screen, reason="audience", audience=asked)
    sign_in.show_refused_view(asked, offered=offered)
    st.stop()


def _check_server() -> None:
    """Stop a server that was started around its own refusal to start."""
    why_not = why_not_serve(
        st.get_option("server.address"), access=settings_in_use().access, auth_configured=auth_configured()
    )
    if why_not:
        sign_in.show_not_served(why_not)
        st.stop()


def _ask_to_sign_in(found: Standing, *, screen: str) -> NoReturn:
    taken = sign_in.show_sign_in(over=found is Standing.OVER)
    if taken is not None:
        if provider_answers():
            keep_link(screen)
            st.login()
        else:
            sign_in.show_no_provider(taken)
    st.stop()


def _turn_away(person: Person) -> NoReturn:
    _record_refusal(person, what=What.SIGN_IN, reason="no group")
    sign_in.show_no_access(person)
    st.stop()


def _note_arrival(person: Person) -> None:
    """Record a sign-in when it is first seen."""
    settings = settings_in_use()
    if settings.access is not None and sign_ins(settings).is_new(claims_now()):
        open_audit(settings).record(AuditEntry(Action.SIGNED_IN, who=person.id, what=What.SIGN_IN))
        sign_ins(settings).begin(claims_now())


def _record_refusal(person: Person, *, what: str, reason: str, audience: str = "") -> None:
    entry = AuditEntry(Action.REFUSED, who=person.id, what=what, audience=audience, detail={"reason": reason})
    open_audit(settings_in_use()).record(entry)


def _watch() -> None:
    """Take the page away when the session ends, even if nobody touches it."""
    left = seconds_left(settings_in_use())
    if left is not None:
        st.fragment(_look_again, run_every=timedelta(seconds=min(left + 1.0, _LOOK_AGAIN)))()


def _look_again() -> None:
    if standing(settings_in_use()) is not Standing.PRESENT:
        st.rerun()
