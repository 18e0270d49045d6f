"""The door for people: the server around the screens; nothing else."""

from pathlib import Path

import streamlit as st

from pages.components.static_files import STATIC_ROOT
from server.health import health_route
from server.log_lines import log_in_lines
from server.map_files import map_files
from server.opening import opening_a_browser
from server.start import base_path, may_start

log_in_lines()
start = may_start()
app = st.App(
    Path(__file__).parent / "pages" / start.script,
    secrets=start.secrets,
    lifespan=opening_a_browser,
    routes=[map_files(STATIC_ROOT, base_path=base_path()), health_route(start.settings, base_path=base_path())],
    middleware=start.middleware,
)
