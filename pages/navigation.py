"""The script that Streamlit runs for each session: navigation; nothing else.

It lies in `pages/`, not beside it: Streamlit takes the scripts in a folder `pages` beside its own script for screens, and shows
one to a first visit by deep link without running this script, and so without the sign-in.
"""

from pathlib import Path

import streamlit as st

# A file of ours: an icon by name would be fetched from another host.
ICON = Path(__file__).parent / "assets" / "icon.png"
st.set_page_config(page_title="Ward Overlap", page_icon=ICON, layout="wide")

screens = [
    st.Page("views/overview.py", title="Overview", icon=":material/map:", default=True),
    st.Page("views/explore.py", title="Explore", icon=":material/travel_explore:", url_path="explore"),
]
st.navigation(screens, position="top").run()
