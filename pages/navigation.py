"""The script that Streamlit runs for each session: navigation; nothing else.

It lies in `pages/`, not beside it: Streamlit takes the scripts in a folder `pages` beside its own script for screens, and shows
one to a first visit by deep link without running this script, and so without the sign-in.
"""

from pathlib import Path

import streamlit as st

from pages.components.guard import go_where_asked, position, visibility
from pages.components.look import apply_styles
from pages.components.screen import say_faults
from pages.session import settings_in_use

# A file of ours: an icon by name would be fetched from another host.
ICON = Path(__file__).parent / "assets" / "icon.png"
NAME = "Ward Overlap"
st.set_page_config(page_icon=ICON, layout="wide")
apply_styles()  # before all else, so that nothing is drawn in another style first

read = False
with say_faults("overview"):
    read = bool(settings_in_use())
if not read:
    st.set_page_config(page_title=NAME)
    st.stop()  # the sentence on what is wrong with the settings is all that there is to show

ICONS = {
    "overview": "map",
    "explore": "travel_explore",
    "hotspots": "co_present",
    "ward": "pin_drop",
    "briefings": "description",
    "data": "database",
    "methods": "menu_book",
    "audit": "fact_check",
}
# All of them, since each screen refuses by itself whom it is not for; those that a person may open are in the menu.
first, *_ = ICONS
screens = {
    name: st.Page(
        f"views/{name}.py",
        title=name.capitalize(),
        icon=f":material/{icon}:",
        url_path=None if name == first else name,
        default=name == first,
        visibility=visibility(name),
    )
    for name, icon in ICONS.items()
}
menu = position(list(screens))
chosen = st.navigation(list(screens.values()), position=menu)
# Tabs of two partnerships must not look alike. Whoever may open nothing is not told where they are.
whose = settings_in_use().partnership.name
st.set_page_config(page_title=f"{chosen.title} – {whose} – {NAME}" if menu == "top" else NAME)
go_where_asked(screens, now=chosen)
with say_faults(chosen.url_path or first):  # what goes wrong while a screen's own file is read
    chosen.run()
