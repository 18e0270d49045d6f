"""The front door, for a deep link that is the first visit to a new server.

Streamlit then still takes the scripts in `pages/` for the screens, and says "page not found" where there is none of that name.
This one does nothing but run `dashboard.py`, sign-in and all, which names the real screens.
"""

from pathlib import Path
from runpy import run_path

run_path(str(Path(__file__).parents[1] / "dashboard.py"))
