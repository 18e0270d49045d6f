"""Which account of the operating system runs this process."""

import os
import sys


def account_name() -> str:
    """Name of the account that runs this process, from the operating system: variables such as `USER` can be set by anyone."""
    if sys.platform == "win32":
        return os.getlogin()
    import pwd  # there is none on Windows

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a container may run under a number without a name
        return str(os.getuid())
