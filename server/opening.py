"""What `streamlit run` does for a script, and not for a server of one's own: open the browser of whoever starts it."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from streamlit import cli_util, config
from streamlit.web.server.server_util import get_url


@asynccontextmanager
async def opening_a_browser(_app: object) -> AsyncIterator[None]:
    """Open the dashboard, where there is a screen, once the server stands; for `st.App(lifespan=...)`.

    Started in another way (`uvicorn dashboard:app`), Streamlit does not know the address, and somebody else sees to it.
    """
    by_streamlit_run = Path(sys.argv[0]).name == "dashboard.py"
    if by_streamlit_run and not config.get_option("server.headless"):
        asyncio.get_running_loop().call_soon(cli_util.open_browser, get_url(config.get_option("browser.serverAddress")))
    yield
