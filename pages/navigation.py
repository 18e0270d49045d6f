"""The script that Streamlit runs for each session: navigation; nothing else.

It lies in `pages/`, not beside it: Streamlit takes the scripts in a folder `pages` beside its own script for screens, and shows
one to a first visit by deep link without running this script, and so without the sign-in.
"""

from pathlib import Path

import streamlit as st

from pages.components.guard import go_where_asked, position, visibility
from pages.components.screen import say_faults
from pages.session import settings_in_use

# A file of ours: an icon by name would be fetched from another host.
ICON = Path(__file__).parent / "assets" / "icon.png"
st.set_page_config(page_title="Ward Overlap", page_icon=ICON, layout="wide")

read = False
with say_faults("overview"):
    read = bool(settings_in_use())
if not read:
    st.stop()  # the sentence on what is wrong with the settings is all that there is to show

# All of them, since each screen refuses by itself whom it is not for; those that a person may open are in the menu.
screens = {
    "overview": st.Page(
        "views/overview.py", title="Overview", icon=":material/map:", default=True, visibility=visibility("overview")
    ),
    "explore": st.Page(
        "views/explore.py",
        title="Explore",
        icon=":material/travel_explore:",
        url_path="explore",
        visibility=visibility("explore"),
    ),
    "ward": st.Page(
        "views/ward.py", title="Ward", icon=":material/pin_drop:", url_path="ward", visibility=visibility("ward")
    ),
    "hotspots": st.Page(
        "views/hotspots.py",
        title="Hotspots",
        icon=":material/co_present:",
        url_path="hotspots",
        visibility=visibility("hotspots"),
    ),
    "briefings": st.Page(
        "views/briefings.py",
        title="Briefings",
        icon=":material/description:",
        url_path="briefings",
        visibility=visibility("briefings"),
    ),
    "methods": st.Page(
        "views/methods.py",
        title="Methods",
        icon=":material/menu_book:",
        url_path="methods",
        visibility=visibility("methods"),
    ),
    "data": st.Page(
        "views/data.py", title="Data", icon=":material/database:", url_path="data", visibility=visibility("data")
    ),
    "audit": st.Page(
        "views/audit.py",
        title="Audit",
        icon=":material/fact_check:",
        url_path="audit",
        visibility=visibility("audit"),
    ),
}
chosen = st.navigation(list(screens.values()), position=position(list(screens)))
go_where_asked(screens, now=chosen)
chosen.run()
