"""The door for people: navigation; nothing else."""

from pathlib import Path

import streamlit as st

# A file of ours: an icon by name would be fetched from another host.
ICON = Path(__file__).parent / "pages" / "assets" / "icon.png"
st.set_page_config(page_title="Ward Overlap", page_icon=ICON, layout="wide")

screens = [
    st.Page("pages/views/overview.py", title="Overview", icon=":material/map:", default=True),
    st.Page("pages/views/explore.py", title="Explore", icon=":material/travel_explore:", url_path="explore"),
]
st.navigation(screens, position="top").run()
