"""The door for people: the server around the screens; nothing else."""

from pathlib import Path

import streamlit as st

from pages.components.static_files import STATIC_ROOT
from server.map_files import map_files

app = st.App(
    Path(__file__).parent / "pages" / "navigation.py",
    routes=[map_files(STATIC_ROOT, base_path=st.get_option("server.baseUrlPath") or "")],
)
