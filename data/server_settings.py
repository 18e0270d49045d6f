"""Settings of the server that shows the screens: the section `[server]`."""

from typing import Annotated

from pydantic import Field

from data.settings_section import Section


class Server(Section):
    """How much is served at once."""

    sessions: Annotated[int, Field(ge=1, le=1000)] = 40
    """Tabs that may be open at once, of all people together; whoever comes later is asked to try again."""
